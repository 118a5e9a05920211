using TfFlow.Programme;
using TfFlow.Programme.Agreements;
using TfFlow.Programme.Eligibility;
using TfFlow.Programme.Ledger;
using TfFlow.Vault.Registers;

namespace TfFlow.Lifecycle.Matching;

/// <summary>A matching round's row. Its id is the programme and a number that counts up, so that a round is started once.</summary>
public sealed record MatchingRun : IRegisterRow<MatchingStage>
{
    public required string Id { get; init; }

    public required MatchingStage State { get; init; }

    /// <summary>From 1, without gaps.</summary>
    public required int Round { get; init; }

    /// <summary>Id and version.</summary>
    public required string Programme { get; init; }

    public required Id<Party> Authority { get; init; }

    /// <summary>The day on which everybody is looked at.</summary>
    public required DateOnly On { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>The account that asked for it, or the timer.</summary>
    public required string StartedBy { get; init; }

    /// <summary>Of what the programme said when it was asked for; empty where it was no document.</summary>
    public string ProgrammeSha256 { get; init; } = "";

    /// <summary>Of what the plan said.</summary>
    public string PlanSha256 { get; init; } = "";

    /// <summary>The extracts it reads, by id.</summary>
    public IReadOnlyList<string> Extracts { get; init; } = [];

    /// <summary>In how many partitions the households are looked at.</summary>
    public int Partitions { get; init; }

    /// <summary>What each finished partition found.</summary>
    public IReadOnlyList<PartitionCount> Counts { get; init; } = [];

    /// <summary>How many people of which groups it looked at, and how many of them are of families of the cohort. True counts:
    /// <see cref="Fairness.Table"/> says what may be shown.</summary>
    public IReadOnlyList<GroupCount> People { get; init; } = [];

    public DateTimeOffset? CompletedAt { get; init; }

    /// <summary>None: a round is woken by its orchestration.</summary>
    public DateTimeOffset? DueAt => null;

    /// <summary>An act of this round.</summary>
    /// <param name="what">What makes its id its own within the round; empty for an act there is one of.</param>
    public LedgerAct Act(string act, string what = "") => new()
    {
        ActId = what.Length == 0 ? $"{act}.{Id}" : $"{act}.{Id}.{what}",
        Act = act,
        Actor = nameof(MatchingRunOrchestration),
        Agency = Authority,
        References = [Id],
    };
}

/// <param name="Households">Households that something new was received about.</param>
/// <param name="CouldReach">Of them, those that could be families of the programme: their people were looked at.</param>
/// <param name="Known">Of them, those in the cohort or in review already: what is new was added.</param>
/// <param name="InCohort">New families of the cohort.</param>
/// <param name="InReview">New households that somebody must look at.</param>
/// <param name="Unread">Extracts that the agreement did not let be opened, by id: they are left as they are.</param>
public sealed record PartitionCount(int Partition, long Households, long CouldReach, long Known, long InCohort, long InReview, IReadOnlyList<string> Unread);
