using TfFlow.Linkage;

namespace TfFlow.Programme.Extracts.Validators;

/// <summary>A date, as people and Excel write it in Britain; normalised to <c>yyyy-MM-dd</c>.</summary>
/// <remarks>Two-digit years and Excel's bare serial numbers are refused by name: both can be read two ways.</remarks>
public sealed class DateValidator : Validator
{
    public static readonly Rule Format = new("date.format",
        "a date like 31/12/2012, 31-Dec-2012 or 2012-12-31",
        "Write the whole date in one of these ways, and nothing else in the cell.", "ours");
    public static readonly Rule NotADay = new("date.not-a-day",
        "a day that exists, day before month (31/12/2012)",
        "Compare the cell with your records: the day is past the end of the month, or day and month have changed places.", "ours");
    public static readonly Rule TwoDigitYear = new("date.two-digit-year",
        "a year of four digits",
        "Write the year in full: 31/12/2012, not 31/12/12. In a spreadsheet, format the column as dd/mm/yyyy and save again.", "ours");
    public static readonly Rule Serial = new("date.excel-serial",
        "a date; this is the number a spreadsheet keeps for one",
        "Format the column as a date, dd/mm/yyyy, and save as CSV again.", "ours");
    public static readonly Rule Time = new("date.time",
        "a date without a time of day",
        "Take the time away. In a spreadsheet, format the column as dd/mm/yyyy and save again.", "ours");

    public override string Name => "date";

    public override string Describes => "a date: 31/12/2012, 31-Dec-2012 or 2012-12-31";

    public override IReadOnlyList<Rule> Rules => [Format, NotADay, TwoDigitYear, Serial, Time];

    public override Rule? Normalise(ReadOnlySpan<byte> value, ValueWriter into)
    {
        if (Read(value, out var year, out var month, out var day) is { } rule)
        {
            return rule;
        }

        if (!Exists(year, month, day))
        {
            return NotADay;
        }

        Write(year, month, day, into);
        return null;
    }

    private static void Write(int year, int month, int day, ValueWriter into)
    {
        var destination = into.Reserve(10);
        Two(year / 100, destination);
        Two(year % 100, destination[2..]);
        destination[4] = (byte)'-';
        Two(month, destination[5..]);
        destination[7] = (byte)'-';
        Two(day, destination[8..]);
        into.Advance(10);
        into.Number = new DateOnly(year, month, day).DayNumber;
    }

    /// <returns>The rule of writing it breaks; whether there is such a day is not looked at.</returns>
    private static Rule? Read(ReadOnlySpan<byte> value, out int year, out int month, out int day)
    {
        (year, month, day) = (0, 0, 0);
        if (value.Length == 10 && value[2] == '/' && value[5] == '/' && Whole(value[..2], out day) && Whole(value[3..5], out month) && Whole(value[6..], out year))
        {
            return null;
        }

        var space = value.IndexOfAny((byte)' ', (byte)'T');
        if (space > 5 && space + 1 < value.Length && Ascii.IsDigit(value[0]) && Ascii.IsDigit(value[space + 1]))
        {
            // Excel adds a midnight to dates it saves.
            if (value[(space + 1)..].ContainsAnyExcept("0:.Z"u8))
            {
                return Time;
            }

            value = value[..space];
        }

        if (Ascii.AllDigits(value))
        {
            return value.Length == 5 ? Serial : Format;
        }

        if (!Part(ref value, out var first) || !Part(ref value, out var second) || value.Length > 4 || !Whole(value, out var last))
        {
            return Format;
        }

        if (first.Length == 4 && Whole(first, out year) && value.Length <= 2 && Whole(second, out month))
        {
            day = last;
            return null;
        }

        if (first.Length > 2 || !Whole(first, out day) || !Month(second, out month))
        {
            return Format;
        }

        year = last;
        return value.Length == 4 ? null : value.Length == 2 ? TwoDigitYear : Format;
    }

    private static bool Exists(int year, int month, int day) =>
        year > 0 && month is >= 1 and <= 12 && day > 0 && day <= DateTime.DaysInMonth(year, month);

    private static bool Part(scoped ref ReadOnlySpan<byte> rest, out ReadOnlySpan<byte> part)
    {
        var at = rest.IndexOfAny("/-. "u8);
        part = at <= 0 ? default : rest[..at];
        rest = at <= 0 ? default : rest[(at + 1)..];
        return at > 0;
    }

    private static bool Month(ReadOnlySpan<byte> text, out int month)
    {
        if (text.Length <= 2)
        {
            return Whole(text, out month);
        }

        month = 0;
        if (text.Length != 3)
        {
            return false;
        }

        ReadOnlySpan<byte> names = "JANFEBMARAPRMAYJUNJULAUGSEPOCTNOVDEC"u8;
        for (var i = 0; i < 12; i++)
        {
            var name = names.Slice(i * 3, 3);
            if (Ascii.Upper(text[0]) == name[0] && Ascii.Upper(text[1]) == name[1] && Ascii.Upper(text[2]) == name[2])
            {
                month = i + 1;
            }
        }

        return month > 0;
    }

    private static void Two(int number, Span<byte> destination)
    {
        destination[0] = (byte)('0' + (number / 10));
        destination[1] = (byte)('0' + (number % 10));
    }

    private static bool Whole(ReadOnlySpan<byte> text, out int number)
    {
        number = 0;
        if (text.Length is 0 or > 4)
        {
            return false;
        }

        foreach (var b in text)
        {
            if (!Ascii.IsDigit(b))
            {
                return false;
            }

            number = (number * 10) + b - '0';
        }

        return true;
    }
}
