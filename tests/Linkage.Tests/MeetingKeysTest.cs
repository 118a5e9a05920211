namespace TfFlow.Linkage.Tests;

/// <summary>Which records meet by a keyed hash.</summary>
public class MeetingKeysTest
{
    private static readonly byte[] Secret = [.. Enumerable.Range(1, 32).Select(i => (byte)i)];
    private static readonly PersonIdentity Edith = new("Marlowe", "Edith Anne", new(2014, 5, 9), null);

    [Theory]
    [InlineData("Marlowe", "Edith", "2014-05-09", "another home")]
    [InlineData("MARLOW", "Edyth", "2014-05-09", "spelt by the ear")]
    [InlineData("Marlowe", "Edith", "2014-09-05", "day and month changed")]
    [InlineData("Marlowe", "Edith", "2014-05-19", "a wrong day")]
    [InlineData("Marlowe", "Edith", "2014-06-09", "a wrong month")]
    [InlineData("Marlowe", "Edith", "2015-05-09", "a wrong year")]
    public void One_person_in_another_household_meets(string surname, string forenames, string born, string how) =>
        Assert.True(Meet(Keys(Edith, "12 Wharf Street", "LE1 1AA"), Keys(new(surname, forenames, DateOnly.ParseExact(born, "yyyy-MM-dd"), null), "3 Mill Lane", "DE2 4RB")), how);

    [Fact]
    public void In_the_same_district_one_name_and_the_date_of_birth_are_enough()
    {
        Assert.True(Meet(Keys(Edith, "12 Wharf Street", "LE1 1AA"), Keys(Edith with { Surname = "Tarn" }, "3 Mill Lane", "LE1 4RB")));
        Assert.False(Meet(Keys(Edith, "12 Wharf Street", "LE1 1AA"), Keys(Edith with { Surname = "Tarn" }, "3 Mill Lane", "DE2 4RB")));
    }

    [Theory]
    [InlineData("12 Wharf St, Leicester", "LE1 1AB", true)]
    [InlineData("12 Wharf Street", "LE2 1AA", true)]
    [InlineData("12 Wharf Street", "LE2 1AB", false)]
    [InlineData("14 Wharf Street", "LE1 1AB", false)]
    [InlineData("12 Mill Lane", "LE1 1AB", false)]
    [InlineData("Flat 2, 12 Wharf Street", "LE1 1AB", false)]
    [InlineData("12", "LE1 1AB", false)]
    public void Two_people_of_one_home_meet_where_half_of_the_postcode_is_right(string address, string postcode, bool meets) =>
        Assert.Equal(meets, Meet(Keys(Edith, "12 Wharf Street", "LE1 1AA"), Keys(new("Tarn", "Joel", new(1986, 1, 2), null), address, postcode)));

    [Fact]
    public void Strangers_do_not_meet_and_another_secret_makes_other_keys()
    {
        var edith = Keys(Edith, "12 Wharf Street", "LE1 1AA");
        Assert.False(Meet(edith, Keys(new("Okafor", "Grace", new(1985, 7, 30), null), "3 Mill Lane", "LE2 4RB")));
        Span<ulong> keys = stackalloc ulong[MeetingKeys.Most];
        using var other = new MeetingKeys(new byte[32]);
        var count = other.Write(Edith, "12 Wharf Street", "LE1 1AA", keys);
        Assert.False(Meet(edith, keys[..count].ToArray()));
    }

    [Theory]
    [InlineData("Unborn", "Baby", "2014-05-09")]
    [InlineData("Marlowe", "Edith", "1900-01-01")]
    public void A_filler_meets_nobody(string surname, string forenames, string born) =>
        Assert.Empty(Keys(new(surname, forenames, DateOnly.ParseExact(born, "yyyy-MM-dd"), null), "no fixed abode", "ZZ99 3VZ"));

    [Theory]
    [InlineData("12 Wharf St, Leicester", "WHARF STREET")]
    [InlineData("Flat 3, Rose Court, 12 High Road", "HIGH ROAD")]
    [InlineData("12 Broadway, Leicester", "BROADWAY")]
    [InlineData("12 Broadway", "")]
    [InlineData("no fixed abode", "")]
    public void The_street_is_read_in_full(string address, string street) => Assert.Equal(street, HouseholdAddress.Street(address, "LE1 1AA"));

    [Theory]
    [InlineData("LE1 1AA", "le11ab", true)]
    [InlineData("LE1 1AB", "LE1 1BA", true)]
    [InlineData("LE1 1AA", "LE1 1AA", false)]
    [InlineData("LE1 1AA", "LE2 4RB", false)]
    public void A_slip_of_a_postcode_is_one_sign(string one, string other, bool slip) => Assert.Equal(slip, HouseholdAddress.IsSlip(one, other));

    private static bool Meet(ulong[] one, ulong[] other) => one.Intersect(other).Any();

    private static ulong[] Keys(PersonIdentity person, string address, string postcode)
    {
        Span<ulong> keys = stackalloc ulong[MeetingKeys.Most];
        using var meeting = new MeetingKeys(Secret);
        return keys[..meeting.Write(person, address, postcode, keys)].ToArray();
    }
}
