using System.Numerics;

namespace TfFlow.Linkage;

/// <summary>How two dates of birth agree.</summary>
public enum BirthDateAgreement
{
    /// <summary>One of the two records is silent.</summary>
    Missing,

    /// <summary>The same.</summary>
    Same,

    /// <summary>Day and month changed places.</summary>
    Swapped,

    /// <summary>One digit wrong, or two neighbours swapped.</summary>
    Slip,

    /// <summary>The same year, and one of the two is 1 January or has only the year.</summary>
    YearOnly,

    /// <summary>Two of day, month and year.</summary>
    TwoParts,

    /// <summary>The year, or a date one slip and a swap away.</summary>
    Year,

    /// <summary>Less than fourteen years apart.</summary>
    Differ,

    /// <summary>Fourteen years apart or more, as parent and child are.</summary>
    GenerationApart,

    /// <summary>The same, of a child: twins share it and live together; two adults of one household hardly ever do.</summary>
    SameOfChild,
}

/// <summary>A date of birth as eight digits (yyyymmdd), four bits each; 0 is missing, 15 an unreadable digit. Impossible dates are kept: they are slips.</summary>
internal static class BirthDate
{
    private const uint Unknown = 0xF;

    private const int Generation = 14, Century = 100;

    /// <summary>The order of the parts in a column, told from all of its values.</summary>
    public enum Layout
    {
        DayMonthYear,
        MonthDayYear,
        YearMonthDay,
    }

    public static int Year(uint date) => (int)((((date >> 28) * 10) + ((date >> 24) & 15)) * 100) + (int)((((date >> 20) & 15) * 10) + ((date >> 16) & 15));

    /// <summary>One more than the highest <see cref="Index"/>.</summary>
    internal const int Indexes = Years << 9;

    private const int FirstYear = 1600, Years = 512;

    /// <summary>A small number for a date that may be one, with day or month unknown or not; 0 for what no calendar has.</summary>
    internal static int Index(uint date)
    {
        var (year, month, day) = (Year(date) - FirstYear, Part((date >> 8) & 0xFF, 12), Part(date & 0xFF, 31));
        return year is >= 0 and < Years && month >= 0 && day >= 0 ? (year << 9) | (month << 5) | day : 0;
    }

    private static int Part(uint digits, int most) => digits == 0xFF ? 0
        : (int)(((digits >> 4) * 10) + (digits & 15)) is var number && (digits & 15) < 10 && number >= 1 && number <= most ? number : -1;

    public static uint Pack(int year, int month, int day) =>
        (Digits(year, 4) << 16) | (Digits(month, 2) << 8) | Digits(day, 2);

    /// <summary>The layout most values fit; day first where nothing decides.</summary>
    public static Layout Layouts(IEnumerable<string> values)
    {
        Span<Range> parts = stackalloc Range[4];
        int yearFirst = 0, dayFirst = 0, monthFirst = 0;
        foreach (var value in values)
        {
            var text = DateOnlyPart(value);
            var count = Split(text, parts);
            if (count == 1 && text[parts[0]].Length == 8)
            {
                yearFirst += Number(text[parts[0]][..4]) is >= 1850 and <= 2100 ? 1 : 0;
                dayFirst += Number(text[parts[0]][4..]) is >= 1850 and <= 2100 ? 1 : 0;
            }
            else if (count == 3)
            {
                yearFirst += text[parts[0]].Length == 4 ? 1 : 0;
                dayFirst += text[parts[0]].Length < 4 && Number(text[parts[0]]) > 12 ? 1 : 0;
                monthFirst += text[parts[0]].Length < 4 && Number(text[parts[1]]) is > 12 and <= 31 ? 1 : 0;
            }
        }

        return yearFirst > dayFirst + monthFirst ? Layout.YearMonthDay : monthFirst > dayFirst ? Layout.MonthDayYear : Layout.DayMonthYear;
    }

    /// <summary>The packed date, or 0 where <paramref name="value"/> is no date.</summary>
    public static uint Parse(string value, Layout layout)
    {
        Span<Range> parts = stackalloc Range[4];
        var text = DateOnlyPart(value);
        var count = Split(text, parts);
        if (count == 1 && text[parts[0]] is var run)
        {
            return run.Length switch
            {
                8 when layout == Layout.YearMonthDay => Pack(run[..4], run[4..6], run[6..]),
                8 when layout == Layout.MonthDayYear => Pack(run[4..], run[..2], run[2..4]),
                8 => Pack(run[4..], run[2..4], run[..2]),
                4 when Number(run) is >= 1850 and <= 2100 => Pack(run, default, default),
                _ => 0,
            };
        }

        if (count != 3)
        {
            return 0;
        }

        var first = text[parts[0]];
        var second = text[parts[1]];
        var third = text[parts[2]];
        if (first.Length == 4 && third.Length <= 2)
        {
            return Pack(first, second, third);
        }

        return layout == Layout.MonthDayYear || (Month(first) != 0 && Month(second) == 0) ? Pack(third, first, second) : Pack(third, second, first);
    }

    public static BirthDateAgreement Compare(uint a, uint b)
    {
        if (a == 0 || b == 0)
        {
            return BirthDateAgreement.Missing;
        }

        if (a == b)
        {
            return Vague(a) ? BirthDateAgreement.YearOnly : BirthDateAgreement.Same;
        }

        var sameYear = (a >> 16) == (b >> 16);
        if (sameYear && (((a >> 8) & 0xFF) == (b & 0xFF)) && (((b >> 8) & 0xFF) == (a & 0xFF)))
        {
            return BirthDateAgreement.Swapped;
        }

        if (sameYear && (Vague(a) || Vague(b) || (a & 0xFFFF) == 0x0101 || (b & 0xFFFF) == 0x0101))
        {
            return BirthDateAgreement.YearOnly;
        }

        var wrong = Wrong(a, b);
        if (wrong == 1 || (wrong == 2 && NeighboursSwapped(a, b)))
        {
            return BirthDateAgreement.Slip;
        }

        var sameMonth = ((a ^ b) & 0xFF00) == 0;
        var sameDay = ((a ^ b) & 0xFF) == 0;
        if (sameMonth && sameDay && ApartByGeneration(a, b) && Math.Abs(Year(a) - Year(b)) != Century)
        {
            // A father and a son may share a birthday. Two wrong digits that make a generation are no slip, but a century left out is.
            return BirthDateAgreement.GenerationApart;
        }

        if ((sameYear ? 1 : 0) + (sameMonth ? 1 : 0) + (sameDay ? 1 : 0) == 2)
        {
            return BirthDateAgreement.TwoParts;
        }

        if (sameYear || Wrong(Swap(a), b) == 1)
        {
            return BirthDateAgreement.Year;
        }

        return ApartByGeneration(a, b) ? BirthDateAgreement.GenerationApart : BirthDateAgreement.Differ;
    }

    private static bool ApartByGeneration(uint a, uint b) => Math.Abs(Year(a) - Year(b)) >= Generation;

    /// <summary>The same for a date and the same date with day and month swapped.</summary>
    public static uint SwapFree(uint date) => Math.Min(date, Swap(date));

    private static uint Swap(uint date) => (date & 0xFFFF0000) | ((date & 0xFF) << 8) | ((date >> 8) & 0xFF);

    private static bool Vague(uint date) => (date & 0xFFFF) == 0xFFFF;

    private static int Wrong(uint a, uint b)
    {
        var differ = a ^ b;
        differ |= (differ >> 1) & 0x77777777;
        differ |= (differ >> 2) & 0x33333333;
        return BitOperations.PopCount(differ & 0x11111111);
    }

    private static bool NeighboursSwapped(uint a, uint b)
    {
        var at = BitOperations.TrailingZeroCount(a ^ b) & ~3;
        return at < 28 && ((a >> at) & 15) == ((b >> (at + 4)) & 15) && ((b >> at) & 15) == ((a >> (at + 4)) & 15);
    }

    private static ReadOnlySpan<char> DateOnlyPart(string value)
    {
        var text = value.AsSpan().Trim();
        var colon = text.IndexOf(':');
        if (colon > 0)
        {
            var end = text[..colon].LastIndexOfAny(' ', 'T');
            text = end > 0 ? text[..end] : text;
        }

        return text;
    }

    private static int Split(ReadOnlySpan<char> text, Span<Range> parts)
    {
        var count = 0;
        for (var i = 0; i < text.Length;)
        {
            var from = i;
            while (i < text.Length && char.IsLetterOrDigit(text[i]))
            {
                i++;
            }

            if (i > from)
            {
                if (count == parts.Length)
                {
                    return count;
                }

                parts[count++] = from..i;
            }

            i++;
        }

        return count;
    }

    private static uint Pack(ReadOnlySpan<char> year, ReadOnlySpan<char> month, ReadOnlySpan<char> day)
    {
        uint packed;
        if (year.Length == 2 && Number(year) is >= 0 and var two)
        {
            // Two digits: nobody alive was born before 1930 and written so; after, the century turns.
            packed = Digits(two + (two < 30 ? 2000 : 1900), 4);
        }
        else if (year.Length == 4)
        {
            packed = Read(year, 4);
        }
        else
        {
            return 0;
        }

        var named = Month(month);
        packed = (packed << 8) | (named != 0 ? Digits(named, 2) : Read(month, 2));
        packed = (packed << 8) | Read(day, 2);
        var known = 0;
        for (var at = 0; at < 32; at += 4)
        {
            known += ((packed >> at) & 15) != Unknown ? 1 : 0;
        }

        return known < 4 || (packed & 0xFFFF0000) == 0 ? 0 : packed;
    }

    private static uint Read(ReadOnlySpan<char> digits, int width)
    {
        if (digits.Length > width || digits.Length == 0)
        {
            return width == 4 ? 0xFFFFu : 0xFFu;
        }

        uint packed = 0;
        foreach (var c in digits)
        {
            packed = (packed << 4) | (char.IsAsciiDigit(c) ? (uint)(c - '0') : Unknown);
        }

        return packed;
    }

    private static uint Digits(int number, int width)
    {
        uint packed = 0;
        for (var i = 0; i < width; i++, number /= 10)
        {
            packed |= (uint)(number % 10) << (4 * i);
        }

        return packed;
    }

    private static int Number(ReadOnlySpan<char> digits) => digits.Length is > 0 and < 9 && int.TryParse(digits, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var number) ? number : -1;

    private static int Month(ReadOnlySpan<char> text)
    {
        if (text.Length < 3 || !char.IsAsciiLetter(text[0]))
        {
            return 0;
        }

        var at = "JANFEBMARAPRMAYJUNJULAUGSEPOCTNOVDEC".AsSpan().IndexOf(text[..3], StringComparison.OrdinalIgnoreCase);
        return at < 0 || at % 3 != 0 ? 0 : (at / 3) + 1;
    }
}
