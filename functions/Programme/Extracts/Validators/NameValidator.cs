using TfFlow.Linkage;

namespace TfFlow.Programme.Extracts.Validators;

/// <summary>A person's name, kept as written but for white space: what makes names comparable is the matching's business.</summary>
public sealed class NameValidator : Validator
{
    public const int MaxLength = 140;

    public static readonly Rule TooLong = new("name.too-long",
        "a name of at most 140 characters (letters with accents count twice)",
        "Look for several cells run into one.", "ours");
    public static readonly Rule NoLetter = new("name.no-letter",
        "a name, with at least one letter",
        "Write the name as your records have it; a dash or a dot is no name.", "ours");
    public static readonly Rule Digits = new("name.digits",
        "a name without digits; the row is kept",
        "Look for something else in the cell, such as a class or a reference; if the name is right, nothing has to be done.", "ours", Consequence.Warning);

    public static readonly Rule Filler = new("name.filler",
        "a name; this is what is written where none is known (Unborn, Baby, Unknown), and matching reads it as blank; the row is kept",
        "Write the name once it is known; if it is the person's name, nothing has to be done.", "ours", Consequence.Warning);

    public override string Name => "name";

    public override string Describes => "a name as the agency holds it";

    public override IReadOnlyList<Rule> Rules => [TooLong, NoLetter, Digits, Filler, TextHygiene.LostLetter, TextHygiene.Remark, TextValidator.Control, CellRules.Formula, .. TextValidator.Hygiene];

    public override Rule? Normalise(ReadOnlySpan<byte> value, ValueWriter into)
    {
        if (value.Length > MaxLength)
        {
            return TooLong;
        }

        // Most names.
        if (Fillers.IsSurelyName(value))
        {
            into.Write(value);
            return NameRemarks.IsInLetters(value) ? TextHygiene.Remark : null;
        }

        var found = TextHygiene.Find(value);
        if (found == TextHygiene.Bidi)
        {
            return found;
        }

        if (found == TextHygiene.Invisible)
        {
            TextHygiene.Clean(value, out var clean);
            value = clean;
        }

        var (letters, digits) = (false, false);
        foreach (var b in value)
        {
            letters |= b >= 0x80 || Ascii.IsLetter(b);
            digits |= Ascii.IsDigit(b);
        }

        return !letters ? NoLetter
            : !TextValidator.Collapse(value, into) ? TextValidator.Control
            : found is null && NameRemarks.IsIn(value) ? TextHygiene.Remark
            : IsFiller(value) ? Filler
            : TextValidator.IsFormula(value) ? CellRules.Formula
            : found ?? (value.Contains((byte)'?') ? TextHygiene.LostLetter
            : digits ? Digits
            : null);
    }

    private static bool IsFiller(ReadOnlySpan<byte> value)
    {
        Span<char> text = stackalloc char[MaxLength];
        return Fillers.IsName(text[..System.Text.Encoding.UTF8.GetChars(value, text)]);
    }
}
