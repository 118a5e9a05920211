using TfFlow.Programme.Cases;
using TfFlow.Programme.Outcomes;
using static TfFlow.Programme.Cases.FamilyCaseState;

namespace TfFlow.Programme.Tests.Cases;

public class FamilyCaseRulesTest
{
    private static readonly DateOnly Today = Families.Today;

    [Fact]
    public void A_family_with_everything_moves_along_the_table_and_nowhere_else()
    {
        foreach (var (from, to) in Enum.GetValues<FamilyCaseState>().SelectMany(from => Enum.GetValues<FamilyCaseState>().Select(to => (from, to))))
        {
            // Agreed without an invitation rests on a duty.
            var assessment = Families.In(from).Assessment! with { LedBy = "a-school" };
            var family = Families.In(from) with { Assessment = assessment, Consents = from == SuitabilityConfirmed && to == Agreed ? [] : Families.In(from).Consents, Duty = Families.Duty };

            Assert.True(FamilyCaseStates.Transitions.Allows(from, to) == (FamilyCaseRules.Obstacles(family, to, Today).Count == 0), $"{from} → {to}");
        }
    }

    public static TheoryData<string, FamilyCaseState, FamilyCaseState, string> Without => new()
    {
        { "assessment", Identified, SupportAssessed, "seeds/002 §4.3.1" },
        { "assessment", SupportAssessed, PackPrepared, "seeds/002 §4.3.1" },
        { "partner", Identified, PartnerLed, "seeds/002 §4.3.2" },
        { "pack", SupportAssessed, PackPrepared, "seeds/001 3 Final suitability" },
        { "suitability", PackPrepared, SuitabilityConfirmed, "seeds/001 3 Final suitability" },
        { "unsuitable", PackPrepared, SuitabilityConfirmed, "seeds/001 3 Final suitability" },
        { "lone worker", PackPrepared, SuitabilityConfirmed, "seeds/001 3 Final suitability" },
        { "a risk and one visitor", PackPrepared, SuitabilityConfirmed, "seeds/001 3 Final suitability" },
        { "invitation", SuitabilityConfirmed, Invited, "seeds/001 3 Final suitability" },
        { "one consent", Invited, Agreed, "seeds/001 Legal gateway, Consent" },
        { "one consent", Agreed, Supported, "seeds/001 Legal gateway, Consent" },
        { "one withdrawn", Agreed, Supported, "seeds/001 Legal gateway, Consent" },
        { "nobody involved", Agreed, Supported, "seeds/001 Legal gateway, Consent" },
        { "key worker", Agreed, Supported, "seeds/002 §4.3.2" },
        { "end", Supported, Completed, "seeds/001 3 Final suitability" },
        { "end", Supported, Withdrawn, "seeds/001 3 Final suitability" },
        { "marker off", Completed, OutcomesChecked, "seeds/001 3 Final suitability (the markers will be removed)" },
        { "outcomes", Completed, OutcomesChecked, "seeds/001 Significant and sustained progress" },
        { "outcomes not shown a day early", Completed, OutcomesChecked, "seeds/001 Measuring Success" },
        { "cost a day early", OutcomesChecked, Reviewed, "seeds/001 Cost Saving calculator" },
        { "review", OutcomesChecked, Reviewed, "seeds/002 §10" },
        { "review", Withdrawn, Reviewed, "seeds/002 §10" },
        { "marker off", Withdrawn, Reviewed, "seeds/001 3 Final suitability (the markers will be removed)" },
        { "further risk", Reviewed, Erasing, "seeds/002 §10" },
        { "marker off", Reviewed, Erasing, "seeds/001 3 Final suitability (the markers will be removed)" },
        { "marker off", Completed, Identified, "seeds/001 3 Final suitability (the markers will be removed)" },
        { "marker off", Withdrawn, Identified, "seeds/001 3 Final suitability (the markers will be removed)" },
        { "marker off", DidNotTakePart, Erasing, "seeds/001 3 Final suitability (the markers will be removed)" },
    };

    [Theory]
    [MemberData(nameof(Without))]
    public void Without_what_a_move_needs_it_is_not_made_and_the_line_that_asks_is_named(string without, FamilyCaseState from, FamilyCaseState to, string source)
    {
        var family = Families.In(from);
        family = without switch
        {
            "assessment" => family with { Assessment = null },
            "partner" => family with { Assessment = family.Assessment! with { LedBy = null } },
            "pack" => family with { PackOn = null },
            "suitability" => family with { Suitability = null },
            "unsuitable" => family with { Suitability = family.Suitability! with { Suitable = false } },
            "lone worker" => family with { Suitability = family.Suitability! with { LoneWorkerConsidered = false } },
            "a risk and one visitor" => family with { Risk = Families.Risk },
            "invitation" => family with { InvitedOn = null },
            "one consent" => family with { Consents = [Families.Given("p1")] },
            "one withdrawn" => family with { Consents = [Families.Given("p1"), Families.Withdrawn("p2")] },
            "nobody involved" => family with { Involved = [] },
            "key worker" => family with { KeyWorker = null },
            "end" => family with { EndedOn = null },
            "marker off" => family with { Marker = MarkerStanding.Removing },
            "outcomes" => family with { Outcome = null },
            "outcomes not shown a day early" => family with { Outcome = OutcomeResult.NotShown, EndedOn = new(2014, 6, 2) },
            "cost a day early" => family with { EndedOn = new(2014, 6, 2) },
            "review" => family with { Review = null },
            _ => family with { Review = family.Review! with { FurtherRisk = true } },
        };

        Assert.Contains(source, FamilyCaseRules.Obstacles(family, to, Today).Select(obstacle => obstacle.Source));
    }

    [Fact]
    public void A_duty_stands_in_for_consent_and_only_a_duty_spares_the_invitation()
    {
        var dutyAlone = Families.In(SuitabilityConfirmed) with { Consents = [], Duty = Families.Duty };

        Assert.Empty(FamilyCaseRules.Obstacles(dutyAlone, Agreed, Today));
        Assert.Empty(FamilyCaseRules.Obstacles(dutyAlone with { State = Agreed }, Supported, Today));
        Assert.NotEmpty(FamilyCaseRules.Obstacles(Families.In(SuitabilityConfirmed), Agreed, Today));
    }

    [Fact]
    public void What_is_shown_decides_at_once_and_what_is_not_a_year_after_the_end()
    {
        var family = Families.In(Completed) with { EndedOn = Today.AddDays(-1) };

        Assert.Empty(FamilyCaseRules.Obstacles(family, OutcomesChecked, Today));
        Assert.Empty(FamilyCaseRules.Obstacles(family with { Outcome = OutcomeResult.Employment }, OutcomesChecked, Today));
        Assert.NotEmpty(FamilyCaseRules.Obstacles(family with { Outcome = OutcomeResult.NotShown }, OutcomesChecked, Today));
        Assert.Empty(FamilyCaseRules.Obstacles(family with { Outcome = OutcomeResult.NotShown, EndedOn = Today.AddYears(-1) }, OutcomesChecked, Today));
    }

    [Fact]
    public void Support_ends_when_its_basis_does()
    {
        var family = Families.In(Supported) with { Consents = [Families.Given("p1"), Families.Withdrawn("p2")] };

        Assert.True(FamilyCaseRules.MustEnd(family));
        Assert.False(FamilyCaseRules.MustEnd(family with { Duty = Families.Duty }));
        Assert.False(FamilyCaseRules.MustEnd(Families.In(Supported)));
        Assert.False(FamilyCaseRules.MustEnd(family with { State = Completed }));
    }

    [Fact]
    public void After_completion_the_cost_is_compared_in_a_year_and_the_case_reviewed_within_twelve_months()
    {
        var deadlines = FamilyCaseRules.AfterEnd(new(2014, 2, 28), Completed);

        Assert.Equal([new(2015, 2, 28), new(2015, 2, 28)], deadlines.Select(deadline => DateOnly.FromDateTime(deadline.At.UtcDateTime)));
        Assert.Single(FamilyCaseRules.AfterEnd(new(2014, 2, 28), Withdrawn));
    }
}
