using System.Globalization;
using TfFlow.Linkage;

namespace TfFlow.Linkage.Tests.Comparing;

/// <summary>
/// What Splink 4 asks of its own comparisons in its tests (public repository moj-analytical-services/splink: names, dates of birth, postcodes, emails), asked of ours.
/// docs/linkage.md says where the two agree and why they do not; this holds our side.
/// </summary>
public sealed class SplinkQuestionsTest
{
    [Theory]
    [InlineData("John", "John", NameAgreement.Same)]
    [InlineData("john", "JOHN", NameAgreement.Same)]
    [InlineData("Stephen", "Stephan", NameAgreement.ShortForm)]
    [InlineData("Stephen", "Steven", NameAgreement.ShortForm)]
    [InlineData("Stephen", "Steve", NameAgreement.ShortForm)]
    [InlineData("Alice", "Bob", NameAgreement.Differ)]
    [InlineData("Harry", "Haryr", NameAgreement.Slip)]
    [InlineData("Harry", "Barry", NameAgreement.OtherName)]
    [InlineData("Harry", "Gary", NameAgreement.OtherName)]
    [InlineData("Harry", "Sally", NameAgreement.Differ)]
    public void Given_names(string one, string other, NameAgreement level) => Assert.Equal(level, (NameAgreement)Compare(one, "Xavierson", other, "Xavierson").Given);

    [Theory]
    [InlineData("Smith", "Smith", NameAgreement.Same)]
    [InlineData("Smith", "Schmidt", NameAgreement.Differ)]
    [InlineData("Jones", "Johns", NameAgreement.Sound)]
    [InlineData("Jones", "James", NameAgreement.Faint)]
    public void Surnames(string one, string other, NameAgreement level) => Assert.Equal(level, (NameAgreement)Compare("Xavier", one, "Xavier", other).Surname);

    [Theory]
    [InlineData("John", "Smith", "Smith", "John", true)]
    [InlineData("John", "SMITH", "smith", "JOHN", true)]
    [InlineData("John", "Smith", "John", "Smith", false)]
    public void Names_in_each_others_place(string given, string surname, string otherGiven, string otherSurname, bool swapped) =>
        Assert.Equal(swapped, (NameAgreement)Compare(given, surname, otherGiven, otherSurname).Given == NameAgreement.Swapped);

    [Theory]
    [InlineData("1990-05-20", "1990-05-20", BirthDateAgreement.Same)]
    [InlineData("1990-01-01", "1990-01-01", BirthDateAgreement.Same)]
    [InlineData("2012-01-01", "2012-02-02", BirthDateAgreement.YearOnly)]
    [InlineData("1985-03-11", "1985-01-01", BirthDateAgreement.YearOnly)]
    [InlineData("1990-05-01", "1990-05-11", BirthDateAgreement.Slip)]
    [InlineData("1990-05-20", "1990-06-19", BirthDateAgreement.Year)]
    [InlineData("1990-05-20", "1991-04-21", BirthDateAgreement.Differ)]
    [InlineData("1990-05-20", "1999-02-20", BirthDateAgreement.Differ)]
    [InlineData("1990-05-20", "2010-01-17", BirthDateAgreement.GenerationApart)]
    [InlineData("1985-31-11", "1985-01-22", BirthDateAgreement.Year)]
    [InlineData("2000-ab-cd", "2000-01-28", BirthDateAgreement.YearOnly)]
    public void Dates_of_birth(string one, string other, BirthDateAgreement level)
    {
        var layout = BirthDate.Layouts([one, other]);
        Assert.Equal(level, BirthDate.Compare(BirthDate.Parse(one, layout), BirthDate.Parse(other, layout)));
    }

    [Theory]
    [InlineData("SW1A 1AA", "SW1A 1AA", "Same")]
    [InlineData("SW1A 1AA", "SW1A 1AB", "Slip")]
    [InlineData("SW1A 1AA", "SW1A 1BB", "SameSector")]
    [InlineData("SW1A 1AA", "SW1A 2AA", "Slip")]
    [InlineData("SW1A 1AA", "SW2A 1AA", "Slip")]
    [InlineData("SW1A 1AA", "NW1A 1AA", "Slip")]
    [InlineData("SW1A 1AA", "M1 1AA", "Differ")]
    public void Postcodes(string one, string other, string level) => Assert.Equal(level, Postcode.Compare(Postcode.Normalise(one), Postcode.Normalise(other)).ToString());

    private static (int Given, int Surname) Compare(string given, string surname, string otherGiven, string otherSurname)
    {
        var vocabulary = new Vocabulary();
        var table = RawTable.Of([Person("1", given, surname), Person("2", otherGiven, otherSurname)], "records");
        var records = new RecordsBuilder(vocabulary, Work.With(1, null, CancellationToken.None)).Build([table])[0];
        var levels = new PairComparer(vocabulary, records.Stride).Compare(records[0], records[1]);
        return (Levels.Of(levels, Field.GivenName), Levels.Of(levels, Field.Surname));
    }

    private static PersonRecord Person(string id, string given, string surname) => new(id) { GivenName = given, Surname = surname };
}
