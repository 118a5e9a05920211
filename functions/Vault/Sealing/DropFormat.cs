using System.Security.Cryptography;
using System.Text;
using TfFlow.Vault.Envelope;
using TfFlow.Vault.Keys;

namespace TfFlow.Vault.Sealing;

/// <summary>A sealed drop: magic and version, the encapsulated key, then the same header and segments as any sealed blob.</summary>
/// <remarks>docs/drop-format.md. The blob's id is the grant's, the originator the agency.</remarks>
internal static class DropFormat
{
    public const int PreludeSize = 4 + P256.PointSize;

    public static ReadOnlySpan<byte> Magic => "TFD\u0001"u8;

    /// <summary>HPKE's info: what the exported key is for.</summary>
    public static byte[] Info(string grant, string agency) => Encoding.ASCII.GetBytes($"tfflow drop 1\n{grant}\n{agency}");

    /// <summary>HPKE's exporter context.</summary>
    public static ReadOnlySpan<byte> ExporterContext => "segments"u8;

    public static DataKey KeyFrom(SecretBuffer exported, string grant, string agency, bool isNew) => new("", grant, agency, KeyGrain.Blob, exported.Span, isNew);
}
