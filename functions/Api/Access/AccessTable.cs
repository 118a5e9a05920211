using TfFlow.Lifecycle;
using static TfFlow.Api.Access.Role;

namespace TfFlow.Api.Access;

public enum Reach
{
    /// <summary>Only what concerns the caller's own agency; for a key worker, the caller's own families.</summary>
    Own,

    Any,
}

/// <summary>Every endpoint and who may call it. What is not here is forbidden.</summary>
public static class AccessTable
{
    public const string GrantIssue = "grant-issue";
    public const string GrantShow = "grant-show";
    public const string FileTakeIn = "file-take-in";
    public const string FileGive = "file-give";
    public const string FileList = "file-list";
    public const string ListSend = "list-send";
    public const string DisclosureTell = "disclosure-tell";
    public const string DisclosureList = "disclosure-list";
    public const string ProcessingEnd = "processing-end";
    public const string OutboxList = "outbox-list";
    public const string OutboxRead = "outbox-read";
    public const string DiscoveryFile = "discovery-file";
    public const string DiscoveryList = "discovery-list";
    public const string ExtractList = "extract-list";
    public const string ExtractShow = "extract-show";
    public const string MatchStart = "match-start";
    public const string MatchList = "match-list";
    public const string MatchPreview = "match-preview";
    public const string MatchForecast = "match-forecast";
    public const string MatchUnmatched = "match-unmatched";
    public const string MatchFairness = "match-fairness";
    public const string CohortList = "cohort-list";
    public const string CohortPlaces = "cohort-places";
    public const string CohortRemove = "cohort-remove";
    public const string FamilyShow = "family-show";
    public const string ReviewList = "review-list";
    public const string ReviewDecide = "review-decide";
    public const string CalendarList = "calendar-list";
    public const string KeyRotate = "key-rotate";
    public const string SweepStart = "sweep-start";
    public const string LedgerHead = "ledger-head";
    public const string LedgerKey = "ledger-key";
    public const string LedgerCheckpoint = "ledger-checkpoint";
    public const string LedgerEntries = "ledger-entries";
    public const string InventoryTake = "inventory-take";
    public const string InstanceList = "instance-list";
    public const string InstanceShow = "instance-show";
    public const string InstanceTerminate = "instance-terminate";
    public const string InstanceResume = "instance-resume";
    public const string InstancePurge = "instance-purge";

    public const string CaseOpen = "case-open";
    public const string CaseList = "case-list";
    public const string CaseShow = "case-show";
    public const string CaseAssess = "case-assess";
    public const string CaseCurrency = "case-currency";
    public const string CaseSuitability = "case-suitability";
    public const string CaseInvite = "case-invite";
    public const string CaseDuty = "case-duty";
    public const string CaseAllocate = "case-allocate";
    public const string CaseComplete = "case-complete";
    public const string CaseClose = "case-close";
    public const string CaseReopen = "case-reopen";
    public const string CaseOutcomes = "case-outcomes";
    public const string CaseMeasure = "case-measure";
    public const string CaseMeasurementList = "case-measurement-list";
    public const string CasePlanMove = "case-plan-move";
    public const string ClaimMake = "claim-make";
    public const string ClaimList = "claim-list";
    public const string ClaimSample = "claim-sample";
    public const string ClaimAudit = "claim-audit";
    public const string ClaimReturn = "claim-return";
    public const string CaseReview = "case-review";
    public const string CaseProblemAdd = "case-problem-add";
    public const string CaseProblemWithdraw = "case-problem-withdraw";
    public const string CaseProblemList = "case-problem-list";
    public const string CasePack = "case-pack";
    public const string CaseIncidents = "case-incidents";
    public const string CaseProgress = "case-progress";
    public const string CasePeople = "case-people";
    public const string CasePersonCompare = "case-person-compare";
    public const string CasePersonOne = "case-person-one";
    public const string CasePersonTwo = "case-person-two";
    public const string CasePersonUndo = "case-person-undo";
    public const string CaseServices = "case-services";
    public const string FirstResponseLook = "first-response-look";
    public const string ConsentRecord = "consent-record";
    public const string ConsentGive = "consent-give";
    public const string ConsentRefuse = "consent-refuse";
    public const string ConsentWithdraw = "consent-withdraw";
    public const string CaseRiskFlag = "case-risk-flag";
    public const string CaseRiskLift = "case-risk-lift";
    public const string CaseVisit = "case-visit";
    public const string CaseJudgementAsk = "case-judgement-ask";
    public const string CaseJudgementRecord = "case-judgement-record";
    public const string CaseJudgementList = "case-judgement-list";
    public const string CaseMeeting = "case-meeting";
    public const string CaseCaf = "case-caf";
    public const string ConsentGiveVictim = "consent-give-victim";
    public const string ConsentWithdrawVictim = "consent-withdraw-victim";
    public const string NoticePublish = "notice-publish";
    public const string NoticeList = "notice-list";
    public const string NoticeShow = "notice-show";
    public const string NoticeGive = "notice-give";
    public const string NoticeGivenList = "notice-given-list";
    public const string ObjectionRecord = "objection-record";
    public const string ObjectionList = "objection-list";
    public const string ObjectionDecide = "objection-decide";
    public const string ObjectionWithdraw = "objection-withdraw";
    public const string MarkerOrder = "marker-order";
    public const string MarkerList = "marker-list";
    public const string MarkerConfirm = "marker-confirm";
    public const string RecipientRegister = "recipient-register";
    public const string HouseholdKeyGive = "household-key-give";
    public const string BreachReport = "breach-report";
    public const string BreachList = "breach-list";
    public const string BreachStep = "breach-step";
    public const string SuspensionList = "suspension-list";
    public const string SuspensionMeet = "suspension-meet";
    public const string SuspensionLift = "suspension-lift";
    public const string AgreementSuspend = "agreement-suspend";
    public const string RegisterRecord = "register-record";
    public const string RegisterList = "register-list";
    public const string RegisterTake = "register-take";
    public const string StaffContactRegister = "staff-contact-register";
    public const string ReadReport = "read-report";
    public const string HoldPlace = "hold-place";
    public const string HoldList = "hold-list";
    public const string HoldReview = "hold-review";
    public const string HoldRelease = "hold-release";
    public const string QuestionAsk = "question-ask";
    public const string QuestionList = "question-list";
    public const string QuestionAnswer = "question-answer";
    public const string RequestReceive = "request-receive";
    public const string RequestList = "request-list";
    public const string RequestView = "request-view";
    public const string RequestExtend = "request-extend";
    public const string RequestDecide = "request-decide";
    public const string RequestAnswer = "request-answer";
    public const string RequestFind = "request-find";
    public const string RequestRead = "request-read";
    public const string RequestExempt = "request-exempt";
    public const string RequestRelease = "request-release";
    public const string RequestExport = "request-export";
    public const string InformationReceive = "information-receive";
    public const string InformationList = "information-list";
    public const string InformationFind = "information-find";
    public const string InformationView = "information-view";
    public const string InformationExempt = "information-exempt";
    public const string InformationExtend = "information-extend";
    public const string InformationDecide = "information-decide";
    public const string InformationRespond = "information-respond";
    public const string InformationAnswer = "information-answer";
    public const string ResearchAsk = "research-ask";
    public const string ResearchList = "research-list";
    public const string ResearchJustify = "research-justify";
    public const string ResearchApprove = "research-approve";
    public const string ResearchRefuse = "research-refuse";
    public const string ResearchRecord = "research-record";
    public const string ResearchRelease = "research-release";
    public const string ResearchDestroy = "research-destroy";
    public const string StatisticsSubjects = "statistics-subjects";
    public const string StatisticsBuild = "statistics-build";
    public const string StatisticsList = "statistics-list";
    public const string StatisticsShow = "statistics-show";
    public const string StatisticsRelease = "statistics-release";
    public const string StatisticsDiscard = "statistics-discard";
    public const string SubmissionBuild = "submission-build";
    public const string SubmissionReceipt = "submission-receipt";
    public const string StudyOpen = "study-open";
    public const string StudyList = "study-list";
    public const string StudyLink = "study-link";
    public const string StudyReport = "study-report";
    public const string StudyReportRead = "study-report-read";
    public const string StudyRelease = "study-release";
    public const string StudyEnd = "study-end";

    /// <summary>Open to anyone: says nothing but whether the deployment is well.</summary>
    public const string Health = "health";

    public static IReadOnlyDictionary<string, IReadOnlyDictionary<Role, Reach>> Rules { get; } =
        new Dictionary<string, IReadOnlyDictionary<Role, Reach>>
        {
            [GrantIssue] = Allow((AgencySubmitter, Reach.Own)),
            [GrantShow] = Allow((AgencySubmitter, Reach.Own), (Coordinator, Reach.Any)),
            [FileTakeIn] = Allow((Coordinator, Reach.Any)),
            [FileGive] = Allow((Coordinator, Reach.Any)),
            [FileList] = Allow((Coordinator, Reach.Any), (InformationGovernance, Reach.Any), (Auditor, Reach.Any)),
            [ListSend] = Allow((Coordinator, Reach.Any)),
            [DisclosureTell] = Allow((Coordinator, Reach.Any), (KeyWorker, Reach.Own)),
            [DisclosureList] = Allow((Coordinator, Reach.Any), (InformationGovernance, Reach.Any), (Auditor, Reach.Any)),
            [ProcessingEnd] = Allow((InformationGovernance, Reach.Any)),
            [OutboxList] = Allow((AgencySubmitter, Reach.Own), (Coordinator, Reach.Own), (PoliceOperator, Reach.Own)),
            [OutboxRead] = Allow((AgencySubmitter, Reach.Own), (Coordinator, Reach.Own), (PoliceOperator, Reach.Own)),
            [DiscoveryFile] = Allow((AgencySubmitter, Reach.Own), (Coordinator, Reach.Any)),
            [DiscoveryList] = Allow(
                (AgencySubmitter, Reach.Own), (Coordinator, Reach.Any), (InformationGovernance, Reach.Any), (Auditor, Reach.Any)),
            [ExtractList] = Allow((AgencySubmitter, Reach.Own), (Coordinator, Reach.Any), (InformationGovernance, Reach.Any), (Auditor, Reach.Any)),
            [ExtractShow] = Allow((AgencySubmitter, Reach.Own), (Coordinator, Reach.Any), (InformationGovernance, Reach.Any), (Auditor, Reach.Any)),
            [MatchStart] = Allow((Coordinator, Reach.Any)),
            [MatchList] = Allow((Coordinator, Reach.Any), (InformationGovernance, Reach.Any), (Auditor, Reach.Any)),
            [MatchPreview] = Allow((Coordinator, Reach.Any), (InformationGovernance, Reach.Any), (Auditor, Reach.Any)),
            [MatchForecast] = Allow((Coordinator, Reach.Any)),
            [MatchUnmatched] = Allow((Coordinator, Reach.Any)),
            [MatchFairness] = Allow((Coordinator, Reach.Any), (InformationGovernance, Reach.Any), (Auditor, Reach.Any)),
            [CohortList] = Allow((Coordinator, Reach.Any), (InformationGovernance, Reach.Any), (Auditor, Reach.Any)),
            [CohortPlaces] = Allow((Coordinator, Reach.Any), (InformationGovernance, Reach.Any), (Auditor, Reach.Any)),
            [CohortRemove] = Allow((Coordinator, Reach.Any)),
            [FamilyShow] = Allow((Coordinator, Reach.Any)),
            [ReviewList] = Allow((Coordinator, Reach.Any), (InformationGovernance, Reach.Any), (Auditor, Reach.Any)),
            [ReviewDecide] = Allow((Coordinator, Reach.Any)),
            [CalendarList] = Allow((AgencySubmitter, Reach.Own), (Coordinator, Reach.Any), (InformationGovernance, Reach.Any), (Auditor, Reach.Any)),
            [KeyRotate] = Allow((InformationGovernance, Reach.Any)),
            [SweepStart] = Allow((InformationGovernance, Reach.Any)),
            [LedgerHead] = Allow((AgencySubmitter, Reach.Any), (InformationGovernance, Reach.Any), (Auditor, Reach.Any)),
            [LedgerKey] = Allow((AgencySubmitter, Reach.Any), (InformationGovernance, Reach.Any), (Auditor, Reach.Any)),
            [LedgerCheckpoint] = Allow((AgencySubmitter, Reach.Any), (InformationGovernance, Reach.Any), (Auditor, Reach.Any)),
            [LedgerEntries] = Allow((InformationGovernance, Reach.Any), (Auditor, Reach.Any)),
            [InventoryTake] = Allow((InformationGovernance, Reach.Any), (Auditor, Reach.Any)),
            [InstanceList] = Allow((Coordinator, Reach.Any), (InformationGovernance, Reach.Any), (Auditor, Reach.Any)),
            [InstanceShow] = Allow((Coordinator, Reach.Any), (InformationGovernance, Reach.Any), (Auditor, Reach.Any)),
            [InstanceTerminate] = Allow((InformationGovernance, Reach.Any)),
            [InstanceResume] = Allow((InformationGovernance, Reach.Any)),
            [InstancePurge] = Allow((InformationGovernance, Reach.Any)),
            [CaseOpen] = Allow((Coordinator, Reach.Any)),
            [CaseList] = Allow((Coordinator, Reach.Any), (KeyWorker, Reach.Own), (InformationGovernance, Reach.Any), (Auditor, Reach.Any)),
            [CaseShow] = Allow((Coordinator, Reach.Any), (KeyWorker, Reach.Own), (InformationGovernance, Reach.Any), (Auditor, Reach.Any)),
            [CaseAssess] = Allow((Coordinator, Reach.Any)),
            [CaseCurrency] = Allow((Coordinator, Reach.Any)),
            [CaseSuitability] = Allow((Coordinator, Reach.Any)),
            [CaseInvite] = Allow((Coordinator, Reach.Any)),
            [CaseDuty] = Allow((Coordinator, Reach.Any)),
            [CaseAllocate] = Allow((Coordinator, Reach.Any)),
            [CaseComplete] = Allow((Coordinator, Reach.Any), (KeyWorker, Reach.Own)),
            [CaseClose] = Allow((Coordinator, Reach.Any)),
            [CaseReopen] = Allow((Coordinator, Reach.Any)),
            [CaseOutcomes] = Allow((Coordinator, Reach.Any)),
            [CaseMeasure] = Allow((Coordinator, Reach.Any)),
            [CaseMeasurementList] = Allow((Coordinator, Reach.Any)),
            [CasePlanMove] = Allow((Coordinator, Reach.Any)),
            [ClaimMake] = Allow((Coordinator, Reach.Any)),
            [ClaimList] = Allow((Coordinator, Reach.Any), (InformationGovernance, Reach.Any), (Auditor, Reach.Any)),
            [ClaimSample] = Allow((InformationGovernance, Reach.Any)),
            [ClaimAudit] = Allow((InformationGovernance, Reach.Any)),
            [ClaimReturn] = Allow((Coordinator, Reach.Any)),
            [CaseReview] = Allow((Coordinator, Reach.Any)),
            [CaseProblemAdd] = Allow((Coordinator, Reach.Any), (KeyWorker, Reach.Own)),
            [CaseProblemWithdraw] = Allow((Coordinator, Reach.Any), (KeyWorker, Reach.Own)),
            [CaseProblemList] = Allow((Coordinator, Reach.Any), (KeyWorker, Reach.Own)),
            [CasePack] = Allow((Coordinator, Reach.Any), (KeyWorker, Reach.Own)),
            [CaseIncidents] = Allow((KeyWorker, Reach.Own)),
            [CaseProgress] = Allow((Coordinator, Reach.Any)),
            [CasePeople] = Allow((Coordinator, Reach.Any), (KeyWorker, Reach.Own)),
            [CasePersonCompare] = Allow((Coordinator, Reach.Any)),
            [CasePersonOne] = Allow((Coordinator, Reach.Any)),
            [CasePersonTwo] = Allow((Coordinator, Reach.Any)),
            [CasePersonUndo] = Allow((Coordinator, Reach.Any)),
            [CaseServices] = Allow((Coordinator, Reach.Any), (KeyWorker, Reach.Own)),
            [FirstResponseLook] = Allow((CallHandler, Reach.Any)),
            [ConsentRecord] = Allow((Coordinator, Reach.Any), (KeyWorker, Reach.Own)),
            [ConsentGive] = Allow((Coordinator, Reach.Any), (KeyWorker, Reach.Own)),
            [ConsentRefuse] = Allow((Coordinator, Reach.Any), (KeyWorker, Reach.Own)),
            [ConsentWithdraw] = Allow((Coordinator, Reach.Any), (KeyWorker, Reach.Own)),
            [CaseRiskFlag] = Allow((Coordinator, Reach.Any), (KeyWorker, Reach.Own)),
            [CaseRiskLift] = Allow((Coordinator, Reach.Any)),
            [CaseVisit] = Allow((Coordinator, Reach.Any), (KeyWorker, Reach.Own)),
            [CaseJudgementAsk] = Allow((Coordinator, Reach.Any)),
            [CaseJudgementRecord] = Allow((Coordinator, Reach.Any)),
            [CaseJudgementList] = Allow((Coordinator, Reach.Any)),
            [CaseMeeting] = Allow((Coordinator, Reach.Any), (KeyWorker, Reach.Own)),
            [CaseCaf] = Allow((KeyWorker, Reach.Own)),
            [ConsentGiveVictim] = Allow((Coordinator, Reach.Any), (KeyWorker, Reach.Own)),
            [ConsentWithdrawVictim] = Allow((Coordinator, Reach.Any), (KeyWorker, Reach.Own)),
            [NoticePublish] = Allow((Coordinator, Reach.Any), (InformationGovernance, Reach.Any)),
            [NoticeList] = Allow((Coordinator, Reach.Any), (KeyWorker, Reach.Any), (InformationGovernance, Reach.Any), (Auditor, Reach.Any)),
            [NoticeShow] = Allow((Coordinator, Reach.Any), (KeyWorker, Reach.Any), (InformationGovernance, Reach.Any), (Auditor, Reach.Any)),
            [NoticeGive] = Allow((Coordinator, Reach.Any), (KeyWorker, Reach.Own)),
            [NoticeGivenList] = Allow((Coordinator, Reach.Any), (InformationGovernance, Reach.Any), (Auditor, Reach.Any)),
            [ObjectionRecord] = Allow((Coordinator, Reach.Any), (InformationGovernance, Reach.Any)),
            [ObjectionList] = Allow((Coordinator, Reach.Any), (InformationGovernance, Reach.Any), (Auditor, Reach.Any)),
            [ObjectionDecide] = Allow((InformationGovernance, Reach.Any)),
            [ObjectionWithdraw] = Allow((Coordinator, Reach.Any), (InformationGovernance, Reach.Any)),
            [MarkerOrder] = Allow((Coordinator, Reach.Any)),
            [MarkerList] = Allow((Coordinator, Reach.Any), (PoliceOperator, Reach.Own), (InformationGovernance, Reach.Any), (Auditor, Reach.Any)),
            [MarkerConfirm] = Allow((PoliceOperator, Reach.Own)),
            [RecipientRegister] = Allow((AgencySubmitter, Reach.Own), (PoliceOperator, Reach.Own)),
            [HouseholdKeyGive] = Allow((InformationGovernance, Reach.Any)),
            [BreachReport] = Allow((AgencySubmitter, Reach.Own), (InformationGovernance, Reach.Any)),
            [BreachList] = Allow((AgencySubmitter, Reach.Own), (InformationGovernance, Reach.Any), (Auditor, Reach.Any)),
            [BreachStep] = Allow((InformationGovernance, Reach.Any)),
            [SuspensionList] = Allow((Coordinator, Reach.Any), (InformationGovernance, Reach.Any), (Auditor, Reach.Any)),
            [SuspensionMeet] = Allow((InformationGovernance, Reach.Any)),
            [SuspensionLift] = Allow((InformationGovernance, Reach.Any)),
            [AgreementSuspend] = Allow((InformationGovernance, Reach.Any)),
            [RegisterRecord] = Allow((Coordinator, Reach.Any), (PermissionsAdministrator, Reach.Any), (AssetOwner, Reach.Any), (InformationGovernance, Reach.Any)),
            [RegisterList] = Allow((Coordinator, Reach.Any), (PermissionsAdministrator, Reach.Any), (AssetOwner, Reach.Any), (InformationGovernance, Reach.Any), (Auditor, Reach.Any)),
            [RegisterTake] = Allow((Coordinator, Reach.Any), (PermissionsAdministrator, Reach.Any), (AssetOwner, Reach.Any), (InformationGovernance, Reach.Any)),
            [StaffContactRegister] = Allow((Coordinator, Reach.Any), (PermissionsAdministrator, Reach.Any)),
            [ReadReport] = Allow((InformationGovernance, Reach.Any), (Auditor, Reach.Any)),
            [HoldPlace] = Allow((InformationGovernance, Reach.Any)),
            [HoldList] = Allow((InformationGovernance, Reach.Any), (Auditor, Reach.Any)),
            [HoldReview] = Allow((InformationGovernance, Reach.Any)),
            [HoldRelease] = Allow((InformationGovernance, Reach.Any)),
            [QuestionAsk] = Allow((Coordinator, Reach.Any)),
            [QuestionList] = Allow((AgencySubmitter, Reach.Own), (Coordinator, Reach.Any), (InformationGovernance, Reach.Any), (PoliceOperator, Reach.Own), (Auditor, Reach.Any)),
            [QuestionAnswer] = Allow((AgencySubmitter, Reach.Own), (PoliceOperator, Reach.Own)),
            [RequestReceive] = Allow((InformationGovernance, Reach.Any)),
            [RequestList] = Allow((InformationGovernance, Reach.Any), (Auditor, Reach.Any)),
            [RequestView] = Allow((InformationGovernance, Reach.Any)),
            [RequestExtend] = Allow((InformationGovernance, Reach.Any)),
            [RequestDecide] = Allow((InformationGovernance, Reach.Any)),
            [RequestAnswer] = Allow((InformationGovernance, Reach.Any)),
            [RequestFind] = Allow((InformationGovernance, Reach.Any)),
            [RequestRead] = Allow((InformationGovernance, Reach.Any)),
            [RequestExempt] = Allow((InformationGovernance, Reach.Any)),
            [RequestRelease] = Allow((InformationGovernance, Reach.Any)),
            [RequestExport] = Allow((InformationGovernance, Reach.Any)),
            [InformationReceive] = Allow((InformationGovernance, Reach.Any)),
            [InformationList] = Allow((InformationGovernance, Reach.Any), (Auditor, Reach.Any)),
            [InformationFind] = Allow((InformationGovernance, Reach.Any)),
            [InformationView] = Allow((InformationGovernance, Reach.Any)),
            [InformationExempt] = Allow((InformationGovernance, Reach.Any)),
            [InformationExtend] = Allow((InformationGovernance, Reach.Any)),
            [InformationDecide] = Allow((InformationGovernance, Reach.Any)),
            [InformationRespond] = Allow((InformationGovernance, Reach.Any)),
            [InformationAnswer] = Allow((InformationGovernance, Reach.Any)),
            [ResearchAsk] = Allow((AgencySubmitter, Reach.Own)),
            [ResearchList] = Allow((AgencySubmitter, Reach.Own), (Coordinator, Reach.Any), (AssetOwner, Reach.Any), (InformationGovernance, Reach.Any), (Auditor, Reach.Any)),
            [ResearchJustify] = Allow((InformationGovernance, Reach.Any)),
            [ResearchApprove] = Allow((AssetOwner, Reach.Any)),
            [ResearchRefuse] = Allow((AssetOwner, Reach.Any), (InformationGovernance, Reach.Any)),
            [ResearchRecord] = Allow((Coordinator, Reach.Any), (InformationGovernance, Reach.Any), (Auditor, Reach.Any)),
            [ResearchRelease] = Allow((Coordinator, Reach.Any), (InformationGovernance, Reach.Any)),
            [ResearchDestroy] = Allow((InformationGovernance, Reach.Any)),
            [StatisticsSubjects] = Allow((Coordinator, Reach.Any), (InformationGovernance, Reach.Any), (Auditor, Reach.Any)),
            [StatisticsBuild] = Allow((Coordinator, Reach.Any), (InformationGovernance, Reach.Any)),
            [StatisticsList] = Allow(
                (AgencySubmitter, Reach.Own), (Coordinator, Reach.Any), (AssetOwner, Reach.Own), (KeyWorker, Reach.Own), (InformationGovernance, Reach.Any), (PoliceOperator, Reach.Own), (Auditor, Reach.Any)),
            [StatisticsShow] = Allow(
                (AgencySubmitter, Reach.Own), (Coordinator, Reach.Any), (AssetOwner, Reach.Own), (KeyWorker, Reach.Own), (InformationGovernance, Reach.Any), (PoliceOperator, Reach.Own), (Auditor, Reach.Any)),
            [StatisticsRelease] = Allow((Coordinator, Reach.Any), (InformationGovernance, Reach.Any)),
            [StatisticsDiscard] = Allow((Coordinator, Reach.Any), (InformationGovernance, Reach.Any)),
            [SubmissionBuild] = Allow((Coordinator, Reach.Any)),
            [SubmissionReceipt] = Allow((Coordinator, Reach.Any)),
            [StudyOpen] = Allow((LinkageCustodian, Reach.Any)),
            [StudyList] = Allow((LinkageCustodian, Reach.Any), (Analyst, Reach.Any), (StudyApprover, Reach.Any), (Auditor, Reach.Any)),
            [StudyLink] = Allow((LinkageCustodian, Reach.Any)),
            [StudyReport] = Allow((Analyst, Reach.Any)),
            [StudyReportRead] = Allow((Analyst, Reach.Any), (StudyApprover, Reach.Any)),
            [StudyRelease] = Allow((StudyApprover, Reach.Any)),
            [StudyEnd] = Allow((LinkageCustodian, Reach.Any)),
        };

    /// <summary>Which deployments serve an endpoint; those not named here are served by all.</summary>
    public static IReadOnlyDictionary<string, DeploymentKind> ServedBy { get; } = Rules.Keys
        .Where(name => Parts.Any(part => name.StartsWith(part.Prefix, StringComparison.Ordinal)))
        .ToDictionary(name => name, name => Parts.First(part => name.StartsWith(part.Prefix, StringComparison.Ordinal)).Kind);

    private static IEnumerable<(string Prefix, DeploymentKind Kind)> Parts =>
    [
        ("match-", DeploymentKind.Authority),
        ("cohort-", DeploymentKind.Authority),
        ("family-", DeploymentKind.Authority),
        ("household-", DeploymentKind.Authority),
        ("review-", DeploymentKind.Authority),
        ("case-", DeploymentKind.Authority),
        ("claim-", DeploymentKind.Authority),
        ("consent-", DeploymentKind.Authority),
        ("first-response-", DeploymentKind.Authority),
        ("notice-", DeploymentKind.Authority),
        ("objection-", DeploymentKind.Authority),
        ("marker-", DeploymentKind.Authority),
        ("question-", DeploymentKind.Authority),
        ("request-", DeploymentKind.Authority),
        ("information-", DeploymentKind.Authority),
        ("file-", DeploymentKind.Authority),
        ("list-", DeploymentKind.Authority),
        ("disclosure-", DeploymentKind.Authority),
        ("research-", DeploymentKind.Authority),
        ("statistics-", DeploymentKind.Authority),
        ("submission-", DeploymentKind.Authority),
        ("study-", DeploymentKind.Study),
    ];

    public static bool Allows(string endpoint, Role role, bool own) =>
        Rules.TryGetValue(endpoint, out var rules) && rules.TryGetValue(role, out var reach) && (own || reach is Reach.Any);

    /// <summary>Whether the role may call the endpoint at all, if only for its own agency.</summary>
    public static bool Knows(string endpoint, Role role) => Allows(endpoint, role, own: true);

    private static Dictionary<Role, Reach> Allow(params (Role Role, Reach Reach)[] rules) => rules.ToDictionary(rule => rule.Role, rule => rule.Reach);
}
