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

    public static readonly Rule EveningBefore = new("date.evening-before",
        "a date; this is eleven in the evening in universal time, which is how a database writes midnight of the next day in summer",
        "Export the day alone, without a time. Do not just take the time away: the day is probably the next one.", "ours");

    public override string Name => "date";

    public override string Describes => "a date: 31/12/2012, 31-Dec-2012 or 2012-12-31";

    public override IReadOnlyList<Rule> Rules => [Format, NotADay, TwoDigitYear, Serial, Time, EveningBefore];

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

        value = WithoutWeekday(value.TrimEnd("."u8));
        if (value.IndexOf((byte)':') is var colon and > 0 && value[..colon].LastIndexOfAny((byte)' ', (byte)'T') is var space and > 5)
        {
            // Excel and databases add a midnight to dates they save.
            if (!IsMidnight(value[(space + 1)..]))
            {
                return value[(space + 1)..].StartsWith("23:00"u8) && value[^1] == 'Z' ? EveningBefore : Time;
            }

            value = value[..space];
        }

        if (value.Length == 8 && Ascii.AllDigits(value))
        {
            return ReadDigits(value, out year, out month, out day);
        }

        if (value.Length >= 5 && Ascii.AllDigits(value[..5]) && (value.Length == 5 || (value[5] == '.' && !value[6..].ContainsAnyExcept((byte)'0'))))
        {
            return Serial;
        }

        if (!Part(ref value, out var first) || !Part(ref value, out var second) || value.Length > 4 || !Whole(value, out var last))
        {
            return Format;
        }

        if (first.Length == 4 && Whole(first, out year) && value.Length <= 2 && Month(second, out month))
        {
            day = last;
            return null;
        }

        // Feb 14 2012: a month in letters can stand first.
        if (Ascii.IsLetter(first[0]))
        {
            var name = first;
            first = second;
            second = name;
        }

        if (!Day(first, out day) || !Month(second, out month))
        {
            return Format;
        }

        year = last;
        return value.Length == 4 ? null : value.Length == 2 ? TwoDigitYear : Format;
    }

    // 20120214 and 14022012: of the two ways only one has a year that people of today were born in.
    private static Rule? ReadDigits(ReadOnlySpan<byte> value, out int year, out int month, out int day)
    {
        Whole(value[..4], out year);
        Whole(value[4..6], out month);
        Whole(value[6..], out day);
        if (year is >= 1880 and < 2100 && Exists(year, month, day))
        {
            return null;
        }

        Whole(value[4..], out year);
        Whole(value[2..4], out month);
        Whole(value[..2], out day);
        return year is >= 1880 and < 2100 && month <= 12 ? null : Format;
    }

    private static bool IsMidnight(ReadOnlySpan<byte> time) =>
        time is [(byte)'1', (byte)'2', (byte)':', .., (byte)' ', (byte)'A' or (byte)'a', (byte)'M' or (byte)'m']
            ? !time[3..^3].ContainsAnyExcept("0:."u8)
            : !time.ContainsAnyExcept("0:.Z+"u8);

    private static ReadOnlySpan<byte> WithoutWeekday(ReadOnlySpan<byte> value)
    {
        var end = value.IndexOfAny((byte)' ', (byte)',');
        return end >= 3 && IsPrefix(value[..end], "MONDAY|TUESDAY|WEDNESDAY|THURSDAY|FRIDAY|SATURDAY|SUNDAY"u8, out _) ? value[end..].TrimStart(" ,"u8) : value;
    }

    // 14, 4, 14th, 2nd.
    private static bool Day(ReadOnlySpan<byte> text, out int day)
    {
        if (text.Length > 2 && Ascii.IsLetter(text[^1]) && Ascii.IsDigit(text[^3])
            && (Ascii.Upper(text[^2]), Ascii.Upper(text[^1])) is ((byte)'S', (byte)'T') or ((byte)'N', (byte)'D') or ((byte)'R', (byte)'D') or ((byte)'T', (byte)'H'))
        {
            text = text[..^2];
        }

        day = 0;
        return text.Length <= 2 && Whole(text, out day);
    }

    private static bool Exists(int year, int month, int day) =>
        year > 0 && month is >= 1 and <= 12 && day > 0 && day <= DateTime.DaysInMonth(year, month);

    private static bool Part(scoped ref ReadOnlySpan<byte> rest, out ReadOnlySpan<byte> part)
    {
        var at = rest.IndexOfAny("/-. ,"u8);
        part = at <= 0 ? default : rest[..at];
        rest = at <= 0 ? default : rest[(at + 1)..].TrimStart(" ,"u8);
        return at > 0;
    }

    private static bool Month(ReadOnlySpan<byte> text, out int month) => text.Length <= 2
        ? Whole(text, out month)
        : IsPrefix(text, "JANUARY|FEBRUARY|MARCH|APRIL|MAY|JUNE|JULY|AUGUST|SEPTEMBER|OCTOBER|NOVEMBER|DECEMBER"u8, out month);

    // The place, from 1, of the name that begins with these three letters or more.
    private static bool IsPrefix(ReadOnlySpan<byte> text, ReadOnlySpan<byte> names, out int place)
    {
        place = 0;
        foreach (var range in names.Split((byte)'|'))
        {
            place++;
            if (text.Length >= 3 && names[range].Length >= text.Length && System.Text.Ascii.EqualsIgnoreCase(names[range][..text.Length], text))
            {
                return true;
            }
        }

        place = 0;
        return false;
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
