using TfFlow.Programme.Agreements;
using TfFlow.Programme.Eligibility;
using TfFlow.Linkage;

namespace TfFlow.Programme.Tests.Eligibility;

/// <summary>Households before and after their people are looked at.</summary>
public class CohortRulesTest
{
    private static readonly DateOnly On = new(2025, 11, 3);
    private static readonly DateOnly ChildBorn = new(2014, 5, 9);
    private static readonly DateOnly[] Terms = [new(2025, 1, 6), new(2025, 4, 28), new(2025, 9, 1)];
    private static readonly MatchingPlan Plan = new()
    {
        Authority = "northmere",
        Programme = ProgrammeCatalogue.Shipped["phase-2-001@1"],
        Terms = new(Terms.Select(start => new Term(start, start.AddDays(80)))),
        Children = ["school-census", "school-attendance"],
    };

    private static readonly HouseholdRecord Child = Row("school-census", 2, "Edith", ChildBorn);
    private static readonly HouseholdRecord Claimant = Row("benefits", 3, "Anne", new(1988, 3, 1), ("benefit", "jsa"), ("started", "2024-03-01"));
    private static readonly HouseholdRecord Listed = new(Fact("household-list", 4, ("crime_or_asb", "no"), ("domestic_violence", "yes"), ("under_18_offence", "no"), ("persistent_asb", "no")), Person: null);

    [Fact]
    public void People_are_looked_at_where_children_are_known_and_the_threshold_is_in_reach()
    {
        Assert.True(CouldBe(Child, Claimant, Listed));
        Assert.False(CouldBe(Claimant, Listed));
        Assert.False(CouldBe(Child, Claimant));
        Assert.False(CouldBe(Child));
    }

    [Fact]
    public void What_did_not_come_for_identification_counts_for_nothing()
    {
        var forTheKeyWorker = Listed with { Fact = Listed.Fact with { Source = Listed.Fact.Source with { Uses = [Use.KeyWorker, Use.Management] } } };
        Assert.False(CouldBe(Child, Claimant, forTheKeyWorker));
        Assert.Equal(Verdict.NotMeeting, Decide(Child, Claimant, forTheKeyWorker).Verdict);
    }

    [Fact]
    public void A_household_with_a_child_and_two_problems_is_a_family_and_the_outcome_says_why()
    {
        var finding = Decide(Child, Claimant, Listed);
        Assert.Equal(Verdict.Eligible, finding.Verdict);
        Assert.Empty(finding.Doubts);
        Assert.Equal([0, 1, -1], finding.Persons);
        Assert.Equal(["work", "domestic-abuse"], finding.Outcome.MetCriteria.Select(criterion => criterion.Id));
        Assert.Contains(finding.Outcome.Describe(), line => line.Contains("benefits, row 3", StringComparison.Ordinal));
    }

    [Fact]
    public void A_household_without_a_child_is_none() =>
        Assert.Equal(Verdict.NotMeeting, Decide(Row("school-census", 2, "Edith", new(1999, 1, 1)), Claimant, Listed).Verdict);

    [Fact]
    public void An_out_of_work_child_is_no_adult() =>
        Assert.Equal(Verdict.NotMeeting, Decide(Child, Claimant with { Person = Claimant.Person! with { Born = new(2009, 3, 1) } }, Listed).Verdict);

    [Fact]
    public void Exclusions_of_one_child_in_two_schools_add_up_and_those_of_two_children_do_not()
    {
        Assert.Equal(Verdict.Eligible, Decide(Excluded(2, "Edith", ChildBorn, 0), Excluded(1, "Edith", ChildBorn, 1), Listed).Verdict);
        Assert.Equal(Verdict.NotMeeting, Decide(Excluded(2, "Edith", ChildBorn, 0), Excluded(1, "Arthur", new(2011, 1, 30), 1), Listed).Verdict);
    }

    [Fact]
    public void Where_it_turns_on_whether_two_records_are_of_one_child_somebody_must_look()
    {
        var finding = Decide(Excluded(2, "Edith", ChildBorn, 0), Excluded(1, "Edith", new(2012, 8, 27), 1), Listed);
        Assert.Equal(Verdict.Uncertain, finding.Verdict);
        Assert.Contains(finding.Doubts, doubt => doubt.Contains("one person or two", StringComparison.Ordinal));
        Assert.Equal(2, finding.Standing.Criteria);
        Assert.Single(finding.Outcome.MetCriteria);

        Assert.Equal(Verdict.Eligible, Decide(Excluded(3, "Edith", ChildBorn, 0), Excluded(1, "Edith", new(2012, 8, 27), 1), Listed).Verdict);
    }

    [Fact]
    public void Where_it_turns_on_a_date_of_birth_the_sources_differ_on_somebody_must_look()
    {
        var otherDate = Row("nominations", 5, "Anne", new(2008, 3, 1), ("criteria", "work"), ("nominated_on", "2001-01-01"));
        var finding = Decide(Child, Claimant with { Person = Claimant.Person! with { Born = new(2006, 3, 1) } }, otherDate, Listed);
        Assert.Equal(Verdict.Uncertain, finding.Verdict);
    }

    [Fact]
    public void Where_it_turns_on_a_term_that_a_correction_lacks_somebody_must_look()
    {
        HouseholdRecord[] before = [Excluded(2, "Edith", ChildBorn, 0), Excluded(1, "Edith", ChildBorn, 1)];
        var finding = Corrected(before, Excluded(2, "Edith", ChildBorn, 0));
        Assert.Equal(Verdict.Uncertain, finding.Verdict);
        Assert.Contains(finding.Doubts, doubt => doubt.Contains("does not give the term from 2025-04-28 any more", StringComparison.Ordinal));

        // Every term is there, with other numbers; what is missing would not decide; the child is not named any more.
        Assert.Equal(Verdict.NotMeeting, Corrected(before, Excluded(0, "Edith", ChildBorn, 0), Excluded(1, "Edith", ChildBorn, 1)).Verdict);
        Assert.Equal(Verdict.NotMeeting, Corrected(before, Excluded(0, "Edith", ChildBorn, 0)).Verdict);
        Assert.Equal(Verdict.NotMeeting, Corrected(before).Verdict);
        Assert.Equal(Verdict.NotMeeting, Corrected(before, Excluded(0, "Arthur", new(2011, 1, 30), 0)).Verdict);
        Assert.Equal(Verdict.Eligible, Corrected(before, Excluded(3, "Edith", ChildBorn, 0)).Verdict);
    }

    private static FamilyFinding Corrected(HouseholdRecord[] before, params HouseholdRecord[] after)
    {
        HouseholdRecord[] now = [Child, Listed, .. after];
        return CohortRules.DecideCorrected(Plan, "h", now, before, after, Run(now));
    }

    private static bool CouldBe(params HouseholdRecord[] records) =>
        CohortRules.CouldBeFamily(Plan, new("h", [.. records.Select(record => record.Fact)]), Run(records));

    private static FamilyFinding Decide(params HouseholdRecord[] records) => CohortRules.Decide(Plan, "h", records, Run(records));

    private static EligibilityRun Run(HouseholdRecord[] records) => new()
    {
        On = On,
        Terms = Plan.Terms,
        Received = [.. records.Select(record => record.Fact.Source)],
    };

    private static HouseholdRecord Excluded(int times, string forename, DateOnly born, int term) => Row(
        "school-attendance",
        10 + term,
        forename,
        born,
        ("term_starts", Terms[term].ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture)),
        ("possible_sessions", "120"),
        ("unauthorised_sessions", "0"),
        ("fixed_exclusions", $"{times}"),
        ("permanent_exclusion", "no"),
        ("provision", "school"));

    private static HouseholdRecord Row(string dataset, long row, string forename, DateOnly born, params (string Name, string Value)[] fields) =>
        new(Fact(dataset, row, fields), new("Marlowe", forename, born, null));

    private static Fact Fact(string dataset, long row, params (string Name, string Value)[] fields) => new(
        new($"x-{dataset}", dataset, "northmere@2025-09-01", $"northmere-{dataset}", [Use.Identification], "somebody", On),
        row,
        Person: null,
        Born: null,
        fields.ToDictionary(field => field.Name, field => field.Value));
}
