using System.Buffers.Binary;
using System.Security.Cryptography;
using TfFlow.Vault.Envelope;

namespace TfFlow.Vault.Sealing;

/// <summary>HPKE base mode up to the exported secret: DHKEM(P-256, HKDF-SHA256), HKDF-SHA256, AES-256-GCM.</summary>
/// <remarks>RFC 9180 §4.1, §5.1, §5.3. The suite's own AEAD is not used: drops are sealed in segments, under an exported key.</remarks>
internal static class Hpke
{
    private const int HashSize = 32;

    private static ReadOnlySpan<byte> KemSuite => [(byte)'K', (byte)'E', (byte)'M', 0x00, 0x10];

    private static ReadOnlySpan<byte> Suite => [(byte)'H', (byte)'P', (byte)'K', (byte)'E', 0x00, 0x10, 0x00, 0x01, 0x00, 0x02];

    /// <summary>SetupBaseS, then Export.</summary>
    /// <param name="ephemeral">A fresh key pair; a known one is for test vectors only.</param>
    /// <returns>The encapsulated key, 65 bytes, and 32 exported bytes.</returns>
    public static (byte[] Enc, SecretBuffer Secret) Send(ReadOnlySpan<byte> recipient, ECDiffieHellman ephemeral, ReadOnlySpan<byte> info, ReadOnlySpan<byte> context)
    {
        var enc = P256.ExportPublic(ephemeral);
        using var sharedSecret = Agree(ephemeral, recipient, enc, recipient);
        using var exporterSecret = Schedule(sharedSecret.Span, info);
        return (enc, Export(exporterSecret.Span, context));
    }

    /// <summary>SetupBaseR, then Export.</summary>
    /// <exception cref="ArgumentException"><paramref name="enc"/> is not a point on P-256.</exception>
    public static SecretBuffer Receive(ReadOnlySpan<byte> enc, ECDiffieHellman recipient, ReadOnlySpan<byte> info, ReadOnlySpan<byte> context)
    {
        using var sharedSecret = Agree(recipient, enc, enc, P256.ExportPublic(recipient));
        using var exporterSecret = Schedule(sharedSecret.Span, info);
        return Export(exporterSecret.Span, context);
    }

    /// <summary>The KEM's shared secret: ExtractAndExpand over the raw agreement, RFC 9180 §4.1.</summary>
    internal static SecretBuffer Agree(ECDiffieHellman own, ReadOnlySpan<byte> peer, ReadOnlySpan<byte> enc, ReadOnlySpan<byte> recipient)
    {
        using var other = P256.ImportPublic(peer);
        using var otherPublic = other.PublicKey;
        using var agreed = SecretBuffer.Take(own.DeriveRawSecretAgreement(otherPublic));
        using var prk = LabeledExtract(KemSuite, [], "eae_prk"u8, agreed.Span);
        return LabeledExpand(KemSuite, prk.Span, "shared_secret"u8, [.. enc, .. recipient]);
    }

    /// <summary>The exporter secret: KeySchedule with mode_base and no PSK, RFC 9180 §5.1.</summary>
    internal static SecretBuffer Schedule(ReadOnlySpan<byte> sharedSecret, ReadOnlySpan<byte> info)
    {
        const byte ModeBase = 0;
        using var pskIdHash = LabeledExtract(Suite, [], "psk_id_hash"u8, []);
        using var infoHash = LabeledExtract(Suite, [], "info_hash"u8, info);
        using var secret = LabeledExtract(Suite, sharedSecret, "secret"u8, []);
        return LabeledExpand(Suite, secret.Span, "exp"u8, [ModeBase, .. pskIdHash.Span, .. infoHash.Span]);
    }

    internal static SecretBuffer Export(ReadOnlySpan<byte> exporterSecret, ReadOnlySpan<byte> context) =>
        LabeledExpand(Suite, exporterSecret, "sec"u8, context);

    private static SecretBuffer LabeledExtract(ReadOnlySpan<byte> suite, ReadOnlySpan<byte> salt, ReadOnlySpan<byte> label, ReadOnlySpan<byte> ikm)
    {
        using var labeled = new SecretBuffer("HPKE-v1"u8.Length + suite.Length + label.Length + ikm.Length);
        var prefix = (ReadOnlySpan<byte>)[.. "HPKE-v1"u8, .. suite, .. label];
        prefix.CopyTo(labeled.Span);
        ikm.CopyTo(labeled.Span[prefix.Length..]);
        var prk = new SecretBuffer(HashSize);
        HKDF.Extract(HashAlgorithmName.SHA256, labeled.Span, salt, prk.Span);
        return prk;
    }

    // Every output of this suite that is needed here is as long as the hash.
    private static SecretBuffer LabeledExpand(ReadOnlySpan<byte> suite, ReadOnlySpan<byte> prk, ReadOnlySpan<byte> label, ReadOnlySpan<byte> info)
    {
        Span<byte> length = stackalloc byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(length, HashSize);
        var output = new SecretBuffer(HashSize);
        HKDF.Expand(HashAlgorithmName.SHA256, prk, output.Span, (ReadOnlySpan<byte>)[.. length, .. "HPKE-v1"u8, .. suite, .. label, .. info]);
        return output;
    }
}
