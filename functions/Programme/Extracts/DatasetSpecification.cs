using TfFlow.Programme.Extracts.Rules;

namespace TfFlow.Programme.Extracts;

public enum ExtractEncoding
{
    Utf8 = 1,
    Windows1252,
}

/// <summary>The "data extract specification" of one dataset: what a file of it holds, to the letter.</summary>
/// <remarks>seeds/002 §4.3, §7.</remarks>
public sealed class DatasetSpecification
{
    public const long DefaultMaxRows = 10_000_000;

    private readonly Dictionary<string, int> byName;

    internal DatasetSpecification(IReadOnlyList<ColumnSpecification> columns)
    {
        Columns = columns;
        byName = columns.Select((column, index) => (column.Name, index)).ToDictionary(StringComparer.Ordinal);
        IdentityColumns = InRole(ColumnRole.Identity);
        IndicatorColumns = InRole(ColumnRole.Indicator);
    }

    public required string Id { get; init; }

    public required int Version { get; init; }

    public required string Title { get; init; }

    /// <summary>The line of the source documents that asks for it.</summary>
    public required string Source { get; init; }

    /// <summary>Of the document it was read from, the columns that <c>nda</c> stands for included; empty when there was none.</summary>
    public string Sha256 { get; init; } = "";

    /// <summary>A short hash of each part; see <see cref="Documents.DocumentHash.Parts"/>.</summary>
    public IReadOnlyList<string> Parts { get; init; } = [];

    public required ExtractEncoding Encoding { get; init; }

    public required long MaxRows { get; init; }

    /// <summary>A header without rows is accepted as "nothing to report".</summary>
    public required bool NilReturn { get; init; }

    public required RefusalPolicy Refusals { get; init; }

    public required IReadOnlyList<RowRule> RowRules { get; init; }

    /// <summary>Columns that together may not occur twice in a file; empty when rows may repeat.</summary>
    public required IReadOnlyList<int> Unique { get; init; }

    /// <summary>Rows that are alike in the columns of <see cref="Unique"/> are several counts: they are kept, and told.</summary>
    public bool Counts { get; init; }

    public IReadOnlyList<ColumnSpecification> Columns { get; }

    public IReadOnlyList<int> IdentityColumns { get; }

    public IReadOnlyList<int> IndicatorColumns { get; }

    /// <summary>Some column is sensitive personal data: a Schedule 3 condition is needed.</summary>
    public bool Sensitive => Columns.Any(column => column.Sensitivity == Sensitivity.Sensitive);

    /// <returns>The column's index, or -1.</returns>
    public int Find(string column) => byName.TryGetValue(column, out var index) ? index : -1;

    public override string ToString() => $"{Id} v{Version}";

    private IReadOnlyList<int> InRole(ColumnRole role) =>
        [.. Enumerable.Range(0, Columns.Count).Where(index => Columns[index].Role == role)];
}
