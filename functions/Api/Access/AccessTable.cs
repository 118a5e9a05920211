using static TfFlow.Api.Access.Role;

namespace TfFlow.Api.Access;

public enum Reach
{
    /// <summary>Only what concerns the caller's own agency.</summary>
    Own,

    Any,
}

/// <summary>Every endpoint and who may call it. What is not here is forbidden.</summary>
public static class AccessTable
{
    public const string GrantIssue = "grant-issue";
    public const string GrantShow = "grant-show";
    public const string OutboxList = "outbox-list";
    public const string OutboxRead = "outbox-read";
    public const string ExtractList = "extract-list";
    public const string ExtractShow = "extract-show";
    public const string MatchStart = "match-start";
    public const string MatchList = "match-list";
    public const string CohortList = "cohort-list";
    public const string FamilyShow = "family-show";
    public const string ReviewList = "review-list";
    public const string ReviewDecide = "review-decide";
    public const string CalendarList = "calendar-list";
    public const string SweepStart = "sweep-start";
    public const string LedgerHead = "ledger-head";
    public const string LedgerKey = "ledger-key";
    public const string LedgerCheckpoint = "ledger-checkpoint";
    public const string InstanceList = "instance-list";
    public const string InstanceShow = "instance-show";

    /// <summary>Open to anyone: says nothing but whether the deployment is well.</summary>
    public const string Health = "health";

    public static IReadOnlyDictionary<string, IReadOnlyDictionary<Role, Reach>> Rules { get; } =
        new Dictionary<string, IReadOnlyDictionary<Role, Reach>>
        {
            [GrantIssue] = Allow((AgencySubmitter, Reach.Own)),
            [GrantShow] = Allow((AgencySubmitter, Reach.Own)),
            [OutboxList] = Allow((AgencySubmitter, Reach.Own)),
            [OutboxRead] = Allow((AgencySubmitter, Reach.Own)),
            [ExtractList] = Allow((AgencySubmitter, Reach.Own), (Coordinator, Reach.Any), (InformationGovernance, Reach.Any), (Auditor, Reach.Any)),
            [ExtractShow] = Allow((AgencySubmitter, Reach.Own), (Coordinator, Reach.Any), (InformationGovernance, Reach.Any), (Auditor, Reach.Any)),
            [MatchStart] = Allow((Coordinator, Reach.Any)),
            [MatchList] = Allow((Coordinator, Reach.Any), (InformationGovernance, Reach.Any), (Auditor, Reach.Any)),
            [CohortList] = Allow((Coordinator, Reach.Any), (InformationGovernance, Reach.Any), (Auditor, Reach.Any)),
            [FamilyShow] = Allow((Coordinator, Reach.Any)),
            [ReviewList] = Allow((Coordinator, Reach.Any), (InformationGovernance, Reach.Any), (Auditor, Reach.Any)),
            [ReviewDecide] = Allow((Coordinator, Reach.Any)),
            [CalendarList] = Allow((AgencySubmitter, Reach.Own), (Coordinator, Reach.Any), (InformationGovernance, Reach.Any), (Auditor, Reach.Any)),
            [SweepStart] = Allow((InformationGovernance, Reach.Any)),
            [LedgerHead] = Allow((AgencySubmitter, Reach.Any), (InformationGovernance, Reach.Any), (Auditor, Reach.Any)),
            [LedgerKey] = Allow((AgencySubmitter, Reach.Any), (InformationGovernance, Reach.Any), (Auditor, Reach.Any)),
            [LedgerCheckpoint] = Allow((AgencySubmitter, Reach.Any), (InformationGovernance, Reach.Any), (Auditor, Reach.Any)),
            [InstanceList] = Allow((Coordinator, Reach.Any), (InformationGovernance, Reach.Any), (Auditor, Reach.Any)),
            [InstanceShow] = Allow((Coordinator, Reach.Any), (InformationGovernance, Reach.Any), (Auditor, Reach.Any)),
        };

    public static bool Allows(string endpoint, Role role, bool own) =>
        Rules.TryGetValue(endpoint, out var rules) && rules.TryGetValue(role, out var reach) && (own || reach is Reach.Any);

    /// <summary>Whether the role may call the endpoint at all, if only for its own agency.</summary>
    public static bool Knows(string endpoint, Role role) => Allows(endpoint, role, own: true);

    private static Dictionary<Role, Reach> Allow(params (Role Role, Reach Reach)[] rules) => rules.ToDictionary(rule => rule.Role, rule => rule.Reach);
}
