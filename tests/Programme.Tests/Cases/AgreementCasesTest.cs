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
        Assert.Equal([Given.AddHours(24), Given.AddHours(72), Given.AddDays(30)], Whole.Deadlines.Select(deadline => deadline.At));
        Assert.Equal([Given.AddHours(24), Given.AddDays(30)], (Whole with { Serious = false }).Deadlines.Select(deadline => deadline.At));
    }

    [Fact]
    public void Of_its_deadlines_those_are_open_whose_step_is_not_taken()
    {
        Assert.Empty(Whole.Open);
        Assert.Equal([Given.AddHours(24)], (Whole with { ProviderToldAt = null }).Open.Select(deadline => deadline.At));
        Assert.Equal([Given.AddHours(72), Given.AddDays(30)], (Whole with { CommissionerNotifiedAt = null, LearningCirculatedAt = null }).Open.Select(deadline => deadline.At));
        Assert.Empty((Whole with { CommissionerNotifiedAt = null, Serious = false }).Open);
    }

    [Fact]
    public void A_breach_is_of_a_kind_that_is_named_and_known_since_a_time_that_is_past()
    {
        Assert.Empty(Whole.ToBegin(Given));
        Assert.Single(Whole.ToBegin(Given.AddTicks(-1)));
        Assert.Single((Whole with { AwareAt = default }).ToBegin(Given));
        Assert.Single((Whole with { Kind = default }).ToBegin(Given));
    }

    [Fact]
    public void Each_step_of_a_breach_is_recorded_once_and_in_its_order()
    {
        var told = new Breach { State = BreachState.ProviderTold, Kind = BreachKind.Other, AwareAt = Given, Serious = false, ProviderToldAt = Given };
        Assert.Equal(
            [BreachStep.FoundSerious, BreachStep.PoliceConsulted, BreachStep.CommissionerNotified],
            Enum.GetValues<BreachStep>().Where(step => told.ToRecord(step, Given).Count == 0));

        var breach = told;
        foreach (var step in Enum.GetValues<BreachStep>())
        {
            Assert.Empty(breach.ToRecord(step, Given));
            breach = breach.Record(step, Given, staffResponsible: step is BreachStep.Investigated);
            Assert.Single(breach.ToRecord(step, Given));
        }

        Assert.Equal(Whole with { State = BreachState.Investigated, Kind = BreachKind.Other, OutcomeSettledAt = Given, LearningCirculatedAt = null }, breach);
        Assert.NotEmpty(breach.ToRecord(default, Given));
        Assert.Single((breach with { Serious = false }).ToRecord(BreachStep.FoundSerious, Given));
        Assert.All(Enum.GetValues<BreachStep>(), step => Assert.Single((told with { State = BreachState.Concluded }).ToRecord(step, Given)));
    }

    [Fact]
    public void A_breach_found_serious_after_its_investigation_is_not_concluded_before_the_commissioner_knows()
    {
        var found = Whole with { State = BreachState.Investigated, CommissionerNotifiedAt = null };
        Assert.Single(found.Obstacles(BreachState.Concluded));
        Assert.Single(found.ToRecord(BreachStep.OutcomeSettled, Given));
        Assert.Empty(found.Record(BreachStep.CommissionerNotified, Given, staffResponsible: false).ToRecord(BreachStep.OutcomeSettled, Given));
    }

    [Fact]
    public void Discipline_is_considered_where_the_investigation_found_staff_responsible() =>
        Assert.Single((Whole with { State = BreachState.Investigated, StaffResponsible = false, DisciplineConsideredAt = null }).ToRecord(BreachStep.DisciplineConsidered, Given));

    [Fact]
    public void A_suspension_is_in_writing_evidenced_and_for_a_serious_breach_of_security()
    {
        Assert.Empty(Suspended.ToBegin());
        Assert.Single((Suspended with { InWriting = false }).ToBegin());
        Assert.Single((Suspended with { EvidenceHash = "" }).ToBegin());
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
        Assert.Single((Suspended with { MeetingAt = Given.AddTicks(-1) }).Obstacles(SuspensionState.MeetingHeld, Given.AddDays(14), ["a", "b"]));
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
}
