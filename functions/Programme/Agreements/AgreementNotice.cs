namespace TfFlow.Programme.Agreements;

public enum NoticeKind
{
    Suspension = 1,
    Withdrawal,
    Termination,

    /// <summary>A review; the day of the next is <see cref="AgreementNotice.ReviewOn"/>.</summary>
    Review,

    /// <summary>A partner's information governance lead agrees to the table of a version.</summary>
    TableAgreement,

    /// <summary>An Information Asset Owner's approval of a source, or of its use in the database.</summary>
    AssetApproval,

    /// <summary>Somebody named in a dataset's specification.</summary>
    NamedPerson,

    /// <summary>Leave to hand on what a partner sent.</summary>
    OnwardDisclosure,

    /// <summary>A processor's contract.</summary>
    ProcessorContract,

    /// <summary>An order of the Information Commissioner.</summary>
    Order,
}

/// <summary>What a register says about an agreement, an exchange or a person, as the gate reads it: notices, orders, approvals, names.</summary>
/// <remarks>seeds/002 §15, and the lines that <see cref="Governance.RegisterDefinitions"/> cites.</remarks>
/// <param name="Agreement">The agreement's id: a notice holds for all its versions. Empty where an exchange says which.</param>
/// <param name="By">The partner that gave it.</param>
/// <param name="From">When it takes effect.</param>
/// <param name="Until">When it lapses or was lifted; <c>null</c> for good.</param>
public sealed record AgreementNotice(string Agreement, NoticeKind Kind, Id<Party> By, DateTimeOffset From, DateTimeOffset? Until)
{
    public const int SuspensionDays = 45;
    public const int MeetingDays = 14;
    public const int NoticeDays = 30;

    /// <summary>Of the entry it stands in; empty for a suspension.</summary>
    public string Reference { get; init; } = "";

    /// <summary>The one version it is about; empty for all.</summary>
    public string Version { get; init; } = "";

    /// <summary>The one exchange it is about; none for all.</summary>
    public Id<Exchange> Exchange { get; init; }

    /// <summary>To whom something may be handed on.</summary>
    public Id<Party> Recipient { get; init; }

    public string Account { get; init; } = "";

    /// <summary>What it covers, by its register's words.</summary>
    public string Scope { get; init; } = "";

    /// <summary>The person passed a security check.</summary>
    public bool Cleared { get; init; }

    /// <summary>What a review answered.</summary>
    public IReadOnlyList<bool> Answers { get; init; } = [];

    /// <summary>When a review is followed by the next.</summary>
    public DateOnly? ReviewOn { get; init; }

    public bool Holds(DateTimeOffset at) => From <= at && (Until is null || at < Until);

    /// <summary>Holds at once, for 45 days.</summary>
    public static AgreementNotice Suspend(string agreement, Id<Party> by, DateTimeOffset given) =>
        new(agreement, NoticeKind.Suspension, by, given, given.AddDays(SuspensionDays));

    /// <summary>Takes effect 30 days after it is given at the earliest.</summary>
    public static AgreementNotice Withdraw(string agreement, Id<Party> by, DateTimeOffset given) =>
        new(agreement, NoticeKind.Withdrawal, by, given.AddDays(NoticeDays), null);

    /// <summary>Takes effect 30 days after it is given at the earliest.</summary>
    public static AgreementNotice Terminate(string agreement, Id<Party> by, DateTimeOffset given) =>
        new(agreement, NoticeKind.Termination, by, given.AddDays(NoticeDays), null);
}
