using TfFlow.Programme.Cases;

namespace TfFlow.Programme.Tests.Cases;

/// <summary>One person held under two references: who may say so, and what then counts as one.</summary>
public class PersonPairTest
{
    private static readonly DateOnly Day = new(2026, 3, 2);
    private const PersonPairReason Shown = PersonPairReason.RecordsShow;
    private static readonly FamilyCase Family = Families.In(FamilyCaseState.Invited);

    [Fact]
    public void A_person_goes_by_the_first_reference_and_chains_are_one_person()
    {
        var held = new HeldReferences(["a", "b", "c", "d"], [Said("d", "c"), Said("b", "d"), Said("a", "x")]);

        Assert.Equal(["a", "b"], held.People);
        Assert.Equal(["b", "b", "b", "a"], ((string[])["b", "c", "d", "x"]).Select(held.PersonOf));
        Assert.Equal("stranger", held.PersonOf("stranger"));
        Assert.True(held.IsAmong("b", new HashSet<string> { "d" }));
        Assert.False(held.IsAmong("a", new HashSet<string> { "d" }));

        PersonPair[] nothing = [Said("a", "b", PersonPairState.Compared), Said("c", "d", PersonPairState.TakenBack)];
        Assert.Equal(["a", "b", "c", "d"], new HeldReferences(["a", "b", "c", "d"], nothing).People);
    }

    [Fact]
    public void Whoever_says_it_has_looked_at_both_and_gives_a_reason()
    {
        IReadOnlyList<PersonPair> looked = [Said("a", "b", PersonPairState.Compared)];
        Assert.Empty(Say(looked));
        Assert.Empty(Say(looked, to: PersonPairState.TwoPeople));
        Assert.Contains("a look at both", Assert.Single(Say([])).What, StringComparison.Ordinal);
        Assert.Contains("a look at both", Assert.Single(Say(looked, by: "another")).What, StringComparison.Ordinal);
        Assert.Contains("a look at both", Assert.Single(Say([Said("a", "b", PersonPairState.TakenBack)])).What, StringComparison.Ordinal);
        Assert.Equal("the reason", Assert.Single(Say(looked, reason: 0)).What);
        Assert.Contains("said already", Assert.Single(Say([Said("b", "a")])).What, StringComparison.Ordinal);

        Assert.Empty(PersonPairRules.ToCompare(Family, ["a", "b"], "a", "b"));
        Assert.Single(PersonPairRules.ToCompare(Family, ["a", "b"], "a", "a"));
        Assert.Single(PersonPairRules.ToCompare(Family, ["a", "b"], "a", "c"));
        Assert.Single(PersonPairRules.ToCompare(Family with { State = FamilyCaseState.Erased }, ["a", "b"], "a", "b"));
        Assert.Empty(PersonPairRules.ToTakeBack(Family, Said("a", "b")));
        Assert.Empty(PersonPairRules.ToTakeBack(Family, Said("a", "b", PersonPairState.TwoPeople)));
        Assert.Single(PersonPairRules.ToTakeBack(Family, looked[0]));
        Assert.Single(PersonPairRules.ToTakeBack(Family, null));
    }

    [Fact]
    public void Two_people_do_not_become_one_by_way_of_a_third_nor_one_person_two()
    {
        var looked = Said("a", "b", PersonPairState.Compared);
        var joined = Say([looked, Said("b", "c"), Said("a", "c", PersonPairState.TwoPeople)]);
        Assert.Contains("two people", Assert.Single(joined).What, StringComparison.Ordinal);
        var parted = Say([looked, Said("b", "c"), Said("a", "c")], to: PersonPairState.TwoPeople);
        Assert.Contains("by way of others", Assert.Single(parted).What, StringComparison.Ordinal);

        PersonPair[] both = [Said("a", "b"), Said("b", "c"), Said("a", "c", PersonPairState.TwoPeople)];
        Assert.Single(PersonPairRules.ToSayInReview(["a", "b", "c"], both));
        Assert.Empty(PersonPairRules.ToSayInReview(["a", "b", "c"], both[..2]));
        Assert.Single(PersonPairRules.ToSayInReview(["a", "b"], both[..2]));
        Assert.Single(PersonPairRules.ToSayInReview(["a", "b"], [both[0] with { Reason = null }]));
    }

    [Fact]
    public void What_is_taken_back_under_one_reference_is_taken_back_and_else_what_is_given_is_given()
    {
        var held = new HeldReferences(["a", "b"], [Said("a", "b")]);
        Consent Of(string person, ConsentState state, bool victim = false) =>
            new(person, state, "v", Day, state is ConsentState.Given or ConsentState.Withdrawn ? Day : null, person, victim);
        ConsentState Together(ConsentState one, ConsentState other) =>
            Assert.Single(ConsentRules.OfPeople(held, [Of("a", one), Of("b", other)])).State;

        Assert.Equal(ConsentState.Given, Together(ConsentState.Sought, ConsentState.Given));
        Assert.Equal(ConsentState.Given, Together(ConsentState.Given, ConsentState.Lapsed));
        Assert.Equal(ConsentState.Withdrawn, Together(ConsentState.Given, ConsentState.Withdrawn));
        Assert.Equal(ConsentState.Refused, Together(ConsentState.Refused, ConsentState.Given));
        Assert.Equal(ConsentState.Sought, Together(ConsentState.Lapsed, ConsentState.Sought));
        Consent[] given = [Of("a", ConsentState.Sought), Of("b", ConsentState.Given, victim: true)];
        var one = Assert.Single(ConsentRules.OfPeople(held, given));
        Assert.Equal(("a", true), (one.Person, one.VictimInformation));
        Assert.Equal(SupportBasis.Consent, ConsentRules.Basis(held.People, [one], null));
        Consent[] back = [Of("a", ConsentState.Withdrawn, victim: true), Of("b", ConsentState.Given)];
        Assert.False(Assert.Single(ConsentRules.OfPeople(held, back)).VictimInformation);
    }

    private static PersonPair Said(string one, string other, PersonPairState state = PersonPairState.OnePerson) =>
        new(one, other, state, "co", Day, state is PersonPairState.Compared or PersonPairState.TakenBack ? null : Shown);

    private static IReadOnlyList<Obstacle> Say(
        IReadOnlyList<PersonPair> pairs,
        PersonPairState to = PersonPairState.OnePerson,
        PersonPairReason reason = PersonPairReason.PaperSeen,
        string by = "co") => PersonPairRules.ToSay(Family, pairs, "a", "b", to, reason, by);
}
