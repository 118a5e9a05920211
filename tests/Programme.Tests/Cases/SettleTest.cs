using TfFlow.Programme.Cases;

namespace TfFlow.Programme.Tests.Cases;

/// <summary>A case moves on, or ends, with what it rests on.</summary>
public class SettleTest
{
    private static readonly DateOnly Day = new(2026, 1, 5);

    [Theory]
    [InlineData(FamilyCaseState.Invited, ConsentState.Given, ConsentState.Given, FamilyCaseState.Agreed)]
    [InlineData(FamilyCaseState.Invited, ConsentState.Given, ConsentState.Sought, FamilyCaseState.Invited)]
    [InlineData(FamilyCaseState.Invited, ConsentState.Refused, ConsentState.Sought, FamilyCaseState.Invited)]
    [InlineData(FamilyCaseState.Invited, ConsentState.Given, ConsentState.Refused, FamilyCaseState.DidNotTakePart)]
    [InlineData(FamilyCaseState.Invited, ConsentState.Lapsed, ConsentState.Lapsed, FamilyCaseState.DidNotTakePart)]
    [InlineData(FamilyCaseState.Agreed, ConsentState.Given, ConsentState.Withdrawn, FamilyCaseState.DidNotTakePart)]
    [InlineData(FamilyCaseState.Supported, ConsentState.Given, ConsentState.Withdrawn, FamilyCaseState.Withdrawn)]
    [InlineData(FamilyCaseState.Supported, ConsentState.Given, ConsentState.Given, FamilyCaseState.Supported)]
    [InlineData(FamilyCaseState.Completed, ConsentState.Given, ConsentState.Withdrawn, FamilyCaseState.Completed)]
    public void It_follows_from_the_consents(FamilyCaseState from, ConsentState first, ConsentState second, FamilyCaseState to) =>
        Assert.Equal(to, FamilyCaseRules.Settle(Family(from, first, second)));

    [Theory]
    [InlineData(FamilyCaseState.Invited, FamilyCaseState.Agreed)]
    [InlineData(FamilyCaseState.SuitabilityConfirmed, FamilyCaseState.Agreed)]
    [InlineData(FamilyCaseState.Agreed, FamilyCaseState.Agreed)]
    [InlineData(FamilyCaseState.Supported, FamilyCaseState.Supported)]
    [InlineData(FamilyCaseState.PackPrepared, FamilyCaseState.PackPrepared)]
    public void A_duty_stands_for_consent_that_is_not_there(FamilyCaseState from, FamilyCaseState to) =>
        Assert.Equal(to, FamilyCaseRules.Settle(Family(from, ConsentState.Withdrawn, ConsentState.Refused) with { Duty = new("an act", "why", "who", Day) }));

    [Fact]
    public void Nothing_is_done_on_what_a_source_was_not_asked_about()
    {
        var asked = Family(FamilyCaseState.SuitabilityConfirmed, ConsentState.Sought, ConsentState.Sought) with
        {
            InvitedOn = Day,
            Duty = new("an act", "why", "who", Day),
            Currency = [new("police", "exchange", "extract", DateTimeOffset.UnixEpoch)],
        };
        Assert.Equal(FamilyCaseState.SuitabilityConfirmed, FamilyCaseRules.Settle(asked));
        Assert.Contains(FamilyCaseRules.Obstacles(asked, FamilyCaseState.Invited, Day), obstacle => obstacle.Source == "seeds/002 App A, fourth principle");

        var answered = asked with { Currency = [asked.Currency[0] with { AnsweredAt = DateTimeOffset.UnixEpoch, Current = false }] };
        Assert.Equal(FamilyCaseState.Agreed, FamilyCaseRules.Settle(answered));
        Assert.Empty(FamilyCaseRules.Obstacles(answered, FamilyCaseState.Invited, Day));
    }

    private static FamilyCase Family(FamilyCaseState state, ConsentState first, ConsentState second) => new()
    {
        Id = "f",
        State = state,
        Involved = ["a", "b"],
        Consents = [Of("a", first), Of("b", second)],
    };

    private static Consent Of(string person, ConsentState state) => new(person, state, "1", Day, Day, person, false);
}
