using System.Text.Json.Serialization;
using TfFlow.Lifecycle.Intake;
using TfFlow.Programme;
using TfFlow.Programme.Agreements;
using TfFlow.Programme.Ledger;
using TfFlow.Programme.Research.Study;
using TfFlow.Vault.Registers;

namespace TfFlow.Lifecycle.Research.Study;

/// <summary>What a person ordered and the orchestration is to do.</summary>
public enum StudyOrder
{
    None,
    Link,
    Report,
}

/// <summary>A round of a study in its own deployment: from the submissions to the destruction of everything about people.</summary>
public sealed record StudyRound : IRegisterRow<StudyRoundState>
{
    public required string Id { get; init; }

    public required StudyRoundState State { get; init; }

    /// <summary>The research organisation, as the agreements name it.</summary>
    public required string Study { get; init; }

    public required string OpenedBy { get; init; }

    public required DateTimeOffset OpenedAt { get; init; }

    /// <summary>When the research ends: everything about people is destroyed then, whatever else stands open.</summary>
    public required DateTimeOffset EndsAt { get; init; }

    public StudyOrder Order { get; init; }

    public DateTimeOffset? OrderedAt { get; init; }

    public string? OrderedBy { get; init; }

    /// <summary>The departments that match, and the files they were sent.</summary>
    public IReadOnlyList<StudyLinkage> Linkages { get; init; } = [];

    /// <summary>Which study key is whose, by group and department; no name is in it.</summary>
    public SealedBlob? Map { get; init; }

    public int People { get; init; }

    /// <summary>The group report, sealed until two people release it.</summary>
    public SealedBlob? Report { get; init; }

    /// <summary>What is compared, by the names of <see cref="StudyMeasure.All"/>.</summary>
    public IReadOnlyList<string> MeasureCodes { get; init; } = [];

    public string? ReportedBy { get; init; }

    public IReadOnlyList<ResearchApproval> Approvals { get; init; } = [];

    public DateTimeOffset? ReleasedAt { get; init; }

    public DateTimeOffset? DestroyedAt { get; init; }

    /// <summary>What earlier attempts named and may have written. It is erased before the next attempt writes.</summary>
    public IReadOnlyList<SealedBlob> Left { get; init; } = [];

    public DateTimeOffset? DueAt => State is StudyRoundState.Destroyed ? null : State is StudyRoundState.Destroying || Order is not StudyOrder.None ? OrderedAt ?? EndsAt : EndsAt;

    [JsonIgnore]
    public IEnumerable<SealedBlob> Blobs => new[] { Map, Report }.OfType<SealedBlob>().Concat(Left);

    public LedgerAct Act(string act, string actor, string role = "", string more = "") => new()
    {
        ActId = more.Length > 0 ? $"{act}.{Id}.{more}" : $"{act}.{Id}",
        Act = act,
        Actor = actor,
        Role = role,
        Agency = Study,
        References = [Id],
    };
}

/// <param name="Hash">SHA-256 of the sealed linkage file; empty until it is sent.</param>
public sealed record StudyLinkage(Id<Party> Agency, Id<Exchange> Exchange, string Hash = "")
{
    public static string FileName(string roundId) => $"linkage/{roundId}.sealed";
}

/// <param name="RoundId">The round's row in the register.</param>
public sealed record StudyReference(string RoundId);

/// <summary>Who is in a study, without a name: the group, and the key that stands for the person at each department.</summary>
/// <param name="Family">Which of the study's families, by number: those of one home in one submission.</param>
/// <param name="Started">The day the family started, or was assessed.</param>
public sealed record StudyMember(string Group, int Family, DateOnly Started, IReadOnlyDictionary<string, string> Keys);

public sealed record StudyMap(IReadOnlyList<StudyMember> Members);

/// <summary>The group report.</summary>
/// <param name="Measures">What is said of each measure that was compared.</param>
/// <param name="UnknownKeys">Keys in returns that stand for nobody.</param>
public sealed record StudyReport(
    string Round, IReadOnlyList<MeasureReport> Measures, int UnknownKeys, Programme.Research.Release.SdcRecord Record) : IReadableDocument
{
    public IReadOnlyList<string> Sentences =>
    [
        $"Report of round {Round}.",
        .. Measures.SelectMany(measure => measure.Sentences),
        $"{UnknownKeys} key{(UnknownKeys == 1 ? "" : "s")} of the returns stand for nobody.",
        "The families, rounded, with small counts left out:",
        .. Measures.Where(measure => measure.Families.Length > 0).SelectMany(measure => new[] { $"{measure.Title}.", measure.Families }),
    ];
}
