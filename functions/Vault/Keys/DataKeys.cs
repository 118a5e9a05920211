using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using TfFlow.Linkage;
using TfFlow.Vault.Envelope;
using TfFlow.Vault.Households;
using TfFlow.Vault.Storage;

namespace TfFlow.Vault.Keys;

/// <summary>The key table: one row a data key, wrapped by its originator's key-encryption key. Destroying the row erases the blob,
/// wherever copies lie.</summary>
/// <remarks>The table is a store of its own, in no backup. Every opening is counted in the row before a key is handed out.</remarks>
public sealed partial class DataKeys(ITableStore tables, IKeyRing keyRing, string table = DataKeys.DefaultTable)
{
    public const string DefaultTable = "datakeys";

    // RFC 5649: eight bytes more than the key.
    private const int WrappedSize = KeyNames.KeySize + 8;

    public Task CreateTableAsync(CancellationToken cancellationToken) => tables.CreateTableAsync(table, cancellationToken);

    /// <summary>New random keys of one owner, in the order asked for, each of which can seal one blob once. Their rows are in the table
    /// before any is returned.</summary>
    /// <remarks>As many as a transaction holds are written together: all of them or none.</remarks>
    /// <exception cref="StorageException"><see cref="StorageError.AlreadyExists"/>: a reference is taken.</exception>
    public async Task<IReadOnlyList<DataKey>> CreateAsync(IReadOnlyList<NewKey> wanted, CancellationToken cancellationToken)
    {
        var keys = new List<SecretBuffer>();
        try
        {
            foreach (var one in wanted)
            {
                ArgumentOutOfRangeException.ThrowIfEqual(one.Grain, KeyGrain.Drop);
                var key = new SecretBuffer(KeyNames.KeySize);
                keys.Add(key);
                RandomNumberGenerator.Fill(key.Span);
            }

            await AddAsync([.. wanted.Zip(keys)], cancellationToken);
            return [.. wanted.Zip(keys, (one, key) =>
                new DataKey(one.Reference, one.Blob, one.Originator, one.Grain, key.Span, isNew: true))];
        }
        finally
        {
            keys.ForEach(key => key.Dispose());
        }
    }

    /// <summary>The key of a blob that is opened as a whole.</summary>
    /// <exception cref="SealException"><see cref="SealError.KeyDestroyed"/>, <see cref="SealError.KeyRetired"/> or
    /// <see cref="SealError.UnwrapFailed"/>.</exception>
    public async Task<DataKey> OpenAsync(string reference, CancellationToken cancellationToken) =>
        (await OpenAsync([reference], cancellationToken))[0];

    /// <summary>The keys of blobs that are opened as a whole. Those of one owner are opened in one transaction, as many as it holds: all
    /// are counted, or none is opened.</summary>
    /// <exception cref="SealException">As for <see cref="OpenAsync(string, CancellationToken)"/>.</exception>
    public async Task<IReadOnlyList<DataKey>> OpenAsync(IReadOnlyList<string> references, CancellationToken cancellationToken)
    {
        var opened = new List<(KeyRow Row, SecretBuffer Key)>();
        try
        {
            foreach (var together in Together(references))
            {
                opened.AddRange(await OpenAsync(together, KeyGrain.Blob, openings: 1, cancellationToken));
            }

            return [.. opened.Select(one =>
                new DataKey(one.Row.Reference, one.Row.Blob, one.Row.Originator, one.Row.Grain, one.Key.Span, isNew: false))];
        }
        finally
        {
            opened.ForEach(one => one.Key.Dispose());
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

        var (row, key) = (await OpenAsync([reference], KeyGrain.Household, named.Count, cancellationToken))[0];
        using (key)
        {
            return new HouseholdKeys(row, named, key.Span);
        }
    }

    /// <summary>The row, or null when the key was destroyed or never was.</summary>
    public async Task<KeyRow?> FindAsync(string reference, CancellationToken cancellationToken)
    {
        var (partition, row) = KeyRow.Place(reference);
        return await tables.GetAsync(table, partition, row, cancellationToken) is { } found ? KeyRow.From(found) : null;
    }

    /// <summary>Every row, those of one owner together: what has no blob, or no register, is an orphan.</summary>
    public async IAsyncEnumerable<KeyRow> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var row in tables.QueryAsync(table, TableQuery.All, cancellationToken))
        {
            yield return KeyRow.From(row);
        }
    }

    /// <summary>Deletes the row and verifies that it is gone; one that is gone is left so.</summary>
    /// <exception cref="InvalidOperationException">The store still has it.</exception>
    public Task DestroyAsync(string reference, CancellationToken cancellationToken) => DestroyAsync([reference], cancellationToken);

    /// <summary>Deletes the rows and verifies that they are gone; what is gone is left so.</summary>
    /// <exception cref="InvalidOperationException">The store still has one.</exception>
    public async Task DestroyAsync(IReadOnlyCollection<string> references, CancellationToken cancellationToken)
    {
        foreach (var together in Together(references))
        {
            await DestroyTogetherAsync(together, cancellationToken);
        }
    }

    /// <returns>The references, those of one owner together, as many as a transaction holds.</returns>
    private static IEnumerable<string[]> Together(IEnumerable<string> references) => references.Distinct(StringComparer.Ordinal)
        .GroupBy(reference => KeyRow.Place(reference).Partition, StringComparer.Ordinal)
        .SelectMany(owner => owner.Chunk(TableLimits.Operations));

    private async Task DestroyTogetherAsync(string[] references, CancellationToken cancellationToken)
    {
        for (var standing = await ReadAsync(references, cancellationToken); standing.Count > 0;)
        {
            var deleted = await TrySubmitAsync([.. standing.Select(row => KeyRow.Place(row.Reference)).Select(place =>
                TableWrite.DeleteAny(place.Partition, place.Row))], cancellationToken);
            standing = await ReadAsync(references, cancellationToken);
            if (deleted && standing.Count > 0)
            {
                throw new InvalidOperationException($"Key row {standing[0].Reference} was deleted and is still there: the key is not destroyed.");
            }
        }
    }

    internal async Task AddAsync(IReadOnlyList<(NewKey Wanted, SecretBuffer Key)> added, CancellationToken cancellationToken)
    {
        var keks = new Dictionary<string, KeyEncryptionKey>(StringComparer.Ordinal);
        try
        {
            foreach (var originator in added.Select(one => one.Wanted.Originator).Distinct(StringComparer.Ordinal))
            {
                keks.Add(originator, await keyRing.GetCurrentAsync(originator, cancellationToken));
            }

            var rows = added.Select(one => new KeyRow
            {
                Reference = one.Wanted.Reference,
                Blob = one.Wanted.Blob,
                Originator = one.Wanted.Originator,
                Grain = one.Wanted.Grain,
                Epoch = keks[one.Wanted.Originator].Id.Epoch,
                Openings = 0,
                Wrapped = keks[one.Wanted.Originator].Wrap(one.Key.Span),
            });
            foreach (var together in rows.Select(row => TableWrite.Insert(row.ToTableRow())).Chunk(TableLimits.Operations))
            {
                await tables.SubmitAsync(table, together, cancellationToken);
            }

            // A rotation between the two calls above may not have seen these rows, and its epoch may be retired.
            foreach (var (originator, kek) in keks)
            {
                using var now = await keyRing.GetCurrentAsync(originator, cancellationToken);
                foreach (var (wanted, key) in now.Id == kek.Id ? [] : added.Where(one => one.Wanted.Originator == originator))
                {
                    await RewrapRowAsync(wanted.Reference, key, now, cancellationToken);
                }
            }
        }
        finally
        {
            foreach (var kek in keks.Values)
            {
                kek.Dispose();
            }
        }
    }

    /// <summary>Opens keys of one owner and counts it, in one transaction.</summary>
    internal async Task<List<(KeyRow Row, SecretBuffer Key)>> OpenAsync(
        IReadOnlyList<string> references, KeyGrain grain, int openings, CancellationToken cancellationToken)
    {
        while (true)
        {
            var found = (await ReadAsync(references, cancellationToken)).ToDictionary(row => row.Reference, StringComparer.Ordinal);
            var opened = new List<(KeyRow Row, SecretBuffer Key)>();
            try
            {
                foreach (var reference in references)
                {
                    var row = found.GetValueOrDefault(reference) ?? throw Destroyed(reference);
                    if (row.Grain != grain)
                    {
                        throw new InvalidOperationException($"The key of {row.Blob} opens by {row.Grain}, not by {grain}.");
                    }

                    opened.Add((row, await UnwrapAsync(row, cancellationToken)));
                }

                if (await TrySubmitAsync([.. opened.Select(one =>
                    Replace(one.Row with { Openings = one.Row.Openings + openings }))], cancellationToken))
                {
                    return opened;
                }
            }
            catch (SealException retired) when (retired.Error is SealError.KeyRetired)
            {
                // A rotation may have wrapped it anew since it was read.
                opened.ForEach(one => one.Key.Dispose());
                var now = await ReadAsync(references, cancellationToken);
                if (now.Count == found.Count && now.All(row => row.Epoch == found.GetValueOrDefault(row.Reference)?.Epoch))
                {
                    throw;
                }

                continue;
            }
            catch
            {
                opened.ForEach(one => one.Key.Dispose());
                throw;
            }

            // Someone else opened one, wrapped it anew or destroyed it: look again.
            opened.ForEach(one => one.Key.Dispose());
        }
    }

    private static TableWrite Replace(KeyRow row) => TableWrite.Replace(row.ToTableRow());

    /// <returns>The rows that stand, of one owner.</returns>
    private async Task<IReadOnlyList<KeyRow>> ReadAsync(IReadOnlyList<string> references, CancellationToken cancellationToken)
    {
        if (references is [var one])
        {
            return await FindAsync(one, cancellationToken) is { } row ? [row] : [];
        }

        var wanted = references.ToHashSet(StringComparer.Ordinal);
        return await tables.QueryAsync(table, TableQuery.Partition(KeyRow.Place(references[0]).Partition), cancellationToken)
            .Select(KeyRow.From).Where(row => wanted.Contains(row.Reference)).ToListAsync(cancellationToken);
    }

    private static SealException Destroyed(string reference) =>
        new(SealError.KeyDestroyed, $"key {reference}", null, "there is no such key: what it sealed is erased");

    private async Task<bool> RewrapRowAsync(string reference, SecretBuffer key, KeyEncryptionKey kek, CancellationToken cancellationToken)
    {
        while (await FindAsync(reference, cancellationToken) is { } row && row.Epoch < kek.Id.Epoch)
        {
            if (await TrySubmitAsync([Replace(row with { Epoch = kek.Id.Epoch, Wrapped = kek.Wrap(key.Span) })], cancellationToken))
            {
                return true;
            }
        }

        return false;
    }

    /// <returns>False when a row was changed or deleted since it was read.</returns>
    private async Task<bool> TrySubmitAsync(IReadOnlyList<TableWrite> writes, CancellationToken cancellationToken)
    {
        try
        {
            await tables.SubmitAsync(table, writes, cancellationToken);
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

/// <summary>A key that is wanted.</summary>
/// <param name="Reference">Names the row: in a register already, so that it is found again after a crash.</param>
/// <param name="Blob">The blob's id: what its header and its register name it by.</param>
/// <param name="Grain"><see cref="KeyGrain.Household"/> for a persons blob, <see cref="KeyGrain.Blob"/> for any other.</param>
public sealed record NewKey(string Reference, string Blob, string Originator, KeyGrain Grain = KeyGrain.Blob);
