using TfFlow.Programme.Agreements;
using TfFlow.Programme.Cases;
using TfFlow.Programme.Extracts.Quality;

namespace TfFlow.Programme.Tests.Agreements;

public sealed class AgreementGateTest
{
    private static readonly DateTimeOffset Now = new(2025, 10, 10, 9, 0, 0, TimeSpan.Zero);
    private static readonly AgreementGate Gate = new(AgreementCatalogue.Shipped);

    private static GateRequest Intake => new()
    {
        Act = GateAct.Intake,
        Exchange = "leicestershire-2",
        Agency = "leicestershire-police",
        At = Now,
        Notices = [],
        Means = Means.SealedDrop,
        Judgement = new("disclosure-officer", Now.AddDays(-1), "reviewed case by case with the coordinator"),
    };

    private static GateRequest Disclosure => new()
    {
        Act = GateAct.Disclosure,
        Exchange = "leicestershire-7",
        Agency = "leicester-city",
        Recipient = "leicestershire-police",
        At = Now,
        Notices = [],
        Means = Means.SealedDrop,
        Use = Use.KeyWorker,
        Families = FamilyStanding.Allocated,
    };

    private static GateRequest Opening => new()
    {
        Act = GateAct.Opening,
        Exchange = "leicestershire-2",
        Agency = "leicester-city",
        At = Now,
        Notices = [],
        Use = Use.Identification,
    };

    [Fact]
    public void An_allowed_intake_names_agreement_version_exchange_basis_purpose_and_uses()
    {
        var decision = Gate.Check(Intake);
        Assert.True(decision.Allowed, decision.Words);
        Assert.Equal(("leicestershire", "2025-09-01", "leicestershire-2"), (decision.Agreement, decision.Version, decision.Exchange.Text));
        Assert.Contains("Crime and Disorder Act 1998 s115", decision.Basis, StringComparison.Ordinal);
        Assert.Contains("UK GDPR Art 6(1)(e)", decision.Basis, StringComparison.Ordinal);
        Assert.Contains("DPA 2018 Sch 1", decision.Basis, StringComparison.Ordinal);
        Assert.DoesNotContain("1998 Sch 2", decision.Basis, StringComparison.Ordinal);
        Assert.Contains("DPA 1998 Sch 2", Gate.Check(Intake with { At = new(2014, 10, 10, 9, 0, 0, TimeSpan.Zero), Means = Means.SecureEmail }).Basis, StringComparison.Ordinal);
        Assert.Contains("prevention of crime", decision.Basis, StringComparison.Ordinal);
        Assert.Equal([Use.Identification, Use.Baseline], decision.Uses);
        Assert.Contains("Effective identification of families", decision.Purpose, StringComparison.Ordinal);
        Assert.Contains("Effective measurement of progress", decision.Purpose, StringComparison.Ordinal);
        Assert.DoesNotContain("key worker", decision.Purpose, StringComparison.Ordinal);
        Assert.Empty(decision.Warnings);
        Assert.Null(decision.Grant);
        Assert.Equal("gate.allowed", decision.Code);
    }

    [Fact]
    public void An_allowed_disclosure_carries_a_grant()
    {
        var grant = Gate.Check(Disclosure).Grant;
        Assert.NotNull(grant);
        Assert.Equal(("leicestershire", "2025-09-01", "leicestershire-7"), (grant.Agreement, grant.Version, grant.Exchange.Text));
        Assert.Equal(("leicester-city", "leicestershire-police", Use.KeyWorker, Now), (grant.From.Text, grant.To.Text, grant.Use, grant.At));
        Assert.NotEmpty(grant.Basis);
        Assert.NotEmpty(grant.Purpose);
    }

    [Fact]
    public void Nothing_but_the_gate_can_mint_a_grant()
    {
        Assert.Empty(typeof(DisclosureGrant).GetConstructors());
        var minting = typeof(AgreementGate).Assembly.GetTypes()
            .SelectMany(type => type.GetMethods(System.Reflection.BindingFlags.Instance | System.Reflection.BindingFlags.Static | System.Reflection.BindingFlags.Public | System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.DeclaredOnly))
            .Where(Mints).Select(method => method.DeclaringType);
        Assert.Equal([typeof(AgreementGate)], minting);
    }

    [Fact]
    public void An_unknown_exchange_is_refused() => Refused(Intake with { Exchange = "leicestershire-19" }, GateOutcome.UnknownExchange, "leicestershire-19");

    [Fact]
    public void An_agreement_that_has_not_begun_is_refused() =>
        Refused(Intake with { At = new(2013, 10, 13, 23, 0, 0, TimeSpan.Zero) }, GateOutcome.NotYetBegun, "2013-10-14");

    [Theory]
    [InlineData("2024-12-31", GateOutcome.NotYetBegun)]
    [InlineData("2025-01-01", GateOutcome.Allowed)]
    [InlineData("2025-10-10", GateOutcome.Allowed)]
    [InlineData("2025-10-11", GateOutcome.Ended)]
    public void An_agreement_is_in_force_from_its_first_day_to_its_last(string day, GateOutcome outcome)
    {
        var catalogue = Trial.Catalogue(("owner: An owner", "owner: An owner\nends: 2025-10-10"));
        var at = DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal(outcome, new AgreementGate(catalogue).Check(Trial.Intake with { At = new(at, new(9, 0), TimeSpan.Zero) }).Outcome);
        Assert.Equal(outcome is GateOutcome.Allowed, catalogue.InForce(at).Any());
    }

    [Fact]
    public void An_agreement_that_has_ended_is_refused()
    {
        var request = Opening with { Exchange = "bristol-households", Agency = "bristol" };
        Allowed(request with { At = new(2020, 3, 31, 23, 0, 0, TimeSpan.Zero) });
        Refused(request with { At = new(2020, 4, 1, 0, 0, 0, TimeSpan.Zero) }, GateOutcome.Ended, "2020-03-31");
        Allowed(request); // taken up again in 2025
    }

    [Fact]
    public void A_terminated_agreement_is_refused_from_the_day_the_notice_takes_effect()
    {
        var notice = AgreementNotice.Terminate("leicestershire", "leicester-city", Now);
        Allowed(Intake with { Notices = [notice], At = Now.AddDays(30).AddTicks(-1) });
        Refused(Intake with { Notices = [notice], At = Now.AddDays(30) }, GateOutcome.Terminated, "leicester-city");
        Allowed(Intake with { Notices = [notice with { Agreement = "bristol", From = Now }] });
    }

    [Fact]
    public void A_suspension_holds_at_once_and_for_45_days()
    {
        var notice = AgreementNotice.Suspend("leicestershire", "lpt", Now);
        Allowed(Intake with { Notices = [notice], At = Now.AddTicks(-1) });
        foreach (var request in new[] { Intake, Disclosure, Opening, Opening with { Act = GateAct.Retention, Use = null } })
        {
            Refused(request with { Notices = [notice] }, GateOutcome.Suspended, "lpt");
            Refused(request with { Notices = [notice], At = Now.AddDays(45).AddTicks(-1) }, GateOutcome.Suspended, "2025-11-24");
            Allowed(request with { Notices = [notice], At = Now.AddDays(45) });
        }

        Refused(Intake with { Notices = [notice with { Until = null }], At = Now.AddDays(1000) }, GateOutcome.Suspended, "lpt.");
    }

    [Theory]
    [InlineData(GateAct.MarkerRemoval)]
    [InlineData(GateAct.BreachNotice)]
    [InlineData(GateAct.Erasure)]
    [InlineData(GateAct.RightsReply)]
    public void Markers_off_breach_notices_erasure_and_replies_go_through_whatever_stands(GateAct act)
    {
        var request = Opening with { Act = act, Use = null };
        Allowed(request with { Notices = [AgreementNotice.Suspend("leicestershire", "lpt", Now)] });
        Allowed(request with { Notices = [AgreementNotice.Terminate("leicestershire", "lpt", Now.AddDays(-31))] });
        Allowed(request with { Exchange = "bristol-households", Agency = "bristol", At = new(2021, 1, 1, 0, 0, 0, TimeSpan.Zero) });
    }

    [Fact]
    public void A_marker_is_taken_off_under_a_suspended_agreement_by_those_who_set_it_and_nobody_else()
    {
        var request = Opening with
        {
            Act = GateAct.MarkerRemoval,
            Exchange = "bristol-markers",
            Agency = "bristol",
            Recipient = "avon-somerset-police",
            Use = Use.Management,
            Notices = [AgreementNotice.Suspend("bristol", "bristol", Now)],
        };
        var grant = Gate.Check(request).Grant!;
        Assert.Equal(("bristol-markers", "bristol", "avon-somerset-police"), (grant.Exchange.Text, grant.From.Text, grant.To.Text));
        Refused(request with { Recipient = "dwp" }, GateOutcome.WrongRecipient, "dwp");
        Refused(request with { Agency = "leicester-city" }, GateOutcome.WrongSubmitter, "leicester-city");
        Assert.Null(Gate.Check(request with { Recipient = null }).Grant);
    }

    [Fact]
    public void Who_withdrew_is_refused_and_the_others_are_not()
    {
        var notice = AgreementNotice.Withdraw("leicestershire", "leicestershire-police", Now.AddDays(-30));
        Refused(Intake with { Notices = [notice] }, GateOutcome.Withdrawn, "leicestershire-police");
        Refused(Disclosure with { Notices = [notice] }, GateOutcome.Withdrawn, "leicestershire-police");
        Allowed(Intake with { Notices = [notice], At = Now.AddTicks(-1) });
        Allowed(Intake with { Notices = [notice], Exchange = "leicestershire-3", Agency = "probation" });
    }

    [Fact]
    public void Only_the_senders_of_the_row_send_it()
    {
        Refused(Intake with { Agency = "leicester-city" }, GateOutcome.WrongSubmitter, "leicestershire-police");
        Refused(Intake with { Agency = "womens-aid" }, GateOutcome.WrongSubmitter, "womens-aid");
        Refused(Disclosure with { Agency = "lpt" }, GateOutcome.WrongSubmitter, "rutland");
    }

    [Fact]
    public void Only_the_receivers_of_the_row_hold_it()
    {
        Refused(Opening with { Agency = "rutland" }, GateOutcome.WrongHolder, "leicester-city");
        Refused(Opening with { Agency = "leicestershire-police" }, GateOutcome.WrongHolder, "leicester-city");
    }

    [Fact]
    public void Only_the_receivers_of_the_row_are_sent_it()
    {
        Refused(Disclosure with { Recipient = "dwp" }, GateOutcome.WrongRecipient, "dwp");
        Refused(Disclosure with { Recipient = null }, GateOutcome.WrongRecipient, "no recipient");
        Refused(Disclosure with { Exchange = "leicestershire-18", Recipient = "womens-aid" }, GateOutcome.WrongRecipient, "nobody yet");
    }

    [Fact]
    public void Who_has_not_signed_is_no_party()
    {
        // Blaby signed on 30 January 2014 (the one signature page of the seed).
        var request = Opening with { Exchange = "leicestershire-8", Agency = "blaby", Act = GateAct.Intake, Use = null, Means = Means.AccessedInSystem };
        Refused(request with { At = new(2014, 1, 29, 12, 0, 0, TimeSpan.Zero) }, GateOutcome.NotSigned, "Blaby District Council");
        Allowed(request with { At = new(2014, 1, 30, 12, 0, 0, TimeSpan.Zero) });

        var catalogue = Trial.Catalogue(("signed: 2025-01-01, tier_1_signed: 2025-01-01 # sender", "signed: 2025-01-01, tier_1_signed:"));
        Refused(Trial.Intake, GateOutcome.NotSigned, "Sender", catalogue);
        catalogue = Trial.Catalogue(("signed: 2025-01-01, tier_1_signed: 2025-01-01 # receiver", "signed:, tier_1_signed: 2025-01-01"));
        Refused(Trial.Disclosure, GateOutcome.NotSigned, "Receiver", catalogue);
        Refused(Trial.Opening, GateOutcome.NotSigned, "Receiver", catalogue);
        Allowed(Trial.Intake, catalogue);
    }

    [Theory]
    [InlineData("gateways: [A gateway]", "gateways: []", "a gateway")]
    [InlineData("uk_gdpr_6: A condition", "uk_gdpr_6:", "Article 6")]
    [InlineData("uk_gdpr_9_or_10: Another condition", "uk_gdpr_9_or_10:", "Article 9 or 10")]
    [InlineData("dpa_2018: A third condition", "dpa_2018:", "Schedule 1")]
    [InlineData("article_8: A ground", "article_8:", "Article 8")]
    [InlineData("basis: b, signed", "signed", "a gateway")]
    public void A_sender_without_a_condition_is_refused(string line, string changed, string missing)
    {
        var catalogue = Trial.Catalogue((line, changed));
        Refused(Trial.Intake, GateOutcome.ConditionMissing, missing, catalogue);
        Refused(Trial.Disclosure, GateOutcome.ConditionMissing, missing, catalogue);
        Allowed(Trial.Opening, catalogue);
    }

    [Theory]
    [InlineData("schedule_2: A condition", "", "Schedule 2")]
    [InlineData("schedule_3: Another condition", "", "Schedule 3")]
    [InlineData("article_8: A ground", "", "Article 8")]
    public void An_agreement_in_force_before_25_May_2018_is_judged_by_the_Act_of_1998(string line, string changed, string missing)
    {
        const string Before = "schedule_2: A condition\n    schedule_3: Another condition";
        (string, string)[] old =
        [
            ("in_force_from: 2025-01-01", "in_force_from: 2018-05-24"), ("uk_gdpr_6: A condition", Before), ("    uk_gdpr_9_or_10: Another condition\n", ""), ("    dpa_2018: A third condition\n", ""),
        ];
        Allowed(Trial.Intake, Trial.Catalogue(old));
        Refused(Trial.Intake, GateOutcome.ConditionMissing, missing, Trial.Catalogue([.. old, (line, changed)]));
        Refused(Trial.Intake, GateOutcome.ConditionMissing, "UK GDPR Article 6", Trial.Catalogue([("in_force_from: 2025-01-01", "in_force_from: 2018-05-25"), .. old[1..]]));
    }

    [Fact]
    public void Every_condition_that_is_missing_is_named_at_once()
    {
        var words = new AgreementGate(Trial.Catalogue(
            ("uk_gdpr_6: A condition", "uk_gdpr_6:"), ("dpa_2018: A third condition", "dpa_2018:"), ("article_8: A ground", "article_8:"))).Check(Trial.Intake).Words;
        Assert.Contains("(uk_gdpr_6); a Data Protection Act 2018 Schedule 1 condition for sensitive data (dpa_2018); an Article 8 ground (article_8) are missing", words, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("uk_gdpr_6: A condition", "uk_gdpr_6: \"DPA 1998 Sch 2 para 6\"", "'uk_gdpr_6' is a condition of today's law, and names the Data Protection Act 1998")]
    [InlineData("dpa_2018: A third condition", "dpa_2018: Data Protection Act 1998 Schedule 3", "'dpa_2018' is a condition of today's law")]
    [InlineData("uk_gdpr_6: A condition", "uk_gdpr_6: A condition\n    schedule_2: UK GDPR Art 6(1)(e)", "'schedule_2' is a condition of the Data Protection Act 1998, and names an act of today")]
    public void A_condition_of_the_other_law_is_a_fault_of_its_line(string line, string changed, string fault) =>
        Assert.Contains(fault, Assert.Throws<Programme.Documents.DocumentException>(() => Trial.Catalogue((line, changed))).Message, StringComparison.Ordinal);

    [Fact]
    public void A_condition_for_sensitive_data_is_for_sensitive_data_only()
    {
        (string, string)[] none = [("uk_gdpr_9_or_10: Another condition", "uk_gdpr_9_or_10:"), ("dpa_2018: A third condition", "dpa_2018:")];
        Refused(Trial.Intake, GateOutcome.ConditionMissing, "Article 9 or 10", Trial.Catalogue(none));
        Allowed(Trial.Intake, Trial.Catalogue([.. none, ("dataset: benefits", "dataset: families")]));
    }

    [Fact]
    public void Explicit_consent_needs_no_Schedule_condition_beside_it() =>
        Allowed(Trial.Intake, Trial.Catalogue(("uk_gdpr_9_or_10: Another condition", "uk_gdpr_9_or_10: UK GDPR Art 9(2)(a)"), ("dpa_2018: A third condition", "dpa_2018:")));

    [Fact]
    public void Only_a_receiver_of_the_row_takes_it_in()
    {
        var request = Intake with { Exchange = "leicestershire-5", Agency = "leicestershire-yos" };
        Allowed(request with { Recipient = "leicestershire-county" });
        Refused(request with { Recipient = "leicester-city" }, GateOutcome.OtherReceiver, "leicestershire-5 goes to leicestershire-county, and this is the deployment of leicester-city");
        Refused(Intake with { Recipient = "leicester-city", Notices = [AgreementNotice.Withdraw("leicestershire", "leicester-city", Now.AddDays(-30))] }, GateOutcome.Withdrawn, "leicester-city withdrew");
        Refused(Trial.Intake with { Recipient = "receiver" }, GateOutcome.NotSigned, "Receiver", Trial.Catalogue(("signed: 2025-01-01, tier_1_signed: 2025-01-01 # receiver", "signed:, tier_1_signed: 2025-01-01")));
    }

    [Fact]
    public void What_is_for_a_study_enters_a_studys_deployment_and_nothing_else_does()
    {
        var submission = Intake with { Exchange = "nis-submission", Agency = "hackney", Recipient = "niesr" };
        Allowed(submission with { Study = true });
        Refused(submission with { Study = false }, GateOutcome.OtherDeployment, "a study's deployment");
        Refused(Intake with { Study = true }, GateOutcome.OtherDeployment, "an authority's deployment");
    }

    [Fact]
    public void What_has_no_line_of_retention_is_refused_and_what_has_one_is_told_it()
    {
        Refused(Trial.Intake, GateOutcome.NoRetention, "how long", Trial.Catalogue(("class: unmatched", "class: not-meeting")));
        var term = new AgreementGate(Trial.Catalogue(("period: P0D", "period: P3M"))).Check(Trial.Intake).Retention!;
        Assert.Equal(new DateTimeOffset(2026, 1, 11, 0, 0, 0, TimeSpan.Zero), term.Due);
        Assert.Equal("trial@2025-01-01, trial-1, r: erased 3 months after it was received (ours)", term.Quote);
    }

    [Fact]
    public void What_came_for_the_key_worker_is_invisible_to_matching()
    {
        foreach (var exchange in AgreementCatalogue.Shipped.Versions.SelectMany(agreement => agreement.Exchanges.Where(exchange => exchange.Uses.All(use => use is Use.KeyWorker or Use.Management) && exchange.To.Count > 0)))
        {
            Refused(
                new GateRequest { Act = GateAct.Opening, Exchange = exchange.Id, Agency = exchange.To[0], At = Now, Notices = [], Use = Use.Identification, Families = FamilyStanding.Allocated },
                GateOutcome.UseNotAgreed, "not for identification");
        }
    }

    [Fact]
    public void A_use_beyond_the_exchange_is_refused_and_an_unnamed_one_too()
    {
        Allowed(Opening with { Use = Use.Baseline });
        Refused(Opening with { Use = Use.KeyWorker }, GateOutcome.UseNotAgreed, "identification, baseline");
        Refused(Opening with { Use = Use.Research }, GateOutcome.UseNotAgreed, "research");
        Refused(Opening with { Use = null }, GateOutcome.UseNotNamed, "opened");
        Refused(Disclosure with { Use = null }, GateOutcome.UseNotNamed, "disclosed");
        Allowed(Opening with { Act = GateAct.Retention, Use = null });
    }

    [Fact]
    public void A_named_use_narrows_the_decision()
    {
        var decision = Gate.Check(Opening);
        Assert.Equal([Use.Identification], decision.Uses);
        Assert.DoesNotContain("measurement", decision.Purpose, StringComparison.Ordinal);
    }

    [Fact]
    public void Exchanges_about_some_families_are_for_those_only()
    {
        Refused(Disclosure with { Families = null }, GateOutcome.OutOfScope, "meet the criteria");
        Allowed(Disclosure with { Families = FamilyStanding.MeetsCriteria });
        var allocated = Opening with { Exchange = "leicestershire-6", Use = Use.Management };
        Refused(allocated with { Families = FamilyStanding.MeetsCriteria }, GateOutcome.OutOfScope, "allocated a key worker");
        Refused(allocated, GateOutcome.OutOfScope, "allocated a key worker");
        Allowed(allocated with { Families = FamilyStanding.Allocated });
        Allowed(allocated with { Act = GateAct.Retention, Use = null });
    }

    [Fact]
    public void Means_that_are_not_agreed_are_refused()
    {
        Refused(Intake with { Means = Means.PlainDrop }, GateOutcome.MeansNotAgreed, "secure-email, sealed-drop");
        Refused(Intake with { Means = null }, GateOutcome.MeansNotNamed, "means");
        Refused(Disclosure with { Means = Means.InternalTransfer }, GateOutcome.MeansNotAgreed, "internal-transfer");

        // The agreement of 2013 knows no drops.
        Refused(Intake with { At = new(2014, 6, 1, 0, 0, 0, TimeSpan.Zero) }, GateOutcome.MeansNotAgreed, "leicestershire@2013-10-14");
        Allowed(Intake with { At = new(2014, 6, 1, 0, 0, 0, TimeSpan.Zero), Means = Means.SecureEmail });
    }

    [Theory]
    [InlineData("leicestershire-12", "dwp")]
    [InlineData("leicestershire-15", "working-links")]
    public void A_blank_means_is_refused_until_agreed(string exchange, string agency) =>
        Refused(Intake with { Exchange = exchange, Agency = agency }, GateOutcome.MeansNotSettled, exchange);

    [Fact]
    public void What_is_unsettled_is_refused_until_agreed() =>
        Refused(Intake with { Exchange = "leicestershire-9", Means = Means.SecureEmail }, GateOutcome.NotSettled, "? Brief details? Staff contacts");

    [Fact]
    public void A_batch_without_its_senders_judgement_is_refused()
    {
        Refused(Intake with { Judgement = null }, GateOutcome.JudgementMissing, "who judged");
        Refused(Intake with { Judgement = new("disclosure-officer", Now, "") }, GateOutcome.JudgementMissing, "on what basis");
        Allowed(Intake with { Exchange = "leicestershire-3", Agency = "probation", Judgement = null });
    }

    [Theory]
    [InlineData("leicestershire-3", "probation", "2025-10-01", false)] // monthly: again in the same month
    [InlineData("leicestershire-3", "probation", "2025-09-30", true)] // the next month
    [InlineData("leicestershire-2", "leicestershire-police", "2025-10-09", true)] // blank: never early
    [InlineData("leicestershire-6", "leicestershire-police", "2025-10-10", true)] // as required: never early
    [InlineData("leicestershire-10", "leicestershire-county", "2025-09-01", false)] // termly
    [InlineData("leicestershire-10", "leicestershire-county", "2025-08-12", false)]
    [InlineData("leicestershire-10", "leicestershire-county", "2025-08-11", true)]
    [InlineData("leicestershire-3", "probation", "2024-10-09", true)] // the same month of another year
    [InlineData("dwp-programmes", "dwp", "2025-10-06", false)] // weekly
    [InlineData("dwp-programmes", "dwp", "2025-10-05", true)]
    [InlineData("bristol-attendance", "bristol", "2025-10-10", false)] // daily
    [InlineData("bristol-attendance", "bristol", "2025-10-09", true)]
    [InlineData("nis-submission", "hackney", "2025-09-01", false)] // once
    public void A_file_that_comes_again_too_soon_is_refused_unless_it_corrects(string exchange, string agency, string last, bool allowed)
    {
        var request = Intake with { Exchange = exchange, Agency = agency, LastAccepted = new(DateOnly.Parse(last, System.Globalization.CultureInfo.InvariantCulture), default, TimeSpan.Zero) };
        if (allowed)
        {
            Allowed(request);
        }
        else
        {
            Refused(request, GateOutcome.OutOfFrequency, last);
        }

        Allowed(request with { Correction = true });
        Allowed(request with { LastAccepted = null });
    }

    [Theory]
    [InlineData("[oak-primary, elm-primary]", "oak-primary", GateOutcome.Allowed, "Allowed by")]
    [InlineData("[oak-primary, elm-primary]", "", GateOutcome.OrganisationNotNamed, "say for which this file is (oak-primary, elm-primary)")]
    [InlineData("[oak-primary, elm-primary]", "ash-primary", GateOutcome.OrganisationNotListed, "does not list that organisation among those that sender submits for")]
    [InlineData("[]", "", GateOutcome.Allowed, "Allowed by")]
    [InlineData("[]", "ash-primary", GateOutcome.OrganisationNotListed, "lists no organisations that sender submits for")]
    public void A_file_is_for_an_organisation_that_the_agreement_lists(string organisations, string organisation, GateOutcome outcome, string words)
    {
        var gate = new AgreementGate(Trial.Catalogue(("name: Sender", $"name: Sender, organisations: {organisations}")));
        var decision = gate.Check(Trial.Intake with { Organisation = organisation });
        Assert.Equal(outcome, decision.Outcome);
        Assert.Contains(words, decision.Words, StringComparison.Ordinal);
        Assert.DoesNotContain("ash", decision.Words, StringComparison.Ordinal);
    }

    [Fact]
    public void A_monthly_file_at_the_end_of_a_month_does_not_bar_the_next_months()
    {
        var request = Intake with { Exchange = "leicestershire-3", Agency = "probation", LastAccepted = new(2025, 10, 1, 9, 0, 0, TimeSpan.Zero) };
        Allowed(request with { At = new(2025, 10, 22, 0, 0, 0, TimeSpan.Zero) });
        Refused(request with { At = new(2025, 10, 21, 23, 0, 0, TimeSpan.Zero) }, GateOutcome.OutOfFrequency, "2025-10-01");
    }

    [Fact]
    public void A_source_is_used_once_its_profile_is_filed_where_the_agreement_asks_for_it()
    {
        var census = Intake with { Exchange = "bristol-baseline-census", Agency = "bristol", FirstUse = true };
        Refused(census, GateOutcome.DiscoveryMissing, "tfflow profile FILE --dataset school-census");
        Allowed(census with { Profile = Profile(located: 90) });
        Allowed(census with { FirstUse = false });
        Allowed(Intake with { FirstUse = true }); // nothing of it in seeds/002
    }

    [Fact]
    public void A_source_whose_filed_profile_is_too_poor_is_not_used()
    {
        var police = Intake with { FirstUse = true, Profile = Profile(located: 10) };
        Refused(police, GateOutcome.DiscoveryPoor, "at least 50 % of the rows with the address of a household; here 10 %");
        Allowed(police with { FirstUse = false });
        Allowed(police with { Profile = Profile(located: 50) });
    }

    [Fact]
    public void Past_its_review_an_agreement_warns_and_goes_on()
    {
        var decision = Allowed(Intake with { At = new(2014, 10, 15, 0, 0, 0, TimeSpan.Zero), Means = Means.SecureEmail });
        Assert.Equal(["leicestershire@2013-10-14 was due for review on 2014-10-14."], decision.Warnings);
        Assert.Empty(Gate.Check(Intake with { At = new(2014, 10, 14, 0, 0, 0, TimeSpan.Zero), Means = Means.SecureEmail }).Warnings);
    }

    [Fact]
    public void Onward_disclosure_needs_a_ground_in_writing()
    {
        var request = Opening with { Act = GateAct.OnwardDisclosure, Recipient = "ofsted" };
        Refused(request, GateOutcome.OnwardNotAllowed, "written consent");
        Refused(request with { Onward = new(OnwardKind.WrittenConsent, "") }, GateOutcome.OnwardNotAllowed, "written consent");
        Refused(request with { Onward = new(OnwardKind.WrittenConsent, "entry"), Recipient = null }, GateOutcome.WrongRecipient, "whom");
        Refused(request with { Onward = new(OnwardKind.WrittenConsent, "entry"), Use = null }, GateOutcome.UseNotNamed, "which use");
        Refused(request with { Onward = new(OnwardKind.WrittenConsent, "entry"), Agency = "rutland" }, GateOutcome.WrongHolder, "rutland");

        // What is named must stand in the register: for this exchange, this recipient, this day.
        AgreementNotice entry = new("", NoticeKind.OnwardDisclosure, default, Now.AddDays(-1), null) { Reference = "entry", Exchange = request.Exchange, Recipient = "ofsted", Scope = "statutory-obligation" };
        request = request with { Onward = new(OnwardKind.StatutoryObligation, "entry"), Use = Use.Management };
        Refused(request, GateOutcome.OnwardNotAllowed, "tfflow register record onward-disclosure");
        Refused(request with { Notices = [entry with { Recipient = "another" }] }, GateOutcome.OnwardNotAllowed, "written consent");
        Refused(request with { Notices = [entry with { Exchange = "leicestershire-1a" }] }, GateOutcome.OnwardNotAllowed, "written consent");
        Refused(request with { Notices = [entry with { Until = Now }] }, GateOutcome.OnwardNotAllowed, "written consent");
        Refused(request with { Notices = [entry with { Reference = "other" }] }, GateOutcome.OnwardNotAllowed, "written consent");
        var decision = Allowed(request with { Notices = [entry] });
        Assert.StartsWith("statutory-obligation: entry; ", decision.Basis, StringComparison.Ordinal);
        Assert.Equal("ofsted", decision.Grant!.To);
    }

    [Fact]
    public void Onward_disclosure_under_another_agreement_asks_that_agreement()
    {
        var request = Opening with { Act = GateAct.OnwardDisclosure, Recipient = "leicestershire-police", Means = Means.SealedDrop, Use = Use.KeyWorker, Families = FamilyStanding.Allocated };
        Allowed(request with { Onward = new(OnwardKind.OtherAgreement, "leicestershire-7") });
        Refused(request with { Onward = new(OnwardKind.OtherAgreement, "leicestershire-13") }, GateOutcome.OnwardNotAllowed, "leicestershire-13");
    }

    [Fact]
    public void Every_refusal_has_a_code_and_words_of_its_own()
    {
        var outcomes = Enum.GetValues<GateOutcome>();
        Assert.Equal(outcomes.Length, outcomes.Select(outcome => new GateDecision { Outcome = outcome, Words = "", Exchange = "" }.Code).Distinct().Count());
    }

    private static QualityProfile Profile(double located) =>
        new("any", new(2025, 10, 1), Rows: 100, new Dictionary<string, double>(), Validity: 100, Uniqueness: 100, located, Age: null);

    private static GateDecision Allowed(GateRequest request, AgreementCatalogue? catalogue = null)
    {
        var decision = (catalogue is null ? Gate : new AgreementGate(catalogue)).Check(request);
        Assert.True(decision.Allowed, $"{decision.Code}: {decision.Words}");
        return decision;
    }

    [Fact]
    public void What_a_person_objects_to_is_refused_while_the_objection_stands()
    {
        var objection = new Objection(ObjectionState.Raised, "f", "p", [Use.Identification], ObjectionReason.Confidence, new(2025, 10, 1));
        Refused(Opening with { Objections = [objection] }, GateOutcome.Objected, "objected to this use on 2025-10-01; until that is decided");
        Refused(
            Opening with { Objections = [objection with { State = ObjectionState.Upheld, DecidedOn = new(2025, 10, 9) }] }, GateOutcome.Objected, "upheld on 2025-10-09");
        Assert.True(Gate.Check(Opening with { Objections = [objection with { State = ObjectionState.NotUpheld }] }).Allowed);
    }

    [Fact]
    public void Nothing_of_which_people_are_told_first_goes_out_before_all_of_them_were_told()
    {
        var release = Disclosure with
        {
            Exchange = "nis-submission",
            Agency = "hackney",
            Recipient = "niesr",
            Use = Use.Research,
            At = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero),
            Notices = [new("", NoticeKind.NamedPerson, "niesr", new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero), Until: null) { Cleared = true }],
        };
        Refused(release with { Notices = [] }, GateOutcome.StaffNotCleared, "named and passed a security check");
        Refused(release, GateOutcome.NotTold, "once everybody it names was told");
        Refused(release with { Untold = ["f1", "f2"] }, GateOutcome.NotTold, "Not told yet is somebody of f1, f2.");
        Assert.True(Gate.Check(release with { Untold = [] }).Allowed);

        // The version before did not ask for it.
        Assert.True(Gate.Check(release with { At = new(2025, 10, 1, 9, 0, 0, TimeSpan.Zero) }).Allowed);
    }

    private static void Refused(GateRequest request, GateOutcome outcome, string words, AgreementCatalogue? catalogue = null)
    {
        var decision = (catalogue is null ? Gate : new AgreementGate(catalogue)).Check(request);
        Assert.Equal(outcome, decision.Outcome);
        Assert.False(decision.Allowed);
        Assert.Contains(words, decision.Words, StringComparison.Ordinal);
        Assert.Null(decision.Grant);
    }

    // Calls or news up the grant: its constructor's token stands in the method's body after newobj (0x73).
    private static bool Mints(System.Reflection.MethodInfo method)
    {
        var constructor = typeof(DisclosureGrant).GetConstructors(System.Reflection.BindingFlags.Instance | System.Reflection.BindingFlags.NonPublic).Single();
        return method.GetMethodBody()?.GetILAsByteArray() is { } il
            && il.AsSpan().IndexOf((ReadOnlySpan<byte>)[0x73, .. BitConverter.GetBytes(constructor.MetadataToken)]) >= 0;
    }
}
