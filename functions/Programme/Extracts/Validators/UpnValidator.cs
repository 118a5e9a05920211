using TfFlow.Linkage;

namespace TfFlow.Programme.Extracts.Validators;

/// <summary>A unique pupil number: check letter, LA (3), establishment (4), year (2), serial (3); a temporary one ends in a letter.</summary>
/// <remarks>DfE, UPN guide: the letter is that at Σ(weight 2…13 × digit) mod 23 of an alphabet without I, O and S. An unknown LA is no
/// error: reorganisations make new ones.</remarks>
public sealed class UpnValidator : Validator
{
    public static readonly Rule Format = new("upn.format",
        "a unique pupil number: a letter and twelve digits, the last of which is a letter if it is temporary",
        "Compare it with the pupil's record: thirteen characters, and nothing else in the cell.", "DfE UPN guide");
    public static readonly Rule CheckLetter = new("upn.check-letter",
        "a unique pupil number whose first letter agrees with its digits",
        "Compare it with the pupil's record: a character is wrong, or two have changed places.", "DfE UPN guide");
    public static readonly Rule UnknownAuthority = new("upn.unknown-la",
        "a local authority number from 201 to 999; the row is kept",
        "Compare it with the pupil's record; if it is right, nothing has to be done.", "ours", Consequence.Warning);

    public static readonly Rule NoneYet = new("upn.none-yet",
        "a unique pupil number; the code in its place says that there is none, and the row is kept with a blank",
        "Nothing has to be done; send the number once the child has one.", "DfE children in need census, N00002 UN codes", Consequence.Warning);

    private const int Length = 13;

    public override string Name => "upn";

    public override string Describes => "a unique pupil number like A950000178301";

    public override IReadOnlyList<Rule> Rules => [Format, CheckLetter, UnknownAuthority, NoneYet];

    private static ReadOnlySpan<byte> Alphabet => "ABCDEFGHJKLMNPQRTUVWXYZ"u8;

    public override Rule? Normalise(ReadOnlySpan<byte> value, ValueWriter into)
    {
        Span<byte> upn = stackalloc byte[Length];
        var length = Ascii.Compact(value.TrimEnd("."u8), upn, hyphens: true);
        if ((length != Length || upn.IndexOfAnyExcept((byte)'0') < 0) && IsNone(value))
        {
            return NoneYet;
        }

        if (length != Length || !Ascii.AllDigits(upn[1..^1]) || Alphabet.IndexOf(upn[0]) < 0)
        {
            return Format;
        }

        var last = Ascii.IsDigit(upn[^1]) ? upn[^1] - '0' : Alphabet.IndexOf(upn[^1]);
        if (last < 0)
        {
            return Format;
        }

        var sum = last * 13;
        for (var i = 1; i < Length - 1; i++)
        {
            sum += (upn[i] - '0') * (i + 1);
        }

        if (Alphabet[sum % 23] != upn[0])
        {
            return CheckLetter;
        }

        into.Write(upn);
        return upn[1] is (byte)'0' or (byte)'1' ? UnknownAuthority : null;
    }

    // UN1 to UN10, with or without their words: a child under school age, from abroad, in no school. Words without a digit say as much; so do zeros alone.
    private static bool IsNone(ReadOnlySpan<byte> value)
    {
        if (!value.ContainsAnyInRange((byte)'1', (byte)'9'))
        {
            return value.Length > 3 || value.IndexOfAnyExcept((byte)'0') < 0;
        }

        var rest = System.Text.Ascii.EqualsIgnoreCase(value[..Math.Min(2, value.Length)], "UN"u8) ? value[2..].TrimStart(" -0"u8) : default;
        var digits = rest.IndexOfAnyExceptInRange((byte)'0', (byte)'9') is var end and >= 0 ? end : rest.Length;
        return digits is 1 or 2 && (digits == rest.Length || rest[digits] is (byte)' ' or (byte)'-' or (byte)':' or (byte)'.' or (byte)'(');
    }
}
