using TfFlow.Programme.Agreements;
using TfFlow.Programme.Documents;
using TfFlow.Programme.Eligibility;
using TfFlow.Programme.Extracts;
using TfFlow.Programme.Extracts.Validators;

namespace TfFlow.Programme.Tests.Eligibility;

public class ProgrammeCatalogueTest
{
    public static TheoryData<string> Names => [.. ProgrammeCatalogue.Shipped.Keys];

    [Fact]
    public void Three_programmes_ship() => Assert.Equal(["phase-1-000@1", "phase-1-002@1", "phase-2-001@1"], ProgrammeCatalogue.Shipped.Keys);

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_line_has_a_source(string name)
    {
        var programme = ProgrammeCatalogue.Shipped[name];
        string[] sources =
        [
            programme.Source,
            .. programme.Routes.Select(route => route.Source),
            .. programme.Priority.Select(key => key.Source),
            .. programme.Demand.Select(demand => demand.Source),
            .. programme.Scores.Select(score => score.Source),
            .. programme.Services.Select(list => list.Source),
            .. programme.Costs.Select(cost => cost.Source),
            .. new[] { programme.Families }.OfType<AgreedNumber>().Select(families => families.Source),
            .. programme.Decisions.Select(decision => decision.Source),
            .. programme.Datasets.Select(dataset => dataset.Source),
            .. programme.Criteria.Select(criterion => criterion.Source),
            .. Indicators(programme).Select(indicator => indicator.Source),
            .. Indicators(programme).SelectMany(indicator => indicator.Where).Select(condition => condition.Source),
            .. Indicators(programme).Select(indicator => indicator.Measure?.Source).OfType<string>(),
        ];

        Assert.All(sources, source => Assert.Matches(@"\A(seeds/00[0-4]|ours)", source));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void What_it_reads_is_in_the_specifications_that_ship(string name)
    {
        var programme = ProgrammeCatalogue.Shipped[name];
        foreach (var dataset in programme.Datasets)
        {
            var fields = Indicators(programme).Where(indicator => indicator.Dataset == dataset.Id).SelectMany(Fields).Where(field => field is not ("" or DateCondition.AsAt)).Distinct();
            if (dataset.Local)
            {
                Assert.Null(DatasetCatalogue.Find(dataset.Id));
                Assert.Empty(fields.Except(dataset.Fields));
            }
            else
            {
                var specification = DatasetCatalogue.Find(dataset.Id)!;
                Assert.All(fields, field => Assert.Equal(ColumnRole.Indicator, specification.Columns[specification.Find(field)].Role));
            }
        }
    }

    /// <summary>The schools' census and child health records define families; whatever else is asked for is read.</summary>
    /// <remarks>seeds/002 App A principle 3: "only disclosing to each other what is needed".</remarks>
    [Theory]
    [InlineData("leicestershire@2025-09-01", "phase-1-002@1")]
    [InlineData("dwp@2025-09-01", "phase-1-002@1")]
    [InlineData("bristol@2025-09-01", "phase-2-001@1")]
    public void Whatever_is_agreed_for_identification_is_read_by_an_indicator(string agreement, string programme)
    {
        var read = Indicators(ProgrammeCatalogue.Shipped[programme]).Select(indicator => indicator.Dataset).ToHashSet();
        var asked = AgreementCatalogue.Shipped.Find(agreement)!.Exchanges.Where(exchange => exchange.Uses.Contains(Use.Identification)).Select(exchange => exchange.Dataset!).Distinct();
        Assert.Empty(asked.Except(read).Except(["school-census", "child-health"]));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_codes_it_looks_for_are_ones_that_intake_accepts(string name)
    {
        foreach (var indicator in Indicators(ProgrammeCatalogue.Shipped[name]).Where(indicator => DatasetCatalogue.Find(indicator.Dataset) is not null))
        {
            var specification = DatasetCatalogue.Find(indicator.Dataset)!;
            foreach (var condition in indicator.Where.OfType<CodeCondition>())
            {
                var validator = Assert.IsType<CodeValidator>(specification.Columns[specification.Find(condition.Field)].Validator);
                Assert.All(condition.Codes, code => Assert.Contains(code, validator.Codes));
            }
        }
    }

    [Fact]
    public void Indicators_that_no_seed_lists_are_called_illustrative()
    {
        Assert.All(Indicators(Given.Phase2), indicator => Assert.Equal(indicator.Illustrative, indicator.Source.StartsWith("ours", StringComparison.Ordinal)));
        Assert.Contains(Indicators(Given.Phase2), indicator => indicator.Illustrative);
        Assert.DoesNotContain(Indicators(Given.National).Concat(Indicators(Given.Leicestershire)), indicator => indicator.Illustrative);
    }

    [Fact]
    public void A_decision_that_applies_binds_the_conditions_that_name_it()
    {
        var bound = Read(Document.Replace("applies: false", "applies: true", StringComparison.Ordinal));
        var old = Given.Row("d", "code=x, on=2012-09-03");

        Assert.Equal(Met.Yes, Given.Look(Read(Document), old).Criterion("c"));
        Assert.Equal(Met.No, Given.Look(bound, old).Criterion("c"));
    }

    [Theory]
    [InlineData("at_least: 1, of: [c]", "at_least: 2, of: [c]", "at_least")]
    [InlineData("of: [c]", "of: [other]", "no criterion 'other'")]
    [InlineData("dataset: d", "dataset: e", "no dataset 'e'")]
    [InlineData("decided: window, ", "decided: none, ", "no decision 'none'")]
    [InlineData("in: [x], source: ours", "in: [x]", "'source' is missing")]
    [InlineData("in: [x], ", "", "nothing is asked")]
    [InlineData("by: criteria", "by: risk", "advisory")]
    [InlineData("  - { by: criteria, source: ours }", "  - { by: risk, source: ours }\n  - { by: criteria, source: ours }", "after every other key")]
    [InlineData("version: 1", "version: 1\ncolour: red", "'colour'")]
    [InlineData("version: 1", "version: 1\nfamilies: { agreed: 0, source: ours }", "'agreed' is expected")]
    [InlineData("version: 1", "version: 1\nfamilies: { agreed: 40 }", "'source' is missing")]
    public void A_document_that_does_not_say_what_it_must_is_refused_with_its_line(string line, string wrong, string said)
    {
        var error = Assert.Throws<DocumentException>(() => Read(Document.Replace(line, wrong, StringComparison.Ordinal)));

        Assert.Contains(said, error.Message, StringComparison.Ordinal);
        Assert.True(error.Line > 0);
    }

    [Fact]
    public void Costs_of_several_years_do_not_add_up()
    {
        const string Costly = "  - id: c\n    title: t\n    cost: { pounds: 3500, year: 2014, source: ours }";
        var text = Document.Replace("  - id: c\n    title: t", Costly, StringComparison.Ordinal);
        Assert.Equal(new AnnualCost(3500, 2014, "ours"), Assert.Single(Read(text).Costs));
        var demand = "demand:\n  - { dataset: d, field: code, source: ours, cost: { pounds: 20, year: 2015, source: ours } }\ncriteria:";
        var error = Assert.Throws<DocumentException>(() => Read(text.Replace("criteria:\n", demand + "\n", StringComparison.Ordinal)));
        Assert.Contains("2014, 2015", error.Message, StringComparison.Ordinal);
    }

    private const string Document = """
        programme: p
        version: 1
        title: t
        source: ours
        in_force: { from: 2013-01-01, to: 2014-01-01, source: ours }
        routes:
          - { at_least: 1, of: [c], source: ours }
        decisions:
          - { id: window, applies: false, says: s, decided_by: b, decided_on: 2013-01-01, source: ours }
        priority:
          - { by: criteria, source: ours }
        datasets:
          - { id: d, local: true, fields: [code, on], source: ours }
        criteria:
          - id: c
            title: t
            source: ours
            indicators:
              - id: i
                title: t
                dataset: d
                source: ours
                where:
                  - { field: code, in: [x], source: ours }
                  - { field: on, within_terms: 3, decided: window, source: ours }
        """;

    private static EligibilityProgramme Read(string text) => ProgrammeCatalogue.Read("p.yaml", new StringReader(text));

    private static IEnumerable<Indicator> Indicators(EligibilityProgramme programme) => programme.Criteria.SelectMany(criterion => criterion.Indicators);

    private static IEnumerable<string> Fields(Indicator indicator) =>
    [
        .. indicator.Where.Select(condition => condition.Field),
        .. indicator.Measure switch
        {
            TermSum sum => [sum.Field, sum.TermField],
            TermShare share => [share.Field, share.Of, share.TermField],
            CountMeasure count => count.Distinct,
            _ => Array.Empty<string>(),
        },
    ];
}
