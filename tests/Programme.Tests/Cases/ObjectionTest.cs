using TfFlow.Programme.Agreements;
using TfFlow.Programme.Cases;

namespace TfFlow.Programme.Tests.Cases;

/// <summary>What a person objects to waits until it is decided, and has ended once it is upheld.</summary>
public class ObjectionTest
{
    private static readonly DateOnly Today = new(2026, 3, 2);

    private static readonly Objection Raised = new(ObjectionState.Raised, "f", "p1", [Use.Research, Use.KeyWorker], ObjectionReason.Confidence, Today);

    [Theory]
    [InlineData(ObjectionState.Raised, true)]
    [InlineData(ObjectionState.Upheld, true)]
    [InlineData(ObjectionState.NotUpheld, false)]
    [InlineData(ObjectionState.Withdrawn, false)]
    public void It_stands_from_the_day_it_is_received_until_it_is_not_upheld_or_taken_back(ObjectionState state, bool stands)
    {
        var objection = Raised with { State = state, DecidedOn = state is ObjectionState.Upheld ? Today : null };
        Assert.Equal(stands, objection.StandsAgainst(Use.Research));
        Assert.False(objection.StandsAgainst(Use.Management));

        Assert.Contains(state is ObjectionState.Upheld ? "was upheld on 2026-03-02" : "'tfflow objection decide'", objection.Words, StringComparison.Ordinal);
    }

    [Fact]
    public void It_is_recorded_of_a_member_with_a_reason_and_a_day_and_decided_on_paper()
    {
        Assert.Empty(Raised.ToReceive(["p1"], Today));
        Assert.Single(Raised.ToReceive([], Today));
        Assert.Single((Raised with { Uses = [] }).ToReceive(["p1"], Today));
        Assert.Single((Raised with { Uses = [(Use)99] }).ToReceive(["p1"], Today));
        Assert.Single((Raised with { Reason = default }).ToReceive(["p1"], Today));
        Assert.Single(Raised.ToReceive(["p1"], Today.AddDays(-1)));
        Assert.Empty(Raised.Obstacles(ObjectionState.Upheld, "paper"));
        Assert.Single(Raised.Obstacles(ObjectionState.NotUpheld, ""));
        Assert.Empty(Raised.Obstacles(ObjectionState.Withdrawn, ""));
        Assert.Single((Raised with { State = ObjectionState.NotUpheld }).Obstacles(ObjectionState.Upheld, "paper"));
    }
}
