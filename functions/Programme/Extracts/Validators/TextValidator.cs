using System.Buffers;

namespace TfFlow.Programme.Extracts.Validators;

/// <summary>Any text up to a length; runs of white space become one space, so a value never spans lines.</summary>
public sealed class TextValidator(int maxLength) : Validator
{
    public static readonly Rule TooLong = new("text.too-long",
        "a shorter text, within the length the specification gives",
        "Shorten the text; look for several cells run into one.", "ours");
    public static readonly Rule Control = new("text.control-character",
        "text without control characters",
        "Type the cell again, or use CLEAN in Excel; a damaged export has them too.", "ours");

    // What a keyboard writes, but for the sign that codes of web pages begin with.
    private static readonly SearchValues<byte> Plain = SearchValues.Create([.. Enumerable.Range(' ', '~' - ' ' + 1).Select(code => (byte)code).Where(code => code != '&')]);

    internal static IReadOnlyList<Rule> Hygiene { get; } =
        [TextHygiene.Invisible, TextHygiene.Bidi, TextHygiene.Replacement, TextHygiene.Mojibake, TextHygiene.Entity];

    public override string Name => "text";

    public override string Describes => $"text of at most {maxLength} characters (letters with accents count twice)";

    public override IReadOnlyList<Rule> Rules => [TooLong, Control, CellRules.Formula, .. Hygiene];

    public override Rule? Normalise(ReadOnlySpan<byte> value, ValueWriter into)
    {
        if (value.Length > maxLength)
        {
            return TooLong;
        }

        // Most texts: nothing to take away and nothing to tell.
        if (!value.ContainsAnyExcept(Plain) && value.IndexOf("  "u8) < 0)
        {
            into.Write(value);
            return IsFormula(value) ? CellRules.Formula : null;
        }

        var found = TextHygiene.Find(value);
        if (found == TextHygiene.Invisible)
        {
            TextHygiene.Clean(value, out var clean);
            value = clean;
        }

        return found == TextHygiene.Bidi ? found
            : !Collapse(value, into) ? Control
            : !value.IsEmpty && IsFormula(value) ? CellRules.Formula
            : found;
    }

    /// <summary>A spreadsheet would run it (CSV injection). Kept as it is here: data is data.</summary>
    internal static bool IsFormula(ReadOnlySpan<byte> value) => value[0] is (byte)'=' or (byte)'+' or (byte)'-' or (byte)'@';

    /// <summary>Copies with runs of white space (line breaks and no-break spaces too) made one space.</summary>
    /// <returns><c>false</c> at a control character.</returns>
    internal static bool Collapse(ReadOnlySpan<byte> value, ValueWriter into)
    {
        if (!value.ContainsAnyExceptInRange((byte)' ', (byte)'~') && value.IndexOf("  "u8) < 0)
        {
            into.Write(value);
            return true;
        }

        var destination = into.Reserve(value.Length);
        var length = 0;
        for (var i = 0; i < value.Length; i++)
        {
            var b = value[i];
            var noBreak = b == 0xC2 && i + 1 < value.Length && value[i + 1] == 0xA0;
            if (noBreak || b is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n')
            {
                i += noBreak ? 1 : 0;
                if (length > 0 && destination[length - 1] != ' ')
                {
                    destination[length++] = (byte)' ';
                }

                continue;
            }

            if (b < 0x20 || b == 0x7F || (b == 0xC2 && i + 1 < value.Length && value[i + 1] < 0xA0))
            {
                return false;
            }

            destination[length++] = b;
        }

        into.Advance(length > 0 && destination[length - 1] == ' ' ? length - 1 : length);
        return true;
    }
}
