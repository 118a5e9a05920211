namespace TfFlow.Linkage;

/// <summary>How near two postcodes are.</summary>
internal enum PostcodeNearness
{
    Differ,

    /// <summary>The same outward part: LS1.</summary>
    SameDistrict,

    /// <summary>The same up to the last two letters: LS1 4.</summary>
    SameSector,

    /// <summary>One letter or digit wrong, missing, added, or two swapped.</summary>
    Slip,

    Same,
}

/// <summary>UK postcodes, without their space.</summary>
/// <remarks>BS 7666 pattern; what does not look like one (a foreign code) is compared as it stands.</remarks>
internal static class Postcode
{
    /// <summary>Upper-case, no space, and O for 0, I for 1, S for 5 put right where the pattern tells.</summary>
    public static string Normalise(string value)
    {
        var compact = CheckDigits.Normalise(value);
        if (compact.Length is < 5 or > 7)
        {
            return compact;
        }

        Span<char> fixedUp = stackalloc char[compact.Length];
        compact.CopyTo(fixedUp);
        var inward = fixedUp.Length - 3;
        fixedUp[0] = Letter(fixedUp[0]);
        fixedUp[inward] = Digit(fixedUp[inward]);
        fixedUp[inward + 1] = Letter(fixedUp[inward + 1]);
        fixedUp[inward + 2] = Letter(fixedUp[inward + 2]);
        return IsWellFormed(fixedUp) ? new string(fixedUp) : compact;
    }

    /// <summary>A pseudo-postcode (ZZ99): no fixed abode or unknown; it places nobody.</summary>
    public static bool IsPseudo(ReadOnlySpan<char> normalised) => normalised.StartsWith("ZZ99");

    /// <summary>A pseudo-postcode: no fixed abode, overseas or unknown.</summary>
    public static bool IsPseudo(ReadOnlySpan<byte> postcode) => postcode.StartsWith("ZZ99"u8);

    public static bool IsWellFormed(ReadOnlySpan<char> normalised)
    {
        if (normalised.Length is < 5 or > 7)
        {
            return false;
        }

        var outward = normalised[..^3];
        var inward = normalised[^3..];
        return char.IsAsciiDigit(inward[0]) && char.IsAsciiLetterUpper(inward[1]) && char.IsAsciiLetterUpper(inward[2])
            && char.IsAsciiLetterUpper(outward[0]) && (char.IsAsciiDigit(outward[^1]) || char.IsAsciiDigit(outward[^2]) || normalised is "GIR0AA");
    }

    public static PostcodeNearness Compare(ReadOnlySpan<char> a, ReadOnlySpan<char> b)
    {
        if (a.SequenceEqual(b))
        {
            return PostcodeNearness.Same;
        }

        var uk = IsWellFormed(a) && IsWellFormed(b);
        if (uk && a.Length == b.Length && a[..^2].SequenceEqual(b[..^2]))
        {
            return a[^1] == b[^1] || a[^2] == b[^2] || (a[^1] == b[^2] && a[^2] == b[^1]) ? PostcodeNearness.Slip : PostcodeNearness.SameSector;
        }

        return DamerauLevenshtein.Distance(a, b) <= 1 ? PostcodeNearness.Slip
            : uk && a.Length == b.Length && a[..^3].SequenceEqual(b[..^3]) ? PostcodeNearness.SameDistrict
            : PostcodeNearness.Differ;
    }

    private static char Letter(char c) => c switch { '0' => 'O', '1' => 'I', '5' => 'S', '8' => 'B', _ => c };

    private static char Digit(char c) => c switch { 'O' => '0', 'I' or 'L' => '1', 'S' => '5', 'B' => '8', _ => c };
}
