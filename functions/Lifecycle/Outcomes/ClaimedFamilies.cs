using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using TfFlow.Linkage;
using TfFlow.Vault;
using TfFlow.Vault.Keys;
using TfFlow.Vault.Storage;

namespace TfFlow.Lifecycle.Outcomes;

/// <summary>Knows again who was of a family that was claimed for, also once it is erased: by keyed tokens, which say nothing of
/// anybody without the key.</summary>
public sealed class ClaimedFamilies(Stores stores, StoreNames names, IKeyRing keyRing)
{
    private const string Secret = "claimed-families";
    private const string Partition = "Claimed";
    private const string ClaimColumn = "Claim";

    public Task CreateAsync(CancellationToken cancellationToken) =>
        stores.Registers.CreateTableAsync(names.ClaimedFamilies, cancellationToken);

    /// <summary>A token for every name and date of birth: letters alone count, in whatever case.</summary>
    internal async Task<IReadOnlyList<string>> TokensAsync(IReadOnlyList<PersonIdentity> people, CancellationToken cancellationToken)
    {
        var secret = await keyRing.GetSecretAsync(Secret, cancellationToken);
        try
        {
            return
            [
                .. people.Where(person => person.Born is not null)
                    .Select(person => string.Create(CultureInfo.InvariantCulture,
                        $"{Letters(person.Surname)}\n{Letters(person.Forenames)}\n{person.Born:yyyy-MM-dd}"))
                    .Select(text => Convert.ToHexStringLower(HMACSHA256.HashData(secret, Encoding.UTF8.GetBytes(text)))).Distinct(),
            ];
        }
        finally
        {
            CryptographicOperations.ZeroMemory(secret);
        }
    }

    /// <returns>The claim of the first token that is there; null: none is.</returns>
    public async Task<string?> FindAsync(IReadOnlyList<string> tokens, CancellationToken cancellationToken)
    {
        foreach (var token in tokens)
        {
            if (await stores.Registers.GetAsync(names.ClaimedFamilies, Partition, token, cancellationToken) is { } row)
            {
                return row.Get<string>(ClaimColumn);
            }
        }

        return null;
    }

    /// <summary>All of them together or none.</summary>
    /// <returns>False when one of them is there already, for another claim.</returns>
    public async Task<bool> TryAddAsync(IReadOnlyList<string> tokens, string claim, CancellationToken cancellationToken)
    {
        var missing = new List<TableWrite>();
        foreach (var token in tokens)
        {
            if (await stores.Registers.GetAsync(names.ClaimedFamilies, Partition, token, cancellationToken) is not { } row)
            {
                missing.Add(TableWrite.Insert(new TableRow(Partition, token) { [ClaimColumn] = claim }));
            }
            else if (row.Get<string>(ClaimColumn) != claim)
            {
                return false;
            }
        }

        try
        {
            if (missing.Count > 0)
            {
                await stores.Registers.SubmitAsync(names.ClaimedFamilies, missing, cancellationToken);
            }

            return true;
        }
        catch (StorageException e) when (e.Error is StorageError.AlreadyExists)
        {
            return false;
        }
    }

    private static string Letters(string name) => string.Concat(name.Where(char.IsLetter)).ToUpperInvariant();
}
