using System.Text.Json.Serialization;
using TfFlow.Programme;
using TfFlow.Programme.Agreements;
using TfFlow.Programme.Eligibility;

namespace TfFlow.Lifecycle.Matching;

/// <summary>What a round would read now, and what it would go without. References, datasets, counts and days alone.</summary>
/// <param name="Waiting">The extracts it would read.</param>
/// <param name="Missing">Datasets that the plan waits for and that are not in.</param>
/// <param name="Since">The day of the last round, since when it is asked what came; <c>null</c> before the first.</param>
/// <param name="Terms">The last school terms the plan knows: what is counted by term is counted over these.</param>
/// <param name="IsDue">A round begins by itself at the next midnight.</param>
/// <param name="UnderWay">A round is looking at households already.</param>
public sealed record MatchingPreview(IReadOnlyList<WaitingExtract> Waiting, IReadOnlyList<string> Missing, DateOnly? Since, IReadOnlyList<Term> Terms, bool IsDue, bool UnderWay)
{
    /// <summary>Why a round is not started just like that: what is missing, for which period, and what to do.</summary>
    /// <param name="without">How one says that it is to match without.</param>
    public string UnderSupplied(string without) =>
        $"Nothing of {string.Join(" or ", Missing)} has come {Period}, and the plan waits for it: have it sent ('tfflow calendar' says what is owed by whom), "
        + $"or match without it ({without}), after which whoever does not reach the threshold without it is erased as the agreements say.";

    /// <summary>"since the last round, on 2026-03-10".</summary>
    [JsonIgnore]
    public string Period => Since is { } day ? $"since the last round, on {day:yyyy-MM-dd}" : "for the first round";
}

/// <param name="Erased">Once matched, what it says of families that do not meet the criteria is erased at once.</param>
public sealed record WaitingExtract(string Id, Id<Party> Agency, Id<Exchange> Exchange, string Dataset, DateOnly Received, long Rows, bool Erased);
