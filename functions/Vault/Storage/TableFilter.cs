namespace TfFlow.Vault.Storage;

/// <summary>A <see cref="TableQuery"/> in the Table service's own words (OData).</summary>
internal static class TableFilter
{
    /// <returns>The <c>$filter</c>, or null when all rows are asked for.</returns>
    public static string? Of(TableQuery query)
    {
        string[] filter = [.. Range("PartitionKey", query.PartitionFrom, query.PartitionBefore), .. Range("RowKey", query.RowFrom, query.RowBefore)];
        return filter.Length > 0 ? string.Join(" and ", filter) : null;
    }

    /// <returns>The <c>$select</c>, or null when all properties are asked for.</returns>
    /// <remarks>Keys and time stamp always come: the ETag comes of the time stamp.</remarks>
    public static string[]? Columns(TableQuery query) => query.Select is { } select
        ? [.. ((string[])["PartitionKey", "RowKey", "Timestamp", .. select]).Distinct(StringComparer.Ordinal)]
        : null;

    public static string Quote(string key) => $"'{key.Replace("'", "''", StringComparison.Ordinal)}'";

    private static IEnumerable<string> Range(string key, string? from, string? before)
    {
        // The service takes no NUL, and nothing lies between a key and that key with NUL after it.
        var through = before is [.., '\0'] ? before[..^1] : null;
        if (from is not null && from == through)
        {
            yield return $"{key} eq {Quote(from)}";
            yield break;
        }

        if (from is not null)
        {
            yield return $"{key} ge {Quote(from)}";
        }

        if (before is not null)
        {
            yield return through is null ? $"{key} lt {Quote(before)}" : $"{key} le {Quote(through)}";
        }
    }
}
