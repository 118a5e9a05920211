using TfFlow.Programme.Agreements;
using TfFlow.Programme.Cases;
using static TfFlow.Programme.Cases.FamilyCaseState;

namespace TfFlow.Programme.Tests.Cases;

/// <summary>How a family is worked with: partners, judgements, risk and visits, meetings, victims and witnesses.</summary>
public class PracticeTest
{
    private const string Paper = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";

    private static readonly DateOnly Today = Families.Today;
    private static readonly string[] Organisations = ["police", "school"];

    [Fact]
    public void A_family_that_a_partner_leads_needs_no_consent_and_no_key_worker_and_is_completed_and_reviewed()
    {
        var led = Families.In(Identified) with { Assessment = new(Today, "c", MultiAgency: false, "school"), Consents = [], KeyWorker = null, PackOn = null };
        Assert.Empty(FamilyCaseRules.Obstacles(led, PartnerLed, Today));
        Assert.Empty(FamilyCaseRules.Obstacles(led with { State = PartnerLed }, Completed, Today));
        Assert.Empty(FamilyCaseRules.Obstacles(led with { State = Completed }, OutcomesChecked, Today));
        Assert.Equal(PartnerLed, FamilyCaseRules.Settle(led with { State = PartnerLed }));
        Assert.Equal(new DateOnly(2016, 6, 1), DateOnly.FromDateTime(Assert.Single(FamilyCaseRules.WhileLed(Today)).At.UtcDateTime));
        Assert.NotEmpty(FamilyCaseRules.Obstacles(led with { Assessment = led.Assessment! with { LedBy = null } }, PartnerLed, Today));
    }

    [Fact]
    public void A_pack_is_prepared_whether_a_multi_agency_approach_suits_or_not()
    {
        var single = Families.In(SupportAssessed) with { Assessment = new(Today, "c", MultiAgency: false) };
        Assert.Empty(FamilyCaseRules.Obstacles(single, PackPrepared, Today));
    }

    [Fact]
    public void An_unsuitable_family_is_declined_with_a_reason_and_in_its_time()
    {
        var check = new SuitabilityCheck(Today, "c", LoneWorkerConsidered: true, Suitable: false, Reason: UnsuitableReason.RiskToWorker);
        var declined = Families.In(PackPrepared) with { Suitability = check };
        Assert.Empty(FamilyCaseRules.ToFindUnsuitable(declined));
        Assert.Empty(FamilyCaseRules.ToFindUnsuitable(declined with { State = SuitabilityConfirmed }));
        Assert.Single(FamilyCaseRules.ToFindUnsuitable(declined with { Suitability = check with { Reason = null } }));
        Assert.Single(FamilyCaseRules.ToFindUnsuitable(declined with { Suitability = check with { Reason = (UnsuitableReason)99 } }));
        Assert.Single(FamilyCaseRules.ToFindUnsuitable(declined with { State = Invited }));
    }

    [Fact]
    public void A_risk_makes_a_suitable_family_one_that_is_visited_by_two()
    {
        var flagged = Families.In(PackPrepared) with { Risk = Families.Risk };
        Assert.Contains(FamilyCaseRules.Obstacles(flagged, SuitabilityConfirmed, Today), obstacle => obstacle.What.StartsWith("visits by two", StringComparison.Ordinal));
        Assert.Empty(FamilyCaseRules.Obstacles(flagged with { Suitability = flagged.Suitability! with { ByTwo = true } }, SuitabilityConfirmed, Today));
    }

    [Theory]
    [InlineData("risk", "a", true)]
    [InlineData("risk", "a,a", true)]
    [InlineData("risk", "a,b", false)]
    [InlineData("by two", "a", true)]
    [InlineData("by two", "a,b", false)]
    [InlineData("none", "a", false)]
    [InlineData("none", "", true)]
    public void A_visit_by_one_is_refused_where_there_is_a_risk(string why, string visitors, bool refused)
    {
        var family = Families.In(Supported) with
        {
            Risk = why == "risk" ? Families.Risk : null,
            Suitability = Families.In(Supported).Suitability! with { ByTwo = why == "by two" },
        };
        Assert.Equal(refused, LoneWorkerRules.ToVisit(family, visitors.Split(',', StringSplitOptions.RemoveEmptyEntries), Today).Count > 0);
    }

    [Fact]
    public void Nobody_visits_before_the_final_check_or_after_the_end()
    {
        Assert.Single(LoneWorkerRules.ToVisit(Families.In(PackPrepared), ["a"], Today));
        Assert.Single(LoneWorkerRules.ToVisit(Families.In(Completed), ["a"], Today));
        Assert.Single(LoneWorkerRules.ToVisit(Families.In(Supported), ["a"], new(2014, 2, 11)));
        Assert.Single(LoneWorkerRules.ToVisit(Families.In(Supported), ["a", ""], Today));
    }

    [Fact]
    public void A_risk_has_a_source_and_a_day_and_is_lifted_by_one_that_says_so_later()
    {
        var family = Families.In(Invited) with { EndedOn = null };
        Assert.Empty(LoneWorkerRules.ToFlag(family, "police", Organisations, Today, Today));
        Assert.Empty(LoneWorkerRules.ToFlag(family, "key-worker", Organisations, Today, Today));
        Assert.Single(LoneWorkerRules.ToFlag(family, "somebody", Organisations, Today, Today));
        Assert.Single(LoneWorkerRules.ToFlag(family, "police", Organisations, Today.AddDays(1), Today));
        Assert.Single(LoneWorkerRules.ToFlag(family with { State = DidNotTakePart }, "police", Organisations, Today, Today));
        Assert.Single(LoneWorkerRules.ToLift(family, "police", Organisations, Today, Today));
        var flagged = family with { Risk = Families.Risk };
        Assert.Empty(LoneWorkerRules.ToLift(flagged, "police", Organisations, Today, Today));
        Assert.Single(LoneWorkerRules.ToLift(flagged, "police", Organisations, new(2014, 2, 8), Today));
        Assert.Single(LoneWorkerRules.ToLift(flagged, "somebody", Organisations, Today, Today));
        Assert.True(LoneWorkerRules.IsToldBy(new Dictionary<string, string> { ["subject"] = "risk-to-worker" }));
        Assert.False(LoneWorkerRules.IsToldBy(new Dictionary<string, string> { ["subject"] = "employment" }));
    }

    [Fact]
    public void Organisations_may_be_asked_before_the_invitation_and_what_they_say_has_its_day()
    {
        var family = Families.In(PackPrepared);
        var asked = new Judgement("r", "school", new(2014, 2, 11), "c");
        Assert.Empty(JudgementRules.ToAsk(family, [], "school", Organisations, Today, Today));
        Assert.Empty(JudgementRules.ToAsk(family, [asked with { SaidOn = Today }], "school", Organisations, Today, Today));
        Assert.Single(JudgementRules.ToAsk(family, [asked], "school", Organisations, Today, Today));
        Assert.Single(JudgementRules.ToAsk(family, [], "somebody", Organisations, Today, Today));
        Assert.Single(JudgementRules.ToAsk(family with { State = Invited }, [], "school", Organisations, Today, Today));
        Assert.Empty(JudgementRules.ToRecord(family, asked, Today, "steady", Today));
        Assert.Single(JudgementRules.ToRecord(family, null, Today, "steady", Today));
        Assert.Single(JudgementRules.ToRecord(family, asked with { SaidOn = Today }, Today, "steady", Today));
        Assert.Single(JudgementRules.ToRecord(family, asked, new(2014, 2, 10), "steady", Today));
        Assert.Single(JudgementRules.ToRecord(family, asked, Today, "", Today));
        Assert.Single(JudgementRules.ToRecord(family, asked, Today, new('x', JudgementRules.MaxLength + 1), Today));
        Assert.Empty(FamilyCaseRules.Obstacles(family, SuitabilityConfirmed, Today));
    }

    [Fact]
    public void Who_has_not_signed_sits_at_a_meeting_as_a_guest_under_the_joint_action_groups_agreement_alone()
    {
        var family = Families.In(Supported);
        var guest = new MeetingGuest("housing-trust", Today, Paper);
        var meeting = new TeamMeeting("", Today, "", ["police"], [guest], [new(InformationKind.Support, ["police", "housing-trust"])]);
        string[] signatories = ["police", "school"];
        int Count(TeamMeeting held, FamilyCase? of = null) => TeamMeetingRules.ToHold(of ?? family, held, signatories, Today).Count;

        Assert.Equal(0, Count(meeting));
        Assert.Equal(1, Count(meeting with { Guests = [guest with { PaperSha256 = "" }] }));
        Assert.Equal(1, Count(meeting with { Guests = [guest with { SignedOn = Today.AddDays(1) }] }));
        Assert.Equal(1, Count(meeting with { Parties = ["police", "dwp"] }));
        Assert.Equal(1, Count(meeting with { Guests = [guest, guest with { Organisation = "school" }] }));
        Assert.Equal(1, Count(meeting with { Guests = [guest, guest with { Organisation = "Mrs Example" }] }));
        Assert.Equal(1, Count(meeting with { Shared = [new(InformationKind.Support, ["dwp"])] }));
        Assert.Equal(1, Count(meeting with { Shared = [new((InformationKind)99, ["police"])] }));
        Assert.Equal(1, Count(meeting with { On = Today.AddDays(1), Guests = [], Shared = [] }));
        Assert.Equal(1, Count(meeting with { Parties = [], Guests = [], Shared = [] }));
        Assert.Equal(1, Count(meeting with { Parties = ["police", "police"] }));
        Assert.Equal(1, Count(meeting, family with { State = Invited }));
        Assert.Equal(1, Count(meeting, family with { Consents = [] }));
    }

    [Theory]
    [InlineData("victim", "p1", true, true)]
    [InlineData("witness", "p1", true, true)]
    [InlineData("victim", "p1", false, false)]
    [InlineData("victim", "p2", true, false)]
    [InlineData("victim", "", true, false)]
    [InlineData("perpetrator", "p1", false, true)]
    [InlineData("", "", false, true)]
    public void What_is_about_a_victim_or_witness_is_read_with_that_very_persons_consent_alone(string role, string person, bool agreed, bool readable)
    {
        var fields = new Dictionary<string, string> { [SubjectRoles.Column] = role };
        Consent[] consents = [Families.Given("p1") with { VictimInformation = agreed }, Families.Given("p2")];
        Assert.Equal(readable, ConsentRules.MayRead(fields, person, consents));
        Assert.Equal(readable && role is "perpetrator" or "", ConsentRules.MayRead(fields, person, [consents[0] with { State = ConsentState.Withdrawn }]));
    }

    [Fact]
    public void Agreement_to_what_is_known_of_a_victim_is_sought_beside_consent_and_taken_back_alone()
    {
        var consent = Families.Given("p1");
        Assert.Empty(ConsentRules.ToChangeVictimInformation(consent, given: true, Today, Today));
        Assert.Single(ConsentRules.ToChangeVictimInformation(consent, given: false, Today, Today));
        Assert.Empty(ConsentRules.ToChangeVictimInformation(consent with { VictimInformation = true }, given: false, Today, Today));
        Assert.Single(ConsentRules.ToChangeVictimInformation(consent with { VictimInformation = true }, given: true, Today, Today));
        Assert.Single(ConsentRules.ToChangeVictimInformation(consent, given: true, Today.AddDays(1), Today));
        Assert.Single(ConsentRules.ToChangeVictimInformation(consent, given: true, new(2014, 2, 13), Today));
        Assert.Single(ConsentRules.ToChangeVictimInformation(consent with { State = ConsentState.Withdrawn }, given: true, Today, Today));
        Assert.Single(ConsentRules.ToChangeVictimInformation(null, given: true, Today, Today));
    }

    [Fact]
    public void A_common_assessment_shows_what_is_known_with_its_source_and_leaves_the_rest_to_the_key_worker()
    {
        var page = new CommonAssessment(
            "c1",
            Today,
            [new("Edith <b>Example</b>", new(1990, 2, 3), "1 Wharf Street")],
            ["Children not attending school"],
            [new("police", new(2015, 5, 1), "incidents", [("summary", "Noise & shouting")])],
            Withheld: 2).ToHtml();
        Assert.Contains("Edith &lt;b&gt;Example&lt;/b&gt;", page, StringComparison.Ordinal);
        Assert.Contains("<td>police</td><td>1 May 2015</td><td>incidents</td><td>summary: Noise &amp; shouting</td>", page, StringComparison.Ordinal);
        Assert.Contains("2 not shown", page, StringComparison.Ordinal);
        Assert.Contains("<h2>What the family says itself</h2><div class=\"blank\"></div>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
    }
}
