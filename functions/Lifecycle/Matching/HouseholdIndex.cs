using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using TfFlow.Linkage;
using TfFlow.Programme;
using TfFlow.Vault;
using TfFlow.Vault.Keys;
using TfFlow.Vault.Storage;

namespace TfFlow.Lifecycle.Matching;

/// <summary>Finds the family that a household became: by a keyed token, in an index that is erased with the family.</summary>
/// <remarks>Written and deleted together: for each household of a family a row <c>t|token</c>, which says which family, and one row <c>f|id</c>,
/// which says which tokens, and by which keyed hashes people of the family are met who ask for their data under another address.</remarks>
public sealed class HouseholdIndex(Stores stores, StoreNames names, IKeyRing keyRing)
{
    private const string Secret = "household-index";
    private const string Family = "Family";
    private const string Token = "Token";
    private const string Meets = "Meets";

    /// <summary>The most keys of one family: a row has its bounds.</summary>
    private const int MostKeys = 4_000;

    public Task CreateAsync(CancellationToken cancellationToken) => stores.Registers.CreateTableAsync(names.Households, cancellationToken);

    /// <summary>Makes tokens; dispose of it when done.</summary>
    public async Task<HouseholdTokens> OpenAsync(CancellationToken cancellationToken) => new(await keyRing.GetSecretAsync(Secret, cancellationToken));

    /// <summary>Every token of a programme, with its family's id.</summary>
    public async Task<Dictionary<string, string>> ListAsync(string programme, CancellationToken cancellationToken)
    {
        var query = TableQuery.Partition(programme) with { RowFrom = "t|", RowBefore = "t}" };
        return await stores.Registers.QueryAsync(names.Households, query, cancellationToken)
            .ToDictionaryAsync(row => row.RowKey[2..], row => row.Get<string>(Family), cancellationToken: cancellationToken);
    }

    /// <returns>The id of the family that a household became; null for none.</returns>
    public async Task<string?> FindAsync(string programme, string token, CancellationToken cancellationToken) =>
        (await stores.Registers.GetAsync(names.Households, programme, "t|" + token, cancellationToken))?.Get<string>(Family);

    /// <summary>Makes the keyed hashes by which people of a family are met; dispose of it when done.</summary>
    public async Task<MeetingKeys> OpenMeetingKeysAsync(CancellationToken cancellationToken)
    {
        var secret = await keyRing.GetSecretAsync(Secret, cancellationToken);
        try
        {
            return new(secret);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(secret);
        }
    }

    /// <summary>Adds keys by which people of a family are met. A family that the index does not know is left so.</summary>
    public async Task MeetAsync(string programme, Id<Family> familyId, IReadOnlySet<ulong> keys, CancellationToken cancellationToken)
    {
        if (keys.Count > 0 && await stores.Registers.GetAsync(names.Households, programme, "f|" + familyId, cancellationToken) is { } row)
        {
            await SetMeetingKeysAsync(programme, familyId, KeysIn(row).Union(keys).ToHashSet(), cancellationToken);
        }
    }

    /// <summary>Puts keys in the place of those that people of a family were met by; none: nobody of it is met any more.</summary>
    public async Task SetMeetingKeysAsync(string programme, Id<Family> familyId, IReadOnlySet<ulong> keys, CancellationToken cancellationToken)
    {
        if (await stores.Registers.GetAsync(names.Households, programme, "f|" + familyId, cancellationToken) is null)
        {
            return;
        }

        await stores.Registers.SubmitAsync(
            names.Households, [TableWrite.MergeAny(new TableRow(programme, "f|" + familyId) { [Meets] = BytesOf(keys) })], cancellationToken);
    }

    private static byte[] BytesOf(IReadOnlySet<ulong> keys)
    {
        var bytes = new byte[Math.Min(keys.Count, MostKeys) * sizeof(ulong)];
        foreach (var (place, key) in keys.Order().Take(MostKeys).Index())
        {
            BinaryPrimitives.WriteUInt64BigEndian(bytes.AsSpan(place * sizeof(ulong)), key);
        }

        return bytes;
    }

    /// <returns>The families of a programme somebody of whom has one of these keys.</returns>
    public async Task<IReadOnlyList<string>> FindMetAsync(string programme, IReadOnlySet<ulong> keys, CancellationToken cancellationToken)
    {
        var query = TableQuery.Partition(programme) with { RowFrom = "f|", RowBefore = "f}" };
        return await stores.Registers.QueryAsync(names.Households, query, cancellationToken)
            .Where(row => KeysIn(row).Any(keys.Contains)).Select(row => row.RowKey[2..]).ToListAsync(cancellationToken);
    }

    /// <summary>Every family's id that the index knows, of every programme.</summary>
    public IAsyncEnumerable<string> ListFamiliesAsync(CancellationToken cancellationToken) =>
        stores.Registers.QueryAsync(names.Households, new TableQuery { RowFrom = "f|", RowBefore = "f}" }, cancellationToken).Select(row => row.RowKey[2..]);

    /// <param name="tokens">Of the family's households, that of its home first.</param>
    /// <param name="meets">The keyed hashes by which people of the family are met.</param>
    /// <returns>The id the tokens lead to: <paramref name="familyId"/>, or the one that was there.</returns>
    public async Task<string> ClaimAsync(
        string programme, IReadOnlyList<string> tokens, Id<Family> familyId, IReadOnlySet<ulong> meets, CancellationToken cancellationToken)
    {
        try
        {
            await stores.Registers.SubmitAsync(
                names.Households,
                [
                    .. tokens.Select(token => TableWrite.Insert(new TableRow(programme, "t|" + token) { [Family] = familyId.Text })),
                    TableWrite.Insert(new TableRow(programme, "f|" + familyId) { [Token] = string.Join(' ', tokens), [Meets] = BytesOf(meets) }),
                ],
                cancellationToken);
            return familyId;
        }
        catch (StorageException e) when (e.Error is StorageError.AlreadyExists)
        {
            foreach (var token in tokens)
            {
                if (await stores.Registers.GetAsync(names.Households, programme, "t|" + token, cancellationToken) is { } row)
                {
                    return row.Get<string>(Family);
                }
            }

            throw new InvalidOperationException("A household's index row was there and is gone: its family is being erased. Try again.", e);
        }
    }

    private static IEnumerable<ulong> KeysIn(TableRow row)
    {
        var bytes = row.Find<byte[]>(Meets) ?? [];
        for (var at = 0; at + sizeof(ulong) <= bytes.Length; at += sizeof(ulong))
        {
            yield return BinaryPrimitives.ReadUInt64BigEndian(bytes.AsSpan(at));
        }
    }

    /// <summary>Forgets which household a family was; one that is forgotten is left so.</summary>
    public async Task RemoveAsync(string programme, Id<Family> familyId, CancellationToken cancellationToken)
    {
        if (await stores.Registers.GetAsync(names.Households, programme, "f|" + familyId, cancellationToken) is { } row)
        {
            await stores.Registers.SubmitAsync(
                names.Households,
                [TableWrite.DeleteAny(programme, "f|" + familyId), .. row.Get<string>(Token).Split(' ').Select(token => TableWrite.DeleteAny(programme, "t|" + token))],
                cancellationToken);
        }
    }
}

/// <summary>Keyed tokens of households: HMAC-SHA256 under a secret of the key ring.</summary>
public sealed class HouseholdTokens(byte[] secret) : IDisposable
{
    /// <returns>64 lower-case hex digits; another for each programme.</returns>
    public string Of(string programme, HouseholdPseudonym household) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(secret, Encoding.UTF8.GetBytes($"{programme}\n{household}")));

    public void Dispose() => CryptographicOperations.ZeroMemory(secret);
}
