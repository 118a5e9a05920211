using TfFlow.Programme.Extracts.Validators;

namespace TfFlow.Programme.Extracts;

/// <summary>What systems and people write for nothing, and the errors spreadsheets write. Looked at only where a value was refused.</summary>
internal static class BlankWords
{
    private static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<byte>> Blanks = new HashSet<string>(
        [
            "NULL", "(NULL)", "[NULL]", "<NULL>", "\\N", "NIL", "NONE", "N/A", "NA", "N.A.", "#N/A N/A", "NAN", "-", "--", "---", "\u2013", "\u2014", ".", "..", "?", "??", "???", "*",
            "UNKNOWN", "UNK", "UNKN", "NK", "N/K", "NOT KNOWN", "NOT RECORDED", "NOT STATED", "NOT APPLICABLE", "NOT AVAILABLE", "NOT PROVIDED", "BLANK", "(BLANK)", "TBC", "TBA",
            "DK", "D/K", "DNK", "N.K.", "NOT GIVEN", "NOT SUPPLIED", "NOT HELD", "NOT ENTERED", "NO DATA", "MISSING", "REFUSED", "WITHHELD",
            // No day, as databases write it, and day 0 of Excel.
            "00/00/0000", "0000-00-00", "00-00-0000", "00000000", "00/00/00", "0/0/0000", "00.00.0000", "00/00/0000 00:00:00", "0000-00-00 00:00:00", "0000-00-00T00:00:00",
            "99/99/9999", "9999-99-99", "99-99-9999", "99999999", "99/99/99", "00/01/1900", "0/1/1900", "00-Jan-00", "00-Jan-1900", "00/01/1900 00:00:00",
        ], AsciiComparer.Instance).GetAlternateLookup<ReadOnlySpan<byte>>();

    private static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<byte>> Errors = new HashSet<string>(
        ["#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "#SPILL!", "#CALC!", "#GETTING_DATA", "#FIELD!", "#BLOCKED!"], AsciiComparer.Instance)
        .GetAlternateLookup<ReadOnlySpan<byte>>();

    public static bool IsBlank(ReadOnlySpan<byte> value) => Blanks.Contains(value);

    public static bool IsError(ReadOnlySpan<byte> value) => value[0] == '#' && Errors.Contains(value);
}
