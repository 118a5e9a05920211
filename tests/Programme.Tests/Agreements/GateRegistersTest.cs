using TfFlow.Programme.Agreements;

namespace TfFlow.Programme.Tests.Agreements;

/// <summary>What the gate refuses because a register says so, or says nothing where a document asks for it. A document that asks for nothing is refused nothing.</summary>
public class GateRegistersTest
{
    private static readonly DateTimeOffset Now = Trial.Intake.At;

    private static readonly AgreementNotice Any = new("trial", NoticeKind.Order, default, Now.AddDays(-1), Now.AddDays(1)) { Exchange = "trial-1", Account = "a.smith" };

    [Fact]
    public void An_order_of_the_commissioner_closes_what_it_names_and_never_what_must_go_through()
    {
        var order = Any with { Exchange = default, Until = null, Scope = "cease", Reference = "o" };
        foreach (var request in (GateRequest[])[Trial.Intake, Trial.Opening, Trial.Disclosure])
        {
            Refused(request, GateOutcome.Ordered, order);
            Refused(request, GateOutcome.Ordered, order with { Exchange = "trial-1" });
            Allowed(request, order with { Exchange = "trial-2" });
            Allowed(request, order with { Agreement = "another" });
            Allowed(request, order with { From = Now.AddTicks(1) });
            Allowed(request, order with { Until = Now });

            // A processing is changed: the use that is forbidden, and what serves no other.
            Refused(request, GateOutcome.Ordered, order with { Scope = "identification" });
            Allowed(request, order with { Scope = "baseline" });
        }

        foreach (var act in (GateAct[])[GateAct.Erasure, GateAct.RightsReply, GateAct.BreachNotice, GateAct.MarkerRemoval])
        {
            Allowed(Trial.Intake with { Act = act }, order);
        }
    }

    [Fact]
    public void A_table_is_used_once_the_leads_of_both_sides_agreed_to_that_version()
    {
        var catalogue = Trial.Catalogue(("tier_1: The", "table_agreed_by_leads: true\ntier_1: The"));
        AgreementNotice By(string party, string version = "2025-01-01") => Any with { Kind = NoticeKind.TableAgreement, By = party, Version = version, Exchange = default };
        var intake = Trial.Intake with { Recipient = "receiver" };
        Refused(intake, GateOutcome.TableNotAgreed, catalogue);
        Refused(intake, GateOutcome.TableNotAgreed, catalogue, By("sender"));
        Refused(intake, GateOutcome.TableNotAgreed, catalogue, By("sender"), By("receiver", "2024-01-01"));
        Allowed(intake, catalogue, By("sender"), By("receiver"));
        Allowed(intake with { DocumentsAlone = true }, catalogue);
        Allowed(intake);
    }

    [Fact]
    public void A_source_and_its_use_in_the_database_are_approved_apart()
    {
        var catalogue = Trial.Catalogue(("how_often: monthly", "asset_owner: true\n    how_often: monthly"));
        var approval = Any with { Kind = NoticeKind.AssetApproval, Agreement = "", Scope = "source" };
        Refused(Trial.Intake, GateOutcome.ApprovalMissing, catalogue);
        Allowed(Trial.Intake, catalogue, approval);
        Refused(Trial.Intake, GateOutcome.ApprovalMissing, catalogue, approval with { Until = Now });
        Refused(Trial.Intake, GateOutcome.ApprovalMissing, catalogue, approval with { Exchange = "trial-2" });
        Refused(Trial.Opening, GateOutcome.ApprovalMissing, catalogue, approval);
        Allowed(Trial.Opening, catalogue, approval with { Scope = "database" });
        Allowed(Trial.Disclosure, catalogue);
    }

    [Fact]
    public void Who_is_not_named_or_whose_entry_has_lapsed_cannot_send_take_in_or_match()
    {
        var catalogue = Trial.Catalogue(("how_often: monthly", "named: true\n    how_often: monthly"), ("means: [sealed-drop]", "means: [sealed-drop, secure-email]"));
        AgreementNotice Named(string party, string scope) => Any with { Kind = NoticeKind.NamedPerson, Agreement = "", By = party, Scope = scope };
        var drop = Trial.Intake with { Account = "A.Smith", Recipient = "receiver" };
        Refused(drop, GateOutcome.NotNamed, catalogue);
        Allowed(drop, catalogue, Named("sender", "share"));
        Refused(drop, GateOutcome.NotNamed, catalogue, Named("sender", "share") with { Until = Now });
        Refused(drop, GateOutcome.NotNamed, catalogue, Named("sender", "match"));
        Refused(drop, GateOutcome.NotNamed, catalogue, Named("receiver", "share"));
        Refused(drop with { Account = "b.jones" }, GateOutcome.NotNamed, catalogue, Named("sender", "share"));
        var taken = drop with { Means = Means.SecureEmail };
        Refused(taken, GateOutcome.NotNamed, catalogue, Named("sender", "share"));
        Allowed(taken, catalogue, Named("receiver", "process"));
        var round = Trial.Opening with { Account = "a.smith" };
        Refused(round, GateOutcome.NotNamed, catalogue, Named("receiver", "process"));
        Allowed(round, catalogue, Named("receiver", "match"));

        // Where nobody in person acts, nobody is asked for.
        Allowed(Trial.Intake, catalogue);
        Allowed(drop);
    }

    [Fact]
    public void Nothing_goes_to_or_from_a_processor_without_its_contract()
    {
        var catalogue = Trial.Catalogue(("signed: 2025-01-01, tier_1_signed: 2025-01-01 # receiver", "kind: processor, contract: true, signed: 2025-01-01, tier_1_signed: 2025-01-01 # receiver"));
        var contract = Any with { Kind = NoticeKind.ProcessorContract, By = "receiver", Exchange = default };
        Refused(Trial.Disclosure, GateOutcome.ContractMissing, catalogue);
        Refused(Trial.Opening, GateOutcome.ContractMissing, catalogue);
        Refused(Trial.Disclosure, GateOutcome.ContractMissing, catalogue, contract with { By = "sender" });
        Refused(Trial.Disclosure, GateOutcome.ContractMissing, catalogue, contract with { Until = Now });
        Allowed(Trial.Disclosure, catalogue, contract);
        Allowed(Trial.Opening, catalogue, contract);
    }

    [Fact]
    public void A_party_whose_staff_is_cleared_is_given_nothing_before_somebody_is()
    {
        var catalogue = Trial.Catalogue(("signed: 2025-01-01, tier_1_signed: 2025-01-01 # receiver", "cleared_staff: true, signed: 2025-01-01, tier_1_signed: 2025-01-01 # receiver"));
        var person = Any with { Kind = NoticeKind.NamedPerson, By = "receiver", Cleared = true };
        Refused(Trial.Disclosure, GateOutcome.StaffNotCleared, catalogue);
        Refused(Trial.Disclosure, GateOutcome.StaffNotCleared, catalogue, person with { Cleared = false });
        Refused(Trial.Disclosure, GateOutcome.StaffNotCleared, catalogue, person with { By = "sender" });
        Allowed(Trial.Disclosure, catalogue, person);
        Allowed(Trial.Intake, catalogue);
    }

    [Fact]
    public void For_another_purpose_police_data_needs_the_chief_officer()
    {
        var catalogue = Trial.Catalogue(("signed: 2025-01-01, tier_1_signed: 2025-01-01 # sender", "chief_officer: true, signed: 2025-01-01, tier_1_signed: 2025-01-01 # sender"));
        var leave = Any with { Kind = NoticeKind.OnwardDisclosure, Agreement = "", Reference = "entry", Recipient = "ofsted", Scope = "written-consent" };
        var onward = Trial.Opening with { Act = GateAct.OnwardDisclosure, Recipient = "ofsted", Onward = new(OnwardKind.WrittenConsent, "entry") };
        Allowed(onward, catalogue, leave);
        Refused(onward with { Use = Use.Management }, GateOutcome.OnwardNotAllowed, catalogue, leave);
        Allowed(onward with { Use = Use.Management }, catalogue, leave with { Scope = "chief-officer" });
        Allowed(onward with { Use = Use.Management }, leave);
    }

    [Fact]
    public void A_review_sets_the_day_of_the_next_and_what_it_found_wanting_is_said_with_every_decision()
    {
        var late = Trial.Intake with { At = new(2026, 2, 1, 0, 0, 0, TimeSpan.Zero) };
        var review = Any with { Kind = NoticeKind.Review, Until = null, ReviewOn = new(2027, 1, 1), Answers = [true, true, true] };
        Assert.Contains("was due for review on 2026-01-01", Assert.Single(Allowed(late).Warnings), StringComparison.Ordinal);
        Assert.Empty(Allowed(late, review).Warnings);
        Assert.Contains("was due for review on 2027-01-01", Assert.Single(Allowed(late with { At = new(2027, 1, 2, 0, 0, 0, TimeSpan.Zero) }, review).Warnings), StringComparison.Ordinal);
        Assert.Contains("answered a question with no", Assert.Single(Allowed(late, review with { Answers = [true, false, true] }).Warnings), StringComparison.Ordinal);
    }

    private static GateDecision Allowed(GateRequest request, params AgreementNotice[] notices) => Allowed(request, Trial.Catalogue(), notices);

    private static GateDecision Allowed(GateRequest request, AgreementCatalogue catalogue, params AgreementNotice[] notices)
    {
        var decision = new AgreementGate(catalogue).Check(request with { Notices = notices });
        Assert.True(decision.Allowed, $"{decision.Code}: {decision.Words}");
        return decision;
    }

    private static void Refused(GateRequest request, GateOutcome outcome, params AgreementNotice[] notices) => Refused(request, outcome, Trial.Catalogue(), notices);

    private static void Refused(GateRequest request, GateOutcome outcome, AgreementCatalogue catalogue, params AgreementNotice[] notices)
    {
        var decision = new AgreementGate(catalogue).Check(request with { Notices = notices });
        Assert.Equal(outcome, decision.Outcome);
        Assert.NotEmpty(decision.Words);
    }
}
