using System.Collections.Concurrent;
using System.Diagnostics;
using Azure;
using TfFlow.Lifecycle.Proof;
using TfFlow.Vault;
using TfFlow.Vault.Ledger;
using TfFlow.Vault.Storage;

namespace TfFlow.TestKit.Storage;

/// <summary>Stands before the stores of a host and notes every write that comes from outside an act, that is before an intent is durable (law 3).</summary>
/// <remarks>Free of it, each for its reason: the ledger and what is published of it (they are the record itself), the claim row that gives an
/// intent its extract's id (insert-only), and empty tables and containers.</remarks>
public sealed class WriteWatch(StoreNames names)
{
    private static readonly ActivitySource Own = new(Acts.TelemetryName);
    private readonly ConcurrentQueue<string> outside = new();
    private int inside;

    static WriteWatch() => ActivitySource.AddActivityListener(new ActivityListener
    {
        ShouldListenTo = source => source.Name == Acts.TelemetryName,
        Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
    });

    /// <summary>Writes that came from outside an act.</summary>
    public IReadOnlyCollection<string> Outside => outside;

    /// <summary>How many came from within one.</summary>
    public int Inside => inside;

    /// <summary>The next put of such a blob fails, as when the store is away at that moment; once.</summary>
    public Predicate<BlobAddress>? RefuseNext { get; set; }

    /// <summary>For what a test does to the stores with its own hands.</summary>
    public static IDisposable ByHand() => Own.StartActivity("by hand")!;

    public Stores Watch(Stores stores) => new(new WatchedBlobs(this, stores.Blobs), new WatchedTables(this, stores.Registers), new WatchedTables(this, stores.Keys));

    private static bool InAct
    {
        get
        {
            for (var span = Activity.Current; span is not null; span = span.Parent)
            {
                if (span.Source.Name == Acts.TelemetryName)
                {
                    return true;
                }
            }

            return false;
        }
    }

    private void Note(string operation, string place, bool isFree)
    {
        if (isFree)
        {
            return;
        }

        if (InAct)
        {
            Interlocked.Increment(ref inside);
        }
        else
        {
            outside.Enqueue($"{operation} {place}");
        }
    }

    private void NoteBlob(string operation, BlobAddress blob) => Note(operation, blob.ToString(), isFree:
        blob.Container.StartsWith(names.Ledger + "-", StringComparison.Ordinal)
        || (blob.Container.StartsWith(names.Outbox(""), StringComparison.Ordinal) && (blob.Name == Checkpoints.Document || blob.Name.StartsWith(Checkpoints.ReceiptFolder, StringComparison.Ordinal))));

    private void NoteRows(string table, IReadOnlyList<TableWrite> writes)
    {
        foreach (var write in writes)
        {
            Note(write.Kind.ToString(), $"{table}/{write.Row.PartitionKey}/{write.Row.RowKey}", table == names.Ledger || (table == names.Claims && write.Kind is TableWriteKind.Insert));
        }
    }

    private sealed class WatchedTables(WriteWatch watch, ITableStore tables) : ITableStore
    {
        public Task CreateTableAsync(string table, CancellationToken cancellationToken) => tables.CreateTableAsync(table, cancellationToken);

        public Task<TableRow?> GetAsync(string table, string partitionKey, string rowKey, CancellationToken cancellationToken) =>
            tables.GetAsync(table, partitionKey, rowKey, cancellationToken);

        public Task<TablePage> QueryPageAsync(string table, TableQuery query, string? continuation, CancellationToken cancellationToken) =>
            tables.QueryPageAsync(table, query, continuation, cancellationToken);

        public Task<IReadOnlyList<ETag>> SubmitAsync(string table, IReadOnlyList<TableWrite> writes, CancellationToken cancellationToken)
        {
            watch.NoteRows(table, writes);
            return tables.SubmitAsync(table, writes, cancellationToken);
        }
    }

    private sealed class WatchedBlobs(WriteWatch watch, IBlobStore blobs) : IBlobStore
    {
        public Task CreateContainerAsync(string container, CancellationToken cancellationToken) => blobs.CreateContainerAsync(container, cancellationToken);

        public Task<BlobProperties> PutAsync(BlobAddress blob, ReadOnlyMemory<byte> content, WriteCondition condition, CancellationToken cancellationToken)
        {
            watch.NoteBlob("Put", blob);
            if (watch.RefuseNext?.Invoke(blob) == true)
            {
                watch.RefuseNext = null;
                throw new StorageException(StorageError.Unavailable, "Put Blob", blob.ToString(), "the store is away");
            }

            return blobs.PutAsync(blob, content, condition, cancellationToken);
        }

        public BlobWriter OpenWrite(BlobAddress blob, WriteCondition condition)
        {
            watch.NoteBlob("Open for writing", blob);
            return blobs.OpenWrite(blob, condition);
        }

        public Task<BlobDownload> OpenReadAsync(BlobAddress blob, ETag? ifMatch, CancellationToken cancellationToken) => blobs.OpenReadAsync(blob, ifMatch, cancellationToken);

        public Task<int> ReadRangeAsync(BlobAddress blob, long offset, Memory<byte> buffer, ETag? ifMatch, CancellationToken cancellationToken) =>
            blobs.ReadRangeAsync(blob, offset, buffer, ifMatch, cancellationToken);

        public Task<BlobProperties?> GetPropertiesAsync(BlobAddress blob, CancellationToken cancellationToken) => blobs.GetPropertiesAsync(blob, cancellationToken);

        public Task<bool> DeleteAsync(BlobAddress blob, ETag? ifMatch, CancellationToken cancellationToken)
        {
            watch.NoteBlob("Delete", blob);
            return blobs.DeleteAsync(blob, ifMatch, cancellationToken);
        }

        public IAsyncEnumerable<BlobProperties> ListAsync(string container, string? prefix, CancellationToken cancellationToken) => blobs.ListAsync(container, prefix, cancellationToken);

        public Task<Uri> CreateUploadUriAsync(BlobAddress blob, DateTimeOffset expiresOn, string? ipRange, CancellationToken cancellationToken)
        {
            watch.NoteBlob("Open to an agency", blob);
            return blobs.CreateUploadUriAsync(blob, expiresOn, ipRange, cancellationToken);
        }

        public Task<CopiesKept> GetCopiesKeptAsync(string container, CancellationToken cancellationToken) => blobs.GetCopiesKeptAsync(container, cancellationToken);
    }
}
