using System.Text.Json;
using System.Text.Json.Serialization;
using TfFlow.Vault;
using TfFlow.Vault.Storage;

namespace TfFlow.Lifecycle;

/// <summary>Where an agency collects what concerns it: reports, receipts, certificates. Never personal data.</summary>
public sealed class Outbox(Stores stores, StoreNames names)
{
    public static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Converters = { new JsonStringEnumConverter() },
    };

    /// <summary>Puts a document; one of that name is replaced, so that an act run twice leaves one.</summary>
    public async Task PutAsync<T>(string agency, string name, T document, CancellationToken cancellationToken)
    {
        await stores.Blobs.CreateContainerAsync(names.Outbox(agency), cancellationToken);
        await stores.Blobs.PutAsync(
            new(names.Outbox(agency), name), JsonSerializer.SerializeToUtf8Bytes(document, Json), WriteCondition.None, cancellationToken);
    }

    public IAsyncEnumerable<BlobProperties> ListAsync(string agency, CancellationToken cancellationToken) =>
        stores.Blobs.ListAsync(names.Outbox(agency), prefix: null, cancellationToken);

    /// <returns>The document, or null when there is none of that name.</returns>
    public async Task<BlobDownload?> FindAsync(string agency, string name, CancellationToken cancellationToken)
    {
        try
        {
            return await stores.Blobs.OpenReadAsync(new(names.Outbox(agency), name), ifMatch: null, cancellationToken);
        }
        catch (StorageException e) when (e.Error is StorageError.NotFound)
        {
            return null;
        }
    }
}
