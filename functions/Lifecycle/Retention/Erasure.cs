using TfFlow.Lifecycle.Intake;
using TfFlow.Vault;
using TfFlow.Vault.Keys;
using TfFlow.Vault.Storage;

namespace TfFlow.Lifecycle.Retention;

/// <summary>Deleted means: data key destroyed, blob deleted, both verified. Anything else is not deleted. What a legal hold covers is not erased by any way but this one.</summary>
public sealed class Erasure(Stores stores, StoreNames names, DataKeys keys, LegalHolds holds)
{
    /// <summary>Erases blobs of the vault. Run again, it goes on where it stopped.</summary>
    /// <param name="reference">Of the register row they belong to; its state says already that they are being erased, so that no hold is placed on them meanwhile.</param>
    /// <exception cref="HeldException">A legal hold covers the reference. What was never written whole is nobody's record, and goes all the same.</exception>
    public async Task EraseAsync(string reference, IReadOnlyList<SealedBlob> blobs, CancellationToken cancellationToken)
    {
        if (blobs.Any(blob => blob.Sha256.Length > 0) && (await holds.CoveredAsync(cancellationToken)).Contains(reference))
        {
            throw new HeldException(reference);
        }

        // The keys first: from then on no copy of a blob, wherever it lies, can be read.
        await keys.DestroyAsync([.. blobs.Select(blob => blob.Name)], cancellationToken);
        foreach (var blob in blobs)
        {
            await stores.Blobs.DeleteAsync(new(names.Vault, blob.Name), ifMatch: null, cancellationToken);
        }

        // One look for all that is named after one owner.
        foreach (var owner in blobs.Select(blob => blob.Name).GroupBy(name => name[..(name.LastIndexOf('-') + 1)], StringComparer.Ordinal))
        {
            var gone = owner.ToHashSet(StringComparer.Ordinal);
            await foreach (var there in stores.Blobs.ListAsync(names.Vault, owner.Key.Length > 0 ? owner.Key : owner.First(), cancellationToken))
            {
                ThrowIf(gone.Contains(there.Blob.Name), there.Blob);
            }
        }
    }

    /// <summary>Awaits an act that erases.</summary>
    /// <returns>False when it ended as held: the ledger says so, and whoever asked goes on with the rest.</returns>
    public static async Task<bool> UnlessHeldAsync(Task erasing)
    {
        try
        {
            await erasing;
            return true;
        }
        catch (HeldException)
        {
            return false;
        }
    }

    /// <summary>Deletes a blob and verifies that it is gone.</summary>
    /// <exception cref="InvalidOperationException">The store still has it.</exception>
    public async Task DeleteAsync(BlobAddress blob, CancellationToken cancellationToken)
    {
        await stores.Blobs.DeleteAsync(blob, ifMatch: null, cancellationToken);
        ThrowIf(await stores.Blobs.GetPropertiesAsync(blob, cancellationToken) is not null, blob);
    }

    private static void ThrowIf(bool stands, BlobAddress blob)
    {
        if (stands)
        {
            throw new InvalidOperationException($"{blob} was deleted and is still there: it is not erased.");
        }
    }
}
