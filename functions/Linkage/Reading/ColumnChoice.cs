namespace TfFlow.Linkage;

/// <summary>Applies what the caller said of columns, and infers the rest from headers and the first rows.</summary>
internal static class ColumnChoice
{
    // A file without a header shows its first record where the header should be: no message repeats it.
    public static int RecordId(string[] headers, List<byte[][]> sample, ReadOptions options, string name)
    {
        if (options.Id is { } wanted)
        {
            var at = Find(headers, wanted);
            return at >= 0 ? at : throw new LinkageDataException($"{name}: there is no column {wanted} among its {headers.Length}. Its first line must be the header: look there.");
        }

        return ColumnInference.RecordId(headers, column =>
        {
            var pool = new TextPool<byte>();
            return sample.TrueForAll(row => row[column].Length > 0) && sample.All(row => pool.Add(row[column]) == pool.Count - 1) && pool.Count - 1 == sample.Count;
        });
    }

    public static ColumnRole[] Roles(string[] headers, List<byte[][]> sample, ReadOptions options, int id, string name)
    {
        var given = options.Columns.Where(c => Find(headers, c.Key) >= 0).ToList();
        var roles = new ColumnRole[headers.Length];
        if (given.Count > 0)
        {
            given.ForEach(c => roles[Find(headers, c.Key)] = c.Value);
        }
        else
        {
            var samples = headers.Select((_, i) => (IReadOnlyList<string>)[.. sample.Select(row => RawTable.Decode(row[i]))]).ToList();
            roles = ColumnInference.Infer(headers, samples);
            if (headers.All(h => ColumnInference.FromHeader(h) == ColumnRole.None) && headers.Zip(roles).Any(c => c.Second != ColumnRole.None && ContentInference.Fits(c.Second, c.First)))
            {
                throw new LinkageDataException($"{name}: its first line looks like a record, not like a header. Put a line above it that names the columns, or the first record is lost.");
            }
        }

        for (var i = 0; i < roles.Length; i++)
        {
            if (i == id || roles[i] == ColumnRole.RecordId || options.Exclude.Contains(headers[i], StringComparer.OrdinalIgnoreCase))
            {
                roles[i] = ColumnRole.None;
            }
        }

        return roles.Any(r => r != ColumnRole.None)
            ? roles
            : throw new LinkageDataException($"{name}: none of its {headers.Length} columns could be recognised. Its first line must be the header; say what they are with --columns.");
    }

    private static int Find(string[] headers, string wanted) =>
        Array.FindIndex(headers, h => h.Equals(wanted, StringComparison.OrdinalIgnoreCase));
}
