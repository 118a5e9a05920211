using TfFlow.Programme.Documents;
using TfFlow.Programme.Extracts;

namespace TfFlow.Programme.Tests.Extracts;

public sealed class SpecificationParserTest
{
    private const string Document = """
        dataset: trial
        version: 2
        title: A trial
        source: ours
        refusals: { max_percent: 10, max_rows: 5, quarantine_on: [postcode.format] }
        unique: [name]
        columns:
          - { name: name, header: Name, aliases: [Full name], type: name, required: true, role: identity, sensitivity: personal, description: A name, example: Vane, source: ours }
          - { name: kind, header: Kind, type: code, codes: { one: [O], two: [] }, never: { never.complainant: [C] }, optional: true, role: check, sensitivity: sensitive, description: A kind, example: one, source: ours }
          - { name: month_<n>, repeat: 2, header: Month <n>, type: whole-number, min: 1, max: 9, role: indicator, sensitivity: personal, description: Month <n>, example: "<n>", source: ours }
          - { name: total, header: Total, type: whole-number, role: indicator, sensitivity: personal, description: d, example: "1", source: ours }
          - { name: monthly_fee, header: Monthly fee, type: whole-number, role: indicator, sensitivity: personal, description: d, example: "1", source: ours }
        rules:
          - { rule: sum, total: total, of: ["month_<n>"] }
        """;

    [Fact]
    public void A_specification_says_all_a_file_is_checked_for()
    {
        var trial = Reading.Specification(Document);
        Assert.Equal("trial v2", trial.ToString());
        Assert.Equal((ExtractEncoding.Utf8, 10_000_000L, false), (trial.Encoding, trial.MaxRows, trial.NilReturn));
        Assert.Equal((10m, 5L), (trial.Refusals.MaxPercent, trial.Refusals.MaxRows));
        Assert.Equal(["postcode.format"], trial.Refusals.QuarantineOn);
        Assert.Equal(["name", "kind", "month_1", "month_2", "total", "monthly_fee"], trial.Columns.Select(column => column.Name));
        Assert.Equal(("Month 2", "Month 2", "2"), (trial.Columns[3].Header, trial.Columns[3].Description, trial.Columns[3].Example));
        Assert.Equal([0], trial.IdentityColumns);
        Assert.Equal([2, 3, 4, 5], trial.IndicatorColumns);
        Assert.Equal([0], trial.Unique);
        Assert.True(trial.Sensitive);
        Assert.Equal((3, -1), (trial.Find("month_2"), trial.Find("month_3")));
        Assert.True(trial.Columns[0].Required);
        Assert.True(trial.Columns[1].Optional);
        Assert.False(Reading.Specification(Document.Replace("sensitivity: sensitive", "sensitivity: personal", StringComparison.Ordinal)).Sensitive);
    }

    [Fact]
    public async Task A_repeated_column_stands_for_numbered_ones_only()
    {
        // monthly_fee begins like month_… and is no month.
        var (outcome, _) = await Reading.ReadAsync("Name,Month 1,Month 2,Total,Monthly fee\nVane,1,2,3,9\n", Reading.Specification(Document));
        Assert.Equal(ExtractState.Accepted, outcome.State);
    }

    [Theory]
    [InlineData("dataset: trial\n", "", "line 1: 'dataset' is missing")]
    [InlineData("version: 2", "version: two", "line 2: 'version' is expected to be a whole number")]
    [InlineData("version: 2\n", "", "line 1: 'version' is missing")]
    [InlineData("title: A trial", "titel: A trial\ntitle: A trial", "line 3: 'titel' is not a key")]
    [InlineData("source: ours\nrefusals", "encoding: ebcdic\nsource: ours\nrefusals", "line 4: 'encoding' is expected to be one of: utf-8, windows-1252")]
    [InlineData("max_percent: 10, ", "", "line 5: 'max_percent' is missing")]
    [InlineData("max_rows: 5", "max_row: 5", "line 5: 'max_row' is not a key")]
    [InlineData("[postcode.format]", "[postcode.shape]", "line 5: 'quarantine_on' names 'postcode.shape', which is no rule's code")]
    [InlineData("unique: [name]", "unique: [nome]", "line 6: 'unique' names the column 'nome', which is not there")]
    [InlineData("name: name,", "name: Name,", "line 8: a column's name is lower-case letters, digits and underscores")]
    [InlineData("aliases: [Full name]", "aliases: [KIND]", "line 9: a header or alias of 'kind' belongs to another column too")]
    [InlineData("name: total, header: Total", "name: kind, header: Total", "line 11: column 'kind' is there twice")]
    [InlineData("type: name", "type: moniker", "line 8: 'moniker' is no type of column")]
    [InlineData("required: true", "require: true", "line 8: 'require' is not a key")]
    [InlineData("required: true", "required: yes", "line 8: 'required' is expected to be true or false")]
    [InlineData("role: identity", "role: hero", "line 8: 'role' is expected to be one of: identity, indicator, check")]
    [InlineData("sensitivity: sensitive", "sensitivity: high", "line 9: 'sensitivity' is expected to be one of: personal, sensitive")]
    [InlineData("codes: { one: [O], two: [] }, ", "", "line 9: a column of type code lists its 'codes'")]
    [InlineData("two: []", "two: [o]", "line 9: a code or alias is there twice")]
    [InlineData("never.complainant: [C]", "never.complainant: [one]", "line 9: a code or alias is there twice")]
    [InlineData("never.complainant", "never.complaining", "line 9: 'never.complaining' is no rule of never-accepted content")]
    [InlineData("header: Name,", "header: Adoption date,", "line 8: column 'name' can be in no dataset: no data about adoption (seeds/001 Data definitions)")]
    [InlineData("rule: sum", "rule: product", "line 14: 'product' is no rule")]
    [InlineData("total: total, of", "total: sum, of", "line 14: 'total' names the column 'sum', which is not there")]
    [InlineData("of: [\"month_<n>\"]", "of: [total, week_1]", "line 14: 'of' names the column 'week_1', which is not there")]
    public void A_faulty_specification_is_refused_naming_the_line(string line, string changed, string message)
    {
        Assert.Contains(line, Document, StringComparison.Ordinal);
        var exception = Assert.Throws<DocumentException>(() => Reading.Specification(Document.Replace(line, changed, StringComparison.Ordinal)));
        Assert.StartsWith($"test.yaml, {message}", exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("columns: []", "'columns' is missing")]
    [InlineData("", "'columns' is missing")]
    public void A_specification_has_columns(string columns, string message) => Assert.Contains(
        message,
        Assert.Throws<DocumentException>(() => Reading.Specification($"dataset: a\nversion: 1\n{columns}\n")).Message,
        StringComparison.Ordinal);
}
