namespace TfFlow.Linkage;

/// <summary>Identifiers whose own digits say whether they were copied rightly: a failed check is a slip, not another person.</summary>
internal static class CheckDigits
{
    private const string UpnLetters = "ABCDEFGHJKLMNPQRTUVWXYZ";

    /// <summary>Letters and digits only, upper-case.</summary>
    public static string Normalise(string value)
    {
        Span<char> kept = value.Length <= 64 ? stackalloc char[value.Length] : new char[value.Length];
        var length = 0;
        foreach (var c in value)
        {
            if (char.IsAsciiLetterOrDigit(c))
            {
                kept[length++] = char.ToUpperInvariant(c);
            }
        }

        return new string(kept[..length]);
    }

    /// <summary>Ten digits, the last by modulus 11; not all zeros.</summary>
    public static bool IsNhsNumber(ReadOnlySpan<char> value)
    {
        if (value.Length != 10 || value.ContainsAnyExceptInRange('0', '9') || !value.ContainsAnyExcept('0'))
        {
            return false;
        }

        var sum = 0;
        for (var i = 0; i < 9; i++)
        {
            sum += (10 - i) * (value[i] - '0');
        }

        return (11 - (sum % 11)) % 11 == value[9] - '0';
    }

    /// <summary>Thirteen characters, the first a check letter by modulus 23.</summary>
    public static bool IsUpn(ReadOnlySpan<char> value)
    {
        if (value.Length != 13 || value[1..12].ContainsAnyExceptInRange('0', '9'))
        {
            return false;
        }

        var last = char.IsAsciiDigit(value[12]) ? value[12] - '0' : UpnLetters.IndexOf(value[12], StringComparison.Ordinal);
        var sum = last < 0 ? -1 : 13 * last;
        for (var i = 1; sum >= 0 && i < 12; i++)
        {
            sum += (i + 1) * (value[i] - '0');
        }

        return sum >= 0 && UpnLetters[sum % 23] == value[0];
    }

    /// <summary>Two permitted letters, six digits, A–D or nothing. There is no check digit: only the form is known.</summary>
    public static bool IsNino(ReadOnlySpan<char> value) =>
        value.Length is 8 or 9
        && char.IsAsciiLetterUpper(value[0]) && char.IsAsciiLetterUpper(value[1])
        && !"DFIQUV".Contains(value[0]) && !"DFIQUVO".Contains(value[1])
        && value[..2] is not ("BG" or "GB" or "KN" or "NK" or "NT" or "TN" or "ZZ")
        && !value[2..8].ContainsAnyExceptInRange('0', '9')
        && (value.Length == 8 || value[8] is >= 'A' and <= 'D');
}
