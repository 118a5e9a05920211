using System.Text;
using TfFlow.Programme.Extracts;

namespace TfFlow.Programme.Tests.Extracts;

/// <summary>Reads a file and keeps what was handed over.</summary>
internal static class Reading
{
    public static readonly DateOnly AsOf = new(2013, 10, 31);

    public const string Header = "Surname,Forenames,Date of birth,Address,Postcode,Score,Kind\n";

    /// <summary>A small dataset: five identity columns and two indicators.</summary>
    public static readonly DatasetSpecification Small = Specification("""
        dataset: small
        version: 3
        title: A small dataset
        source: ours
        refusals: { max_percent: 50 }
        unique: [surname, forenames, date_of_birth, address, postcode]
        nda: ours
        columns:
          - { name: score, header: Score, aliases: [Points], type: whole-number, max: 99, role: indicator, sensitivity: personal, description: d, example: "1", source: ours }
          - { name: kind, header: Kind, type: code, codes: { one: [O], two: [T] }, required: true, role: indicator, sensitivity: sensitive, description: d, example: one, source: ours }
        """);

    public static DatasetSpecification Specification(string yaml) => SpecificationParser.Parse("test.yaml", new StringReader(yaml));

    public static Task<(ExtractOutcome Outcome, List<string> Rows)> ReadAsync(string csv, DatasetSpecification? specification = null, ExtractReadOptions? options = null) =>
        ReadAsync(Encoding.UTF8.GetBytes(csv), specification, options);

    public static async Task<(ExtractOutcome Outcome, List<string> Rows)> ReadAsync(byte[] csv, DatasetSpecification? specification = null, ExtractReadOptions? options = null)
    {
        using var stream = new MemoryStream(csv);
        return await ReadAsync(stream, specification, options);
    }

    /// <returns>The outcome, and each accepted row as <c>number:value|value|…</c>.</returns>
    public static async Task<(ExtractOutcome Outcome, List<string> Rows)> ReadAsync(Stream csv, DatasetSpecification? specification = null, ExtractReadOptions? options = null)
    {
        specification ??= Small;
        var rows = new List<string>();
        var outcome = await ExtractReader.ReadAsync(csv, specification, options ?? new() { AsOf = AsOf }, (row, _) =>
        {
            rows.Add($"{row.Number}:{string.Join('|', Enumerable.Range(0, specification.Columns.Count).Select(column => Encoding.UTF8.GetString(row[column])))}");
            return ValueTask.CompletedTask;
        }, CancellationToken.None);
        return (outcome, rows);
    }

    public static string Row(string surname = "Marlowe", string forenames = "Edith", string born = "14/02/1999", string address = "12 Wharf Street", string postcode = "LE1 1AA", string score = "1", string kind = "one") =>
        $"{surname},{forenames},{born},{address},{postcode},{score},{kind}\n";

    /// <summary>The findings as <c>code cell</c>.</summary>
    public static IEnumerable<string> Places(this ExtractOutcome outcome) => outcome.Findings.Select(finding => $"{finding.Code} {finding.Cell}".TrimEnd());
}
