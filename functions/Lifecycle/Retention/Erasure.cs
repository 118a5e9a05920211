using TfFlow.Lifecycle.Intake;
using TfFlow.Vault;
using TfFlow.Vault.Keys;
using TfFlow.Vault.Storage;

namespace TfFlow.Lifecycle.Retention;

/// <summary>Deleted means: data key destroyed, blob deleted, both verified. Anything else is not deleted.</summary>
public sealed class Erasure(Stores stores, StoreNames names, DataKeys keys)
{
    /// <summary>Erases these blobs of the vault. Run again, it goes on where it stopped.</summary>
    public async Task EraseAsync(IEnumerable<SealedBlob> blobs, CancellationToken cancellationToken)
    {
        // The key first: from then on no copy of the blob, wherever it lies, can be read.
        foreach (var blob in blobs)
        {
            await keys.DestroyAsync(blob.Name, cancellationToken);
            await DeleteAsync(new(names.Vault, blob.Name), cancellationToken);
        }
    }

    /// <summary>Deletes a blob and verifies that it is gone.</summary>
    /// <exception cref="InvalidOperationException">The store still has it.</exception>
    public async Task DeleteAsync(BlobAddress blob, CancellationToken cancellationToken)
    {
        await stores.Blobs.DeleteAsync(blob, ifMatch: null, cancellationToken);
        if (await stores.Blobs.GetPropertiesAsync(blob, cancellationToken) is not null)
        {
            throw new InvalidOperationException($"{blob} was deleted and is still there: it is not erased.");
        }
    }
}
