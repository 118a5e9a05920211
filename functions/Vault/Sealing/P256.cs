using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;
using TfFlow.Vault.Envelope;

namespace TfFlow.Vault.Sealing;

/// <summary>Points and scalars of P-256 in the form RFC 9180 sends them: 0x04 ‖ X ‖ Y, 65 bytes; 32 bytes big-endian.</summary>
internal static class P256
{
    public const int PointSize = 65;
    public const int ScalarSize = 32;

    // FIPS 186-5 / SP 800-186 §3.2.1.3: y² = x³ − 3x + b over GF(p).
    private static readonly BigInteger P = Hex("ffffffff00000001000000000000000000000000ffffffffffffffffffffffff");
    private static readonly BigInteger B = Hex("5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604b");

    private static readonly BigInteger Order = Hex("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551");

    /// <summary>True for a number from 1 to the group's order − 1.</summary>
    public static bool IsScalar(ReadOnlySpan<byte> scalar) =>
        new BigInteger(scalar, isUnsigned: true, isBigEndian: true) is var value && value.Sign > 0 && value < Order;

    /// <summary>True for a point on the curve; there is no form for infinity.</summary>
    /// <remarks>RFC 9180 §7.1.4 demands the check of every received key; the group has prime order, so nothing else is needed.</remarks>
    public static bool IsPoint(ReadOnlySpan<byte> point)
    {
        if (point.Length != PointSize || point[0] != 4)
        {
            return false;
        }

        var x = new BigInteger(point[1..33], isUnsigned: true, isBigEndian: true);
        var y = new BigInteger(point[33..], isUnsigned: true, isBigEndian: true);
        return x < P && y < P && ((y * y) - (x * x * x) + (3 * x) - B) % P == 0;
    }

    /// <exception cref="ArgumentException">Not a point on P-256.</exception>
    public static ECDiffieHellman ImportPublic(ReadOnlySpan<byte> point) => IsPoint(point)
        ? ECDiffieHellman.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = Decode(point) })
        : throw new ArgumentException("Not a point on P-256 in its 65-byte form.", nameof(point));

    /// <summary>A key pair from its private scalar.</summary>
    public static ECDiffieHellman ImportPrivate(ReadOnlySpan<byte> scalar)
    {
        using var d = SecretBuffer.CopyOf(scalar);
        return ECDiffieHellman.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, D = d.Array });
    }

    public static byte[] ExportPublic(ECDiffieHellman key)
    {
        var q = key.ExportParameters(includePrivateParameters: false).Q;
        return [4, .. q.X!, .. q.Y!];
    }

    public static SecretBuffer ExportPrivate(ECDiffieHellman key) => SecretBuffer.Take(key.ExportParameters(includePrivateParameters: true).D!);

    private static ECPoint Decode(ReadOnlySpan<byte> point) => new() { X = point[1..33].ToArray(), Y = point[33..].ToArray() };

    private static BigInteger Hex(string digits) => BigInteger.Parse("0" + digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
}
