using TfFlow.Linkage;

namespace TfFlow.Linkage.Tests;

/// <summary>Who is who among the records of one address, where only names, birth and sex can tell.</summary>
public class HouseholdLinkerTest
{
    private static readonly DateOnly Born = new(2014, 5, 9);

    [Theory]
    [InlineData("Marlowe", "Edith Anne", "2014-05-09")]
    [InlineData("MARLOWE", "edith", "2014-05-09")]
    [InlineData("Marlowe", "Edih", "2014-05-09")]
    [InlineData("Marlow", "Edith", "2014-05-09")]
    [InlineData("Marlowe", "Edith", "2014-09-05")]
    [InlineData("Marlowe", "Edith", "2014-05-08")]
    [InlineData("Marlowe", "E", "2014-05-09")]
    public void One_person_written_differently_is_one(string surname, string forenames, string born) =>
        Assert.Equal([0, 0], Link(new("Marlowe", "Edith Anne", Born, null), new(surname, forenames, Date(born), null)).Persons);

    [Theory]
    [InlineData("Arthur", "2011-01-30")] // a brother
    [InlineData("Arthur", "2014-05-09")] // a twin
    [InlineData("Edith", "1984-02-11")] // a mother of the same name
    public void Two_people_of_one_household_are_two_and_nobody_need_look(string forenames, string born)
    {
        var links = Link(new("Marlowe", "Edith", Born, null), new("Marlowe", forenames, Date(born), null));
        Assert.Equal([0, 1], links.Persons);
        Assert.Empty(links.Doubts);
    }

    [Fact]
    public void One_name_with_two_dates_of_birth_is_a_doubt()
    {
        var links = Link(new("Marlowe", "Edith", Born, null), new("Marlowe", "Edith", new(2012, 8, 27), null));
        Assert.Equal([0, 1], links.Persons);
        Assert.InRange(Assert.Single(links.Doubts).Probability, HouseholdLinker.Possible, HouseholdLinker.Sure);
        Assert.Equal([0, 0], links.Joined());
    }

    [Fact]
    public void An_initial_that_fits_two_twins_joins_them_no_more_than_it_can_be_both()
    {
        var links = Link(new("Marlowe", "Jack", Born, "1"), new("Marlowe", "Jill", Born, "2"), new("Marlowe", "J", Born, null));
        Assert.NotEqual(links.Persons[0], links.Persons[1]);
        Assert.NotEmpty(links.Doubts);
    }

    [Fact]
    public void The_order_of_the_records_changes_nothing_but_their_places()
    {
        PersonIdentity[] records =
        [
            new("Marlowe", "Edith", Born, null), new("Marlowe", "Arthur", new(2011, 1, 30), null), new("MARLOWE", "Edith", Born, null), new("Marlowe", "Artur", new(2011, 1, 30), null),
        ];
        Assert.Equal([0, 1, 0, 1], Link(records).Persons);
        Array.Reverse(records);
        Assert.Equal([0, 1, 0, 1], Link(records).Persons);
    }

    [Fact]
    public void Several_agencies_records_of_one_household_become_its_people() =>
        Assert.Equal([0, 0, 2, 3, 3, 0, 2], Link(
            new("Khan", "Mohammed", Date("2010-05-06"), "1"),
            new("Khan", "Muhammad", Date("2010-05-06"), "1"),
            new("Khan", "Ayesha", Date("2010-05-06"), "2"),
            new("Khan", "Imran", Date("1980-02-03"), "1"),
            new("Khan", "Imran", null, "1"),
            new("Khan", "Mohammed", Date("2010-06-05"), "1"),
            new("", "Ayesha", Date("2010-05-06"), null)).Persons);

    [Fact]
    public void Father_and_son_with_one_name_are_two_and_twins_are_two() =>
        Assert.Equal([0, 1, 2, 3], Link(
            new("Smith", "John", Date("1970-01-09"), "1"),
            new("Smith", "John", Date("2001-04-30"), "1"),
            new("Smith", "Tara", Date("2015-07-07"), "2"),
            new("Smith", "Nina", Date("2015-07-07"), "2")).Persons);

    [Fact]
    public void Nobody_is_linked_to_nobody() => Assert.Empty(Link().Persons);

    private static HouseholdLinks Link(params PersonIdentity[] records) => HouseholdLinker.Link(records);

    private static DateOnly Date(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}
