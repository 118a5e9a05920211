using TfFlow.Linkage;

namespace TfFlow.Programme.Extracts.Validators;

/// <summary>A date, as people and Excel write it in Britain, months in English or Welsh; normalised to <c>yyyy-MM-dd</c>.</summary>
/// <remarks>Two-digit years and Excel's bare serial numbers are refused by name: both can be read two ways.</remarks>
public sealed class DateValidator : Validator
{
    public static readonly Rule Format = new("date.format",
        "a date like 31/12/2012, 31-Dec-2012 or 2012-12-31",
        "Write the whole date in one of these ways, and nothing else in the cell.", "ours");
    public static readonly Rule NotADay = new("date.not-a-day",
        "a day that exists, day before month (31/12/2012)",
        "Compare the cell with your records: the day is past the end of the month, or day and month have changed places; then they may have in rows where it does not show, so look at the whole column.", "ours");
    public static readonly Rule TwoDigitYear = new("date.two-digit-year",
        "a year of four digits",
        "Write the year in full: 31/12/2012, not 31/12/12. In a spreadsheet, format the column as dd/mm/yyyy and save again.", "ours");
    public static readonly Rule Serial = new("date.excel-serial",
        "a date; this is the number a spreadsheet keeps for one",
        "Format the column as a date, dd/mm/yyyy, and save again.", "ours");
    public static readonly Rule Time = new("date.time",
        "a date without a time of day",
        "Take the time away. In a spreadsheet, format the column as dd/mm/yyyy and save again.", "ours");

    public static readonly Rule EveningBefore = new("date.evening-before",
        "a date; this is eleven in the evening in universal time, which is how a database writes midnight of the next day in summer",
        "Export the day alone, without a time. Do not just take the time away: the day is probably the next one.", "ours");

    public static readonly Rule Partial = new("date.partial",
        "a whole date; this is a month or a year without its day",
        "Write the day too, from your records; do not make one up.", "ours");

    public override string Name => "date";

    public override string Describes => "a date: 31/12/2012, 31-Dec-2012 or 2012-12-31";

    public override IReadOnlyList<Rule> Rules => [Format, NotADay, TwoDigitYear, Serial, Time, EveningBefore, Partial];

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
        if (value is [var d1, var d2, (byte)'/', var m1, var m2, (byte)'/', var y1, var y2, var y3, var y4]
            && Ascii.IsDigit(d1) && Ascii.IsDigit(d2) && Ascii.IsDigit(m1) && Ascii.IsDigit(m2) && Ascii.IsDigit(y1) && Ascii.IsDigit(y2) && Ascii.IsDigit(y3) && Ascii.IsDigit(y4))
        {
            (year, month, day) = ((1000 * (y1 - '0')) + (100 * (y2 - '0')) + (10 * (y3 - '0')) + y4 - '0', (10 * (m1 - '0')) + m2 - '0', (10 * (d1 - '0')) + d2 - '0');
            return null;
        }

        value = WithoutWeekday(value.TrimEnd("."u8));
        if (value.IndexOf((byte)':') is var colon and > 0 && value[..colon].LastIndexOfAny((byte)' ', (byte)'T') is var space and > 5)
        {
            // Excel and databases add a midnight to dates they save.
            if (!IsMidnight(value[(space + 1)..]))
            {
                return IsEveningBefore(value[(space + 1)..]) ? EveningBefore : Time;
            }

            value = value[..space];
        }

        if (value.Length >= 8 && Ascii.AllDigits(value[..8]) && !value[8..].ContainsAnyExcept("0T"u8))
        {
            return ReadDigits(value[..8], out year, out month, out day);
        }

        if (value.Length >= 5 && Ascii.AllDigits(value[..5]) && (value.Length == 5 || (value[5] == '.' && Ascii.AllDigits(value[6..]))))
        {
            return Serial;
        }

        if (IsYear(value))
        {
            return Partial;
        }

        if (!Part(ref value, out var first))
        {
            return Format;
        }

        // 14th of February; 02/2012, Feb-12.
        value = value.StartsWith("of "u8) ? value[3..] : value;
        var rest = value;
        if (!Part(ref value, out var second))
        {
            return (Month(first, out _) && (IsYear(rest) || (Ascii.IsLetter(first[0]) && Whole(rest, out _)))) || (IsYear(first) && Month(rest, out _))
                ? Partial : Format;
        }

        value = value.TrimStart("'"u8);
        if (value.Length > 4 || !Whole(value, out var last))
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

    // Midnight where it was written: 00:00:00, 12:00 AM, 00:00:00+01:00.
    private static bool IsMidnight(ReadOnlySpan<byte> time)
    {
        var morning = time is [.., (byte)' ', (byte)'A' or (byte)'a', (byte)'M' or (byte)'m'];
        time = morning ? time[..^3] : time[..(time.IndexOfAny((byte)'+', (byte)'-') is var offset and > 0 ? offset : time.Length)];
        return !(morning && time.StartsWith("12:"u8) ? time[3..] : time).ContainsAnyExcept("0:.Z "u8);
    }

    private static bool IsEveningBefore(ReadOnlySpan<byte> time) =>
        time.StartsWith("23:00"u8) && (time[^1] == 'Z' || time.EndsWith("+00:00"u8) || time.EndsWith("+0000"u8));

    private static bool IsYear(ReadOnlySpan<byte> text) => text.Length == 4 && Whole(text, out var year) && year is >= 1880 and < 2100;

    private static ReadOnlySpan<byte> WithoutWeekday(ReadOnlySpan<byte> value)
    {
        var end = value.IndexOfAny((byte)' ', (byte)',');
        return end >= 3 && IsPrefix(value[..end], "MONDAY|TUESDAY|WEDNESDAY|THURSDAY|FRIDAY|SATURDAY|SUNDAY"u8, out _) ? value[end..].TrimStart(" ,"u8) : value;
    }

    // 14, 4, 14th, 2nd.
    private static bool Day(ReadOnlySpan<byte> text, out int day)
    {
        if (text.Length > 2 && Ascii.IsLetter(text[^1]) && Ascii.IsDigit(text[^3]) && IsOrdinal(text[^2..]))
        {
            text = text[..^2];
        }

        day = 0;
        return text.Length <= 2 && Whole(text, out day);
    }

    private static bool IsOrdinal(ReadOnlySpan<byte> letters) =>
        (Ascii.Upper(letters[0]), Ascii.Upper(letters[1])) is ((byte)'S', (byte)'T') or ((byte)'N', (byte)'D') or ((byte)'R', (byte)'D') or ((byte)'T', (byte)'H');

    private static bool Exists(int year, int month, int day) =>
        year > 0 && month is >= 1 and <= 12 && day > 0 && day <= DateTime.DaysInMonth(year, month);

    private static bool Part(scoped ref ReadOnlySpan<byte> rest, out ReadOnlySpan<byte> part)
    {
        var at = End(rest);
        part = at <= 0 ? default : rest[..at];
        rest = at <= 0 ? default : rest[at..].TrimStart("/-. ,_\\"u8);
        return at > 0;
    }

    // At a separator, or where digits meet letters (14feb2012) that are no 14th.
    private static int End(ReadOnlySpan<byte> text)
    {
        for (var at = 0; at < text.Length; at++)
        {
            if ("/-. ,_\\"u8.Contains(text[at]))
            {
                return at;
            }

            if (at > 0 && Ascii.IsLetter(text[at]) != Ascii.IsLetter(text[at - 1]))
            {
                if (at + 2 > text.Length || !IsOrdinal(text[at..(at + 2)]) || (at + 2 < text.Length && Ascii.IsLetter(text[at + 2])))
                {
                    return at;
                }

                at++;
            }
        }

        return -1;
    }

    private static bool Month(ReadOnlySpan<byte> text, out int month) => text.Length <= 2
        ? Whole(text, out month)
        : IsPrefix(text, "JANUARY|FEBRUARY|MARCH|APRIL|MAY|JUNE|JULY|AUGUST|SEPTEMBER|OCTOBER|NOVEMBER|DECEMBER"u8, out month)
            || IsPrefix(text, "IONAWR|CHWEFROR|MAWRTH|EBRILL|MAI|MEHEFIN|GORFFENNAF|AWST|MEDI|HYDREF|TACHWEDD|RHAGFYR"u8, out month);

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
