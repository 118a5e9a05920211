using TfFlow.Lifecycle.Agreements;
using TfFlow.Lifecycle.Cases;
using TfFlow.Lifecycle.Disclosures;
using TfFlow.Lifecycle.Governance;
using TfFlow.Lifecycle.Intake;
using TfFlow.Lifecycle.Matching;
using TfFlow.Lifecycle.Outcomes;
using TfFlow.Lifecycle.People;
using TfFlow.Lifecycle.Research;
using TfFlow.Lifecycle.Research.Statistics;
using TfFlow.Lifecycle.Research.Study;
using TfFlow.Lifecycle.Retention;
using TfFlow.Lifecycle.Rights;
using TfFlow.Programme.Agreements;
using TfFlow.Programme.Cases;
using TfFlow.Programme.Eligibility;
using TfFlow.Programme.Extracts;
using TfFlow.Programme.Extracts.Quality;
using TfFlow.Programme.Governance;
using TfFlow.Programme.Outcomes;
using TfFlow.Programme.Research.Release;
using TfFlow.Programme.Research.Statistics;
using TfFlow.Programme.Research.Study;
using TfFlow.Programme.Rights;
using TfFlow.Vault;
using TfFlow.Vault.Registers;

namespace TfFlow.Lifecycle;

/// <summary>The registers of this deployment: the truth that orchestrations and the gate read.</summary>
public sealed class Registers(Stores stores, StoreNames names)
{
    public Register<UploadGrant, GrantState> Grants { get; } = new(stores.Registers, names.Grants, GrantStates.Transitions);

    public Register<Extract, ExtractStage> Extracts { get; } = new(stores.Registers, names.Extracts, ExtractStages.Transitions);

    /// <summary>Matching rounds.</summary>
    public Register<MatchingRun, MatchingStage> Matchings { get; } = new(stores.Registers, names.Matchings, MatchingStages.Transitions);

    /// <summary>Families of the cohort, and households in clerical review.</summary>
    public Register<Family, CohortState> Families { get; } = new(stores.Registers, names.Families, CohortStates.Transitions);

    public Register<Case, FamilyCaseState> Cases { get; } = new(stores.Registers, names.Cases, FamilyCaseStates.Transitions);

    /// <summary>Instructions to the police.</summary>
    public Register<MarkerInstruction, MarkerChangeState> Markers { get; } = new(stores.Registers, names.Markers, MarkerChangeStates.Transitions);

    /// <summary>Breaches of agreements.</summary>
    public Register<BreachRow, BreachState> Breaches { get; } = new(stores.Registers, names.Breaches, BreachStates.Transitions);

    /// <summary>Suspensions of agreements.</summary>
    public Register<SuspensionRow, SuspensionState> Suspensions { get; } = new(stores.Registers, names.Suspensions, SuspensionStates.Transitions);

    /// <summary>People's requests about their data.</summary>
    public Register<SubjectRequestRow, SubjectRequestState> SubjectRequests { get; } = new(stores.Registers, names.SubjectRequests, SubjectRequestStates.Transitions);

    /// <summary>Requests for recorded information.</summary>
    public Register<InformationRequestRow, InformationRequestState> InformationRequests { get; } =
        new(stores.Registers, names.InformationRequests, InformationRequestStates.Transitions);

    /// <summary>Versions of the privacy notice.</summary>
    public Register<PrivacyNoticeRow, PrivacyNoticeState> PrivacyNotices { get; } = new(stores.Registers, names.PrivacyNotices, PrivacyNoticeStates.Published);

    /// <summary>Who was given which version of the privacy notice.</summary>
    public Register<NoticeGivenRow, NoticeGivenState> NoticesGiven { get; } = new(stores.Registers, names.NoticesGiven, PrivacyNoticeStates.Given);

    /// <summary>What people object to.</summary>
    public Register<ObjectionRow, ObjectionState> Objections { get; } = new(stores.Registers, names.Objections, ObjectionStates.Transitions);

    /// <summary>Questions to the sources of records.</summary>
    public Register<SourceQuestionRow, SourceQuestionState> Questions { get; } = new(stores.Registers, names.Questions, SourceQuestionStates.Transitions);

    /// <summary>Profiles of sources, filed with agreements before their first use.</summary>
    public Register<Discovery, DiscoveryState> Discoveries { get; } = new(stores.Registers, names.Discoveries, DiscoveryStates.Transitions);

    /// <summary>Legal holds.</summary>
    public Register<HoldRow, LegalHoldState> Holds { get; } = new(stores.Registers, names.Holds, LegalHoldStates.Transitions);

    /// <summary>Requests for anonymous extracts.</summary>
    public Register<ResearchRequest, ResearchExtractState> Research { get; } = new(stores.Registers, names.Research, ResearchExtractStates.Transitions);

    /// <summary>Tables of statistics; those that were released are what every later one is compared with.</summary>
    public Register<StatisticsTable, StatisticsState> Statistics { get; } = new(stores.Registers, names.Statistics, StatisticsStates.Transitions);

    /// <summary>Rounds of a study, in its own deployment.</summary>
    public Register<StudyRound, StudyRoundState> Studies { get; } = new(stores.Registers, names.Studies, StudyRoundStates.Transitions);

    /// <summary>An authority's submissions to studies.</summary>
    public Register<StudySubmission, StudySubmissionState> Submissions { get; } = new(stores.Registers, names.Submissions, StudySubmissionStates.Transitions);

    /// <summary>Files given to parties, each sealed to its recipient.</summary>
    public Register<GivenFile, GivenFileState> Given { get; } = new(stores.Registers, names.Given, GivenFileStates.Transitions);

    /// <summary>Every governance register; an entry says of which it is.</summary>
    public Register<RegisterRow, RegisterState> Governance { get; } = new(stores.Registers, names.Governance, RegisterStates.Transitions);

    /// <summary>Claims for payment by results.</summary>
    public Register<OutcomeClaim, ClaimState> Claims { get; } = new(stores.Registers, names.OutcomeClaims, ClaimStates.Transitions);

    /// <summary>Claims that are drawn or returned together.</summary>
    public Register<ClaimBatch, ClaimBatchState> ClaimBatches { get; } = new(stores.Registers, names.ClaimBatches, ClaimBatchStates.Transitions);

    public async Task CreateAsync(CancellationToken cancellationToken)
    {
        await stores.Registers.CreateTableAsync(names.Claims, cancellationToken);
        await Grants.CreateAsync(cancellationToken);
        await Extracts.CreateAsync(cancellationToken);
        await Matchings.CreateAsync(cancellationToken);
        await Families.CreateAsync(cancellationToken);
        await Cases.CreateAsync(cancellationToken);
        await Markers.CreateAsync(cancellationToken);
        await Breaches.CreateAsync(cancellationToken);
        await Suspensions.CreateAsync(cancellationToken);
        await SubjectRequests.CreateAsync(cancellationToken);
        await InformationRequests.CreateAsync(cancellationToken);
        await PrivacyNotices.CreateAsync(cancellationToken);
        await NoticesGiven.CreateAsync(cancellationToken);
        await Objections.CreateAsync(cancellationToken);
        await Questions.CreateAsync(cancellationToken);
        await Discoveries.CreateAsync(cancellationToken);
        await Holds.CreateAsync(cancellationToken);
        await Research.CreateAsync(cancellationToken);
        await Statistics.CreateAsync(cancellationToken);
        await Studies.CreateAsync(cancellationToken);
        await Submissions.CreateAsync(cancellationToken);
        await Given.CreateAsync(cancellationToken);
        await Governance.CreateAsync(cancellationToken);
        await Claims.CreateAsync(cancellationToken);
        await ClaimBatches.CreateAsync(cancellationToken);
    }

    /// <returns>Whether any row of any register is due: one small query each.</returns>
    public async Task<bool> AnyDueAsync(DateTimeOffset asOf, CancellationToken cancellationToken)
    {
        IAsyncEnumerable<string>[] due =
        [
            Grants.DueAsync(asOf, cancellationToken),
            Extracts.DueAsync(asOf, cancellationToken),
            Families.DueAsync(asOf, cancellationToken),
            Cases.DueAsync(asOf, cancellationToken),
            Markers.DueAsync(asOf, cancellationToken),
            Breaches.DueAsync(asOf, cancellationToken),
            Suspensions.DueAsync(asOf, cancellationToken),
            SubjectRequests.DueAsync(asOf, cancellationToken),
            InformationRequests.DueAsync(asOf, cancellationToken),
            Questions.DueAsync(asOf, cancellationToken),
            Holds.DueAsync(asOf, cancellationToken),
            Research.DueAsync(asOf, cancellationToken),
            Studies.DueAsync(asOf, cancellationToken),
            Given.DueAsync(asOf, cancellationToken),
            Governance.DueAsync(asOf, cancellationToken),
            ClaimBatches.DueAsync(asOf, cancellationToken),
        ];
        foreach (var register in due)
        {
            if (await register.AnyAsync(cancellationToken))
            {
                return true;
            }
        }

        return false;
    }
}
