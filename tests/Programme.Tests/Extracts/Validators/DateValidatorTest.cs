using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using TfFlow.Programme.Extracts;
using TfFlow.Programme.Extracts.Validators;

namespace TfFlow.Programme.Tests.Extracts.Validators;

public sealed class DateValidatorTest
{
    private static readonly DateValidator Validator = new();

    [Theory]
    [InlineData("31/12/2012")]
    [InlineData("31-12-2012")]
    [InlineData("31.12.2012")]
    [InlineData("31 12 2012")]
    [InlineData("2012-12-31")]
    [InlineData("2012/12/31")]
    [InlineData("31-Dec-2012")]
    [InlineData("31 dec 2012")]
    [InlineData("31/12/2012 00:00")]
    [InlineData("31/12/2012 00:00:00")]
    [InlineData("2012-12-31T00:00:00Z")]
    [InlineData("2012-12-31T00:00:00.000+00:00")]
    [InlineData("31/12/2012 12:00:00 AM")]
    [InlineData("31-December-2012")]
    [InlineData("31st Dec 2012")]
    [InlineData("Dec 31, 2012")]
    [InlineData("Monday 31 December 2012")]
    [InlineData("31/12/2012.")]
    [InlineData("20121231")]
    [InlineData("31122012")]
    [InlineData("31dec2012")]
    [InlineData("31st of December 2012")]
    [InlineData("31 Rhagfyr 2012")]
    [InlineData("31 / 12 / 2012")]
    [InlineData("31_12_2012")]
    [InlineData("31\\12\\2012")]
    [InlineData("20121231T000000")]
    [InlineData("2012-12-31T00:00:00+01:00")]
    [InlineData("31/12/2012 00:00 AM")]
    public void The_last_day_of_2012(string cell) => Check.Accepts(Validator, cell, "2012-12-31");

    [Theory]
    [InlineData("1/2/2013", "2013-02-01")]
    [InlineData("01/02/2013", "2013-02-01")]
    [InlineData("2013-2-1", "2013-02-01")]
    [InlineData("29/02/2012", "2012-02-29")]
    [InlineData("1 Sep 0999", "0999-09-01")]
    public void Day_comes_before_month(string cell, string date) => Check.Accepts(Validator, cell, date);

    [Theory]
    [InlineData("JAN", 1)]
    [InlineData("Feb", 2)]
    [InlineData("mar", 3)]
    [InlineData("Apr", 4)]
    [InlineData("May", 5)]
    [InlineData("Jun", 6)]
    [InlineData("Jul", 7)]
    [InlineData("Aug", 8)]
    [InlineData("Sep", 9)]
    [InlineData("Oct", 10)]
    [InlineData("Nov", 11)]
    [InlineData("Dec", 12)]
    public void Months_by_name(string name, int month) => Check.Accepts(Validator, $"07-{name}-2013", $"2013-{month:00}-07");

    [Theory]
    [InlineData("12/31/2012")]
    [InlineData("31/02/2013")]
    [InlineData("29/02/2013")]
    [InlineData("00/01/2013")]
    [InlineData("01/00/2013")]
    [InlineData("01/01/0000")]
    [InlineData("2013-13-01")]
    [InlineData("32-Jan-2013")]
    public void Days_that_do_not_exist_are_called_that(string cell) => Check.Refuses(Validator, cell, DateValidator.NotADay);

    [Theory]
    [InlineData("31/12/12")]
    [InlineData("31-Dec-12")]
    [InlineData("31DEC12")]
    [InlineData("31/12/'12")]
    public void Two_digit_years_are_called_that(string cell) => Check.Refuses(Validator, cell, DateValidator.TwoDigitYear);

    [Theory]
    [InlineData("41274")]
    [InlineData("00001")]
    [InlineData("41274.75")]
    public void The_number_a_spreadsheet_keeps_is_called_that(string cell) => Check.Refuses(Validator, cell, DateValidator.Serial);

    [Theory]
    [InlineData("2012-02-13T23:00:00Z")]
    [InlineData("2012-02-13 23:00:00.000Z")]
    public void An_evening_that_is_midnight_in_summer_is_called_that(string cell) => Check.Refuses(Validator, cell, DateValidator.EveningBefore);

    [Theory]
    [InlineData("31/12/2012 09:30")]
    [InlineData("2012-12-31T23:59:59Z")]
    public void A_time_of_day_is_called_that(string cell) => Check.Refuses(Validator, cell, DateValidator.Time);

    [Theory]
    [InlineData("2012")]
    [InlineData("12/2012")]
    [InlineData("Dec 2012")]
    [InlineData("2012-12")]
    [InlineData("Dec-12")]
    public void A_month_or_a_year_is_called_that(string cell) => Check.Refuses(Validator, cell, DateValidator.Partial);

    [Theory]
    [InlineData("31/12")]
    [InlineData("31/12/")]
    [InlineData("//2012")]
    [InlineData("31/12/20123")]
    [InlineData("31/12/201")]
    [InlineData("311/12/2012")]
    [InlineData("31-Dez-2012")]
    [InlineData("31-D-2012")]
    [InlineData("31/12/2O12")]
    [InlineData("3a/12/2012")]
    [InlineData("a1/12/2012")]
    [InlineData("31/1a/2012")]
    [InlineData("2012-12-311")]
    [InlineData("201-12-31")]
    [InlineData("yesterday")]
    [InlineData("31/12/2012 x")]
    [InlineData("99999999999999999999")]
    [InlineData("31/99999999999999999999/2012")]
    public void Anything_else_is_no_date(string cell) => Check.Refuses(Validator, cell, DateValidator.Format);

    [Fact]
    public void The_number_of_a_date_is_its_day_number()
    {
        var writer = new ValueWriter();
        Validator.Normalise("01/02/2013"u8, writer);
        Assert.Equal(new DateOnly(2013, 2, 1).DayNumber, writer.Number);
    }

    [Fact]
    public void Every_day_reads_back_from_every_form() => Prop.ForAll(
        Gen.Choose(0, DateOnly.MaxValue.DayNumber).Select(DateOnly.FromDayNumber).Where(day => day.Year > 0).ToArbitrary(),
        day => new[] { "dd/MM/yyyy", "yyyy-MM-dd", "dd-MMM-yyyy", "d.M.yyyy" }.All(form =>
            Check.With(Validator, day.ToString(form, CultureInfo.InvariantCulture)) == (day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), null))).QuickCheckThrowOnFailure();
}
