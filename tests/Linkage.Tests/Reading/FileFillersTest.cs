using System.Globalization;
using System.Text;
using TfFlow.Linkage;

namespace TfFlow.Linkage.Tests.Reading;

/// <summary>A date of birth that many people of a file bear is a default, and read as a blank. One that few people bear, or that is common for a reason, is a date.</summary>
public sealed class FileFillersTest
{
    private static readonly DateOnly First = new(1950, 1, 1);

    /// <summary>People, the percentage of them that bears the default, and the default.</summary>
    [Theory]
    [InlineData(20, 100, "1990-06-15")]
    [InlineData(40, 60, "1990-06-15")]
    [InlineData(50, 100, "1970-01-01")]
    [InlineData(300, 10, "1970-01-01")]
    [InlineData(300, 10, "1990-06-15")]
    [InlineData(400, 55, "2000-01-01")]
    [InlineData(2000, 3, "1970-01-01")]
    [InlineData(2000, 3, "1990-06-15")]
    [InlineData(2000, 90, "1990-06-15")]
    public void A_date_that_many_people_bear_is_blank_and_the_others_stay(int people, int percent, string date)
    {
        var births = Births(people, i => i * 100 < percent * people ? date : Text(First.AddDays(1 + (i * 37 % 20_000))));
        var defaults = people * percent / 100;
        Assert.All(births[..defaults], b => Assert.Equal(0, b));
        Assert.DoesNotContain(0, births[defaults..]);
    }

    /// <summary>Two systems before this one, and three defaults: none hides the others.</summary>
    [Theory]
    [InlineData(450, 15)]
    [InlineData(3000, 15)]
    [InlineData(3000, 60)]
    public void Several_defaults_of_one_file_are_blank(int people, int percent)
    {
        string[] defaults = ["2000-01-01", "1980-01-01", "1990-01-01"];
        var births = Births(people, i => i * 100 < percent * people ? defaults[i % 3] : Text(First.AddDays(1 + (i * 37 % 20_000))));
        Assert.All(births[..(people * percent / 100)], b => Assert.Equal(0, b));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(10)]
    [InlineData(15)]
    public void A_few_people_may_all_be_born_on_one_day(int people) => Assert.DoesNotContain(0, Births(people, _ => "2012-02-14"));

    /// <summary>In some countries' papers the day is not known, and 1 January is written: half of a register of refugees.</summary>
    [Theory]
    [InlineData(100)]
    [InlineData(400)]
    [InlineData(3000)]
    public void First_of_January_of_many_years_is_a_date(int people) =>
        Assert.DoesNotContain(0, Births(people, i => i % 2 == 0 ? $"{1960 + (i / 2 * 7 % 45)}-01-01" : Text(First.AddDays(1 + (i * 37 % 20_000)))));

    /// <summary>One year group, and twins in each class.</summary>
    [Fact]
    public void The_dates_of_one_school_year_are_dates() => Assert.DoesNotContain(0, Births(900, i => Text(new DateOnly(2011, 9, 1).AddDays(i / 2 * 5 % 365))));

    /// <summary>Contacts with one family, or one person filed under several names.</summary>
    [Theory]
    [InlineData(30, 1)]
    [InlineData(60, 4)]
    public void A_date_of_many_records_of_one_person_is_a_date(int records, int names) =>
        Assert.DoesNotContain(0, Births(2 * records, i => i < records ? "1984-03-09" : Text(First.AddDays(1 + (i * 37 % 20_000))), i => i < records ? i % names : i));

    private static int[] Births(int people, Func<int, string> born, Func<int, int>? surname = null)
    {
        var csv = new StringBuilder("id,first_name,surname,date_of_birth\n");
        for (var i = 0; i < people; i++)
        {
            csv.Append(CultureInfo.InvariantCulture, $"{i:D5},{Name(i * 31 % 97)},{Name(7 * (surname?.Invoke(i) ?? i))},{born(i)}\n");
        }

        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(csv.ToString()));
        var records = new RecordsBuilder(new(), Work.With(1, null, CancellationToken.None)).Build([RawTable.Read(stream, "file", new())])[0];
        return [.. Enumerable.Range(0, people).OrderBy(r => Encoding.UTF8.GetString(records.Id(r)), StringComparer.Ordinal).Select(r => records.Cell(r, Slot.Birth))];
    }

    private static string Text(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>A name of its own for each number below 3,600.</summary>
    private static string Name(int number) => $"{"BDFGHKLMNPRST"[number % 12]}{"aeiou"[number / 12 % 5]}{"bdfgklmnprst"[number / 60 % 12]}{"aeiou"[number / 720 % 5]}{"dlmnrst"[number / 3600 % 7]}";
}
