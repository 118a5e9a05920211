namespace TfFlow.Programme.Governance;

/// <summary>The registers that hold what the documents ask people to agree, approve, list and review. Each is a <see
/// cref="RegisterDefinition"/>.</summary>
public enum RegisterKind
{
    /// <summary>A partner leaves an agreement.</summary>
    Withdrawal = 1,

    /// <summary>An agreement ends for everybody.</summary>
    Termination,

    /// <summary>An agreement was reviewed.</summary>
    Review,

    /// <summary>A partner's information governance lead agrees to the table of one version.</summary>
    TableAgreement,

    /// <summary>An Information Asset Owner approves a source, or its use in the database.</summary>
    AssetApproval,

    /// <summary>Somebody a partner names in a dataset's specification.</summary>
    NamedPerson,

    /// <summary>An account of the authority's own staff may use the service.</summary>
    Access,

    /// <summary>Leave to hand on what a partner sent.</summary>
    OnwardDisclosure,

    /// <summary>The contract that binds a processor.</summary>
    ProcessorContract,

    /// <summary>A partner's specific security need, or a change of it.</summary>
    SecurityNeed,

    /// <summary>A partner published an agreement.</summary>
    Publication,

    /// <summary>A risk of sharing, or of not sharing.</summary>
    Risk,

    /// <summary>Somebody looked through who had read what.</summary>
    ReadReview,

    /// <summary>An order of the Information Commissioner to cease or change a processing.</summary>
    Order,
}
