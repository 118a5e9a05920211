using System.Security.Cryptography;
using TfFlow.Vault.Envelope;

namespace TfFlow.Vault.Sealing;

/// <summary>The private half of one grant's key, in memory until disposed: opens the drop sealed to it.</summary>
public sealed class DropOpener : IDisposable
{
    private readonly ECDiffieHellman privateKey;

    internal DropOpener(string grant, string agency, ReadOnlySpan<byte> privateKey)
    {
        Grant = grant;
        Agency = agency;
        this.privateKey = P256.ImportPrivate(privateKey);
    }

    /// <summary>The first bytes of every sealed drop.</summary>
    public static ReadOnlySpan<byte> Magic => DropFormat.Magic;

    public string Grant { get; }

    public string Agency { get; }

    /// <summary>The drop's plaintext, authentic byte by byte; whole only at the stream's end. <paramref name="drop"/> stays open.</summary>
    /// <exception cref="SealException">Not a sealed drop; the stream itself refuses a drop of another grant and whatever was changed.</exception>
    public async Task<Stream> OpenAsync(Stream drop, CancellationToken cancellationToken)
    {
        var prelude = new byte[DropFormat.PreludeSize];
        var read = await drop.ReadAtLeastAsync(prelude, prelude.Length, throwOnEndOfStream: false, cancellationToken);
        var known = Math.Min(read, DropFormat.Magic.Length);
        if (!DropFormat.Magic.StartsWith(prelude.AsSpan(0, known)))
        {
            throw Refuse(SealError.Malformed, "it does not begin as a sealed drop of this version begins");
        }

        if (read < prelude.Length)
        {
            throw Refuse(SealError.Truncated, "the drop ends within its encapsulated key");
        }

        var enc = prelude.AsMemory(DropFormat.Magic.Length);
        if (!P256.IsPoint(enc.Span))
        {
            throw Refuse(SealError.Malformed, "its encapsulated key is not a point on P-256");
        }

        using var exported = Hpke.Receive(enc.Span, privateKey, DropFormat.Info(Grant, Agency), DropFormat.ExporterContext);
        return new SegmentReader(drop, DropFormat.KeyFrom(exported, Grant, Agency, isNew: false), ownsKey: true);
    }

    public void Dispose() => privateKey.Dispose();

    private SealException Refuse(SealError error, string detail) => new(error, Grant, null, detail);
}
