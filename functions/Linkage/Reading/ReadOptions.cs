namespace TfFlow.Linkage;

/// <summary>What the caller says of a file's columns; what is left unsaid is inferred.</summary>
public sealed record ReadOptions
{
    /// <summary>The header of the column that names records; null: inferred, or the row number.</summary>
    public string? Id { get; init; }

    /// <summary>Headers never to compare.</summary>
    public IReadOnlyCollection<string> Exclude { get; init; } = [];

    /// <summary>Roles by header. Where any is given, other columns are not compared.</summary>
    public IReadOnlyDictionary<string, ColumnRole> Columns { get; init; } = new Dictionary<string, ColumnRole>();
}
