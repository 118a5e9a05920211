using System.Security.Cryptography;
using TfFlow.Vault.Envelope;

namespace TfFlow.Vault.Sealing;

/// <summary>Seals a drop on the agency's own machine, to the public key of its upload grant: only the authority, and only until it destroys the grant's key, can open it.</summary>
public static class DropSealer
{
    /// <summary>Begins a drop: what is written to the returned stream is sealed onto <paramref name="output"/>; its <see cref="SegmentWriter.CompleteAsync"/> ends the drop.</summary>
    /// <param name="grantPublicKey">65 bytes: 0x04 ‖ X ‖ Y.</param>
    /// <param name="grant">The grant's id.</param>
    /// <exception cref="ArgumentException">The public key is not a point on P-256.</exception>
    public static async Task<SegmentWriter> BeginAsync(Stream output, ReadOnlyMemory<byte> grantPublicKey, string grant, string agency, CancellationToken cancellationToken)
    {
        using var ephemeral = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        var header = SealedHeader.Create(SealedKind.Segments, grant, agency, SegmentWriter.DefaultSegmentSize);
        return await BeginAsync(output, grantPublicKey, ephemeral, header, cancellationToken);
    }

    /// <summary>The bytes of the drop that <paramref name="plaintextLength"/> bytes become: the length its upload declares.</summary>
    public static long SealedLength(long plaintextLength, string grant, string agency) =>
        DropFormat.PreludeSize + SegmentWriter.SealedLength(plaintextLength, grant, agency);

    internal static async Task<SegmentWriter> BeginAsync(
        Stream output, ReadOnlyMemory<byte> grantPublicKey, ECDiffieHellman ephemeral, SealedHeader header, CancellationToken cancellationToken)
    {
        var (enc, exported) = Hpke.Send(grantPublicKey.Span, ephemeral, DropFormat.Info(header.Blob, header.Originator), DropFormat.ExporterContext);
        using (exported)
        {
            using var key = DropFormat.KeyFrom(exported, header.Blob, header.Originator, isNew: true);
            await output.WriteAsync((byte[])[.. DropFormat.Magic, .. enc], cancellationToken);
            return new SegmentWriter(output, key, header);
        }
    }
}
