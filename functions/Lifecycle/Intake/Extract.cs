using TfFlow.Programme;
using TfFlow.Programme.Agreements;
using TfFlow.Programme.Extracts;
using TfFlow.Programme.Extracts.Quality;
using TfFlow.Programme.Ledger;
using TfFlow.Vault.Registers;

namespace TfFlow.Lifecycle.Intake;

/// <summary>An extract's row, from the claim of its drop to its certificate.</summary>
public sealed record Extract : IRegisterRow<ExtractStage>
{
    public required Id<Extract> Id { get; init; }

    string IRegisterRow<ExtractStage>.Id => Id;

    public required ExtractStage State { get; init; }

    public required Id<Party> Agency { get; init; }

    /// <summary>For which of its organisations the agency submitted it; empty: for itself.</summary>
    public string Organisation { get; init; } = "";

    public required DateTimeOffset ClaimedAt { get; init; }

    /// <summary>The grant it came under.</summary>
    public required string GrantId { get; init; }

    public required string Agreement { get; init; }

    public required string AgreementVersion { get; init; }

    public required Id<Exchange> Exchange { get; init; }

    public required Drop Drop { get; init; }

    /// <summary>What is being, or was, written; recorded before the first byte of it.</summary>
    public SealedExtract? Sealed { get; init; }

    /// <summary>What earlier attempts named and may have written. It is erased before the extract is accepted or refused.</summary>
    public IReadOnlyList<SealedBlob> Left { get; init; } = [];

    /// <summary>Why it was refused: a stable code; or empty.</summary>
    public string RefusalCode { get; init; } = "";

    public long RowsAccepted { get; init; }

    public long RowsRefused { get; init; }

    /// <summary>The number of its last row, as its sender's file has it: the header is row 1. 0 until it was read.</summary>
    public long LastRow { get; init; }

    /// <summary>How good it was, for the trend of its exchange; null until it was read, and for a file that was not taken.</summary>
    public QualityProfile? Quality { get; init; }

    /// <summary>The matching round that read it; empty while none has.</summary>
    public string MatchedBy { get; init; } = "";

    /// <summary>It was given to the families it is about; what it did not say of a family was looked for, and is not there.</summary>
    public bool Delivered { get; init; }

    /// <summary>The correction that took its place: it is matched no more, and erased. Empty while none has.</summary>
    public string SupersededBy { get; init; } = "";

    /// <summary>Rows that matching sealed anew for the families it kept.</summary>
    public long RowsKept { get; init; }

    /// <summary>The rule that says how long it is kept, with its source; empty until it is accepted.</summary>
    public string RetentionRule { get; init; } = "";

    /// <summary>Until when its retention rule keeps it; null until it is accepted.</summary>
    public DateTimeOffset? KeptUntil { get; init; }

    /// <summary>When the sweep looks at it: once its intake should long have ended, and once its retention is over.</summary>
    public DateTimeOffset? DueAt => State switch
    {
        ExtractStage.Claimed or ExtractStage.Sealed or ExtractStage.Refused => ClaimedAt + IntakePatience,
        ExtractStage.Kept or ExtractStage.Erasing => KeptUntil,
        _ => null,
    };

    /// <summary>Longer than an intake's own attempts go on: then the sweep begins them anew.</summary>
    private static readonly TimeSpan IntakePatience = TimeSpan.FromDays(2);

    public DateTimeOffset? ErasedAt { get; init; }

    /// <summary>An act on this extract: one of each kind in its life.</summary>
    public LedgerAct Act(string act, string actor) => new()
    {
        ActId = $"{act}.{Id}",
        Act = act,
        Actor = actor,
        Agency = Agency,
        Agreement = Agreement,
        AgreementVersion = AgreementVersion,
        Exchange = Exchange,
        References = [Id],
    };
}

/// <summary>The dropped file as it was when claimed.</summary>
/// <param name="Sha256">Of the file as it lay there, lower-case hex: how its sender knows it arrived whole. Empty until it was read to its end.</param>
public sealed record Drop(string Container, string Name, string ETag, long Length, string Sha256 = "")
{
    /// <summary>Of the file its sender sealed, lower-case hex: the receipt carries it. Empty until it was read to its end.</summary>
    public string PlainSha256 { get; init; } = "";
}

/// <summary>Where an accepted extract lies: two blobs, each under a data key of its own.</summary>
public sealed record SealedExtract(SealedBlob Facts, SealedBlob Persons)
{
    public IReadOnlyList<SealedBlob> Blobs => [Facts, Persons];
}

/// <param name="Name">The blob's name in the vault container, and of its row in the key table: its owner's reference, a hyphen, and a reference of its own.</param>
/// <param name="Sha256">Of the ciphertext, lower-case hex; empty until it is written whole.</param>
public sealed record SealedBlob(string Name, string Sha256 = "", long Length = 0)
{
    /// <summary>A new one, named for its owner: what one owner has is opened and erased together.</summary>
    /// <param name="owner">The reference of the register row it belongs to.</param>
    public static SealedBlob Of(string owner) => new($"{owner}-{Reference.New()}");

    internal static IReadOnlyList<SealedBlob> IfAny(SealedBlob? blob) => blob is null ? [] : [blob];
}
