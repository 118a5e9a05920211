using System.Diagnostics.CodeAnalysis;
using System.Text;
using TfFlow.Linkage;
using Ascii = TfFlow.Linkage.Ascii;

namespace TfFlow.Programme.Extracts.Validators;

/// <summary>Compares texts and UTF-8 ignoring ASCII case, so that cells are looked up without making strings of them.</summary>
internal sealed class AsciiComparer : IEqualityComparer<string>, IAlternateEqualityComparer<ReadOnlySpan<byte>, string>
{
    public static readonly AsciiComparer Instance = new();

    public bool Equals(string? x, string? y) => string.Equals(x, y, StringComparison.OrdinalIgnoreCase);

    public int GetHashCode([DisallowNull] string obj) => GetHashCode(Encoding.UTF8.GetBytes(obj));

    public bool Equals(ReadOnlySpan<byte> alternate, string other) =>
        System.Text.Ascii.EqualsIgnoreCase(alternate, other) || Equals(Encoding.UTF8.GetString(alternate), other);

    public int GetHashCode(ReadOnlySpan<byte> alternate)
    {
        var hash = 2166136261u;
        foreach (var b in alternate)
        {
            // Bytes beyond ASCII are left out: their case is not a matter of one bit.
            hash = b < 0x80 ? unchecked((hash ^ Ascii.Upper(b)) * 16777619u) : hash;
        }

        return unchecked((int)hash);
    }

    public string Create(ReadOnlySpan<byte> alternate) => Encoding.UTF8.GetString(alternate);
}
