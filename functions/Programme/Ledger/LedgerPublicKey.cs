using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;

namespace TfFlow.Programme.Ledger;

/// <summary>The public half of a ledger's signing key: ECDSA over P-256, with the name its signatures carry.</summary>
/// <remarks>C2SP signed-note, signature type 0x02: the key id is the start of the SHA-256 of the key in SPKI form, the signature is DER over the SHA-256 of the text.</remarks>
public sealed class LedgerPublicKey
{
    private const byte EcdsaType = 2;

    private readonly byte[] spki;

    /// <param name="name">The ledger's origin.</param>
    /// <param name="spki">SubjectPublicKeyInfo, DER.</param>
    /// <exception cref="LedgerProofException">The name is unusable or the key is not on P-256.</exception>
    public LedgerPublicKey(string name, ReadOnlySpan<byte> spki)
    {
        if (!IsName(name))
        {
            throw new LedgerProofException("A key's name is not empty and holds no space and no plus sign.");
        }

        Name = name;
        this.spki = spki.ToArray();
        KeyId = BinaryPrimitives.ReadUInt32BigEndian(SHA256.HashData(spki));
        using var key = Import();
    }

    public string Name { get; }

    public uint KeyId { get; }

    public string Pem => PemEncoding.WriteString("PUBLIC KEY", spki);

    /// <summary>Reads a verifier key: <c>name+id+base64</c>.</summary>
    /// <exception cref="LedgerProofException">Not a verifier key of type 0x02, or its id is not its key's.</exception>
    public static LedgerPublicKey Parse(string verifierKey)
    {
        if (verifierKey.Trim().Split('+', 3) is not [var name, var id, var base64]
            || !StrictBase64.TryDecode(base64, out byte[] key)
            || key is not [EcdsaType, ..])
        {
            throw new LedgerProofException("The public key is not a verifier key: name+id+base64, of type ECDSA.");
        }

        var parsed = new LedgerPublicKey(name, key.AsSpan(1));
        return id == parsed.Id ? parsed : throw new LedgerProofException("The verifier key's id is not its key's: it was damaged.");
    }

    public bool Verify(ReadOnlySpan<byte> text, ReadOnlySpan<byte> signature)
    {
        using var key = Import();
        return key.VerifyData(text, signature, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
    }

    /// <summary>The key as its holders pass it on: <c>name+id+base64</c>.</summary>
    public override string ToString() => $"{Name}+{Id}+{Convert.ToBase64String([EcdsaType, .. spki])}";

    internal static bool IsName(string name) => name.Length > 0 && !name.Any(c => c == '+' || char.IsWhiteSpace(c) || char.IsControl(c));

    private string Id => KeyId.ToString("x8", CultureInfo.InvariantCulture);

    private ECDsa Import()
    {
        var key = ECDsa.Create();
        try
        {
            key.ImportSubjectPublicKeyInfo(spki, out var read);
            if (read == spki.Length && key.ExportParameters(includePrivateParameters: false).Curve.Oid.Value == ECCurve.NamedCurves.nistP256.Oid.Value)
            {
                return key;
            }
        }
        catch (CryptographicException)
        {
            // Said below: what stands there is not a key.
        }

        key.Dispose();
        throw new LedgerProofException("The public key is not an ECDSA key on P-256.");
    }
}
