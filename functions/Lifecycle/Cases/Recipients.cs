using System.Security.Cryptography;
using TfFlow.Programme;
using TfFlow.Programme.Agreements;
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
    public Task RegisterAsync(Id<Party> agency, byte[] publicKey, string account, string role, CancellationToken cancellationToken) => acts.PerformAsync(
        new()
        {
            ActId = $"recipient.register.{Reference.New()}",
            Act = "recipient.register",
            Actor = account,
            Role = role,
            Agency = agency,
            Hash = Convert.ToHexStringLower(SHA256.HashData(publicKey)),
        },
        token => stores.Registers.SubmitAsync(names.Recipients, TableWrite.Upsert(new TableRow(agency, RowKey) { [PublicKey] = publicKey }), token),
        cancellationToken);

    /// <returns>Null when the agency has registered none.</returns>
    public async Task<byte[]?> FindAsync(Id<Party> agency, CancellationToken cancellationToken) =>
        (await stores.Registers.GetAsync(names.Recipients, agency, RowKey, cancellationToken))?.Get<byte[]>(PublicKey);

    /// <summary>Seals what a grant lets out to the key that its recipient registered.</summary>
    /// <exception cref="RecipientUnknownException">The agency has registered no key: nothing can be sent to it.</exception>
    public async Task<DisclosedFile> SealAsync(DisclosureGrant grant, string reference, ReadOnlyMemory<byte> content, CancellationToken cancellationToken) => new(
        await RecipientKey.SealAsync(await FindAsync(grant.To, cancellationToken) ?? throw new RecipientUnknownException(grant.To), reference, grant.To, content, cancellationToken));

    /// <summary>Seals what a grant lets out as a drop: to the one-time key of the recipient's own upload grant.</summary>
    public static async Task<DisclosedFile> SealDropAsync(DisclosureGrant grant, string uploadGrant, byte[] publicKey, ReadOnlyMemory<byte> content, CancellationToken cancellationToken) =>
        new(await RecipientKey.SealAsync(publicKey, uploadGrant, grant.From, content, cancellationToken));
}

/// <summary>A file sealed to whom a grant lets have it. Only <see cref="Recipients"/> makes one.</summary>
public sealed class DisclosedFile
{
    internal DisclosedFile(byte[] bytes) => (Bytes, Sha256) = (bytes, Convert.ToHexStringLower(SHA256.HashData(bytes)));

    internal ReadOnlyMemory<byte> Bytes { get; }

    public int Length => Bytes.Length;

    /// <summary>Lower-case hex.</summary>
    public string Sha256 { get; }
}

/// <summary>Nothing can be sealed to an agency that has registered no key.</summary>
public sealed class RecipientUnknownException(Id<Party> agency)
    : Exception($"{agency} has registered no key to seal to: it runs 'tfflow key create' and 'tfflow key register' once.");
