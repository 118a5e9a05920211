using System.Text;

namespace TfFlow.Vault.Storage;

/// <summary>The Table service's limits ("Understanding the Table service data model"), checked before sending: the emulator does not keep all of them.</summary>
public static class TableLimits
{
    public const int Operations = 100;
    public const int TransactionBytes = 4 * 1024 * 1024;

    /// <summary>Of keys, names and values. In a transaction the emulator counts the row's JSON instead, where binary takes a third more: stay under 768 KiB there.</summary>
    public const int RowBytes = 1024 * 1024;

    public const int PropertyBytes = 64 * 1024;
    public const int KeyCharacters = 512;
    public const int Properties = 252;

    /// <summary>The earliest time a property holds.</summary>
    public static readonly DateTimeOffset Earliest = new(1601, 1, 1, 0, 0, 0, TimeSpan.Zero);

    // Of an operation in a transaction: its headers, and what JSON puts around a property.
    private const int OperationOverhead = 512;
    private const int PropertyOverhead = 16;

    /// <summary>Checks one entity group transaction. Its size on the wire is worked out from the values.</summary>
    /// <exception cref="ArgumentException">With the limit that is not kept; never a value.</exception>
    public static void Check(IReadOnlyList<TableWrite> writes)
    {
        if (writes.Count is 0 or > Operations)
        {
            throw new ArgumentException($"A transaction holds 1 to {Operations} writes, not {writes.Count}.", nameof(writes));
        }

        var rows = new HashSet<string>(StringComparer.Ordinal);
        var wire = 0L;
        foreach (var write in writes)
        {
            if (write.Row.PartitionKey != writes[0].Row.PartitionKey)
            {
                throw new ArgumentException($"A transaction stays in one partition: {writes[0].Row.PartitionKey} and {write.Row.PartitionKey} are two.", nameof(writes));
            }

            if (!rows.Add(write.Row.RowKey))
            {
                throw new ArgumentException($"A transaction names a row once: {write.Row.RowKey} is named twice.", nameof(writes));
            }

            if (write.Kind is TableWriteKind.Replace or TableWriteKind.Delete && write.Row.ETag == default)
            {
                throw new ArgumentException($"{write.Kind} of {write.Row.RowKey} needs the ETag that was read.", nameof(writes));
            }

            CheckRow(write.Row);
            wire += OperationOverhead + write.Row.Properties.Sum(property => PropertyOverhead + property.Key.Length + WireSizeOf(property.Value));
        }

        if (writes.Count > 1 && wire > TransactionBytes)
        {
            throw new ArgumentException($"A transaction takes at most {TransactionBytes} bytes, not about {wire}.", nameof(writes));
        }
    }

    private static void CheckRow(TableRow row)
    {
        CheckKey(row.PartitionKey);
        CheckKey(row.RowKey);
        if (row.Properties.Count > Properties)
        {
            throw new ArgumentException($"Row {row.RowKey}: {row.Properties.Count} properties, and a row holds at most {Properties}.");
        }

        var size = 4 + (2 * (row.PartitionKey.Length + row.RowKey.Length));
        foreach (var (name, value) in row.Properties)
        {
            if (name is "PartitionKey" or "RowKey" or "Timestamp" || value is DateTimeOffset time && time < Earliest)
            {
                throw new ArgumentException($"Row {row.RowKey}: property '{name}' has a name the service keeps for itself, or a time before 1601.");
            }

            var bytes = SizeOf(value);
            if (bytes > PropertyBytes)
            {
                throw new ArgumentException($"Row {row.RowKey}: property '{name}' takes {bytes} bytes, and one holds at most {PropertyBytes}.");
            }

            size += 8 + (2 * name.Length) + bytes;
        }

        if (size > RowBytes)
        {
            throw new ArgumentException($"Row {row.RowKey} takes {size} bytes, and a row holds at most {RowBytes}.");
        }
    }

    private static void CheckKey(string key)
    {
        if (key.Length > KeyCharacters || key.Any(character => character is '/' or '\\' or '#' or '?' || char.IsControl(character)))
        {
            throw new ArgumentException($"A key is at most {KeyCharacters} characters, without / \\ # ? and control characters.");
        }
    }

    private static long WireSizeOf(object value) => value switch
    {
        string text => Encoding.UTF8.GetByteCount(text),
        byte[] bytes => (bytes.Length + 2L) / 3 * 4,
        _ => 40,
    };

    private static int SizeOf(object value) => value switch
    {
        string text => 2 * text.Length,
        byte[] bytes => bytes.Length,
        bool => 1,
        int => 4,
        Guid => 16,
        _ => 8,
    };
}
