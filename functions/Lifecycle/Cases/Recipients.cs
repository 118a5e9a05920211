using TfFlow.Vault;
using TfFlow.Vault.Ledger;
using TfFlow.Vault.Sealing;
using TfFlow.Vault.Storage;

namespace TfFlow.Lifecycle.Cases;

/// <summary>The public keys of agencies that receive sealed files. Each made its pair on its own machine: what is sealed to it, nobody here can open.</summary>
public sealed class Recipients(Stores stores, StoreNames names, Acts acts)
{
    private const string RowKey = "key";
    private const string PublicKey = "PublicKey";

    public Task CreateAsync(CancellationToken cancellationToken) => stores.Registers.CreateTableAsync(names.Recipients, cancellationToken);

    /// <summary>Takes an agency's key; a later one replaces it, for what is sealed from then on.</summary>
    /// <param name="publicKey">65 bytes: 0x04 ‖ X ‖ Y; checked by the caller.</param>
    public Task RegisterAsync(string agency, byte[] publicKey, string account, string role, CancellationToken cancellationToken) => acts.PerformAsync(
        new()
        {
            ActId = $"recipient.register.{Reference.New()}",
            Act = "recipient.register",
            Actor = account,
            Role = role,
            Agency = agency,
            Hash = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(publicKey)),
        },
        async token =>
        {
            await stores.Registers.SubmitAsync(names.Recipients, TableWrite.Upsert(new TableRow(agency, RowKey) { [PublicKey] = publicKey }), token);
            return ActResult.Done;
        },
        cancellationToken);

    /// <returns>Null when the agency has registered none.</returns>
    public async Task<byte[]?> FindAsync(string agency, CancellationToken cancellationToken) =>
        (await stores.Registers.GetAsync(names.Recipients, agency, RowKey, cancellationToken))?.Get<byte[]>(PublicKey);

    /// <exception cref="RecipientUnknownException">The agency has registered no key: nothing can be sent to it.</exception>
    public async Task<byte[]> SealAsync(string agency, string reference, ReadOnlyMemory<byte> content, CancellationToken cancellationToken) =>
        await RecipientKey.SealAsync(
            await FindAsync(agency, cancellationToken) ?? throw new RecipientUnknownException(agency), reference, agency, content, cancellationToken);
}

/// <summary>Nothing can be sealed to an agency that has registered no key.</summary>
public sealed class RecipientUnknownException(string agency)
    : Exception($"{agency} has registered no key to seal to: it runs 'tfflow key create' and 'tfflow key register' once.");
