using TfFlow.Programme.Linkage;

namespace TfFlow.Programme.Tests.Linkage;

public sealed class HouseholdPeopleTest
{
    [Fact]
    public void Several_agencies_records_of_one_household_become_its_people()
    {
        PersonRecord[] records =
        [
            Person("school", "Mohammed", "Khan", "2010-05-06", "M"),
            Person("police", "Muhammad", "Khan", "2010-05-06", "M"),
            Person("school", "Ayesha", "Khan", "2010-05-06", "F"),
            Person("housing", "Imran", "Khan", "1980-02-03", "M"),
            Person("housing", "Imran", "Khan", null, "M"),
            Person("youth", "Mohammed", "Khan", "2010-06-05", "M"),
            Person("school", "Ayesha", "", "2010-05-06", ""),
        ];
        var people = RecordLinkage.PeopleOf(records);
        Assert.Equal([0, 0, 2, 3, 3, 0, 2], people.Persons);
        Assert.Equal(records.Length * (records.Length - 1) / 2, people.Pairs.Count);
        Assert.True(people.Pairs.Single(p => p is { Left: 0, Right: 1 }).Probability > 0.99);
        Assert.True(people.Pairs.Single(p => p is { Left: 0, Right: 2 }).Probability < 0.1);
    }

    [Fact]
    public void Father_and_son_with_one_name_are_two_and_twins_are_two()
    {
        var people = RecordLinkage.PeopleOf(
        [
            Person("a", "John", "Smith", "1970-01-09", "M"), Person("a", "John", "Smith", "2001-04-30", "M"),
            Person("b", "Tara", "Smith", "2015-07-07", "F"), Person("b", "Nina", "Smith", "2015-07-07", "F"),
        ]);
        Assert.Equal([0, 1, 2, 3], people.Persons);
    }

    [Fact]
    public void One_record_or_none_is_no_difficulty()
    {
        Assert.Empty(RecordLinkage.PeopleOf([]).Persons);
        Assert.Equal([0], RecordLinkage.PeopleOf([Person("a", "John", "Smith", null, "")]).Persons);
    }

    private static PersonRecord Person(string id, string given, string surname, string? born, string sex) =>
        new(id) { GivenName = given, Surname = surname, Born = born is null ? null : DateOnly.Parse(born, System.Globalization.CultureInfo.InvariantCulture), Sex = sex };
}
