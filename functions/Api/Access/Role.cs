namespace TfFlow.Api.Access;

/// <summary>Who may act, by the names of the source documents.</summary>
public enum Role
{
    /// <summary>Drops an agency's extracts and collects its reports.</summary>
    AgencySubmitter,

    /// <summary>Troubled Families Coordinator (seeds/001).</summary>
    Coordinator,

    PermissionsAdministrator,
    AssetOwner,

    /// <summary>Own families only.</summary>
    KeyWorker,

    /// <summary>First Response (seeds/001 3): whether a person's family is supported, and nothing else.</summary>
    CallHandler,

    InformationGovernance,
    PoliceOperator,
    Auditor,

    /// <summary>In a study: sees names, and no outcome.</summary>
    LinkageCustodian,

    /// <summary>In a study: sees outcomes, and no name.</summary>
    Analyst,

    /// <summary>In a study: releases what others made.</summary>
    StudyApprover,
}
