namespace TfFlow.Vault;

/// <summary>The names of this deployment, its tables and containers.</summary>
/// <param name="Prefix">Lower-case letters and digits, or empty: lets deployments share an account.</param>
/// <param name="Origin">The ledger's own name, as its checkpoints carry it: <c>council.example/tfflow</c>.</param>
public sealed record StoreNames(string Prefix = "", string Origin = "tfflow.local")
{
    /// <summary>Sealed facts, persons and family blobs.</summary>
    public string Vault => Prefix + "vault";

    /// <summary>Insert-only: what makes a start unique.</summary>
    public string Claims => Prefix + "claims";

    public string Grants => Prefix + "grants";

    public string Extracts => Prefix + "extracts";

    /// <summary>Families of the cohort.</summary>
    public string Families => Prefix + "families";

    /// <summary>Matching rounds.</summary>
    public string Matchings => Prefix + "matchings";

    /// <summary>The vault index of households: keyed tokens, erased with what they lead to.</summary>
    public string Households => Prefix + "households";

    /// <summary>Families' cases.</summary>
    public string Cases => Prefix + "cases";

    /// <summary>Instructions to the police.</summary>
    public string Markers => Prefix + "markers";

    /// <summary>Breaches of agreements.</summary>
    public string Breaches => Prefix + "breaches";

    /// <summary>Suspensions of agreements.</summary>
    public string Suspensions => Prefix + "suspensions";

    /// <summary>People's requests about their data.</summary>
    public string SubjectRequests => Prefix + "subjectrequests";

    /// <summary>Requests for recorded information.</summary>
    public string InformationRequests => Prefix + "informationrequests";

    /// <summary>Versions of the privacy notice.</summary>
    public string PrivacyNotices => Prefix + "privacynotices";

    /// <summary>Who was given which version of the privacy notice.</summary>
    public string NoticesGiven => Prefix + "noticesgiven";

    /// <summary>What people object to.</summary>
    public string Objections => Prefix + "objections";

    /// <summary>Questions to the sources of records.</summary>
    public string Questions => Prefix + "questions";

    /// <summary>Profiles of sources, filed with agreements.</summary>
    public string Discoveries => Prefix + "discoveries";

    /// <summary>Legal holds.</summary>
    public string Holds => Prefix + "holds";

    /// <summary>Public keys that recipients registered.</summary>
    public string Recipients => Prefix + "recipients";

    /// <summary>Requests for anonymous extracts.</summary>
    public string Research => Prefix + "research";

    /// <summary>Tables of statistics; and the container of what each counts, by reference.</summary>
    public string Statistics => Prefix + "statistics";

    /// <summary>Rounds of a study, in its own deployment.</summary>
    public string Studies => Prefix + "studies";

    /// <summary>An authority's submissions to studies.</summary>
    public string Submissions => Prefix + "submissions";

    /// <summary>Files given to parties.</summary>
    public string Given => Prefix + "given";

    /// <summary>Governance registers: notices, approvals, named people, access, risks, orders.</summary>
    public string Governance => Prefix + "governance";

    /// <summary>Claims that are drawn or returned together.</summary>
    public string ClaimBatches => Prefix + "claimbatches";

    /// <summary>Claims for payment by results.</summary>
    public string OutcomeClaims => Prefix + "outcomeclaims";

    /// <summary>Keyed tokens of who was of a family that was claimed for: kept for good.</summary>
    public string ClaimedFamilies => Prefix + "claimedfamilies";

    public string Ledger => Prefix + "ledger";

    /// <summary>Wrapped data keys; in the key store.</summary>
    public string Keys => Prefix + "keys";

    /// <summary>Where an agency's drops arrive.</summary>
    public string Drops(string agency) => $"{Prefix}drop-{agency}";

    /// <summary>Where an agency collects reports, receipts and certificates.</summary>
    public string Outbox(string agency) => $"{Prefix}outbox-{agency}";
}
