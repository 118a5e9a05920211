using TfFlow.Programme.Extracts;

namespace TfFlow.Programme.Agreements;

/// <summary>A row of the exchange table: from whom, to whom, what, for which use, how often, by which means, how long.</summary>
/// <remarks>seeds/002 App B. A blank of the table stays blank (<c>null</c>, empty) until agreed; it is never assumed.</remarks>
public sealed record Exchange
{
    /// <summary>Unique among all agreements: <c>leicestershire-2</c>.</summary>
    public required Id<Exchange> Id { get; init; }

    public required IReadOnlyList<Id<Party>> From { get; init; }

    /// <summary>Party ids; empty where the table names no partner (a multi-agency meeting).</summary>
    public required IReadOnlyList<Id<Party>> To { get; init; }

    /// <summary>Through whom or to whom within a partner, in the table's words.</summary>
    public required Id<Party>? Via { get; init; }

    public required string Information { get; init; }

    /// <summary>The id of the dataset specification; <c>null</c> while what is exchanged is unsettled or is no file.</summary>
    public required string? Dataset { get; init; }

    public required ExchangeScope Scope { get; init; }

    public required IReadOnlyList<Use> Uses { get; init; }

    public required Frequency? HowOften { get; init; }

    public required IReadOnlyList<Means> Means { get; init; }

    /// <summary>Ids of the retention rules that cover it.</summary>
    public required IReadOnlyList<string> Retention { get; init; }

    /// <summary>Each batch needs the sender's recorded judgement before transfer.</summary>
    /// <remarks>seeds/000 §3.4.</remarks>
    public required bool Judgement { get; init; }

    /// <summary>The source is profiled and the result filed before its first file is taken.</summary>
    /// <remarks>seeds/001 Data to be shared.</remarks>
    public bool Discovery { get; init; }

    /// <summary>Its Information Asset Owner approves the source before a file is taken, and its use in the database before one is opened.</summary>
    /// <remarks>seeds/001 Data definitions.</remarks>
    public bool AssetOwner { get; init; }

    /// <summary>Only people who are named may send it, take it in and match it.</summary>
    /// <remarks>seeds/002 §7, §8.1.</remarks>
    public bool Named { get; init; }

    /// <summary>Everybody it names is given the privacy notice before it is released.</summary>
    /// <remarks>seeds/003, seeds/004; seeds/002 App A, fair processing.</remarks>
    public bool TellFirst { get; init; }

    /// <summary>Columns of the dataset that its supplier or Information Asset Owner named as particularly sensitive: not taken.</summary>
    /// <remarks>seeds/001 Data definitions.</remarks>
    public required IReadOnlyList<string> Withheld { get; init; }

    /// <summary>What a reader of the table should know: an oddity, a change.</summary>
    public required string? Note { get; init; }

    public required string Source { get; init; }

    /// <summary>The dataset's specification, when it is settled.</summary>
    public DatasetSpecification? Specification { get; init; }
}
