using System.Text.Json.Serialization;
using TfFlow.Programme;
using TfFlow.Programme.Agreements;
using TfFlow.Programme.Ledger;
using TfFlow.Vault.Registers;

namespace TfFlow.Lifecycle.Disclosures;

/// <summary>A file that this deployment gives a party, sealed to that party's own key. The people it names are in the file alone.</summary>
public sealed record GivenFile : IRegisterRow<GivenFileState>
{
    /// <summary>Days in which it may be collected. Ours.</summary>
    public const int CollectionDays = 14;

    public required string Id { get; init; }

    public required GivenFileState State { get; init; }

    /// <summary>The party that gives it: this deployment's.</summary>
    public required string Giver { get; init; }

    public required Id<Party> Recipient { get; init; }

    public required string Agreement { get; init; }

    public required string AgreementVersion { get; init; }

    public required Id<Exchange> Exchange { get; init; }

    /// <summary>Of what the agreement's version said when leave was given.</summary>
    public string AgreementSha256 { get; init; } = "";

    /// <summary>Of what the dataset said then.</summary>
    public string DatasetSha256 { get; init; } = "";

    /// <summary>Of a list of families, which were on it and how far they had come, as a hash of their references; empty of other files.</summary>
    public string Listed { get; init; } = "";

    /// <summary>Of a list that lies there, the references of those on it: it is withdrawn once one of them is erased.</summary>
    public IReadOnlyList<string> Families { get; init; } = [];

    /// <summary>Of a list that was given, the references of those on it that are still kept: whoever of them asks is told of it.</summary>
    public IReadOnlyList<string> Named { get; init; } = [];

    /// <summary>It was taken away before its days were over: it named a family that is no longer kept.</summary>
    [JsonIgnore]
    public bool IsWithdrawn => State is GivenFileState.Removed && RemovedAt < GivenAt?.AddDays(CollectionDays);

    /// <summary>Families that were left out of it.</summary>
    public IReadOnlyList<string> Without { get; init; } = [];

    /// <summary>A sealed drop lies in its recipient's outbox; by other means the giver sends it on from its own.</summary>
    public required Means Means { get; init; }

    public required DateTimeOffset OrderedAt { get; init; }

    public DateTimeOffset? GivenAt { get; init; }

    /// <summary>Rows of the file.</summary>
    public long Rows { get; init; }

    /// <summary>Of the sealed file, lower-case hex; empty until it lies there.</summary>
    public string FileHash { get; init; } = "";

    public DateTimeOffset? RemovedAt { get; init; }

    /// <summary>When the sweep removes it; an order that was cut short goes after a day.</summary>
    public DateTimeOffset? DueAt => State switch
    {
        GivenFileState.Ordered => OrderedAt.AddDays(1),
        GivenFileState.Given => GivenAt!.Value.AddDays(CollectionDays),
        _ => null,
    };

    /// <summary>In whose outbox it lies.</summary>
    [JsonIgnore]
    public string Outbox => Means.IsDrop() ? Recipient : Giver;

    [JsonIgnore]
    public string FileName => $"given/{Id}.sealed";

    /// <summary>Beside the file: what it is, without a name.</summary>
    [JsonIgnore]
    public string NoticeName => $"given/{Id}.json";

    /// <summary>An act on this file: one of each kind in its life.</summary>
    public LedgerAct Act(string act, string actor, string role = "") => new()
    {
        ActId = $"{act}.{Id}",
        Act = act,
        Actor = actor,
        Role = role,
        Agency = Recipient,
        Agreement = Agreement,
        AgreementVersion = AgreementVersion,
        Exchange = Exchange,
        References = [Id],
    };
}

/// <summary>What lies beside a file that was given.</summary>
/// <param name="Reference">What the file is sealed under: <c>tfflow key open --reference</c>.</param>
/// <param name="File">In the same outbox.</param>
/// <param name="Until">The last day it may be collected.</param>
public sealed record GivenFileNotice(
    string Reference, Id<Party> From, Id<Party> To, Id<Exchange> Exchange, string Dataset, long Rows, string File, string Sha256, DateOnly Until, string Words) : IReadableDocument
{
    public IReadOnlyList<string> Sentences =>
    [
        $"{From} gives {To} a file of {Dataset} under {Exchange}: {Rows} row{(Rows == 1 ? "" : "s")}.",
        Words,
        $"It is {File} in this outbox, sealed under the reference {Reference}, and lies there until {Until.InWords()}.",
    ];
}
