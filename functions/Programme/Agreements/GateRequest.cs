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

    /// <summary>Deciding to keep.</summary>
    Retention,

    /// <summary>Telling a partner to take a marker off.</summary>
    MarkerRemoval,

    /// <summary>Reporting a breach.</summary>
    BreachNotice,

    Erasure,

    /// <summary>Answering a person about their own data.</summary>
    RightsReply,
}

/// <summary>A question to the gate. Everything it decides by is in here or in the agreement.</summary>
public sealed record GateRequest
{
    public required GateAct Act { get; init; }

    public required string Exchange { get; init; }

    /// <summary>The party that acts: on intake and disclosure the one that sends, else the one that holds.</summary>
    public required string Agency { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>What stands in the register of notices: suspensions, withdrawals, terminations.</summary>
    public required IReadOnlyList<AgreementNotice> Notices { get; init; }

    /// <summary>To whom, on disclosure.</summary>
    public string? Recipient { get; init; }

    /// <summary>What it is for; <c>null</c> on intake and keeping, which serve every use of the exchange.</summary>
    public Use? Use { get; init; }

    /// <summary>How it travels, on intake and disclosure.</summary>
    public Means? Means { get; init; }

    /// <summary>The sender's judgement before transfer, on intake of a batch.</summary>
    public BatchJudgement? Judgement { get; init; }

    /// <summary>Rows in the batch, once known.</summary>
    public long? BatchSize { get; init; }

    public Marking Marking { get; init; } = Marking.Restricted;

    /// <summary>When the exchange was last accepted from this agency; <c>null</c> for the first.</summary>
    public DateTimeOffset? LastAccepted { get; init; }

    /// <summary>It replaces one accepted before: the frequency does not stand against it.</summary>
    public bool Correction { get; init; }
}

/// <summary>Who among the sender's people judged that a batch should be shared, when, and on what basis.</summary>
/// <remarks>seeds/000 §3.4: "there has been some judgement taken with the names being transferred".</remarks>
/// <param name="By">The account or post of the one who judged.</param>
public sealed record BatchJudgement(string By, DateTimeOffset At, string Basis);
