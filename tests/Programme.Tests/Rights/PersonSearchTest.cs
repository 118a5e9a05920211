using TfFlow.Linkage;
using TfFlow.Programme.Rights;

namespace TfFlow.Programme.Tests.Rights;

public class PersonSearchTest
{
    private static readonly SoughtAddress Home = new("12 Wharf Street, Leicester", "LE1 1AA");
    private static readonly SoughtAddress Before = new("Flat 3, 40 Mill Lane", "LE2 2BB");
    private static readonly PersonSought Oswald = Read("Marlowe", "Oswald", "7/6/2014", Home);

    [Theory]
    [InlineData("Marlowe", "Oswald", "2014-06-07", "12 WHARF ST", "le11aa", FoundDoubt.None)]
    [InlineData("MARLOWE", "Osward", "2014-06-07", "12 Wharf Street", "LE1 1AA", FoundDoubt.None)]

    // The house was mistyped, or a sign of the postcode: the name and the birthday are exactly theirs.
    [InlineData("Marlowe", "Oswald", "2014-06-07", "14 Wharf Street", "LE1 1AA", FoundDoubt.None)]
    [InlineData("Marlowe", "Oswald", "2014-06-07", "12 Wharf Street", "LE1 1AB", FoundDoubt.None)]

    // Somebody else may have the name and the birthday.
    [InlineData("Marlowe", "Oswald", "2014-06-07", "9 Far Road", "SY1 1AA", FoundDoubt.Address)]
    [InlineData("Marlowe", "Oswald", "2014-06-07", "", "ZZ99 3WZ", FoundDoubt.Address)]
    public void A_record_of_the_person_is_found_however_it_is_written(string surname, string forenames, string born, string address,
        string postcode, FoundDoubt doubt) =>
        Assert.Equal([doubt], PersonSearch.Compare(Oswald, [Record(surname, forenames, born, address, postcode)]));

    [Theory]
    [InlineData("Marlowe", "Edmund", "2014-06-07")] // a twin
    [InlineData("Marlowe", "Oswald", "1981-02-03")] // the father, of whom he has the name
    [InlineData("Marlowe", "Edith", "2016-01-09")]
    public void Who_lives_there_too_is_somebody_else(string surname, string forenames, string born)
    {
        var records = new[] { Record("Marlowe", "Oswald", "2014-06-07"), Record(surname, forenames, born) };

        Assert.Equal([FoundDoubt.None, null], PersonSearch.Compare(Oswald, records));
    }

    [Fact]
    public void A_birthday_that_differs_far_away_is_nobodys() =>
        Assert.Equal([null], PersonSearch.Compare(Oswald, [Record("Marlowe", "Oswald", "2014-07-06", "9 Far Road", "SY1 1AA")]));

    [Fact]
    public void An_earlier_address_and_another_surname_are_searched_too()
    {
        var edith = Read("Marlowe", "Edith Anne", "3 Feb 1981", [Home, Before], "Thorne");

        Assert.Equal(
            [FoundDoubt.None, FoundDoubt.None],
            PersonSearch.Compare(edith, [Record("Thorne", "Edith", "1981-02-03", Before.Address, Before.Postcode),
                Record("Marlowe", "Edith A", "1981-02-03")]));
    }

    [Fact]
    public void Where_one_record_of_a_member_is_at_home_their_others_are_theirs_too() => Assert.Equal(
        [FoundDoubt.None, FoundDoubt.None],
        PersonSearch.Compare(Oswald, [Record("Marlowe", "Oswald", "2014-06-07", who: "m"),
            Record("Marlowe", "Oswald", "2014-06-07", "9 Far Road", "SY1 1AA", "m")]));

    [Theory]
    [InlineData("Unknown", "Oswald", "2014-06-07", "LE1 1AA", "the surname")]
    [InlineData("Marlowe", "Baby", "2014-06-07", "LE1 1AA", "the forenames")]
    [InlineData("Marlowe", "Oswald", "1900-01-01", "LE1 1AA", "written where none is known")]
    [InlineData("Marlowe", "Oswald", "07/06/14", "LE1 1AA", "a year of four digits")]
    [InlineData("Marlowe", "Oswald", "2014-06-07", "LE1", "a whole postcode")]
    [InlineData("", "Oswald", "2014-06-07", "LE1 1AA", "the surname")]
    public void What_names_nobody_is_not_searched_for_and_no_refusal_quotes_it(string surname, string forenames, string born,
        string postcode, string said)
    {
        var (person, obstacles) = PersonSought.Read(surname, forenames, born, [("12 Wharf Street", postcode)], []);

        Assert.Null(person);
        Assert.Contains(said, Assert.Single(obstacles).What, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("No fixed abode", "ZZ99 3VZ", "it is what is written where none is known")]
    [InlineData("Somewhere behind the mill", "LE1 1AA", "a part of it was not understood")]
    public void An_address_that_places_no_home_is_said(string address, string postcode, string said) =>
        Assert.Contains(said, Assert.Single(Read("Marlowe", "Oswald", "7/6/2014", new SoughtAddress(address, postcode)).Remarks),
            StringComparison.Ordinal);

    private static PersonSought Read(string surname, string forenames, string born, SoughtAddress home) =>
        Read(surname, forenames, born, [home]);

    private static PersonSought Read(string surname, string forenames, string born, SoughtAddress[] homes, params string[] others)
    {
        var (person, obstacles) = PersonSought.Read(surname, forenames, born,
            [.. homes.Select(home => ((string?)home.Address, (string?)home.Postcode))], others);
        Assert.Empty(obstacles);
        return person!;
    }

    private static NamedRecord Record(string surname, string forenames, string born, string address = "12 Wharf Street",
        string postcode = "LE1 1AA", string who = "") =>
        new(new PersonIdentity(surname, forenames, DateOnly.Parse(born, System.Globalization.CultureInfo.InvariantCulture), null),
            new(address, postcode), who);
}
