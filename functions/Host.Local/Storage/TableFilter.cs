using TfFlow.Vault.Storage;

namespace TfFlow.Host.Local.Storage;

/// <summary>A <see cref="TableQuery"/> in the Table service's query options.</summary>
internal static class TableFilter
{
    public static string ToQueryString(TableQuery query)
    {
        var options = new List<string> { $"$top={query.PageSize}" };
        string[] filter = [.. Range("PartitionKey", query.PartitionFrom, query.PartitionBefore), .. Range("RowKey", query.RowFrom, query.RowBefore)];
        if (filter.Length > 0)
        {
            options.Add("$filter=" + Uri.EscapeDataString(string.Join(" and ", filter)));
        }

        if (query.Select is { } select)
        {
            // The ETag comes of the time stamp.
            options.Add("$select=" + Uri.EscapeDataString(string.Join(',', select.Prepend("Timestamp").Prepend("RowKey").Prepend("PartitionKey").Distinct(StringComparer.Ordinal))));
        }

        return "?" + string.Join('&', options);
    }

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

    public static string Quote(string key) => $"'{key.Replace("'", "''", StringComparison.Ordinal)}'";
}
