using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;

namespace TfFlow.Linkage;

/// <summary>The keyed pseudonym of a household: 16 bytes. Whoever holds the key can enumerate it, so it is personal data.</summary>
/// <param name="Value">The bytes as a big-endian number: numbers and bytes sort alike.</param>
public readonly record struct HouseholdPseudonym(UInt128 Value) : IComparable<HouseholdPseudonym>
{
    /// <summary>Bytes of a pseudonym.</summary>
    public const int Size = 16;

    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdef");

    /// <exception cref="ArgumentException">Not <see cref="Size"/> bytes.</exception>
    public static HouseholdPseudonym FromBytes(ReadOnlySpan<byte> bytes) => bytes.Length == Size
        ? new(BinaryPrimitives.ReadUInt128BigEndian(bytes))
        : throw new ArgumentException($"A household pseudonym has {Size} bytes, not {bytes.Length}.", nameof(bytes));

    /// <summary>Reads the form <see cref="ToString"/> writes: 32 lower-case hex digits, nothing else.</summary>
    public static bool TryParse(ReadOnlySpan<char> hex, out HouseholdPseudonym pseudonym)
    {
        pseudonym = default;
        if (hex.Length != 2 * Size || hex.ContainsAnyExcept(HexDigits))
        {
            return false;
        }

        pseudonym = new(UInt128.Parse(hex, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture));
        return true;
    }

    /// <summary>Writes the sixteen bytes.</summary>
    public void CopyTo(Span<byte> destination) => BinaryPrimitives.WriteUInt128BigEndian(destination, Value);

    /// <summary>In the order of the numbers.</summary>
    public int CompareTo(HouseholdPseudonym other) => Value.CompareTo(other.Value);

    /// <summary>Whether it comes before.</summary>
    public static bool operator <(HouseholdPseudonym left, HouseholdPseudonym right) => left.Value < right.Value;

    /// <summary>Whether it comes after.</summary>
    public static bool operator >(HouseholdPseudonym left, HouseholdPseudonym right) => left.Value > right.Value;

    /// <summary>Whether it does not come after.</summary>
    public static bool operator <=(HouseholdPseudonym left, HouseholdPseudonym right) => left.Value <= right.Value;

    /// <summary>Whether it does not come before.</summary>
    public static bool operator >=(HouseholdPseudonym left, HouseholdPseudonym right) => left.Value >= right.Value;

    /// <summary>As it is written in files.</summary>
    public override string ToString() => Value.ToString("x32", CultureInfo.InvariantCulture);
}
