using System.Globalization;
using Azure;
using TfFlow.Programme.Ledger;
using TfFlow.Vault.Ledger;
using TfFlow.Vault.Storage;

namespace TfFlow.Bench;

/// <summary>A ledger in memory, as a store would hand it out: so that what is measured is verification.</summary>
internal sealed class MemoryLedger : ITableStore, IBlobStore
{
    private readonly List<TableRow> pages = [];
    private readonly List<Hash256> leaves = [];
    private readonly Dictionary<string, byte[]> blobs = new(StringComparer.Ordinal);
    private TableRow? head;
    private TableRow? checkpoint;

    public MemoryLedger(int pageCount)
    {
        for (var page = 0; page < pageCount; page++)
        {
            var first = page * LedgerRows.MaxEntriesPerPage;
            var entries = Enumerable.Range(first, LedgerRows.MaxEntriesPerPage)
                .Select(i => (ReadOnlyMemory<byte>)CanonicalEntry.Encode(LedgerBench.Entry("a", i))).ToList();
            pages.Add(LedgerRows.WritePage(first, entries));
            leaves.AddRange(entries.Select(entry => MerkleTree.HashLeaf(entry.Span)));
        }
    }

    public int Pages { get; private set; }

    /// <summary>Makes the ledger so long, without checkpoints.</summary>
    public void Cut(int pageCount)
    {
        Pages = pageCount;
        var range = new CompactRange();
        foreach (var leaf in leaves.Take(pageCount * LedgerRows.MaxEntriesPerPage))
        {
            range.Append(leaf);
        }

        head = LedgerRows.WriteHead(range, default);
        checkpoint = null;
        blobs.Clear();
    }

    public Task<TableRow?> GetAsync(string table, string partitionKey, string rowKey, CancellationToken cancellationToken) =>
        Task.FromResult(rowKey == LedgerRows.Head ? head : rowKey == "latest" ? checkpoint : null);

    public Task<TablePage> QueryPageAsync(string table, TableQuery query, string? continuation, CancellationToken cancellationToken)
    {
        var isActs = query.RowFrom == LedgerRows.Acts.RowFrom;
        var from = continuation is not null ? int.Parse(continuation, CultureInfo.InvariantCulture) : isActs ? 0 : FirstPage(query.RowFrom!);
        var before = Math.Min(from + query.PageSize, isActs ? Pages * LedgerRows.MaxEntriesPerPage : Pages);
        var rows = isActs ? [.. Enumerable.Range(from, before - from).Select(Act)] : pages.GetRange(from, before - from);
        var end = before == (isActs ? Pages * LedgerRows.MaxEntriesPerPage : Pages);
        return Task.FromResult(new TablePage(rows, end ? null : before.ToString(CultureInfo.InvariantCulture)));
    }

    public Task<IReadOnlyList<ETag>> SubmitAsync(string table, IReadOnlyList<TableWrite> writes, CancellationToken cancellationToken)
    {
        checkpoint = writes[0].Row;
        return Task.FromResult<IReadOnlyList<ETag>>([new ETag("1")]);
    }

    public Task<BlobProperties> PutAsync(BlobAddress blob, ReadOnlyMemory<byte> content, WriteCondition condition, CancellationToken cancellationToken)
    {
        blobs[blob.ToString()] = content.ToArray();
        return Task.FromResult(new BlobProperties(blob, content.Length, default, default));
    }

    public Task<int> ReadRangeAsync(BlobAddress blob, long offset, Memory<byte> buffer, ETag? ifMatch, CancellationToken cancellationToken)
    {
        if (!blobs.TryGetValue(blob.ToString(), out var content))
        {
            throw new StorageException(StorageError.NotFound, "Get Blob", blob.ToString(), "it is not there.");
        }

        content.AsMemory(0, Math.Min(content.Length, buffer.Length)).CopyTo(buffer);
        return Task.FromResult(Math.Min(content.Length, buffer.Length));
    }

    public IAsyncEnumerable<BlobProperties> ListAsync(string container, string? prefix, CancellationToken cancellationToken) => blobs
        .Where(blob => blob.Key.StartsWith($"{container}/{prefix}", StringComparison.Ordinal))
        .Select(blob => new BlobProperties(new BlobAddress(container, blob.Key[(container.Length + 1)..]), blob.Value.Length, default, default))
        .ToAsyncEnumerable();

    private TableRow Act(int index) => LedgerRows.WriteAct(
        LedgerRows.ActKey(LedgerBench.ActId("a", index), EntryKind.Intent), index, index / LedgerRows.MaxEntriesPerPage * LedgerRows.MaxEntriesPerPage, leaves[index]);

    private static int FirstPage(string rowKey) =>
        (int.Parse(rowKey.Split('-')[1], CultureInfo.InvariantCulture) + LedgerRows.MaxEntriesPerPage - 1) / LedgerRows.MaxEntriesPerPage;

    public Task CreateTableAsync(string table, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task CreateContainerAsync(string container, CancellationToken cancellationToken) => throw new NotSupportedException();

    public BlobWriter OpenWrite(BlobAddress blob, WriteCondition condition) => throw new NotSupportedException();

    public Task<BlobDownload> OpenReadAsync(BlobAddress blob, ETag? ifMatch, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<BlobProperties?> GetPropertiesAsync(BlobAddress blob, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<bool> DeleteAsync(BlobAddress blob, ETag? ifMatch, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<Uri> CreateUploadUriAsync(BlobAddress blob, DateTimeOffset expiresOn, string? ipRange, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<CopiesKept> GetCopiesKeptAsync(string container, CancellationToken cancellationToken) => throw new NotSupportedException();
}
