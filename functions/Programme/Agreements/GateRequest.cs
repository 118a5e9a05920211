using TfFlow.Programme.Cases;
using TfFlow.Programme.Extracts.Quality;
using TfFlow.Programme.Retention;

namespace TfFlow.Programme.Agreements;

/// <summary>What is about to be done with information.</summary>
public enum GateAct
{
    /// <summary>Taking an extract in.</summary>
    Intake = 1,

    /// <summary>Opening what was received.</summary>
    Opening,

    /// <summary>Handing information to a party.</summary>
    Disclosure,

    /// <summary>Handing what was received on to someone the exchange does not name.</summary>
    /// <remarks>seeds/002 §5.</remarks>
    OnwardDisclosure,

    /// <summary>Deciding to keep.</summary>
    Retention,

    /// <summary>Telling a partner to take a marker off.</summary>
    MarkerRemoval,

    /// <summary>Reporting a breach.</summary>
    BreachNotice,

    Erasure,

    /// <summary>Answering a person about their own data.</summary>
    RightsReply,

    /// <summary>The sender of an exchange is given the secret by which it names households. The recipient is the organisation that takes the exchange in.</summary>
    KeyExchange,
}

/// <summary>A question to the gate. Everything it decides by is in here or in the agreement.</summary>
public sealed record GateRequest
{
    public required GateAct Act { get; init; }

    public required Id<Exchange> Exchange { get; init; }

    /// <summary>The party that acts: on intake and disclosure the one that sends, else the one that holds.</summary>
    public required Id<Party> Agency { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>What stands in the registers: suspensions, withdrawals, orders, approvals, named people.</summary>
    public required IReadOnlyList<AgreementNotice> Notices { get; init; }

    /// <summary>The documents alone are asked: what a register would have to hold is taken to be there.</summary>
    public bool DocumentsAlone { get; init; }

    /// <summary>The account that acts, where a person does; <c>null</c> where it is asked whether anybody could.</summary>
    public string? Account { get; init; }

    /// <summary>To whom, on disclosure; on intake, whose deployment takes it in.</summary>
    public Id<Party>? Recipient { get; init; }

    /// <summary>On intake, whether a study's deployment asks, or an authority's; <c>null</c> when that is not looked at.</summary>
    public bool? Study { get; init; }

    /// <summary>On intake, what is known of the events that retention is counted from.</summary>
    public RetentionClocks Clocks { get; init; } = RetentionClocks.None;

    /// <summary>The <see cref="Recipient"/> that stands for those who attend a meeting and have not signed the agreement.</summary>
    public const string Attendees = "attendees";

    /// <summary>Those who attend and have not signed the agreement signed the meeting's own confidentiality agreement.</summary>
    /// <remarks>seeds/002 §4.3.2.</remarks>
    public bool ConfidentialityAgreed { get; init; }

    /// <summary>What allows onward disclosure.</summary>
    public OnwardGround? Onward { get; init; }

    /// <summary>What it is for; <c>null</c> on intake and keeping, which serve every use of the exchange.</summary>
    public Use? Use { get; init; }

    /// <summary>How far the families concerned have come, for exchanges that are not about anyone; all of them, at least so far.</summary>
    public FamilyStanding? Families { get; init; }

    /// <summary>What stands in the register of objections of the people concerned.</summary>
    public IReadOnlyList<Objection> Objections { get; init; } = [];

    /// <summary>On disclosure, the families somebody of whom was not given a privacy notice that tells of the agreement, by their
    /// references;
    /// <c>null</c> where that was not looked at: then nothing goes out of which people are told first.</summary>
    public IReadOnlyList<string>? Untold { get; init; }

    /// <summary>How it travels, on intake and disclosure.</summary>
    public Means? Means { get; init; }

    /// <summary>The sender's judgement before transfer, on intake of a batch.</summary>
    public BatchJudgement? Judgement { get; init; }

    /// <summary>For which of its organisations the agency submits; empty: for itself. <c>null</c> where no file is at hand, and it is not asked.</summary>
    public string? Organisation { get; init; }

    /// <summary>When the exchange was last accepted from this agency and organisation; <c>null</c> for the first.</summary>
    public DateTimeOffset? LastAccepted { get; init; }

    /// <summary>On intake: nothing of this exchange was accepted from this agency before.</summary>
    public bool FirstUse { get; init; }

    /// <summary>The profile of the agency's source that was filed before its first use; <c>null</c> for none.</summary>
    public QualityProfile? Profile { get; init; }

    /// <summary>It replaces one accepted before: the frequency does not stand against it.</summary>
    public bool Correction { get; init; }
}

public enum FamilyStanding
{
    MeetsCriteria = 1,

    /// <summary>Allocated a key worker.</summary>
    Allocated,
}

public enum OnwardKind
{
    /// <summary>The originator's, in writing; for police data and another purpose, the Chief Officer's (seeds/000 §3.1).</summary>
    WrittenConsent = 1,
    StatutoryObligation,

    /// <summary>Another agreement covers it; the reference is its exchange.</summary>
    OtherAgreement,
}

/// <param name="Reference">The entry of the register of onward disclosure, or the exchange of the other agreement.</param>
public sealed record OnwardGround(OnwardKind Kind, string Reference);

/// <summary>Who among the sender's people judged that a batch should be shared, when, and on what basis.</summary>
/// <remarks>seeds/000 §3.4: "there has been some judgement taken with the names being transferred".</remarks>
/// <param name="By">The account or post of the one who judged.</param>
public sealed record BatchJudgement(string By, DateTimeOffset At, string Basis)
{
    /// <summary>One that stands for any, where it is asked whether a batch could pass at all.</summary>
    internal static BatchJudgement Assumed(DateTimeOffset at) => new("assumed", at, "assumed");
}
