using FsCheck;
using FsCheck.Fluent;
using TfFlow.Programme.Cases;

namespace TfFlow.Programme.Tests.Cases;

public class MarkerRulesTest
{
    private static readonly DateTimeOffset Sent = new(2014, 3, 3, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_marker_is_set_on_everyones_signed_consent_and_an_active_key_worker()
    {
        var family = Families.In(FamilyCaseState.Supported);

        Assert.Empty(MarkerRules.ToSet(family));
        Assert.NotEmpty(MarkerRules.ToSet(family with { Consents = [Families.Given("p1")] }));
        Assert.NotEmpty(MarkerRules.ToSet(family with { KeyWorker = null }));
        Assert.NotEmpty(MarkerRules.ToSet(family with { Marker = MarkerStanding.On }));
        Assert.All(Enum.GetValues<FamilyCaseState>().Where(state => state != FamilyCaseState.Supported), state => Assert.NotEmpty(MarkerRules.ToSet(Families.In(state))));
    }

    [Fact]
    public void A_duty_alone_never_sets_one() =>
        Assert.Contains(MarkerRules.ToSet(Families.In(FamilyCaseState.Supported) with { Consents = [], Duty = Families.Duty }), obstacle => obstacle.What.Contains("duty alone", StringComparison.Ordinal));

    [Theory]
    [InlineData(MarkerStanding.On, true)]
    [InlineData(MarkerStanding.Setting, true)]
    [InlineData(MarkerStanding.Removing, false)]
    [InlineData(MarkerStanding.Off, false)]
    public void The_sweep_finds_every_marker_that_is_or_may_be_there_without_a_live_case(MarkerStanding marker, bool found)
    {
        FamilyCase[] dead =
        [
            Families.In(FamilyCaseState.Completed) with { Marker = marker },
            Families.In(FamilyCaseState.Withdrawn) with { Marker = marker },
            Families.In(FamilyCaseState.Supported) with { Marker = marker, Consents = [Families.Given("p1"), Families.Withdrawn("p2")] },
            Families.In(FamilyCaseState.Supported) with { Marker = marker, Consents = [], Duty = Families.Duty },
        ];

        Assert.All(dead, family => Assert.Equal(found, MarkerRules.Sweep([family]).Count == 1));
        Assert.Empty(MarkerRules.Sweep([Families.In(FamilyCaseState.Supported) with { Marker = marker }]));
    }

    [Fact]
    public void Without_a_confirmation_it_is_asked_for_and_then_escalated()
    {
        MarkerChange change = new("c1", MarkerAction.Remove, MarkerChangeState.Sent, Sent);

        Assert.Equal((MarkerChangeState.Chased, Sent.AddDays(3)), MarkerRules.Next(change, new()));
        Assert.Equal((MarkerChangeState.Escalated, Sent.AddDays(10)), MarkerRules.Next(change with { State = MarkerChangeState.Chased }, new()));
        Assert.Null(MarkerRules.Next(change with { State = MarkerChangeState.Escalated }, new()));
        Assert.Null(MarkerRules.Next(change with { State = MarkerChangeState.Confirmed }, new()));
        Assert.Null(MarkerRules.Next(new("c1", MarkerAction.Set, MarkerChangeState.Instructed, null), new()));
    }

    [Fact]
    public void A_removal_is_never_overtaken()
    {
        foreach (var state in new[] { MarkerChangeState.Instructed, MarkerChangeState.Sent, MarkerChangeState.Chased, MarkerChangeState.Escalated })
        {
            Assert.NotEmpty(MarkerRules.Obstacles(new("c1", MarkerAction.Remove, state, Sent), MarkerChangeState.Overtaken));
            Assert.Empty(MarkerRules.Obstacles(new("c1", MarkerAction.Set, state, Sent), MarkerChangeState.Overtaken));
        }
    }

    [Fact]
    public void An_instruction_is_sent_at_a_time()
    {
        Assert.NotEmpty(MarkerRules.Obstacles(new("c1", MarkerAction.Set, MarkerChangeState.Instructed, null), MarkerChangeState.Sent));
        Assert.Empty(MarkerRules.Obstacles(new("c1", MarkerAction.Set, MarkerChangeState.Instructed, Sent), MarkerChangeState.Sent));
    }

    [Theory]
    [InlineData(MarkerAction.Set, MarkerChangeState.Instructed, MarkerChangeState.Sent, MarkerStanding.Setting)]
    [InlineData(MarkerAction.Set, MarkerChangeState.Sent, MarkerChangeState.Confirmed, MarkerStanding.On)]
    [InlineData(MarkerAction.Set, MarkerChangeState.Instructed, MarkerChangeState.Overtaken, MarkerStanding.Off)]
    [InlineData(MarkerAction.Set, MarkerChangeState.Sent, MarkerChangeState.Overtaken, MarkerStanding.Setting)]
    [InlineData(MarkerAction.Set, MarkerChangeState.Escalated, MarkerChangeState.Overtaken, MarkerStanding.Setting)]
    [InlineData(MarkerAction.Remove, MarkerChangeState.Instructed, MarkerChangeState.Sent, MarkerStanding.Removing)]
    [InlineData(MarkerAction.Remove, MarkerChangeState.Sent, MarkerChangeState.Confirmed, MarkerStanding.Off)]
    public void What_the_police_may_show_follows_from_the_instruction(MarkerAction action, MarkerChangeState from, MarkerChangeState to, MarkerStanding after) =>
        Assert.Equal(after, MarkerRules.After(action == MarkerAction.Set ? MarkerStanding.Off : MarkerStanding.On, action, from, to));

    [Fact]
    public void Whatever_happens_in_whatever_order_a_marker_the_police_hold_is_never_taken_for_none() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(500),
        Prop.ForAll(Gen.Choose(0, 5).ArrayOf().ToArbitrary(), acts =>
        {
            var world = new World();
            foreach (var act in acts)
            {
                world.Do(act);
                Assert.True(!world.PoliceHold || world.Family.Marker != MarkerStanding.Off);
            }

            // Consent goes, then everybody does what is asked of them: nothing is left.
            world.Withdraw();
            for (var i = 0; i < 6; i++)
            {
                world.Sweep();
                world.Send();
                world.Confirm();
            }

            Assert.Equal((false, MarkerStanding.Off), (world.PoliceHold, world.Family.Marker));
        }));

    /// <summary>One family, the instructions about it, and police who carry out what they receive, in order, and confirm when they like.</summary>
    private sealed class World
    {
        private readonly Queue<int> received = new();
        private readonly List<MarkerChange> changes = [];

        public FamilyCase Family { get; private set; } = Families.In(FamilyCaseState.Supported);

        public bool PoliceHold { get; private set; }

        public void Do(int act)
        {
            Action[] acts = [Set, Send, Confirm, Withdraw, Consent, Sweep];
            acts[act]();
        }

        public void Withdraw()
        {
            Family = Family with { Consents = [Families.Given("p1"), Families.Withdrawn("p2")] };
            foreach (var (i, change) in changes.Index().Where(change => change.Item.Action == MarkerAction.Set && change.Item.State is MarkerChangeState.Instructed or MarkerChangeState.Sent).ToArray())
            {
                Move(i, MarkerChangeState.Overtaken);
            }
        }

        public void Sweep()
        {
            if (MarkerRules.Sweep([Family]).Count > 0)
            {
                Instruct(MarkerAction.Remove);
            }
        }

        public void Send()
        {
            var i = changes.FindIndex(change => change.State == MarkerChangeState.Instructed);
            if (i >= 0)
            {
                changes[i] = changes[i] with { SentAt = Sent };
                Move(i, MarkerChangeState.Sent);
                received.Enqueue(i);
            }
        }

        public void Confirm()
        {
            if (received.TryDequeue(out var i))
            {
                PoliceHold = changes[i].Action == MarkerAction.Set;
                if (MarkerRules.Obstacles(changes[i], MarkerChangeState.Confirmed).Count == 0)
                {
                    Move(i, MarkerChangeState.Confirmed);
                }
            }
        }

        private void Set()
        {
            if (MarkerRules.ToSet(Family).Count == 0)
            {
                Instruct(MarkerAction.Set);
            }
        }

        private void Consent() => Family = Family with { Consents = [Families.Given("p1"), Families.Given("p2")] };

        private void Instruct(MarkerAction action)
        {
            changes.Add(new("c1", action, MarkerChangeState.Instructed, null));
            Family = Family with { Marker = action == MarkerAction.Set ? MarkerStanding.Setting : MarkerStanding.Removing };
        }

        private void Move(int i, MarkerChangeState to)
        {
            Assert.Empty(MarkerRules.Obstacles(changes[i], to));
            Family = Family with { Marker = MarkerRules.After(Family.Marker, changes[i].Action, changes[i].State, to) };
            changes[i] = changes[i] with { State = to };
        }
    }
}
