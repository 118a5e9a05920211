using TfFlow.Programme.Eligibility;
using TfFlow.Programme.Outcomes;

namespace TfFlow.Programme.Tests.Outcomes;

/// <summary>Family outcome plans as documents.</summary>
public class OutcomePlanTest
{
    private const string Document = """
        outcome_plan: ours
        version: 1
        title: Our own plan
        source: ours
        programme: phase-1-002@1
        decisions:
          - { id: half, says: Half a year, decided_by: the board, decided_on: 2025-09-01, source: ours }
        problems:
          - id: crime
            source: ours
            at_least: 1
            outcomes:
              - { id: none, title: None, dataset: youth-offences, where: [ { field: outcome, in: [fine], source: ours } ], none: { on: outcome_date, months: 6, covers_months: 12, source: ours }, decided: half, source: ours }
          - id: education
            source: ours
            outcomes:
              - { id: attends, title: Attends, dataset: school-attendance, year: { of: possible_sessions, without: [unauthorised_sessions], at_least_percent: 85, by_term: term_starts, terms: 3, source: ours }, source: ours }
          - { id: work, source: ours, outcomes: [] }
        employment:
          { id: works, title: Works, of: [work], dataset: employment-programmes, held: { from: started, to: ended, weeks: 26, source: ours }, source: ours }
        """;

    public static TheoryData<string> Names => [.. OutcomePlanCatalogue.Shipped.Keys];

    [Fact]
    public void Two_plans_ship() => Assert.Equal(["phase-1-002@1", "phase-2-001@1"], OutcomePlanCatalogue.Shipped.Keys);

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_line_has_a_source_and_a_number_that_no_seed_gives_the_decision_it_rests_on(string name)
    {
        var plan = OutcomePlanCatalogue.Shipped[name];
        string[] sources =
        [
            plan.Source,
            .. plan.Problems.Select(problem => problem.Source),
            .. plan.Decisions.Select(decision => decision.Source),
            .. plan.Outcomes.Select(outcome => outcome.Source),
            .. plan.Outcomes.Select(outcome => outcome.Measure.Source),
            .. plan.Outcomes.SelectMany(outcome => outcome.Where).Select(condition => condition.Source),
        ];
        Assert.All(sources, source => Assert.Matches(@"\A(seeds/00[0-4]|ours)", source));
        Assert.All(plan.Outcomes.Where(outcome => outcome.Measure.Source.StartsWith("ours", StringComparison.Ordinal)), outcome =>
            Assert.NotEmpty(outcome.Decided));
        Assert.All(plan.Decisions, decision => Assert.Contains(plan.Outcomes, outcome => outcome.Decided == decision.Id));
        Assert.Empty(FaultsOf(File.ReadAllText(
            Path.Combine(RulesPage.Repository.Root, "functions", "Programme", "Outcomes", "Plans", $"{plan.Id}.yaml"))));
    }

    [Fact]
    public void A_plan_is_read_from_its_document_and_a_matching_plan_names_it()
    {
        Assert.Empty(FaultsOf(Document));
        var library = Library.Read(Files(Document, "authority: a\nprogramme: phase-1-002@1\noutcomes: ours@1\n"));
        Assert.Equal("ours@1", library.Plan!.Outcomes!.Name);
        Assert.Equal(["ours@1", "phase-1-002@1"], library.Plan.OutcomePlans.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(64, library.Plan.Outcomes.Sha256.Length);
        Assert.Equal([1, 1, 0], library.Plan.Outcomes.Problems.Select(problem => problem.AtLeast));
    }

    public static TheoryData<string, string, string> Faulty => new()
    {
        { "programme: phase-1-002@1", "programme: phase-9@1", "line 5: there is no programme 'phase-9@1'" },
        { "  - id: education", "  - id: schooling", "line 14: 'schooling' is no problem of phase-1-002@1" },
        { "  - { id: work, source: ours, outcomes: [] }", "", "nothing is said of work" },
        { "dataset: youth-offences", "dataset: adult-offences", "line 13: there is no dataset 'adult-offences'" },
        { "on: outcome_date", "on: outcome", "line 13: outcome 'none' reads 'outcome' as a date, and it is none" },
        { "on: outcome_date", "on: sentence_date",
            "line 13: outcome 'none' reads 'sentence_date', which is no column of 'youth-offences'" },
        { "of: possible_sessions", "of: provision", "line 17: outcome 'attends' reads 'provision' as a number, and it is none" },
        { "in: [fine]", "in: [find]", "line 13: 'in' names the code 'find'" },
        { "decided: half", "decided: full", "line 13: there is no decision 'full'" },
        { "months: 6, covers_months: 12", "months: 6", "line 13: 'covers_months' is missing" },
        { "at_least_percent: 85", "at_least_percent: 850", "line 17: 'at_least_percent' is expected to be a whole number from 1 to 100" },
        { "held: { from: started, to: ended, weeks: 26, source: ours }", "none: { on: started, months: 6, covers_months: 1, source: ours }",
            "line 20: continuous employment is measured by 'held'" },
        { "    at_least: 1", "    at_least: 2", "'at_least' is expected to be a whole number from 1 to 1" },
        { "year: {", "yaer: {", "'yaer' is not a key that means anything here: 'year' is" },
        { "of: [work]", "of: [labour]", "'of' names 'labour'" },
    };

    [Theory]
    [MemberData(nameof(Faulty))]
    public void A_fault_is_told_with_its_line(string line, string instead, string fault)
    {
        Assert.Contains(line, Document, StringComparison.Ordinal);
        Assert.Contains(FaultsOf(Document.Replace(line, instead, StringComparison.Ordinal)), told =>
            told.Contains(fault, StringComparison.Ordinal));
    }

    [Fact]
    public void A_matching_plan_that_names_another_programmes_outcome_plan_or_none_is_told()
    {
        Library.Check(Files(Document, "authority: a\nprogramme: phase-2-001@1\noutcomes: ours@1\n"), out var faults);
        Assert.Contains(faults, fault =>
            fault.Message.Contains("line 3: there is no family outcome plan 'ours@1' of phase-2-001@1: there are phase-2-001@1",
                StringComparison.Ordinal));
        Assert.Null(MatchingPlan.Read("plan.yaml", new StringReader("authority: a\nprogramme: phase-1-002@1\n")).Outcomes);
    }

    private static IReadOnlyList<string> FaultsOf(string document)
    {
        Library.Check(Files(document), out var faults);
        return [.. faults.Select(fault => fault.Message)];
    }

    private static IEnumerable<(string, TextReader)> Files(params string[] documents) =>
        documents.Select((document, place) => ($"document-{place}.yaml", (TextReader)new StringReader(document)));
}
