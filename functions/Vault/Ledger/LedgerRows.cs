using System.Globalization;
using Azure;
using TfFlow.Programme.Ledger;
using TfFlow.Vault.Storage;

namespace TfFlow.Vault.Ledger;

/// <summary>How the ledger lies in its table: everything that is committed together in one partition.</summary>
internal static class LedgerRows
{
    public const string Log = "log";
    public const string Head = "head";

    /// <summary>An entity group transaction holds 100 writes: the head, the page, and an act row an entry.</summary>
    public const int MaxEntriesPerPage = 98;

    /// <summary>Well under the 1 MiB of a row, and 16 entries of the greatest length would fit twice over in a transaction.</summary>
    public const int MaxPageBytes = 512 * 1024;

    private const int ChunkBytes = 64 * 1024;
    private const string ActPrefix = "act-";
    private const string PagePrefix = "page-";
    private const string Count = "Count";
    private const string Size = "Size";
    private const string Perfect = "Perfect";
    private const string Place = "Place";
    private const string Turn = "Turn";

    /// <summary>The pages that can hold the entry at <paramref name="index"/>, and all later ones.</summary>
    public static TableQuery PagesFrom(long index) => new()
    {
        PartitionFrom = Log,
        PartitionBefore = Log + '\0',
        RowFrom = PageKey(Math.Max(0, index - MaxEntriesPerPage + 1)),
        RowBefore = PagePrefix + '~',
        PageSize = 64,
    };

    public static TableQuery Acts { get; } = new()
    {
        PartitionFrom = Log,
        PartitionBefore = Log + '\0',
        RowFrom = ActPrefix,
        RowBefore = ActPrefix + '~',
    };

    /// <summary>Keyed by its first index, so that no two commits can both follow the same head.</summary>
    public static string PageKey(long first) => PagePrefix + first.ToString("D19", CultureInfo.InvariantCulture);

    public static string ActKey(string actId, EntryKind kind) =>
        string.Create(CultureInfo.InvariantCulture, $"{ActPrefix}{(int)kind}-{actId}");

    public static TableRow WritePage(long first, IReadOnlyList<ReadOnlyMemory<byte>> entries)
    {
        var row = new TableRow(Log, PageKey(first)) { [Count] = entries.Count };
        WriteChunks(row, EntryBundle.Write(entries));
        return row;
    }

    /// <exception cref="InvalidDataException">The row is not a page.</exception>
    public static PageRow ReadPage(TableRow row) =>
        long.TryParse(row.RowKey.AsSpan(PagePrefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var first) && row.RowKey == PageKey(first)
            ? new PageRow(first, row.Find<int>(Count), EntryBundle.Read(ReadChunks(row)))
            : throw new InvalidDataException($"Row {row.RowKey} is not the key of a page.");

    /// <param name="turn">The process whose turn it is to commit, or nothing.</param>
    public static TableRow WriteHead(CompactRange range, ETag eTag, string turn = "") => new(Log, Head)
    {
        ETag = eTag,
        [Size] = range.Size,
        [Perfect] = Hash256.WriteAll(range.Perfect),
        [Turn] = turn,
    };

    /// <summary>The head with another turn, and all else as it is.</summary>
    public static TableWrite SetTurn(string turn) => TableWrite.MergeAny(new TableRow(Log, Head) { [Turn] = turn });

    public static string ReadTurn(TableRow head) => head[Turn] as string ?? "";

    /// <exception cref="InvalidDataException">The row is not a head.</exception>
    public static CompactRange ReadHead(TableRow row) => new(row.Get<long>(Size), Hash256.ReadAll(row.Find<byte[]>(Perfect) ?? []));

    // One text, not three typed properties: there is a row like this for every entry.
    public static TableRow WriteAct(string key, long index, long page, Hash256 leaf) => new(Log, key)
    {
        [Place] = string.Create(CultureInfo.InvariantCulture, $"{index} {page} {leaf}"),
    };

    /// <exception cref="InvalidDataException">The row is not an act's.</exception>
    public static ActRow ReadAct(TableRow row) => TryReadAct(row) ?? throw new InvalidDataException($"Row {row.RowKey} does not say where its entry stands.");

    public static ActRow? TryReadAct(TableRow? row) =>
        row?[Place] is string place
        && place.Split(' ') is [var first, var second, { Length: 2 * Hash256.Length } leaf]
        && long.TryParse(first, NumberStyles.None, CultureInfo.InvariantCulture, out var index)
        && long.TryParse(second, NumberStyles.None, CultureInfo.InvariantCulture, out var page)
        && TryReadHex(leaf) is { } hash
            ? new ActRow(index, page, hash)
            : null;

    public static void WriteChunks(TableRow row, byte[] bytes)
    {
        for (var (chunk, from) = (0, 0); from < bytes.Length; chunk++, from += ChunkBytes)
        {
            row[ChunkName(chunk)] = bytes[from..Math.Min(from + ChunkBytes, bytes.Length)];
        }
    }

    public static byte[] ReadChunks(TableRow row)
    {
        var bytes = new List<byte[]>();
        while (row.Find<byte[]>(ChunkName(bytes.Count)) is { } chunk)
        {
            bytes.Add(chunk);
        }

        return bytes.Count == 1 ? bytes[0] : [.. bytes.SelectMany(chunk => chunk)];
    }

    private static Hash256? TryReadHex(string hex)
    {
        Span<byte> bytes = stackalloc byte[Hash256.Length];
        return Convert.FromHexString(hex, bytes, out _, out _) == System.Buffers.OperationStatus.Done ? new Hash256(bytes) : null;
    }

    private static string ChunkName(int chunk) => string.Create(CultureInfo.InvariantCulture, $"Bytes{chunk}");
}

/// <param name="First">The index of its first entry.</param>
/// <param name="Count">How many entries it says it holds.</param>
internal readonly record struct PageRow(long First, int Count, List<ReadOnlyMemory<byte>> Entries);

/// <param name="Index">The entry's place.</param>
/// <param name="Page">The first index of the page that holds it.</param>
internal readonly record struct ActRow(long Index, long Page, Hash256 Leaf);
