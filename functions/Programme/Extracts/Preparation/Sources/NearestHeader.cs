using TfFlow.Linkage;

namespace TfFlow.Programme.Extracts.Preparation.Sources;

/// <summary>How alike a header is to the headers of a column.</summary>
internal static class NearestHeader
{
    /// <summary>Beyond this a header is worth suggesting.</summary>
    public const double Enough = 0.75;

    public static double Likeness(string header, ColumnSpecification column)
    {
        var folded = HeaderMap.Fold(header);
        return column.Aliases.Append(column.Header).Append(column.Name).Select(HeaderMap.Fold)
            .Max(known => folded.Length > 3 && (folded.Contains(known, StringComparison.Ordinal) || known.Contains(folded, StringComparison.Ordinal)) ? 0.9 : JaroWinkler.Similarity(folded, known));
    }
}
