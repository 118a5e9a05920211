namespace TfFlow.Programme.Agreements;

public enum NoticeKind
{
    Suspension = 1,
    Withdrawal,
    Termination,
}

/// <summary>A written notice that changes an agreement's standing: kept in a register, read by the gate.</summary>
/// <remarks>seeds/002 §15.</remarks>
/// <param name="Agreement">The agreement's id: a notice holds for all its versions.</param>
/// <param name="By">The partner that gave it.</param>
/// <param name="From">When it takes effect.</param>
/// <param name="Until">When it lapses or was lifted; <c>null</c> for good.</param>
public sealed record AgreementNotice(string Agreement, NoticeKind Kind, Id<Party> By, DateTimeOffset From, DateTimeOffset? Until)
{
    public const int SuspensionDays = 45;
    public const int MeetingDays = 14;
    public const int NoticeDays = 30;

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
