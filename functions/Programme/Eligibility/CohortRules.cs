using TfFlow.Linkage;

namespace TfFlow.Programme.Eligibility;

/// <summary>What matching concludes of a household.</summary>
public enum Verdict
{
    /// <summary>Not a family by the programme: what partners sent about it is erased.</summary>
    NotMeeting = 1,

    /// <summary>Somebody must look: what is uncertain decides.</summary>
    Uncertain,

    /// <summary>A family of the cohort.</summary>
    Eligible,
}

/// <summary>A row about a household and, where it names one, the person.</summary>
/// <param name="Person">Null for a row about the household as a whole.</param>
public sealed record HouseholdRecord(Fact Fact, PersonIdentity? Person);

/// <summary>What was found of a household whose records were opened. Personal data.</summary>
/// <param name="Outcome">From what is certain.</param>
/// <param name="Persons">For each record, the place of the first record of its person; -1 where it names nobody.</param>
/// <param name="Standing">What it is put in order by; of an uncertain household, what that would be if what is uncertain held.</param>
/// <param name="Doubts">What somebody must decide, a line each; empty unless <see cref="Verdict.Uncertain"/>.</param>
public sealed record FamilyFinding(Verdict Verdict, Outcome Outcome, IReadOnlyList<int> Persons, Standing Standing, IReadOnlyList<string> Doubts);

/// <summary>Which households are families of a programme: first by what is known of the household, then by its people.</summary>
/// <remarks>seeds/001 Identifying Families, Prioritising Households; seeds/002 App D.</remarks>
public static class CohortRules
{
    /// <summary>Whether people may be looked at: the household is known to have children, as far as the plan says how, and could reach the threshold.</summary>
    public static bool CouldBeFamily(MatchingPlan plan, HouseholdFacts household, EligibilityRun run) =>
        (plan.Children.Count == 0 || household.Facts.Any(fact => fact.Source.MayIdentify && plan.Children.Contains(fact.Source.Dataset)))
        && EligibilityRules.Evaluate(plan.Programme, household, run).CouldReach;

    /// <summary>Links the people across the sources, and concludes from what is certain; where what is uncertain could lead to another end, somebody must look.</summary>
    public static FamilyFinding Decide(MatchingPlan plan, string household, IReadOnlyList<HouseholdRecord> records, EligibilityRun run) => Decide(plan, household, records, [], [], run);

    /// <summary>The same of a household that other records may be about too.</summary>
    /// <param name="perhaps">What may be about it: nothing is certain by them.</param>
    /// <param name="doubts">Why they may be; a line each.</param>
    /// <returns>Persons of <paramref name="records"/>, then of <paramref name="perhaps"/>.</returns>
    public static FamilyFinding Decide(
        MatchingPlan plan, string household, IReadOnlyList<HouseholdRecord> records, IReadOnlyList<HouseholdRecord> perhaps, IReadOnlyList<string> doubts, EligibilityRun run)
    {
        IReadOnlyList<HouseholdRecord> all = [.. records, .. perhaps];
        int[] named = [.. Enumerable.Range(0, all.Count).Where(i => all[i].Person is not null)];
        var links = HouseholdLinker.Link([.. named.Select(i => all[i].Person!)]);
        var certain = Persons(all.Count, named, links.Persons);
        var possible = Persons(all.Count, named, links.Joined());

        var born = Births(records, certain, plan.ChildUnder, run.On);
        var outcome = Evaluate(plan, household, records, certain, born, run);
        var atBest = Evaluate(plan, household, all, possible, Births(all, certain, plan.ChildUnder, run.On), run);
        var child = born.Any(date => date is { } known && Age.On(known, run.On) < plan.ChildUnder);
        var perhapsChild = all.Any(record => record.Person?.Born is { } date && Age.On(date, run.On) < plan.ChildUnder);
        var verdict = outcome.Eligible && child ? Verdict.Eligible
            : (outcome.CouldReach || atBest.CouldReach) && perhapsChild ? Verdict.Uncertain
            : Verdict.NotMeeting;
        var standing = verdict is Verdict.Uncertain
            ? Standing.Of(atBest, Met.Possible, [.. all.Select(record => record.Fact)], PeopleOf(all, certain, plan.ChildUnder, run.On))
            : Standing.Of(outcome, Met.Yes, [.. records.Select(record => record.Fact)], PeopleOf(records, certain, plan.ChildUnder, run.On));
        return new(verdict, outcome, certain, standing, verdict is Verdict.Uncertain ? [.. doubts, .. Doubts(all, named, links, outcome, child)] : []);
    }

    /// <summary>The same after a correction. Who is still named with fewer of the terms that count may merely lack them in the file: where what is
    /// missing would decide, somebody must look.</summary>
    /// <param name="records">All that is known now, with the correction.</param>
    /// <param name="before">What the extract said that was corrected.</param>
    /// <param name="after">What the correction says in its place.</param>
    /// <remarks>Ours. Who is not named any more, or with other numbers, was corrected.</remarks>
    public static FamilyFinding DecideCorrected(
        MatchingPlan plan,
        string household,
        IReadOnlyList<HouseholdRecord> records,
        IReadOnlyList<HouseholdRecord> before,
        IReadOnlyList<HouseholdRecord> after,
        EligibilityRun run)
    {
        IReadOnlyList<HouseholdRecord> all = [.. before, .. after];
        int[] named = [.. Enumerable.Range(0, all.Count).Where(i => all[i].Person is not null)];
        var persons = Persons(all.Count, named, HouseholdLinker.Link([.. named.Select(i => all[i].Person!)]).Persons);
        var (lost, terms) = (new List<HouseholdRecord>(), new SortedSet<DateOnly>());
        for (var i = 0; i < before.Count; i++)
        {
            int[] still = [.. Enumerable.Range(before.Count, after.Count)
                .Where(j => persons[j] == persons[i] && all[j].Fact.Source.Dataset == all[i].Fact.Source.Dataset)];
            if (still.Length > 0 && TermOf(plan, all[i].Fact, run) is { } term && still.All(j => TermOf(plan, all[j].Fact, run) != term))
            {
                lost.Add(before[i]);
                terms.Add(term.Start);
            }
        }

        return Decide(
            plan,
            household,
            records,
            lost,
            [
                .. terms.Select(start => $"The correction does not give the term from {start:yyyy-MM-dd} any more, which was there before: "
                    + $"it may be missing from the file. Ask {before[0].Fact.Source.Originator}."),
            ],
            run);
    }

    /// <returns>The term that a row is about, where the programme counts it on that day.</returns>
    private static Term? TermOf(MatchingPlan plan, Fact fact, EligibilityRun run) => plan.Programme.Criteria.SelectMany(criterion => criterion.Indicators)
        .Where(indicator => indicator.Dataset == fact.Source.Dataset).Select(indicator => indicator.Measure).OfType<TermMeasure>()
        .Select(measure => measure.Counted(fact, run)).FirstOrDefault(term => term is not null);

    private static DateOnly?[] Births(IReadOnlyList<HouseholdRecord> records, int[] persons, int childUnder, DateOnly on) =>
        [.. Enumerable.Range(0, records.Count).Select(i => BirthOf(records, persons, i, childUnder, on))];

    private static Outcome Evaluate(
        MatchingPlan plan, string household, IReadOnlyList<HouseholdRecord> records, int[] persons, DateOnly?[] born, EligibilityRun run) =>
        EligibilityRules.Evaluate(
            plan.Programme,
            new(household, [.. records.Select((record, i) => record.Fact with { Person = persons[i] < 0 ? null : $"{persons[i]}", Born = born[i] })]),
            run);

    private static (int Children, int People, int? Youngest) PeopleOf(IReadOnlyList<HouseholdRecord> records, int[] persons, int childUnder, DateOnly on)
    {
        var people = Enumerable.Range(0, records.Count).Where(i => persons[i] >= 0).ToLookup(i => persons[i], i => records[i].Person!.Born);
        var ages = people.Select(person => person.OfType<DateOnly>().Select(born => Age.On(born, on)).Where(age => age < childUnder).ToList());
        var children = ages.Where(person => person.Count > 0).ToList();
        return (children.Count, people.Count, children.Count > 0 ? children.Min(person => person.Max()) : null);
    }

    private static int[] Persons(int records, int[] named, IReadOnlyList<int> links)
    {
        var persons = new int[records];
        Array.Fill(persons, -1);
        for (var i = 0; i < named.Length; i++)
        {
            persons[named[i]] = named[links[i]];
        }

        return persons;
    }

    /// <summary>The date its own record gives, unless the person's records leave open whether it is a child's: then it is not known.</summary>
    private static DateOnly? BirthOf(IReadOnlyList<HouseholdRecord> records, int[] persons, int record, int childUnder, DateOnly on)
    {
        if (persons[record] < 0)
        {
            return null;
        }

        var dates = Enumerable.Range(0, records.Count).Where(i => persons[i] == persons[record]).Select(i => records[i].Person!.Born).OfType<DateOnly>();
        return dates.Select(date => Age.On(date, on) < childUnder).Distinct().Count() == 1 ? records[record].Person!.Born : null;
    }

    private static IEnumerable<string> Doubts(IReadOnlyList<HouseholdRecord> records, int[] named, HouseholdLinks links, Outcome outcome, bool child)
    {
        foreach (var doubt in links.Doubts)
        {
            yield return FormattableString.Invariant($"{Place(named[doubt.One])} and {Place(named[doubt.Other])}: one person or two? As likely as {doubt.Probability:0.00}.");
        }

        if (!child)
        {
            yield return "Whether a child lives there: the records do not agree on a date of birth.";
        }

        foreach (var missing in outcome.Criteria.SelectMany(criterion => criterion.Indicators).Where(indicator => indicator.Met is Met.Possible)
            .SelectMany(indicator => indicator.Missing.Select(missing => $"{indicator.Indicator}: {missing.What} is not known for certain.")).Distinct())
        {
            yield return missing;
        }

        string Place(int i) => $"Row {records[i].Fact.Row} of {records[i].Fact.Source.Dataset} ({records[i].Fact.Source.Extract})";
    }
}
