using TfFlow.Programme.Cases;

namespace TfFlow.Programme.Tests.Cases;

/// <summary>Breaches, suspensions, notices: what seeds/002 §12 and §15 ask.</summary>
public class AgreementCasesTest
{
    private static readonly DateTimeOffset Given = new(2014, 1, 10, 12, 0, 0, TimeSpan.Zero);

    private static readonly Breach Whole = new()
    {
        State = BreachState.Recorded,
        Kind = BreachKind.WrongDisclosure,
        AwareAt = Given,
        Serious = true,
        StaffResponsible = true,
        ProviderToldAt = Given,
        InvestigatedAt = Given,
        DisciplineConsideredAt = Given,
        PoliceConsultedAt = Given,
        CommissionerNotifiedAt = Given,
        LearningCirculatedAt = Given,
    };

    private static readonly Suspension Suspended = new(SuspensionState.InForce, "a", Given, InWriting: true, SeriousBreach: true, "e1", Given.AddDays(14), ["a", "b"]);

    [Fact]
    public void Six_kinds_of_breach_are_named_and_other() => Assert.Equal(7, Enum.GetValues<BreachKind>().Length);

    [Fact]
    public void A_breach_that_has_everything_moves_along_the_table_and_nowhere_else()
    {
        foreach (var (from, to) in Enum.GetValues<BreachState>().SelectMany(from => Enum.GetValues<BreachState>().Select(to => (from, to))))
        {
            Assert.Equal(BreachStates.Transitions.Allows(from, to), (Whole with { State = from }).Obstacles(to).Count == 0);
        }
    }

    [Fact]
    public void A_breach_does_not_move_without_what_is_asked()
    {
        Assert.Single((Whole with { ProviderToldAt = null }).Obstacles(BreachState.ProviderTold));
        var told = Whole with { State = BreachState.ProviderTold };
        Assert.Single((told with { InvestigatedAt = null }).Obstacles(BreachState.Investigated));
        Assert.Single((told with { PoliceConsultedAt = null }).Obstacles(BreachState.Investigated));
        Assert.Single((told with { CommissionerNotifiedAt = null }).Obstacles(BreachState.Investigated));
        Assert.Empty((told with { CommissionerNotifiedAt = null, Serious = false }).Obstacles(BreachState.Investigated));
        var investigated = Whole with { State = BreachState.Investigated };
        Assert.Single((investigated with { LearningCirculatedAt = null }).Obstacles(BreachState.Concluded));
        Assert.Single((investigated with { DisciplineConsideredAt = null }).Obstacles(BreachState.Concluded));
        Assert.Empty((investigated with { DisciplineConsideredAt = null, StaffResponsible = false }).Obstacles(BreachState.Concluded));
    }

    [Fact]
    public void A_serious_breach_goes_to_the_commissioner_in_72_hours()
    {
        Assert.Equal([Given.AddHours(24), Given.AddHours(72)], Whole.Deadlines.Select(deadline => deadline.At));
        Assert.Single((Whole with { Serious = false }).Deadlines);
    }

    [Fact]
    public void A_suspension_is_in_writing_evidenced_and_for_a_serious_breach_of_security()
    {
        Assert.Empty(Suspended.ToBegin());
        Assert.Single((Suspended with { InWriting = false }).ToBegin());
        Assert.Single((Suspended with { Evidence = "" }).ToBegin());
        Assert.Single((Suspended with { SeriousBreach = false }).ToBegin());
    }

    [Fact]
    public void It_meets_within_14_days_and_lapses_after_45() =>
        Assert.Equal([Given, Given.AddDays(14), Given.AddDays(45)], Suspended.Deadlines.Select(deadline => deadline.At));

    [Fact]
    public void The_meetings_panel_is_of_every_signatory()
    {
        Assert.Empty(Suspended.Obstacles(SuspensionState.MeetingHeld, Given.AddDays(14), ["a", "b"]));
        Assert.Contains("c", Assert.Single(Suspended.Obstacles(SuspensionState.MeetingHeld, Given.AddDays(14), ["a", "b", "c"])).What, StringComparison.Ordinal);
        Assert.Single(Suspended.Obstacles(SuspensionState.MeetingHeld, Given.AddDays(13), ["a", "b"]));
        Assert.Single((Suspended with { MeetingAt = null }).Obstacles(SuspensionState.MeetingHeld, Given.AddDays(14), ["a", "b"]));
    }

    [Fact]
    public void It_is_lifted_after_the_meeting_alone_and_lapses_not_before_its_last_moment()
    {
        Assert.NotEmpty(Suspended.Obstacles(SuspensionState.Lifted, Given.AddDays(14), []));
        Assert.Empty((Suspended with { State = SuspensionState.MeetingHeld }).Obstacles(SuspensionState.Lifted, Given.AddDays(14), []));
        Assert.NotEmpty(Suspended.Obstacles(SuspensionState.Lapsed, Given.AddDays(45).AddTicks(-1), []));
        Assert.Empty(Suspended.Obstacles(SuspensionState.Lapsed, Given.AddDays(45), []));
    }

    [Fact]
    public void Leaving_takes_30_days_in_writing_to_all_other_partners()
    {
        LeavingNotice notice = new("a", Given, Given.AddDays(30), InWriting: true, ["b", "c"]);

        Assert.Empty(notice.ToGive(["a", "b", "c"]));
        Assert.Single((notice with { EffectAt = Given.AddDays(30).AddTicks(-1) }).ToGive(["a", "b", "c"]));
        Assert.Single((notice with { InWriting = false }).ToGive(["a", "b", "c"]));
        Assert.Contains("d", Assert.Single(notice.ToGive(["a", "b", "c", "d"])).What, StringComparison.Ordinal);
    }
}
