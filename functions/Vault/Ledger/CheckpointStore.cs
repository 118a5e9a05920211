using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using TfFlow.Programme.Ledger;
using TfFlow.Vault.Storage;

namespace TfFlow.Vault.Ledger;

/// <summary>Signed checkpoints: a row that holds the latest, and a blob each in a container that is immutable in Azure.</summary>
/// <remarks>The row is written first, so that one checkpoint a size is ever shown; the blob and the parties follow from it.</remarks>
internal sealed class CheckpointStore(ITableStore tables, string table, IBlobStore blobs, string container)
{
    private const string Partition = "checkpoint";
    private const string Row = "latest";
    private const string Note = "Note";
    private const string Before = "Before";
    private const string Published = "Published";
    private const int MaxNoteBytes = 64 * 1024;

    public Task CreateAsync(CancellationToken cancellationToken) => blobs.CreateContainerAsync(container, cancellationToken);

    public async Task<LatestCheckpoint?> FindLatestAsync(CancellationToken cancellationToken) =>
        await tables.GetAsync(table, Partition, Row, cancellationToken) is { } row
            ? new LatestCheckpoint(row.Get<string>(Note), row.Get<long>(Before), row.Get<bool>(Published), row)
            : null;

    /// <summary>Makes the checkpoint the latest.</summary>
    /// <exception cref="StorageException">Another one came first: <see cref="StorageError.ConditionNotMet"/> or <see cref="StorageError.AlreadyExists"/>.</exception>
    public async Task<LatestCheckpoint> WriteLatestAsync(LatestCheckpoint? read, string note, long before, bool published, CancellationToken cancellationToken)
    {
        var row = new TableRow(Partition, Row) { ETag = read?.Row.ETag ?? default, [Note] = note, [Before] = before, [Published] = published };
        var eTag = await tables.SubmitAsync(table, read is null ? TableWrite.Insert(row) : TableWrite.Replace(row), cancellationToken);
        return new LatestCheckpoint(note, before, published, new TableRow(Partition, Row) { ETag = eTag });
    }

    /// <summary>Writes the checkpoint's blob; one that stands stays.</summary>
    public async Task WriteBlobAsync(SignedCheckpoint checkpoint, CancellationToken cancellationToken)
    {
        try
        {
            var blob = new BlobAddress(container, Name(checkpoint.Checkpoint.Size));
            await blobs.PutAsync(blob, Encoding.UTF8.GetBytes(checkpoint.Note), WriteCondition.CreateOnly, cancellationToken);
        }
        catch (StorageException exception) when (exception.Error == StorageError.AlreadyExists)
        {
            // A run before this one wrote it. Were it another's, verification says so.
        }
    }

    /// <summary>All stored checkpoints by rising size: the blob's name and the note.</summary>
    public async IAsyncEnumerable<(string Name, string Note)> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var properties in blobs.ListAsync(container, prefix: null, cancellationToken))
        {
            var buffer = new byte[Math.Min(properties.Length, MaxNoteBytes)];
            var length = await blobs.ReadRangeAsync(properties.Blob, 0, buffer, ifMatch: null, cancellationToken);
            yield return (properties.Blob.Name, Encoding.UTF8.GetString(buffer.AsSpan(0, length)));
        }
    }

    /// <summary>The size of the newest stored checkpoint, or 0.</summary>
    public async Task<long> FindNewestSizeAsync(CancellationToken cancellationToken)
    {
        var newest = 0L;
        await foreach (var properties in blobs.ListAsync(container, prefix: null, cancellationToken))
        {
            newest = Math.Max(newest, SizeOf(properties.Blob.Name) ?? 0);
        }

        return newest;
    }

    /// <summary>The size a checkpoint's blob name gives, or null.</summary>
    public static long? SizeOf(string name) =>
        long.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var size) && Name(size) == name ? size : null;

    private static string Name(long size) => size.ToString("D19", CultureInfo.InvariantCulture);
}

/// <param name="Before">The size of the checkpoint before this one.</param>
/// <param name="Published">Its blob is written and every party has it.</param>
internal sealed record LatestCheckpoint(string Note, long Before, bool Published, TableRow Row);
