using TfFlow.Programme;
using TfFlow.Programme.Agreements;
using TfFlow.Programme.Eligibility;

namespace TfFlow.Lifecycle.Matching;

/// <summary>What a round would read now, and what it would go without. References, datasets, counts and days alone.</summary>
/// <param name="Waiting">The extracts it would read.</param>
/// <param name="Missing">Datasets that the plan waits for and that are not in.</param>
/// <param name="Terms">The last school terms the plan knows: what is counted by term is counted over these.</param>
/// <param name="IsDue">A round begins by itself at the next midnight.</param>
/// <param name="UnderWay">A round is looking at households already.</param>
public sealed record MatchingPreview(IReadOnlyList<WaitingExtract> Waiting, IReadOnlyList<string> Missing, IReadOnlyList<Term> Terms, bool IsDue, bool UnderWay);

/// <param name="Erased">Once matched, what it says of families that do not meet the criteria is erased at once.</param>
public sealed record WaitingExtract(string Id, Id<Party> Agency, Id<Exchange> Exchange, string Dataset, DateOnly Received, long Rows, bool Erased);
