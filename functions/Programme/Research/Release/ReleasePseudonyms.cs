using System.Security.Cryptography;
using System.Text;

namespace TfFlow.Programme.Research.Release;

/// <summary>Names people anew in one release to one recipient, so that no two releases can be joined.</summary>
/// <remarks>The key shall be fresh; release and recipient are bound in as well, so that even a key used twice by mistake joins nothing.</remarks>
public sealed class ReleasePseudonyms
{
    public const int KeyBytes = 32;

    private readonly byte[] key;

    /// <param name="freshKey">32 random bytes, made for this release and recipient; the caller's to destroy.</param>
    public ReleasePseudonyms(ReadOnlySpan<byte> freshKey, string release, string recipient)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(freshKey.Length, KeyBytes, nameof(freshKey));
        var info = Encoding.UTF8.GetBytes($"tfflow release pseudonym\n{release.Length}\n{release}\n{recipient}");
        key = new byte[KeyBytes];
        HKDF.DeriveKey(HashAlgorithmName.SHA256, freshKey, key, salt: [], info);
    }

    /// <summary>32 hexadecimal digits: the same for the same reference here, and nowhere else.</summary>
    public string Of(string reference) => Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(reference)).AsSpan(..16));
}
