using System.Text.Json.Serialization;
using TfFlow.Programme;
using TfFlow.Programme.Agreements;
using TfFlow.Programme.Ledger;
using TfFlow.Programme.Research.Counts;
using TfFlow.Programme.Research.Release;
using TfFlow.Programme.Research.Statistics;
using TfFlow.Vault.Registers;

namespace TfFlow.Lifecycle.Research.Statistics;

/// <summary>A table of statistics as its register has it: what may be published of it, and where the references of what it counts lie. No
/// true count.</summary>
public sealed record StatisticsTable : IRegisterRow<StatisticsState>
{
    public required string Id { get; init; }

    public required StatisticsState State { get; init; }

    /// <summary>The authority whose registers were counted.</summary>
    public required Id<Party> Authority { get; init; }

    public required StatisticsDefinition Definition { get; init; }

    /// <summary>The account that built it.</summary>
    public required string BuiltBy { get; init; }

    /// <summary>The moment of which its counts are.</summary>
    public required DateTimeOffset CountedAt { get; init; }

    public required IReadOnlyList<string> Rows { get; init; }

    public required IReadOnlyList<string> Columns { get; init; }

    /// <summary>What is published, row after row; null: suppressed.</summary>
    public required IReadOnlyList<long?> Cells { get; init; }

    /// <summary>SHA-256 of the table as <see cref="Csv"/> writes it, lower-case hex.</summary>
    public required string Sha256 { get; init; }

    /// <summary>How it was made safe, and who released it.</summary>
    public required SdcRecord Record { get; init; }

    public DateTimeOffset? ReleasedAt { get; init; }

    /// <summary>Nothing happens by itself: people release it or discard it.</summary>
    [JsonIgnore]
    public DateTimeOffset? DueAt => null;

    /// <summary>Whether it is out, or about to be: a later table is compared with it.</summary>
    [JsonIgnore]
    public bool IsOut => State is StatisticsState.Releasing or StatisticsState.Released;

    /// <summary>The table as it is given to anybody.</summary>
    [JsonIgnore]
    public string Csv => CountLines.Write(Rows, Columns, Cells);

    /// <param name="more">Tells an act that may happen again from the one before.</param>
    public LedgerAct Act(string act, string actor, string role, string more = "") => new()
    {
        ActId = more.Length > 0 ? $"{act}.{Id}.{more}" : $"{act}.{Id}",
        Act = act,
        Actor = actor,
        Role = role,
        Agency = Authority,
        References = [Id],
        Count = Cells.Count,
        Hash = Sha256,
    };
}

/// <summary>What the cells of a table count, by reference: what a later table is compared with.</summary>
/// <param name="Cells">Row after row.</param>
public sealed record StatisticsMembers(IReadOnlyList<IReadOnlyList<string>> Cells);
