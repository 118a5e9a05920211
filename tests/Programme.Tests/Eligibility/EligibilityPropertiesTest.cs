using FsCheck;
using FsCheck.Fluent;
using TfFlow.Programme.Agreements;
using TfFlow.Programme.Eligibility;
using Outcome = TfFlow.Programme.Eligibility.Outcome;

namespace TfFlow.Programme.Tests.Eligibility;

public class EligibilityPropertiesTest
{
    [Fact]
    public void More_facts_never_make_a_family_less_eligible() => Holds((programme, facts, kept) =>
    {
        var (less, more) = (Given.Look(programme, [.. facts.Where((_, i) => kept(i))]), Given.Look(programme, facts));

        Assert.True(more.Eligible || !less.Eligible);
        Assert.True(more.CouldReach || !less.CouldReach);
        Assert.All(less.Criteria.Zip(more.Criteria), pair => Assert.True(pair.Second.Met >= pair.First.Met));
    });

    [Fact]
    public void Who_could_not_reach_the_threshold_does_not_whatever_is_learned() => Holds((programme, facts, kept) =>
    {
        // Less is known before: some rows of the awaited dataset are not in, some rows not linked, some dates of birth and fields not known.
        var before = facts.Where((fact, i) => kept(i) || fact.Source.Dataset != "school-attendance").Select((fact, i) => kept(i + 1) ? fact : Blur(fact, i));
        var could = EligibilityRules.Evaluate(programme, new("h1", [.. before]), Given.Run("school-attendance"));
        var does = Given.Look(programme, facts);

        Assert.True(could.CouldReach || !does.Eligible);
        Assert.All(could.Criteria.Zip(does.Criteria), pair => Assert.True(pair.First.Met > Met.No || pair.Second.Met < Met.Yes));
    });

    [Fact]
    public void The_explanation_alone_reproduces_the_outcome() => Holds((programme, facts, kept) =>
    {
        var outcome = EligibilityRules.Evaluate(programme, new("h1", facts), kept(0) ? Given.Run() : Given.Run("benefits"));
        var again = outcome.Reproduce();

        Assert.Equal((outcome.Eligible, outcome.CouldReach), (again.Eligible, again.CouldReach));
        Assert.Equal(Shown(outcome), Shown(again));
    });

    [Fact]
    public void What_is_not_for_identification_changes_nothing() => Holds((programme, facts, kept) =>
    {
        var hidden = facts.Select((fact, i) => kept(i) ? fact : fact with { Source = fact.Source with { Uses = [Use.KeyWorker, Use.Management] } }).ToArray();
        var (with, without) = (Given.Look(programme, hidden), Given.Look(programme, [.. facts.Where((_, i) => kept(i))]));

        Assert.Equal(Results(without), Results(with));
        Assert.Equal(without.Describe(), with.Describe());
    });

    [Fact]
    public void The_order_of_the_facts_does_not_matter_to_what_is_met() => Holds((programme, facts, _) =>
    {
        Fact[] reversed = [.. facts];
        Array.Reverse(reversed);

        Assert.Equal(Given.Look(programme, facts).Criteria.Select(criterion => criterion.Met), Given.Look(programme, reversed).Criteria.Select(criterion => criterion.Met));
    });

    private static IEnumerable<string> Results(Outcome outcome) =>
        outcome.Criteria.SelectMany(criterion => criterion.Indicators).Select(indicator => $"{indicator.Indicator} {indicator.Met} {indicator.Evidence.Count}");

    /// <summary>What is met with its evidence; of what is only possible, that it is: which rows might show it depends on those that stand beside them.</summary>
    private static IEnumerable<string> Shown(Outcome outcome) => outcome.Criteria.SelectMany(criterion => criterion.Indicators)
        .Select(indicator => indicator.Met is Met.Yes ? $"{indicator.Indicator} {indicator.Met} {indicator.Evidence.Count}" : $"{indicator.Indicator} {indicator.Met}");

    private static Fact Blur(Fact fact, int i) => fact with
    {
        Person = i % 2 == 0 ? null : fact.Person,
        Born = i % 3 == 0 ? fact.Born : null,
        Fields = i % 5 == 0 ? fact.Fields.Skip(1).ToDictionary() : fact.Fields,
    };

    private static void Holds(Action<EligibilityProgramme, Fact[], Func<int, bool>> check) => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(400),
        Prop.ForAll(
            (from programme in Gen.Elements(ProgrammeCatalogue.Shipped.Values.ToArray())
             from facts in Facts.ArrayOf().Where(facts => facts.Length <= 12)
             from mask in Gen.Choose(0, int.MaxValue)
             select (programme, facts, mask)).ToArbitrary(),
            given => check(given.programme, [.. given.facts.Select((fact, i) => fact with { Row = i })], i => (given.mask & (1 << (i % 31))) != 0)));

    private static Gen<Fact> Facts { get; } =
        from person in Gen.Elements("p1", "p2", null)
        from born in Gen.Elements("1980-01-01", "1999-05-05", null)
        from row in Gen.OneOf(
            Dataset("youth-offences", ("outcome", ["fine", "reprimand", "youth-caution"]), ("outcome_date", ["2013-03-01", "2013-06-01", "2010-01-01"]), ("managed_as", ["ppo", "none"])),
            Dataset("school-attendance", ("term_starts", ["2013-01-07", "2013-04-15", "2013-09-02", "2014-01-06"]), ("fixed_exclusions", ["0", "1", "2"]), ("unauthorised_sessions", ["0", "20", "60"]), ("possible_sessions", ["100", "130"]), ("provision", ["school", "pru"]), ("previously_excluded", ["yes", "no"]), ("permanent_exclusion", ["yes", "no", "no", "no"])),
            Dataset("benefits", ("benefit", ["jsa", "hb"]), ("started", ["2013-01-01", "2014-03-01"])),
            Dataset("local-concerns", ("concern", ["mental-health", "domestic-abuse", "child-in-need", "other"]), ("noted_on", ["2013-12-01", "2009-01-01"]), ("high_cost", ["yes", "no"])),
            Dataset("nominations", ("criteria", ["crime-or-asb", "work", "education"]), ("nominated_on", ["2013-12-01"])))
        select Given.Row(row.Dataset, row.Fields, person, born);

    private static Gen<(string Dataset, string Fields)> Dataset(string dataset, params (string Field, string[] Values)[] fields) =>
        Gen.CollectToArray(fields.Select(field => Gen.Frequency((9, Gen.Elements(field.Values)), (1, Gen.Constant(""))).Select(value => $"{field.Field}={value}")))
            .Select(cells => (dataset, string.Join(", ", cells)));
}
