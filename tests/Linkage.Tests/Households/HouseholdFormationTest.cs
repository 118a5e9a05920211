using TfFlow.Linkage;

namespace TfFlow.Linkage.Tests.Households;

public sealed class HouseholdFormationTest
{
    private static readonly DateOnly Day = new(2013, 9, 1);

    [Fact]
    public void One_door_written_in_several_ways_is_one_household()
    {
        var found = On(
            Stay("mother", "Flat 2, 12 Wharf Street, Leicester", "LE1 1AA", 1980),
            Stay("child", "12 Wharf St, Flat 2", "le11aa", 2004),
            Stay("neighbour", "Flat 3, 12 Wharf Street", "LE1 1AA", 1950),
            Stay("father", "", "", 1979) with { Uprn = "100" },
            Stay("grandmother", "FLAT 2 12 WHARF STREET", "LE1 1AA", 1950) with { Uprn = "100" });
        Assert.Equal(["child", "father", "grandmother", "mother"], found.Households[0].Members);
        Assert.Equal(["child"], found.Households[0].DependentChildren);
        Assert.Equal(HouseholdKind.AdultsWithChildren, found.Households[0].Kind);
        Assert.Equal(HouseholdKind.Adults, found.Households[1].Kind);
    }

    [Fact]
    public void A_person_lives_where_they_last_moved_to_by_the_day()
    {
        var found = On(
            Stay("child", "1 Mill Lane", "LE2 2BB", 2005) with { From = new(2009, 1, 1), Until = new(2013, 3, 1) },
            Stay("child", "9 Oak Road", "LE3 3CC", 2005) with { From = new(2013, 3, 2) },
            Stay("child", "40 Elm Road", "LE4 4DD", 2005) with { From = new(2014, 1, 1) },
            Stay("mother", "1 Mill Lane", "LE2 2BB", 1980) with { From = new(2009, 1, 1) });
        Assert.Equal([HouseholdKind.Adults, HouseholdKind.ChildrenAlone], found.Households.Select(h => h.Kind));
        Assert.True(found.Households[1].IsFamily);
    }

    [Fact]
    public void Of_a_house_of_flats_those_whose_flat_is_not_known_are_no_household()
    {
        var found = On(
            Stay("a", "Flat 1, 5 High Street", "LE1 1AA", 1980), Stay("b", "Flat 2, 5 High Street", "LE1 1AA", 1980),
            Stay("c", "5 High Street", "LE1 1AA", 1980), Stay("d", "5 High Street", "LE1 1AA", 2010));
        Assert.Equal([HouseholdKind.FlatNotKnown, HouseholdKind.Adults, HouseholdKind.Adults], found.Households.OrderByDescending(h => h.Members.Count).Select(h => h.Kind));
    }

    [Fact]
    public void Many_adults_of_many_names_are_a_shared_house_and_many_of_one_a_family()
    {
        string[] names = ["Khan", "Smith", "Nowak", "Eze", "Chan", "Jones"];
        var shared = On([.. names.Select(n => Stay(n, "7 Dock Road", "LE1 1AA", 1990) with { Surname = n })]);
        Assert.Equal(HouseholdKind.MultipleOccupancy, Assert.Single(shared.Households).Kind);
        var family = On([.. names.Select((n, i) => Stay(n, "7 Dock Road", "LE1 1AA", i == 0 ? 2008 : 1990) with { Surname = "Khan" })]);
        Assert.Equal(HouseholdKind.AdultsWithChildren, Assert.Single(family.Households).Kind);
    }

    [Fact]
    public void Nobody_is_placed_by_a_pseudo_postcode_or_a_blank_address()
    {
        var found = On(Stay("a", "No fixed abode", "ZZ99 3VZ", 1980), Stay("b", "", "LE1 1AA", 1980));
        Assert.Empty(found.Households);
        Assert.Equal(["a", "b"], found.Unplaced);
    }

    [Theory]
    [InlineData("1997-09-02", false, true)]
    [InlineData("1997-09-01", false, false)]
    [InlineData("1997-09-01", true, true)]
    [InlineData("1994-09-02", true, true)]
    [InlineData("1994-09-01", true, false)]
    [InlineData("2014-01-01", false, false)]
    public void A_child_is_dependent_to_16_and_in_education_to_19(string born, bool inEducation, bool dependent) =>
        Assert.Equal(dependent, HouseholdFormation.IsDependentChild(DateOnly.Parse(born, System.Globalization.CultureInfo.InvariantCulture), inEducation, Day));

    private static Residence Stay(string person, string address, string postcode, int born) => new(person, address, postcode) { Born = new(born, 1, 1), Surname = "Khan" };

    private static HouseholdsOnDay On(params Residence[] stays) => HouseholdFormation.On(stays, Day);
}
