namespace TfFlow.Programme.Tests.RulesPage;

/// <param name="Words">The rule, in a line.</param>
/// <param name="Source">The line of the source documents, or ours.</param>
/// <param name="File">The file that carries it, from the root.</param>
/// <param name="Text">What is written there.</param>
/// <param name="Test">The test that proves it, <c>Class.Method</c>.</param>
internal sealed record RegisteredRule(string Section, string Words, string Source, string File, string Text, string Test);

/// <summary>Rules that no list of the code names one by one: deadlines, uses, terms. Whoever builds one adds its line.</summary>
internal static class Register
{
    private const string Agreements = "functions/Programme/Agreements/";
    private const string Leicestershire = Agreements + "Documents/leicestershire-2013-10-14.yaml";
    private const string Bristol = Agreements + "Documents/bristol-2015-04-13.yaml";
    private const string Notice = Agreements + "AgreementNotice.cs";
    private const string Cases = "functions/Programme/Cases/";
    private const string Programmes = "functions/Programme/Eligibility/Programmes/";
    private const string Checks = Agreements + "GateChecks.cs";

    /// <summary>The tests that prove the exclusions agreements word, by their ids.</summary>
    public static IReadOnlyDictionary<string, string> Clauses { get; } = new Dictionary<string, string>
    {
        ["victims"] = "RowRulesTest.Victims_and_witnesses_come_only_with_consent_and_complainants_never",
        ["informal-disposals"] = "CodeValidatorTest.What_is_never_accepted_has_its_own_refusal",
        ["unlisted"] = "ExtractReaderTest.Unlisted_columns_are_placed_and_not_named",
        ["marking"] = "AgreementGateTest.A_marking_above_the_ceiling_is_refused",
        ["lists"] = "AgreementGateTest.A_batch_without_its_senders_judgement_is_refused",
        ["other-purposes"] = "AgreementGateTest.A_use_beyond_the_exchange_is_refused_and_an_unnamed_one_too",
        ["onward"] = "AgreementGateTest.Onward_disclosure_needs_a_ground_in_writing",
        ["adoption"] = "ExtractReaderTest.Columns_never_accepted_are_told_by_their_own_rule",
        ["case-notes"] = "ExtractReaderTest.Columns_never_accepted_are_told_by_their_own_rule",
        ["staff-proceedings"] = "ExtractReaderTest.Columns_never_accepted_are_told_by_their_own_rule",
        ["outside-eea"] = "TemplateTest.Data_stays_in_the_United_Kingdom",
        ["schedules"] = "RowRulesTest.A_row_past_its_own_agencys_schedule_is_refused",
        ["withheld"] = "ExtractReaderTest.Withheld_columns_are_refused_and_not_missed",
        ["no-return"] = "OtherExchangesTest.No_authority_can_hold_what_a_department_returns",
        ["identifiers"] = "ShippedAgreementsTest.What_a_department_returns_has_no_identity",
    };

    /// <summary>The tests that prove a rule of the rule book, by its code, where the one that is most about it is not found by its words.</summary>
    public static IReadOnlyDictionary<string, string> Proofs { get; } = new Dictionary<string, string>
    {
        ["cell.blank"] = "ExtractReaderTest.Every_fault_of_a_row_is_told_at_once",
        ["row.duplicate"] = "ExtractReaderTest.A_record_comes_once_and_a_refused_one_does_not_stand_in_its_way",
        ["source.workbook"] = "PrepareExportsTest.A_workbook_with_titles_mixed_dates_and_a_total_becomes_an_extract_of_the_sheet_that_fits",
        ["source.other-sheets"] = "PrepareExportsTest.Sheets_with_the_same_headers_are_told_and_another_is_read_by_its_number",
        ["source.two-header-rows"] = "SourcesTest.An_export_is_read_whatever_it_looks_like_and_what_it_was_is_told",
        ["source.merged"] = "PrepareExportsTest.Cells_merged_over_several_rows_have_their_value_in_each_and_titles_stay_titles",
        ["source.hidden-row"] = "PrepareExportsTest.A_hidden_sheet_and_hidden_rows_are_read_and_told",
        ["source.dates-1904"] = "PrepareExportsTest.Days_are_counted_from_where_the_workbook_says",
        ["never.complainant"] = "RowRulesTest.Victims_and_witnesses_come_only_with_consent_and_complainants_never",
    };

    public static IReadOnlyList<RegisteredRule> Rules { get; } =
    [
        new("Deadlines", "A suspension lasts 45 days", "seeds/002 §15", Notice, "SuspensionDays = 45", "AgreementGateTest.A_suspension_holds_at_once_and_for_45_days"),
        new("Deadlines", "The resolution meeting is within 14 days of a suspension", "seeds/002 §15", Notice, "MeetingDays = 14", "AgreementNoticeTest.The_days_of_the_agreement_are_these"),
        new("Deadlines", "Withdrawal takes at least 30 days' notice", "seeds/002 §15", Notice, "NoticeDays = 30", "AgreementGateTest.Who_withdrew_is_refused_and_the_others_are_not"),
        new("Deadlines", "Termination takes at least 30 days' notice", "seeds/002 §15", Notice, "AgreementNotice Terminate(", "AgreementGateTest.A_terminated_agreement_is_refused_from_the_day_the_notice_takes_effect"),
        new("Deadlines", "Leicestershire: review after 12 months, then every five years", "seeds/002 §14 and head", Leicestershire, "every_months: 60", "AgreementNoticeTest.Reviews_are_due_as_the_documents_say"),
        new("Deadlines", "Bristol: review every year, on three questions", "seeds/001 Review date", Bristol, "every_months: 12", "AgreementNoticeTest.Reviews_are_due_as_the_documents_say"),
        new("Deadlines", "The programme of 2012 concludes in May 2015", "seeds/000 §3.5", Agreements + "Documents/national-police-2013-04-01.yaml", "ends: 2015-05-31", "AgreementNoticeTest.Agreements_end_as_the_documents_say"),
        new("Deadlines", "The programme of 2015 runs to March 2020", "seeds/001 Data definitions", Bristol, "ends: 2020-03-31", "AgreementNoticeTest.Agreements_end_as_the_documents_say"),
        new("Deadlines", "A monthly, weekly, daily or termly file is expected in each period and overdue after it", "seeds/002 App B, How often; the last day is ours", Agreements + "AgreementCalendar.cs", "ExpectationState.Overdue", "AgreementCalendarTest.A_rhythm_makes_periods"),
        new("Deadlines", "What has not come by the end of its period is chased, once, from who has signed", "seeds/002 App B, How often; the chasing is ours", Agreements + "AgreementCalendar.cs", "HasSigned(day)", "AgreementCalendarTest.Who_has_not_signed_is_not_expected_to_send"),
        new("Deadlines", "Past its review an agreement warns and goes on", "ours", Agreements + "AgreementGate.cs", "was due for review on", "AgreementGateTest.Past_its_review_an_agreement_warns_and_goes_on"),
        new("Deadlines", "A serious breach goes to the Commissioner within 72 hours", "seeds/002 §12; the hours are ours: UK GDPR Art 33(1)", Cases + "Breach.cs", "CommissionerHours = 72", "AgreementCasesTest.A_serious_breach_goes_to_the_commissioner_in_72_hours"),
        new("Deadlines", "A subject request is answered in a month, or when extended in three", "ours: UK GDPR Art 12(3)", Cases + "SubjectRequest.cs", "Months = 1", "SubjectRequestTest.It_is_answered_in_a_month_or_when_extended_in_three"),
        new("Deadlines", "An invitation lapses after 28 days", "ours", Cases + "Consent.cs", "LapseDays = 28", "ConsentTest.It_lapses_after_28_days"),
        new("Deadlines", "A family's cost is compared one year after completion, and the case reviewed within twelve months", "seeds/001 Cost Saving calculator, seeds/002 §10", Cases + "FamilyCaseRules.cs", "CostCheckMonths = 12", "FamilyCaseRulesTest.After_completion_the_cost_is_compared_in_a_year_and_the_case_reviewed_within_twelve_months"),
        new("Deadlines", "A legal hold is reviewed within twelve months, each time; overdue, it is escalated and still holds", "ours", Cases + "LegalHold.cs", "MaxMonths = 12", "LegalHoldTest.Its_review_is_overdue_the_day_after"),
        new("Retention", "Whatever came for identification is deleted when matching completes, where the family does not meet the criteria", "seeds/002 §4.3.1, §10", Leicestershire, "id: not-meeting, class: not-meeting, clock: matching-completed, period: P0D", "AppendixBTest.Whatever_comes_for_identification_is_deleted_at_matching"),
        new("Retention", "Every class of line has a reader: changing the line changes the day and what is quoted", "ours", "functions/Programme/Retention/RetentionSchedule.cs", "RetentionPoint.DidNotTakePart =>", "RetentionScheduleTest.Changing_the_line_changes_the_day_and_the_certificate"),
        new("Retention", "What was agreed otherwise with the providing partner stands in place of the general line", "seeds/002 §10", "functions/Programme/Retention/RetentionSchedule.cs", "AgreedWith == provider", "RetentionScheduleTest.What_was_agreed_otherwise_with_the_providing_partner_stands_in_place_of_the_general_line"),
        new("Retention", "The life of the programme is the agreement's own, unless it is known to end otherwise", "seeds/001 Data definitions", "functions/Programme/Retention/RetentionSchedule.cs", "ClockEvent.ProgrammeEnded, End", "RetentionScheduleTest.The_life_of_the_programme_is_the_agreements_own_unless_it_is_known_to_end_otherwise"),
        new("Retention", "Families on the programme: within 12 months, never before the outcome checks, not before the end of May 2015", "seeds/002 §10", Leicestershire, "clock: outcomes-checked, period: P12M, not_before: 2015-06-01", "RetentionRuleTest.A_floor_is_never_undercut"),
        new("Retention", "Study data is destroyed at the end of the research, and after seven years at the latest", "seeds/003, seeds/004", Agreements + "Documents/nis-authority-2025-09-01.yaml", "period: P7Y", "ShippedAgreementsTest.The_study_is_destroyed_at_its_end_and_after_seven_years_at_the_latest"),
        new("Retention", "A period is counted by the calendar from a named event", "ours", "functions/Programme/Retention/RetentionRule.cs", "public DateTimeOffset Due(", "RetentionRuleTest.A_period_is_counted_by_the_calendar"),
        new("Retention", "A legal hold says who, why, exactly what, and when it is reviewed", "ours", Cases + "LegalHold.cs", "what exactly is held", "LegalHoldTest.It_says_who_why_what_exactly_and_when_it_is_reviewed"),
        new("Retention", "What a legal hold names is erased by no way until it is released, and then by the next sweep", "ours", "functions/Lifecycle/Retention/Erasure.cs", "throw new HeldException(reference)", "HeldTest.What_is_held_is_not_erased_when_due_and_is_erased_with_a_certificate_once_released"),
        new("Exchanges at the gate", "What came for the key worker or for management is never read by matching", "seeds/002 App B, What this is to be used for", Checks, "UseNotAgreed", "AgreementGateTest.What_came_for_the_key_worker_is_invisible_to_matching"),
        new("Exchanges at the gate", "A party has signed the agreement and the one above it, or is no party", "seeds/001 Signatories, seeds/002 §2", Checks, "HasSigned(today)", "AgreementGateTest.Who_has_not_signed_is_no_party"),
        new("Exchanges at the gate", "A party without a row passes and receives nothing", "seeds/002 App B", Leicestershire, "id: womens-aid", "AppendixBTest.A_party_without_a_row_passes_and_receives_nothing"),
        new("Exchanges at the gate", "A gateway is a power: a Schedule 2 condition, for sensitive data a Schedule 3 condition, and an Article 8 ground stand beside it", "seeds/002 §3.1, §3.2, App A", Agreements + "LegalBasis.cs", "MissingBefore", "AgreementGateTest.An_agreement_in_force_before_25_May_2018_is_judged_by_the_Act_of_1998"),
        new("Exchanges at the gate", "From 25 May 2018 the conditions are those of the UK GDPR and the Data Protection Act 2018", "ours", Agreements + "LegalBasis.cs", "MissingToday", "AgreementGateTest.A_sender_without_a_condition_is_refused"),
        new("Exchanges at the gate", "A deployment takes in only what goes to its own organisation", "ours, after seeds/002 App B", Checks, "OtherReceiver", "AgreementGateTest.Only_a_receiver_of_the_row_takes_it_in"),
        new("Exchanges at the gate", "What has no line of retention is refused", "ours, after seeds/002 §10", Agreements + "AgreementGate.cs", "NoRetention", "AgreementGateTest.What_has_no_line_of_retention_is_refused_and_what_has_one_is_told_it"),
        new("Exchanges at the gate", "A blank of the table stays blank and is refused until agreed", "seeds/002 App B rows 2, 9, 15", Checks, "MeansNotSettled", "AgreementGateTest.A_blank_means_is_refused_until_agreed"),
        new("Exchanges at the gate", "The means is agreed: drops only where a version says so", "seeds/002 §8.1, App C; seeds/001 App B", Checks, "MeansNotAgreed", "AgreementGateTest.Means_that_are_not_agreed_are_refused"),
        new("Exchanges at the gate", "What came by other means is taken in by those its version names, and a drop of it is refused", "seeds/002 §8.1, App C", "functions/Lifecycle/Intake/IntakeGate.cs", "Means = means", "DisclosuresTest.A_file_that_came_by_other_means_is_taken_in_by_those_its_exchange_names_and_no_others"),
        new("Exchanges at the gate", "A partner that is owed a list gets it sealed to its own key, and the next one replaces it", "seeds/002 App B rows 7, 13, 14, 17", "functions/Lifecycle/Disclosures/FamilyList.cs", "OnwardKind.OtherAgreement", "DisclosuresTest.A_list_names_who_is_owed_replaces_the_one_before_and_leaves_out_who_objected"),
        new("Exchanges at the gate", "What is told is recorded by kind, to whom and on which basis; what was said is recorded nowhere", "seeds/002 App B row 18", "functions/Lifecycle/Disclosures/Tellings.cs", "disclosure.tell", "DisclosuresTest.What_is_told_is_recorded_by_kind_and_to_whom_and_what_was_said_nowhere"),
        new("Exchanges at the gate", "Who attends without having signed is told only under the meeting's confidentiality agreement", "seeds/002 §4.3.2", Checks, "ConfidentialityAgreed", "TellingTest.Who_has_not_signed_is_told_only_under_the_meetings_confidentiality_agreement"),
        new("Exchanges at the gate", "A version that was used is never edited: the host does not start, and names what changed", "ours, after seeds/002 §4.3", "functions/Lifecycle/Agreements/UsedDocuments.cs", "was used and says something else now", "AuthorityTest.An_agreement_edited_under_a_version_that_was_used_stops_the_start_naming_what_changed"),
        new("Exchanges at the gate", "So are datasets, programmes and matching plans", "ours, after seeds/002 §4.3", "functions/Lifecycle/Agreements/UsedDocuments.cs", "The matching plan {plan.Name}", "OwnDocumentsTest.The_hash_of_every_document_is_recorded_at_its_first_use_and_an_edit_under_the_same_version_stops_the_start"),
        new("Exchanges at the gate", "How often is counted and expected for each organisation that an agency submits for, and one that is not listed is refused", "ours, after seeds/002 App B rows 10 and 11", Checks, "OrganisationNotListed", "AuthorityTest.Each_school_that_a_service_submits_for_is_counted_and_expected_by_itself_and_one_that_is_not_listed_is_refused"),
        new("Exchanges at the gate", "A correction after matching: families found on what it corrects are looked at again, at once", "ours, after seeds/000 §3.2: UK GDPR Art 5(1)(d)", "functions/Lifecycle/Matching/FamilyCorrector.cs", "RemovalReason.Corrected", "CorrectionTest.A_correction_after_matching_takes_out_the_family_that_was_found_by_what_was_wrong_and_no_other"),
        new("Eligibility", "A coordinator takes a family out of the cohort with a reason, while its case has not begun", "ours", "functions/Lifecycle/Matching/Removals.cs", "cohort.case-begun", "CorrectionTest.A_coordinator_takes_a_family_out_of_the_cohort_with_a_reason_unless_its_case_has_begun"),
        new("Exchanges at the gate", "A correction takes the place of what it corrects, which is erased", "ours, after seeds/000 §3.2", "functions/Lifecycle/Intake/Corrections.cs", "SupersededBy = correction.Id", "AuthorityTest.A_correction_takes_the_place_of_what_it_corrects_which_is_erased_with_a_certificate"),
        new("Retention", "Matching is completed when its window closes with what it needs: until then nothing is matched or erased for not meeting the criteria", "seeds/002 §10; the window is ours", "functions/Programme/Eligibility/MatchingWindow.cs", "Missing(present).Count == 0", "AuthorityTest.Three_feeds_over_three_nights_with_restarts_between_meet_and_the_families_are_found"),
        new("Exchanges at the gate", "The modern version changes the means and says so", "ours", Agreements + "Documents/leicestershire-2025-09-01.yaml", "changes:", "ShippedAgreementsTest.The_Leicestershire_amendment_moves_the_means_and_the_review_adds_local_concerns_and_nothing_else"),
        new("Exchanges at the gate", "Each police batch records who judged and on what basis, before transfer", "seeds/000 §3.4", Checks, "JudgementMissing", "AgreementGateTest.A_batch_without_its_senders_judgement_is_refused"),
        new("Exchanges at the gate", "A ceiling on the size of a batch", "ours", Checks, "OverCeiling", "AgreementGateTest.A_batch_over_the_ceiling_is_refused"),
        new("Exchanges at the gate", "Suspension closes everything but markers off, breach notices, erasure and replies", "seeds/002 §15; the exceptions are ours", Checks, "IsAlwaysOpen", "AgreementGateTest.Markers_off_breach_notices_erasure_and_replies_go_through_whatever_stands"),
        new("Exchanges at the gate", "Onward disclosure needs the originator's written consent, a statutory obligation or another agreement", "seeds/002 §5, seeds/000 §3.1", Checks, "OnwardNotAllowed", "AgreementGateTest.Onward_disclosure_needs_a_ground_in_writing"),
        new("Exchanges at the gate", "A disclosure needs a grant, and only the gate mints one", "ours", Agreements + "GateDecision.cs", "internal DisclosureGrant(", "AgreementGateTest.Nothing_but_the_gate_can_mint_a_grant"),
        new("Exchanges at the gate", "Data for families allocated a key worker is for those only", "seeds/002 App B rows 6, 15", Checks, "OutOfScope", "AgreementGateTest.Exchanges_about_some_families_are_for_those_only"),
        new("Exchanges at the gate", "The agreement is published", "seeds/002 §16", Agreements + "AgreementHtml.cs", "public static string Render(", "ShippedAgreementsTest.The_page_to_publish_says_what_the_agreement_says"),
        new("Exchanges at the gate", "The revised table is dated, and two versions can be compared", "seeds/002 §4.3", Agreements + "AgreementComparison.cs", "public static IReadOnlyList<AgreementChange> Compare(", "AgreementComparisonTest.A_changed_line_is_told_for_what_it_does"),
        new("Eligibility", "Phase 1 by the national criteria: any three of four", "seeds/000 Criteria", Programmes + "phase-1-000.yaml", "at_least: 3, of: [crime, education, work, local-discretion]", "RouteTest.A_family_is_eligible_by_a_route"),
        new("Eligibility", "Fifteen per cent unauthorised absence across the last three consecutive terms", "seeds/000 Criteria 2", Programmes + "phase-1-000.yaml", "at_least_percent: 15", "TermMeasureTest.Fifteen_per_cent_unauthorised_absence_across_the_last_three_consecutive_terms"),
        new("Eligibility", "Three fixed exclusions across the last three consecutive terms", "seeds/000 Criteria 2", Programmes + "phase-1-000.yaml", "sum: fixed_exclusions", "TermMeasureTest.Three_fixed_exclusions_across_the_last_three_consecutive_terms"),
        new("Eligibility", "Out-of-work benefits are the six that are listed", "seeds/002 App D 3", Programmes + "phase-1-002.yaml", "seeds/002 App D", "IndicatorTest.The_out_of_work_benefits_are_the_six_listed"),
        new("Eligibility", "What did not come for identification is not seen", "seeds/002 App B, What this is to be used for", "functions/Programme/Eligibility/Facts.cs", "Uses.Contains(Use.Identification)", "RouteTest.What_was_not_given_for_identification_is_not_seen"),
        new("Eligibility", "More criteria come first; what is not known comes last", "seeds/001 2 Prioritising Households", "functions/Programme/Eligibility/PriorityOrder.cs", "PriorityBy.Criteria", "PriorityOrderTest.More_criteria_come_first_then_weight_cost_risk_and_demand_and_what_is_not_known_last"),
        new("A family's case", "Before the invitation: what support there is, suitability, danger to a lone worker, and the judgement of professionals", "seeds/002 §4.3.1, seeds/001 3 Final suitability", Cases + "FamilyCaseRules.cs", "asked before the family is invited", "FamilyCaseRulesTest.Without_what_a_move_needs_it_is_not_made_and_the_line_that_asks_is_named"),
        new("A family's case", "From allocation on: informed consent of everyone involved, or a specific duty", "seeds/001 Legal gateway, Consent", Cases + "Consent.cs", "the notice comes before the signature", "ConsentTest.Everyone_involved_consents_or_there_is_a_duty"),
        new("A family's case", "A gateway is not a duty", "seeds/001 Legal gateway, Consent", Cases + "Consent.cs", "which is a power to share", "ConsentTest.A_gateway_is_not_a_duty"),
        new("A family's case", "Information about a victim or witness needs consent sought for it", "seeds/001 Consent", Cases + "Consent.cs", "Victim", "ConsentTest.Information_about_a_victim_needs_consent_sought_for_it"),
        new("A family's case", "Withdrawal stops sharing and takes the marker off", "ours: UK GDPR Art 7(3)", Cases + "Consent.cs", "UK GDPR Art 7(3)", "ConsentTest.Withdrawal_stops_sharing_takes_the_marker_off_and_ends_support_without_a_duty"),
        new("A family's case", "A marker needs everyone's signed consent and a key worker; a duty alone sets none", "seeds/001 Description of intended data", Cases + "MarkerChange.cs", "a duty alone sets no marker", "MarkerRulesTest.A_duty_alone_never_sets_one"),
        new("A family's case", "A marker is confirmed, chased, escalated, and never taken for off while the police may hold it", "ours", Cases + "MarkerChange.cs", "ChaseDays", "MarkerRulesTest.Whatever_happens_in_whatever_order_a_marker_the_police_hold_is_never_taken_for_none"),
        new("Breach, suspension, rights", "Six kinds of breach are named, and other", "seeds/002 §12", Cases + "Breach.cs", "enum BreachKind", "AgreementCasesTest.Six_kinds_of_breach_are_named_and_other"),
        new("Breach, suspension, rights", "A breach ends only when reported, investigated, the police consulted, discipline considered and the learning told", "seeds/002 §12", Cases + "Breach.cs", "outcome and learning circulated to all partners", "AgreementCasesTest.A_breach_does_not_move_without_what_is_asked"),
        new("Breach, suspension, rights", "The partner that provided the information is told of a breach at once, under a suspended agreement too", "seeds/002 §12; the exception is ours", "functions/Lifecycle/Agreements/TellProvider.cs", "breach.tell-provider", "BreachTest.A_serious_breach_under_a_suspended_agreement_is_told_at_once_escalated_once_and_concluded_with_every_party"),
        new("Breach, suspension, rights", "What is overdue about a breach is escalated to the authority, once a deadline", "ours", "functions/Lifecycle/Agreements/EscalateBreach.cs", "breach.escalate", "BreachTest.An_agency_reports_breaches_of_its_own_and_sees_no_others_and_one_found_serious_late_is_escalated_again"),
        new("Breach, suspension, rights", "A breach is concluded, its outcome and learning with every party, within 30 days", "seeds/002 §12; the days are ours", Cases + "Breach.cs", "ConclusionDays = 30", "BreachTest.A_serious_breach_under_a_suspended_agreement_is_told_at_once_escalated_once_and_concluded_with_every_party"),
        new("Breach, suspension, rights", "A suspension is lifted only after a meeting with every signatory or its nominee", "seeds/002 §15", Cases + "Suspension.cs", "(SuspensionState.MeetingHeld, SuspensionState.Lifted)", "SuspensionTest.A_suspension_whose_meeting_is_overdue_is_escalated_once_and_lifted_after_the_meeting_lets_drops_in_again"),
        new("Breach, suspension, rights", "A meeting not held within 14 days is escalated to every signatory, once", "seeds/002 §15; the escalation is ours", "functions/Lifecycle/Agreements/SweepSuspensions.cs", "agreement.chase-meeting", "SuspensionTest.A_suspension_whose_meeting_is_overdue_is_escalated_once_and_lifted_after_the_meeting_lets_drops_in_again"),
        new("Breach, suspension, rights", "A suspension is in writing, evidenced, and for a serious breach of security", "seeds/002 §15", Cases + "Suspension.cs", "seeds/002 §15", "AgreementCasesTest.A_suspension_is_in_writing_evidenced_and_for_a_serious_breach_of_security"),
        new("Breach, suspension, rights", "Leaving takes 30 days, in writing, to all other partners", "seeds/002 §15", Cases + "Suspension.cs", "AgreementNotice.NoticeDays", "AgreementCasesTest.Leaving_takes_30_days_in_writing_to_all_other_partners"),
        new("Breach, suspension, rights", "Of a subject request originators are consulted, and exemptions assessed with them", "seeds/002 §16, App A p6", Cases + "SubjectRequest.cs", "seeds/002", "SubjectRequestTest.Originators_are_consulted_and_exemptions_assessed_with_them"),
        new("Breach, suspension, rights", "An originator that is asked for its view gives it within 14 days, or the request goes on without", "ours", Cases + "SubjectRequest.cs", "ViewDays = 14", "SubjectRequestTest.An_originator_is_consulted_when_it_gave_its_view_or_let_fourteen_days_pass"),
        new("Questions to sources", "Nothing is done on what a partner sent before the partner says that it is still current; what it does not vouch for is not used", "seeds/002 App A, fourth principle", "functions/Lifecycle/Cases/SourceQuestions.cs", "answer is SourceAnswer.Current", "QuestionTest.A_source_answers_what_a_case_waits_for_and_only_what_is_current_is_used"),
        new("Questions to sources", "A record that could not be matched is asked of its source by reference; the source answers from its own side", "seeds/002 §6", "functions/Lifecycle/Cases/SourceQuestions.cs", "seeds/002 §6", "QuestionTest.Records_that_could_not_be_matched_are_asked_about_by_their_rows"),
        new("Questions to sources", "A source has 14 days; then it is asked again and the authority told, every 14 days", "ours", Cases + "SourceQuestion.cs", "AnswerDays = 14", "QuestionTest.Who_is_late_is_asked_again_and_the_authority_is_told_until_there_is_an_answer"),
        new("Questions to sources", "No name stands in a question, its answer or the ledger; another agency neither sees nor answers it", "ours", "functions/Lifecycle/Cases/SourceQuestionRow.cs", "never what stands in it", "QuestionTest.A_question_names_a_record_by_reference_and_nobody"),
        new("Staged disclosure", "Stage 1 names nobody: households by keyed pseudonym, from the police to the authority only", "seeds/001 Identifying Suitable Households", "functions/Programme/Extracts/Preparation/HouseholdListPreparation.cs", "HouseholdAddress.Pseudonym(", "PreparationTest.A_household_list_names_nobody_and_each_household_once"),
        new("Staged disclosure", "The secret by which a partner names households is its agreement's own, never the internal one; sealed to the partner's key, or shown once", "seeds/001 Identifying Suitable Households; how is ours", "functions/Lifecycle/Agreements/HouseholdKeys.cs", "is shown once", "HouseholdKeyTest.A_partner_opens_its_secret_with_its_own_key_and_the_list_made_with_it_meets_the_other_extracts"),
        new("Staged disclosure", "A ZZ99 pseudo-postcode never places a household", "ours", "functions/Linkage/HouseholdAddress.cs", "IsPseudo(postcode)", "HouseholdAddressTest.What_places_nobody_has_none"),
        new("Identifiers", "No NHS number, NINO or UPRN in a reference dataset; a UPN only where 003 carries it", "seeds/002 App B, seeds/003", "functions/Programme/Extracts/Specifications/csps-children.yaml", "type: upn", "ShippedAgreementsTest.No_reference_dataset_asks_for_identifiers_its_row_does_not_carry"),
        new("Studies", "What a department returns carries no name, date of birth or address", "seeds/003 How will this work in practice", "functions/Programme/Extracts/Specifications/return-education.yaml", "study_key", "ShippedAgreementsTest.What_a_department_returns_has_no_identity"),
        new("Studies", "The combined data is never available to the authority", "seeds/003, seeds/004", Agreements + "Documents/nis-department-2025-09-01.yaml", "id: no-return", "OtherExchangesTest.No_authority_can_hold_what_a_department_returns"),
        new("Bad input", "A source is assessed before its first use: one too poor to match by is not used", "seeds/001 Data to be shared (a low level assessment of the quality of data)", "functions/Lifecycle/Intake/SealExtract.cs", "quality.first-use", "QualityTest.A_first_extract_that_places_nobody_is_not_used_and_later_ones_are_told_what_is_unlike_the_last"),
        new("Bad input", "What was found out about a source is filed with the agreement, and decides whether its first file is taken; seeds/001's exchanges take none without it", "seeds/001 Data to be shared (a significant phase of data discovery)", "functions/Lifecycle/Intake/Discoveries.cs", "seeds/001 Data to be shared", "QualityTest.What_was_found_out_about_a_source_is_filed_with_the_agreement_and_decides_whether_its_first_file_is_taken"),
        new("Questions to sources", "Nothing is asked about what was not taken, is erased, is not in the file, or was asked already", "ours", Cases + "SourceQuestion.cs", "This was asked already", "QuestionTest.Nothing_is_asked_about_what_is_not_there"),
        new("Bad input", "An extract is never half-accepted", "ours", "functions/Programme/Extracts/ExtractReader.cs", "the caller commits or abandons by it", "ExtractReaderTest.Arbitrary_bytes_end_in_an_outcome"),
        new("Bad input", "No refusal and no exception carries a value", "ours", "functions/Programme/Extracts/ExtractReader.cs", "IncludeValuesInExceptions = false", "CanaryTest.A_faulty_file_is_refused_without_repeating_it"),
        new("Bad input", "Formulas are kept as data and neutralised in files for people", "ours", "functions/Programme/Extracts/CsvOutput.cs", "CsvInjection.Escape", "PreparationTest.Files_for_people_run_no_formula_and_files_for_machines_keep_every_cell"),
    ];
}
