using TfFlow.Linkage;
using TfFlow.Vault.Keys;
using TfFlow.Vault.Storage;

namespace TfFlow.Vault.Households;

/// <summary>A persons blob and the row of its key.</summary>
public sealed record PersonsBlob(BlobAddress Address, string KeyReference);

/// <summary>Keeps what matching keeps: erasure is never partial, so what stays is sealed anew and the extract's key destroyed.</summary>
public sealed class FamilyBlobs(IBlobStore blobs, DataKeys keys)
{
    /// <summary>Seals the records of some households anew, in a persons blob of their own under a key of its own. The opening is counted in the source's key row.</summary>
    /// <param name="target">A new random name, recorded by the caller: its address is the new blob's id, its name the key row's. A run that fails leaves at most that key row.</param>
    /// <returns>The new blob, and how many records it holds.</returns>
    /// <exception cref="Envelope.SealException">The source cannot be opened.</exception>
    /// <exception cref="StorageException"><see cref="StorageError.AlreadyExists"/>: <paramref name="target"/> is taken.</exception>
    public async Task<(PersonsBlob Blob, long Records)> ReSealAsync(
        PersonsBlob source, IEnumerable<HouseholdPseudonym> households, BlobAddress target, CancellationToken cancellationToken)
    {
        using var opened = await keys.OpenHouseholdsAsync(source.KeyReference, households, cancellationToken);
        var reader = await PersonsReader.OpenAsync(blobs, source.Address, opened, cancellationToken);

        using var key = await keys.CreateAsync(target.ToString(), opened.Originator, KeyGrain.Household, cancellationToken, target.Name);
        await using var output = blobs.OpenWrite(target, WriteCondition.CreateOnly);
        using var writer = new PersonsWriter(output, key);
        await foreach (var (household, record) in reader.ReadAsync(cancellationToken))
        {
            await writer.AppendAsync(household, record, cancellationToken);
        }

        await writer.CompleteAsync(cancellationToken);
        await output.CommitAsync(cancellationToken);
        return (new(target, key.Reference), writer.Records);
    }
}
