using System.Runtime.CompilerServices;
using TfFlow.Vault.Envelope;
using TfFlow.Vault.Storage;

namespace TfFlow.Vault.Keys;

public sealed partial class DataKeys
{
    /// <summary>Moves every key of an originator under a later key-encryption key, and deletes the earlier ones: a copy of an old row opens nothing then.
    /// Run again, it goes on where it stopped.</summary>
    /// <param name="originator">Whose keys.</param>
    /// <param name="epoch">The least epoch they shall stand under; it is begun where there is none so late.</param>
    /// <param name="cancellationToken">Stops it between two transactions.</param>
    /// <returns>How many keys stand under the new one.</returns>
    /// <exception cref="SealException">A row does not unwrap. The earlier keys stay, and what they wrap opens as before.</exception>
    public async Task<int> RotateAsync(string originator, int epoch, CancellationToken cancellationToken)
    {
        using (var newest = await keyRing.GetCurrentAsync(originator, cancellationToken))
        {
            if (newest.Id.Epoch < epoch)
            {
                await keyRing.RotateAsync(originator, cancellationToken);
            }
        }

        using var current = await keyRing.GetCurrentAsync(originator, cancellationToken);
        await RewrapAsync(current, cancellationToken);
        return await RetireBeforeAsync(current.Id, cancellationToken);
    }

    /// <summary>Every owner of keys there is.</summary>
    public async Task<IReadOnlyList<string>> OriginatorsAsync(CancellationToken cancellationToken) =>
        await ListAsync(cancellationToken).Select(row => row.Originator).Distinct().Order(StringComparer.Ordinal).ToListAsync(cancellationToken);

    /// <summary>Wraps the keys that stand under an earlier epoch anew: those of one owner in one transaction, several owners at once.</summary>
    private async Task RewrapAsync(KeyEncryptionKey current, CancellationToken cancellationToken)
    {
        const int AtOnce = 8;
        await Parallel.ForEachAsync(
            EarlierAsync(current.Id, cancellationToken),
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
            async (rows, token) =>
            {
                var wrapped = new List<KeyRow>();
                foreach (var row in rows)
                {
                    using var key = await UnwrapAsync(row, token);
                    wrapped.Add(row with { Epoch = current.Id.Epoch, Wrapped = current.Wrap(key.Span) });
                }

                if (await TrySubmitAsync([.. wrapped.Select(Replace)], token))
                {
                    return;
                }

                // Somebody opened or destroyed one meanwhile: each by itself.
                foreach (var row in rows)
                {
                    using var key = await UnwrapAsync(row, token);
                    await RewrapRowAsync(row.Reference, key, current, token);
                }
            });
    }

    /// <summary>Rows of the originator under an earlier epoch, those of one owner together, as many as a transaction holds.</summary>
    private async IAsyncEnumerable<IReadOnlyList<KeyRow>> EarlierAsync(KeyId current, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var together = new List<KeyRow>();
        await foreach (var row in ListAsync(cancellationToken).Where(row => row.Originator == current.Originator && row.Epoch < current.Epoch))
        {
            if (together.Count == TableLimits.Operations || (together.Count > 0 && KeyRow.Place(together[0].Reference).Partition != KeyRow.Place(row.Reference).Partition))
            {
                yield return together;
                together = [];
            }

            together.Add(row);
        }

        if (together.Count > 0)
        {
            yield return together;
        }
    }

    /// <summary>Deletes the key-encryption keys before an epoch, which wrap nothing any more.</summary>
    /// <returns>How many keys stand under the epoch.</returns>
    private async Task<int> RetireBeforeAsync(KeyId current, CancellationToken cancellationToken)
    {
        var standing = 0;
        await foreach (var row in ListAsync(cancellationToken).Where(row => row.Originator == current.Originator))
        {
            standing += row.Epoch >= current.Epoch ? 1
                : throw new InvalidOperationException($"Key row {row.Reference} is still wrapped under {row.KeyId}: the keys before {current} are not deleted. Rotate again.");
        }

        for (var epoch = 1; epoch < current.Epoch; epoch++)
        {
            await keyRing.RetireAsync(new(current.Originator, epoch), cancellationToken);
        }

        return standing;
    }
}
