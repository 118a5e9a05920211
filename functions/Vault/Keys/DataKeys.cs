using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using TfFlow.Linkage;
using TfFlow.Vault.Envelope;
using TfFlow.Vault.Households;
using TfFlow.Vault.Storage;

namespace TfFlow.Vault.Keys;

/// <summary>The key table: one row a data key, wrapped by its originator's key-encryption key. Destroying the row erases the blob, wherever copies lie.</summary>
/// <remarks>The table is a store of its own, in no backup. Every opening is counted in the row before a key is handed out.</remarks>
public sealed class DataKeys(ITableStore tables, IKeyRing keyRing, string table = DataKeys.DefaultTable)
{
    public const string DefaultTable = "datakeys";

    // RFC 5649: eight bytes more than the key.
    private const int WrappedSize = KeyNames.KeySize + 8;

    public Task CreateTableAsync(CancellationToken cancellationToken) => tables.CreateTableAsync(table, cancellationToken);

    /// <summary>A new random key, which can seal <paramref name="blob"/> once. Its row is in the table before it is returned.</summary>
    /// <param name="blob">The blob's id: what its header and its register name it by.</param>
    /// <param name="grain"><see cref="KeyGrain.Household"/> for a persons blob, <see cref="KeyGrain.Blob"/> for any other.</param>
    /// <param name="reference">Names the row: chosen and recorded by a caller who must find it again after a crash, or null for a random one.</param>
    /// <exception cref="StorageException"><see cref="StorageError.AlreadyExists"/>: the reference is taken.</exception>
    public async Task<DataKey> CreateAsync(string blob, string originator, KeyGrain grain, CancellationToken cancellationToken, string? reference = null)
    {
        ArgumentOutOfRangeException.ThrowIfEqual(grain, KeyGrain.Drop);
        using var key = new SecretBuffer(KeyNames.KeySize);
        RandomNumberGenerator.Fill(key.Span);
        return new DataKey(await AddAsync(key, blob, originator, grain, reference, cancellationToken), blob, originator, grain, key.Span, isNew: true);
    }

    /// <summary>The key of a blob that is opened as a whole.</summary>
    /// <exception cref="SealException"><see cref="SealError.KeyDestroyed"/>, <see cref="SealError.KeyRetired"/> or <see cref="SealError.UnwrapFailed"/>.</exception>
    public async Task<DataKey> OpenAsync(string reference, CancellationToken cancellationToken)
    {
        var (row, key) = await OpenAsync(reference, KeyGrain.Blob, openings: 1, cancellationToken);
        using (key)
        {
            return new DataKey(reference, row.Blob, row.Originator, row.Grain, key.Span, isNew: false);
        }
    }

    /// <summary>The keys of these households in a persons blob, and no others; each is counted, whether the blob holds it or not.</summary>
    /// <exception cref="SealException">As for <see cref="OpenAsync(string, CancellationToken)"/>.</exception>
    public async Task<HouseholdKeys> OpenHouseholdsAsync(string reference, IEnumerable<HouseholdPseudonym> households, CancellationToken cancellationToken)
    {
        var named = households.ToHashSet();
        if (named.Count == 0)
        {
            throw new ArgumentException("An opening names at least one household.", nameof(households));
        }

        var (row, key) = await OpenAsync(reference, KeyGrain.Household, named.Count, cancellationToken);
        using (key)
        {
            return new HouseholdKeys(row, named, key.Span);
        }
    }

    /// <summary>The row, or null when the key was destroyed or never was.</summary>
    public async Task<KeyRow?> FindAsync(string reference, CancellationToken cancellationToken) =>
        await tables.GetAsync(table, reference, KeyRow.RowKey, cancellationToken) is { } row ? KeyRow.From(row) : null;

    /// <summary>Every row, ordered by reference: what has no blob, or no register, is an orphan.</summary>
    public async IAsyncEnumerable<KeyRow> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var row in tables.QueryAsync(table, TableQuery.All, cancellationToken))
        {
            yield return KeyRow.From(row);
        }
    }

    /// <summary>Deletes the row and verifies that it is gone; one that is gone is left so.</summary>
    /// <exception cref="InvalidOperationException">The store still has it.</exception>
    public async Task DestroyAsync(string reference, CancellationToken cancellationToken)
    {
        try
        {
            await tables.SubmitAsync(table, TableWrite.DeleteAny(reference, KeyRow.RowKey), cancellationToken);
        }
        catch (StorageException gone) when (gone.Error is StorageError.NotFound)
        {
            // Destroyed before: the check below is what counts.
        }

        if (await FindAsync(reference, cancellationToken) is not null)
        {
            throw new InvalidOperationException($"Key row {reference} was deleted and is still there: the key is not destroyed.");
        }
    }

    /// <summary>Wraps every key of the originator anew under its current key-encryption key. Run again, it goes on where it stopped.</summary>
    /// <returns>The number of rows wrapped anew.</returns>
    public async Task<int> RewrapAsync(string originator, CancellationToken cancellationToken)
    {
        using var current = await keyRing.GetCurrentAsync(originator, cancellationToken);
        var rewrapped = 0;
        await foreach (var row in ListAsync(cancellationToken))
        {
            if (row.Originator != originator || row.Epoch == current.Id.Epoch)
            {
                continue;
            }

            using var key = await UnwrapAsync(row, cancellationToken);
            rewrapped += await RewrapRowAsync(row.Reference, key, current, cancellationToken) ? 1 : 0;
        }

        return rewrapped;
    }

    /// <summary>Retires an epoch that wraps nothing any more.</summary>
    /// <exception cref="InvalidOperationException">A row is still wrapped under it: <see cref="RewrapAsync"/> first.</exception>
    public async Task RetireAsync(KeyId epoch, CancellationToken cancellationToken)
    {
        await foreach (var row in ListAsync(cancellationToken))
        {
            if (row.KeyId == epoch)
            {
                throw new InvalidOperationException($"Key row {row.Reference} is still wrapped under {epoch}: wrap the originator's keys anew before retiring it.");
            }
        }

        await keyRing.RetireAsync(epoch, cancellationToken);
    }

    internal async Task<string> AddAsync(SecretBuffer key, string blob, string originator, KeyGrain grain, string? reference, CancellationToken cancellationToken)
    {
        using var kek = await keyRing.GetCurrentAsync(originator, cancellationToken);
        var row = new KeyRow
        {
            Reference = reference ?? RandomNumberGenerator.GetHexString(32, lowercase: true),
            Blob = blob,
            Originator = originator,
            Grain = grain,
            Epoch = kek.Id.Epoch,
            Openings = 0,
            Wrapped = kek.Wrap(key.Span),
        };
        await tables.SubmitAsync(table, TableWrite.Insert(row.ToTableRow()), cancellationToken);

        // A rotation between the two calls above may not have seen this row, and its epoch may be retired.
        using var now = await keyRing.GetCurrentAsync(originator, cancellationToken);
        if (now.Id != kek.Id)
        {
            await RewrapRowAsync(row.Reference, key, now, cancellationToken);
        }

        return row.Reference;
    }

    internal async Task<(KeyRow Row, SecretBuffer Key)> OpenAsync(string reference, KeyGrain grain, int openings, CancellationToken cancellationToken)
    {
        while (true)
        {
            var row = await FindAsync(reference, cancellationToken) ?? throw Destroyed(reference);
            if (row.Grain != grain)
            {
                throw new InvalidOperationException($"The key of {row.Blob} opens by {row.Grain}, not by {grain}.");
            }

            var key = await UnwrapAsync(row, cancellationToken);
            try
            {
                if (await TryReplaceAsync(row with { Openings = row.Openings + openings }, cancellationToken))
                {
                    return (row, key);
                }
            }
            catch
            {
                key.Dispose();
                throw;
            }

            // Someone else opened it, wrapped it anew or destroyed it: look again.
            key.Dispose();
        }
    }

    private static SealException Destroyed(string reference) =>
        new(SealError.KeyDestroyed, $"key {reference}", null, "there is no such key: what it sealed is erased");

    private async Task<bool> RewrapRowAsync(string reference, SecretBuffer key, KeyEncryptionKey kek, CancellationToken cancellationToken)
    {
        while (await FindAsync(reference, cancellationToken) is { } row && row.Epoch < kek.Id.Epoch)
        {
            if (await TryReplaceAsync(row with { Epoch = kek.Id.Epoch, Wrapped = kek.Wrap(key.Span) }, cancellationToken))
            {
                return true;
            }
        }

        return false;
    }

    private async Task<bool> TryReplaceAsync(KeyRow row, CancellationToken cancellationToken)
    {
        try
        {
            await tables.SubmitAsync(table, TableWrite.Replace(row.ToTableRow()), cancellationToken);
            return true;
        }
        catch (StorageException changed) when (changed.Error is StorageError.ConditionNotMet or StorageError.NotFound)
        {
            return false;
        }
    }

    private async Task<SecretBuffer> UnwrapAsync(KeyRow row, CancellationToken cancellationToken)
    {
        try
        {
            using var kek = await keyRing.GetAsync(row.KeyId, cancellationToken);
            return row.Wrapped.Length == WrappedSize && kek.Unwrap(row.Wrapped) is { Length: KeyNames.KeySize } key
                ? SecretBuffer.Take(key)
                : throw new CryptographicException("Not a wrapped 256-bit key.");
        }
        catch (KeyRetiredException retired)
        {
            throw new SealException(SealError.KeyRetired, row.Blob, null, $"key-encryption key {row.KeyId} is retired", retired);
        }
        catch (CryptographicException refused)
        {
            throw new SealException(SealError.UnwrapFailed, row.Blob, null, $"key row {row.Reference} does not unwrap under {row.KeyId}: the row was changed, or the ring is another's", refused);
        }
    }
}
