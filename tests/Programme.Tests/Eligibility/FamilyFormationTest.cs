using TfFlow.Linkage;
using TfFlow.Programme.Agreements;
using TfFlow.Programme.Eligibility;

namespace TfFlow.Programme.Tests.Eligibility;

/// <summary>Which records of several households are one family's.</summary>
public class FamilyFormationTest
{
    private static readonly DateOnly On = new(2025, 11, 3);
    private static readonly (string Address, string Postcode) Wharf = ("12 Wharf Street, Leicester", "LE1 1AA");
    private static readonly (string Address, string Postcode) Mill = ("3 Mill Lane, Leicester", "LE2 4RB");

    // Other people, for the engine to learn by how people differ: each in a household alone.
    private static readonly IReadOnlyList<IReadOnlyList<LocatedRecord>> Neighbours =
    [
        .. Enumerable.Range(0, 60).Select(i => (IReadOnlyList<LocatedRecord>)
        [
            Row(0, "census", $"Neigh{(char)('a' + (i % 26))}bour{i / 26}", $"Pers{(char)('a' + (i % 23))}on", new(1960 + i, 1 + (i % 12), 1 + (i % 27)), ($"{i + 20} Canal Street, Leicester", $"LE3 {i % 9}AB")),
            Row(0, "benefits", $"Neigh{(char)('a' + (i % 26))}bour{i / 26}", $"Pers{(char)('a' + (i % 23))}on", new(1960 + i, 1 + (i % 12), 1 + (i % 27)), ($"{i + 20} Canal Street, Leicester", $"LE3 {i % 9}AB")),
        ]),
    ];

    [Fact]
    public void A_family_that_moved_is_one_with_its_records_at_the_old_address()
    {
        var families = Form(
            Row(0, "census", "Marlowe", "Edith", new(2014, 5, 9), Mill, own: true),
            Row(1, "attendance", "Marlowe", "Edith", new(2014, 5, 9), Wharf),
            Row(1, "benefits", "Marlowe", "Anne", new(1988, 3, 1), Wharf));
        var family = Assert.Single(families);
        Assert.Equal((0, 3), (family.Home, family.Certain.Count));
        Assert.Equal([0, 1], family.Households);
        Assert.Contains(family.Links, line => line.StartsWith("Row 2 of attendance (attendance) and Row 1 of census (census): one person with two addresses", StringComparison.Ordinal));
    }

    [Fact]
    public void Who_lives_where_a_family_moved_out_is_another_family()
    {
        var families = Form(
            Row(0, "census", "Marlowe", "Edith", new(2014, 5, 9), Mill, own: true),
            Row(1, "attendance", "Marlowe", "Edith", new(2014, 5, 9), Wharf),
            Row(1, "benefits", "Marlowe", "Anne", new(1988, 3, 1), Wharf),
            Row(1, "census", "Okafor", "Ben", new(2012, 2, 14), Wharf, own: true),
            Row(1, "benefits", "Okafor", "Grace", new(1985, 7, 30), Wharf));
        Assert.Equal([[0, 1, 2], [3, 4]], families.Select(family => family.Certain).OrderBy(rows => rows[0]));
        Assert.Equal([0, 1], families.OrderBy(family => family.Certain[0]).Select(family => family.Home));
        Assert.All(families, family => Assert.Empty(family.Perhaps));
    }

    [Fact]
    public void A_postcode_that_is_a_slip_away_at_the_same_house_and_street_is_the_same_home()
    {
        var family = Assert.Single(Form(
            Row(0, "census", "Marlowe", "Edith", new(2014, 5, 9), Wharf, own: true),
            Row(0, "attendance", "Marlowe", "Edith", new(2014, 5, 9), Wharf),
            Row(1, "benefits", "Tarn", "Joel", new(1988, 3, 1), (Wharf.Address, "LE1 1AB"))));
        Assert.Equal((0, 3), (family.Home, family.Certain.Count));
    }

    [Fact]
    public void The_same_number_in_another_street_is_another_home_and_somebody_must_look()
    {
        var family = Assert.Single(Form(
            Row(0, "census", "Marlowe", "Edith", new(2014, 5, 9), Wharf, own: true),
            Row(0, "benefits", "Tarn", "Joel", new(1988, 3, 1), ("12 Foundry Road, Leicester", Wharf.Postcode))));
        Assert.Equal([0], family.Certain);
        Assert.Equal([1], family.Perhaps);
        Assert.Contains("another street", Assert.Single(family.Doubts), StringComparison.Ordinal);
    }

    [Fact]
    public void A_parent_of_another_name_is_of_the_home_where_the_child_lives()
    {
        var family = Assert.Single(Form(
            Row(0, "census", "Marlowe", "Edith", new(2014, 5, 9), Wharf, own: true),
            Row(0, "benefits", "Tarn", "Joel", new(1988, 3, 1), Wharf)));
        Assert.Equal(2, family.Certain.Count);
    }

    [Fact]
    public void A_child_of_separated_parents_joins_the_two_homes()
    {
        var family = Assert.Single(Form(
            Row(0, "census", "Marlowe", "Edith", new(2014, 5, 9), Wharf, own: true),
            Row(0, "health", "Marlowe", "Edith", new(2014, 5, 9), Wharf, own: true),
            Row(0, "benefits", "Tarn", "Anne", new(1988, 3, 1), Wharf),
            Row(1, "attendance", "Marlowe", "Edith", new(2014, 5, 9), Mill),
            Row(1, "asb", "Marlowe", "Joel", new(1986, 9, 12), Mill)));
        Assert.Equal((0, 5), (family.Home, family.Certain.Count));
    }

    [Fact]
    public void Somebody_of_another_name_where_a_family_was_may_be_of_it_and_somebody_must_look()
    {
        var families = Form(
            Row(0, "census", "Marlowe", "Edith", new(2014, 5, 9), Mill, own: true),
            Row(1, "attendance", "Marlowe", "Edith", new(2014, 5, 9), Wharf),
            Row(1, "benefits", "Okafor", "Grace", new(1985, 7, 30), Wharf));
        var family = Assert.Single(families, family => family.Certain.Contains(0));
        Assert.Equal([0, 1], family.Certain);
        Assert.Equal([2], family.Perhaps);
        Assert.Contains("somebody who lives at its old address", Assert.Single(family.Doubts), StringComparison.Ordinal);
    }

    [Fact]
    public void Twins_and_a_father_and_son_of_one_name_stay_people_of_their_own()
    {
        var records = (LocatedRecord[])
        [
            Row(0, "census", "Marlowe", "Edith", new(2014, 5, 9), Mill, own: true),
            Row(1, "attendance", "Marlowe", "Ella", new(2014, 5, 9), Wharf),
            Row(1, "asb", "Marlowe", "Tom", new(1984, 3, 1), Wharf),
            Row(0, "offences", "Marlowe", "Tom", new(2010, 11, 23), Mill),
        ];
        Assert.Equal([0, 1, 2, 3], PeopleOfGroups.Link([records, .. Neighbours], default)[0].Persons);
    }

    [Fact]
    public void An_address_that_is_not_understood_places_nobody_and_the_person_joins_all_the_same()
    {
        var family = Assert.Single(Form(
            Row(0, "census", "Marlowe", "Edith", new(2014, 5, 9), Wharf, own: true),
            Row(1, "offences", "Marlowe", "Edith", new(2014, 5, 9), ("no fixed abode", "ZZ99 3VZ"), placed: false)));
        Assert.Contains("its address was not understood and places nobody", Assert.Single(family.Links), StringComparison.Ordinal);
    }

    [Fact]
    public void A_row_that_names_nobody_is_of_the_family_of_its_household()
    {
        var listed = Row(0, "list", "", "", default, Wharf) with { Record = new(Row(0, "list", "", "", default, Wharf).Record.Fact, Person: null) };
        var family = Assert.Single(Form(Row(0, "census", "Marlowe", "Edith", new(2014, 5, 9), Wharf, own: true), listed));
        Assert.Equal([0, 1], family.Certain);
    }

    private static IReadOnlyList<FormedFamily> Form(params LocatedRecord[] records) =>
        FamilyFormation.Form([[.. records.Select((record, i) => record with { Record = record.Record with { Fact = record.Record.Fact with { Row = i + 1 } } })], .. Neighbours], 18, On, default)[0];

    private static LocatedRecord Row(int household, string dataset, string surname, string forenames, DateOnly born, (string Address, string Postcode) home, bool own = false, bool placed = true) => new(
        new(
            new Fact(new(dataset, dataset, "northmere@2025-09-01", $"northmere-{dataset}", [Use.Identification], "northmere", On), 1, Person: null, Born: null, new Dictionary<string, string>()),
            new PersonIdentity(surname, forenames, born, Sex: null)),
        household,
        home.Address,
        home.Postcode,
        placed,
        own);
}
