using Azure;
using TfFlow.Vault.Storage;

namespace TfFlow.Host.Local.Tests.Durable;

/// <summary>The host died here: nothing of it runs or is written any more.</summary>
public sealed class HostCrashedException : Exception;

/// <summary>Where a host dies: before or after the operation of that number, from 1; 0 for never.</summary>
public sealed class CrashPoint(int operation, bool after)
{
    private readonly TaskCompletionSource crashed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int count;

    /// <summary>Operations asked for so far.</summary>
    public int Operations => Volatile.Read(ref count);

    public Task Crashed => crashed.Task;

    public async Task<T> DoAsync<T>(Func<Task<T>> operate)
    {
        var number = Interlocked.Increment(ref count);
        if (crashed.Task.IsCompleted || (number == operation && !after))
        {
            crashed.TrySetResult();
            throw new HostCrashedException();
        }

        var result = await operate();
        if (crashed.Task.IsCompleted || number == operation)
        {
            crashed.TrySetResult();
            throw new HostCrashedException();
        }

        return result;
    }

    public Task DoAsync(Func<Task> operate) => DoAsync(async () =>
    {
        await operate();
        return true;
    });
}

/// <summary>Tables and blobs as a host that will die sees them.</summary>
public sealed class CrashingStore(ITableStore tables, IBlobStore blobs, CrashPoint point) : ITableStore, IBlobStore
{
    public Task CreateTableAsync(string table, CancellationToken cancellationToken) => point.DoAsync(() => tables.CreateTableAsync(table, cancellationToken));

    public Task<TableRow?> GetAsync(string table, string partitionKey, string rowKey, CancellationToken cancellationToken) =>
        point.DoAsync(() => tables.GetAsync(table, partitionKey, rowKey, cancellationToken));

    public Task<TablePage> QueryPageAsync(string table, TableQuery query, string? continuation, CancellationToken cancellationToken) =>
        point.DoAsync(() => tables.QueryPageAsync(table, query, continuation, cancellationToken));

    public Task<IReadOnlyList<ETag>> SubmitAsync(string table, IReadOnlyList<TableWrite> writes, CancellationToken cancellationToken) =>
        point.DoAsync(() => tables.SubmitAsync(table, writes, cancellationToken));

    public Task CreateContainerAsync(string container, CancellationToken cancellationToken) => point.DoAsync(() => blobs.CreateContainerAsync(container, cancellationToken));

    public Task<BlobProperties> PutAsync(BlobAddress blob, ReadOnlyMemory<byte> content, WriteCondition condition, CancellationToken cancellationToken) =>
        point.DoAsync(() => blobs.PutAsync(blob, content, condition, cancellationToken));

    public BlobWriter OpenWrite(BlobAddress blob, WriteCondition condition) => new Writer(blobs.OpenWrite(blob, condition), point);

    public Task<BlobDownload> OpenReadAsync(BlobAddress blob, ETag? ifMatch, CancellationToken cancellationToken) => point.DoAsync(() => blobs.OpenReadAsync(blob, ifMatch, cancellationToken));

    public Task<int> ReadRangeAsync(BlobAddress blob, long offset, Memory<byte> buffer, ETag? ifMatch, CancellationToken cancellationToken) =>
        point.DoAsync(() => blobs.ReadRangeAsync(blob, offset, buffer, ifMatch, cancellationToken));

    public Task<BlobProperties?> GetPropertiesAsync(BlobAddress blob, CancellationToken cancellationToken) => point.DoAsync(() => blobs.GetPropertiesAsync(blob, cancellationToken));

    public Task<bool> DeleteAsync(BlobAddress blob, ETag? ifMatch, CancellationToken cancellationToken) => point.DoAsync(() => blobs.DeleteAsync(blob, ifMatch, cancellationToken));

    public async IAsyncEnumerable<BlobProperties> ListAsync(string container, string? prefix, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var found = await point.DoAsync(async () =>
        {
            var all = new List<BlobProperties>();
            await foreach (var blob in blobs.ListAsync(container, prefix, cancellationToken))
            {
                all.Add(blob);
            }

            return all;
        });
        foreach (var blob in found)
        {
            yield return blob;
        }
    }

    public Task AcquireLeaseAsync(BlobAddress blob, Guid leaseId, TimeSpan duration, CancellationToken cancellationToken) =>
        point.DoAsync(() => blobs.AcquireLeaseAsync(blob, leaseId, duration, cancellationToken));

    public Task RenewLeaseAsync(BlobAddress blob, Guid leaseId, CancellationToken cancellationToken) => point.DoAsync(() => blobs.RenewLeaseAsync(blob, leaseId, cancellationToken));

    public Task ReleaseLeaseAsync(BlobAddress blob, Guid leaseId, CancellationToken cancellationToken) => point.DoAsync(() => blobs.ReleaseLeaseAsync(blob, leaseId, cancellationToken));

    public Task<Uri> CreateUploadUriAsync(BlobAddress blob, DateTimeOffset expiresOn, string? ipRange, CancellationToken cancellationToken) =>
        point.DoAsync(() => blobs.CreateUploadUriAsync(blob, expiresOn, ipRange, cancellationToken));

    public Task<CopiesKept> GetCopiesKeptAsync(string container, CancellationToken cancellationToken) => point.DoAsync(() => blobs.GetCopiesKeptAsync(container, cancellationToken));

    private sealed class Writer(BlobWriter inner, CrashPoint point) : BlobWriter
    {
        public override Task<BlobProperties> CommitAsync(CancellationToken cancellationToken) => point.DoAsync(() => inner.CommitAsync(cancellationToken));

        public override void Flush() => inner.Flush();

        public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);

        public override void Write(byte[] buffer, int offset, int count) => inner.Write(buffer, offset, count);

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) => inner.WriteAsync(buffer, cancellationToken);

        public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => inner.WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        protected override void Dispose(bool disposing)
        {
            inner.Dispose();
            base.Dispose(disposing);
        }
    }
}
