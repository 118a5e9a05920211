using TfFlow.Linkage;

namespace TfFlow.Programme.Extracts.Validators;

/// <summary>A United Kingdom postcode, normalised to upper case with one space before its last three characters.</summary>
/// <remarks>BS 7666 as the Government Data Standards Catalogue writes it, with P added to the letters that may stand third (N1P is in use).
/// ZZ99 pseudo-postcodes are accepted: no fixed abode or unknown; they never place a household.</remarks>
public sealed class PostcodeValidator : Validator
{
    public static readonly Rule Format = new("postcode.format",
        "a United Kingdom postcode like LE1 1AA, or ZZ99 3VZ for no fixed abode",
        "Write the postcode alone in this cell, the town in the address; look for O written for 0 or I for 1.", "BS 7666");
    public static readonly Rule Partial = new("postcode.partial",
        "a whole postcode like LE1 1AA; this is a part of one",
        "Write the whole postcode; where only the area is known, write ZZ99 3WZ (address not known).", "BS 7666");
    public static readonly Rule Abroad = new("postcode.abroad",
        "a United Kingdom postcode; this looks like one of another country",
        "Write ZZ99 3CZ in this cell, and the address with its country in the address.", "ours");
    public static readonly Rule Pseudo = new("postcode.no-place",
        "a postcode; what stands here says that there is none, and is read as ZZ99 3VZ (no fixed abode), ZZ99 3WZ (not known or protected) or ZZ99 3CZ (forces' mail)",
        "Nothing has to be done.", "NHS pseudo-postcodes", Consequence.Warning);

    private static readonly uint First = Letters("ABCDEFGHIJKLMNOPRSTUWYZ");
    private static readonly uint Second = Letters("ABCDEFGHKLMNOPQRSTUVWXY");
    private static readonly uint Third = Letters("ABCDEFGHJKPSTUW");
    private static readonly uint Fourth = Letters("ABEHMNPRVWXY");
    private static readonly uint Inward = Letters("ABDEFGHJLNPQRSTUWXYZ");

    public override string Name => "postcode";

    public override string Describes => "a postcode; ZZ99 3VZ for no fixed abode";

    public override IReadOnlyList<Rule> Rules => [Format, Partial, Abroad, Pseudo];

    public override Rule? Normalise(ReadOnlySpan<byte> value, ValueWriter into)
    {
        // Most are written as they are kept.
        if (value.Length is >= 6 and <= 8 && value[^4] == ' ' && value[0] != value[1] && value[2] != '0'
            && IsInward(value[^3..]) && IsOutward(value[..^4], value[^3..]))
        {
            into.Write(value);
            return null;
        }

        Span<byte> compact = stackalloc byte[7];
        var length = WithoutZero(compact, Ascii.Compact(value.TrimEnd("."u8), compact, hyphens: true));
        if (IsNowhere(compact[..Math.Max(length, 0)]) || length < 5 || !(Postcode.IsPseudo(compact[..length]) ? IsPseudoInward(compact[4..length]) : IsInward(compact[(length - 3)..length]) && IsOutward(compact[..(length - 3)], compact[(length - 3)..length])))
        {
            return Explain(value, length > 0 ? compact[..length] : default, into);
        }

        into.Write(compact[..(length - 3)]);
        into.Write((byte)' ');
        into.Write(compact[(length - 3)..length]);
        return null;
    }

    // What is no postcode, by what it is: people and systems write many things there.
    private static Rule Explain(ReadOnlySpan<byte> value, ReadOnlySpan<byte> compact, ValueWriter into)
    {
        var text = System.Text.Encoding.UTF8.GetString(value[..Math.Min(value.Length, 60)]);
        var letters = HeaderMap.Fold(text);
        var pseudo = Begins(letters, "nfa", "nofixed", "homeless", "sofasurf", "roughsleep", "traveller") ? "ZZ99 3VZ"u8
            : letters.StartsWith("bfpo", StringComparison.Ordinal) && letters[4..].All(char.IsAsciiDigit) ? "ZZ99 3CZ"u8
            : IsNowhere(compact) || Begins(letters, "zzzsecur", "secur", "donot", "nopostcode", "unknown", "postcode", "outof", "elsewhere") || letters is "na" or "nk" || (letters.Length > 2 && letters.Distinct().Count() > 1 && Fillers.IsAddress(text)) ? "ZZ99 3WZ"u8
            : default;
        if (!pseudo.IsEmpty)
        {
            into.Write(pseudo);
            return Pseudo;
        }

        return IsPart(compact) ? Partial : IsAbroad(text, letters) ? Abroad : Format;
    }

    private static bool Begins(string letters, params ReadOnlySpan<string> words)
    {
        foreach (var word in words)
        {
            if (letters.StartsWith(word, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }

    // XX99 9XX, ZZ1 1ZZ, AA11 1AA: letters of one kind that no place begins with, as systems write where they know none. ZZ99 3VZ and its like are their own.
    private static bool IsNowhere(ReadOnlySpan<byte> compact)
    {
        if (compact.Length < 2 || compact[0] is not ((byte)'X' or (byte)'Z' or (byte)'A') || compact[1] != compact[0] || Postcode.IsPseudo(compact))
        {
            return false;
        }

        foreach (var b in compact)
        {
            if (b != compact[0] && !Ascii.IsDigit(b))
            {
                return false;
            }
        }

        return true;
    }

    // LE01 1AA is LE1 1AA in a system that writes two figures.
    private static int WithoutZero(Span<byte> compact, int length)
    {
        if (length == 7 && compact[2] == '0' && Ascii.IsLetter(compact[1]) && Ascii.IsDigit(compact[3]))
        {
            compact[3..].CopyTo(compact[2..]);
            return 6;
        }

        return length;
    }

    private static bool IsPart(ReadOnlySpan<byte> compact) => compact.Length is >= 2 and <= 5
        && (IsOutward(compact, default) || (compact.Length > 2 && Ascii.IsDigit(compact[^1]) && IsOutward(compact[..^1], default)));

    // Figures alone, AI-2640, and Ireland's D02 X285.
    private static bool IsAbroad(string text, string letters) => letters.Length is >= 4 and <= 9 && !letters.StartsWith("zz", StringComparison.Ordinal)
        && (letters.All(char.IsAsciiDigit)
            || (char.IsAsciiLetter(letters[0]) && char.IsAsciiLetter(letters[1]) && letters[2..].All(char.IsAsciiDigit))
            || (letters.Length == 7 && text.IndexOf(' ', StringComparison.Ordinal) is -1 or 3 && char.IsAsciiLetter(letters[0]) && char.IsAsciiDigit(letters[1]) && (char.IsAsciiDigit(letters[2]) || letters[2] == 'w')));

    private static bool IsInward(ReadOnlySpan<byte> inward) =>
        Ascii.IsDigit(inward[0]) && In(Inward, inward[1]) && In(Inward, inward[2]);

    // ZZ99 3VZ: letters that real postcodes leave out stand here.
    private static bool IsPseudoInward(ReadOnlySpan<byte> inward) =>
        inward.Length == 3 && Ascii.IsDigit(inward[0]) && Ascii.IsLetter(inward[1]) && inward[2] == 'Z';

    // A9 A99 AA9 AA99 A9A AA9A, GIR for Girobank.
    private static bool IsOutward(ReadOnlySpan<byte> outward, ReadOnlySpan<byte> inward) => outward switch
    {
        [(byte)'G', (byte)'I', (byte)'R'] => inward.SequenceEqual("0AA"u8),
        [var a, var d] => In(First, a) && Ascii.IsDigit(d),
        [var a, var b, var c] when Ascii.IsDigit(b) => In(First, a) && (Ascii.IsDigit(c) || In(Third, c)),
        [var a, var b, var c] => In(First, a) && In(Second, b) && Ascii.IsDigit(c),
        [var a, var b, var c, var d] => In(First, a) && In(Second, b) && Ascii.IsDigit(c) && (Ascii.IsDigit(d) || In(Fourth, d)),
        _ => false,
    };

    // A set of letters as bits: A is bit 0.
    private static uint Letters(string letters) => letters.Aggregate(0u, (set, letter) => set | (1u << (letter - 'A')));

    private static bool In(uint letters, byte letter) => letter is >= (byte)'A' and <= (byte)'Z' && (letters >> (letter - 'A') & 1) == 1;
}
