using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using TfFlow.Programme.Cases;
using TfFlow.Programme.Research.Counts;

namespace TfFlow.Programme.Outcomes;

/// <summary>Where a claim for payment by results stands.</summary>
public enum ClaimState
{
    Made,

    /// <summary>It was drawn for the internal audit, and nobody has looked at it yet.</summary>
    Drawn,

    /// <summary>The internal audit confirmed it.</summary>
    Confirmed,

    /// <summary>The internal audit did not: it is not returned.</summary>
    Rejected,

    /// <summary>It was counted in a return to the Department.</summary>
    Returned,
}

public static class ClaimStates
{
    public static TransitionTable<ClaimState> Transitions { get; } = new(
        ClaimState.Made,
        (ClaimState.Made, ClaimState.Drawn),
        (ClaimState.Made, ClaimState.Returned),
        (ClaimState.Drawn, ClaimState.Confirmed),
        (ClaimState.Drawn, ClaimState.Rejected),
        (ClaimState.Confirmed, ClaimState.Returned));
}

/// <summary>Claims that go together.</summary>
public enum ClaimBatchKind
{
    /// <summary>Those that the internal audit looks at.</summary>
    Sample,

    /// <summary>Those that the Department is told of.</summary>
    Return,
}

/// <summary>Where claims that go together stand.</summary>
public enum ClaimBatchState
{
    /// <summary>Which they are is decided; some may not be changed yet.</summary>
    Begun,

    /// <summary>Every claim is changed, and what is sent is written.</summary>
    Ended,
}

public static class ClaimBatchStates
{
    public static TransitionTable<ClaimBatchState> Transitions { get; } =
        new(ClaimBatchState.Begun, (ClaimBatchState.Begun, ClaimBatchState.Ended));
}

/// <summary>A claim as a return counts it.</summary>
/// <param name="MadeOn">By its quarter it is counted.</param>
public sealed record CountedClaim(DateOnly MadeOn, OutcomeResult Result);

/// <summary>Payment by results: one claim a family, ever; a sample for the internal audit; an anonymous return.</summary>
/// <remarks>seeds/002 §4.3.3. The audit and its sample are ours.</remarks>
public static class ClaimRules
{
    /// <summary>The most claims that are drawn from or returned together: they stand in one row. What is left goes into the next return.</summary>
    public const int MostTogether = 1_000;

    /// <param name="named">Somebody of the family is known by name and date of birth, so that it is known again.</param>
    /// <param name="before">Somebody of it was of a family that was claimed for.</param>
    /// <returns>What stands in the way of claiming for the family; empty when nothing does.</returns>
    public static IReadOnlyList<Obstacle> ToMake(FamilyCase family, bool named, bool before) => Obstacle.Unless(
        (family.Outcome is OutcomeResult.Progress or OutcomeResult.Employment
            && family.State is FamilyCaseState.OutcomesChecked or FamilyCaseState.Reviewed,
            "a family whose outcome was shown by measure, and whose case is not erased",
            "seeds/002 §4.3.3; seeds/001 Measuring Success"),
        (named, "somebody of the family by name and date of birth, from a signed form or from what was sent to measure it: so that it is known again", "ours"),
        (!before, "a family that was never claimed for, and nobody of whom was of one that was", "ours: one claim a family"));

    /// <param name="open">Claims that no return has counted and no sample has drawn.</param>
    /// <returns>What stands in the way of a sample; empty when nothing does.</returns>
    public static IReadOnlyList<Obstacle> ToSample(int open, int percent) => Obstacle.Unless(
        (open > 0, "claims that no return has counted and no sample has drawn", "ours"),
        (percent is >= 1 and <= 100, "a share of them from 1 to 100 per cent", "ours"));

    /// <returns>What stands in the way of what the internal audit says of a claim; empty when nothing does.</returns>
    public static IReadOnlyList<Obstacle> ToAudit(ClaimState state) => Obstacle.Unless(
        (state is ClaimState.Drawn, "a claim that was drawn for the internal audit and is not looked at yet", "ours"));

    /// <param name="states">Of the claims that no return has counted.</param>
    /// <returns>What stands in the way of a return; empty when nothing does.</returns>
    public static IReadOnlyList<Obstacle> ToReturn(IReadOnlyCollection<ClaimState> states) => Obstacle.Unless(
        (states.Any(state => state is ClaimState.Made or ClaimState.Confirmed), "a claim that no return has counted", "seeds/002 §4.3.3"),
        (states.Any(state => state is ClaimState.Confirmed or ClaimState.Rejected), "an internal audit of a sample: 'tfflow claim sample'",
            "ours"),
        (!states.Contains(ClaimState.Drawn), "the internal audit's word on every claim that was drawn", "ours"));

    /// <summary>The claims that the internal audit looks at. The same seed draws the same of the same claims: anybody can draw them
    /// again.</summary>
    /// <param name="percent">Of them, rounded up; from 1 to 100.</param>
    public static IReadOnlyList<string> Sample(int seed, int percent, IReadOnlyCollection<string> claims) =>
    [
        .. claims.OrderBy(claim => Convert.ToHexStringLower(
            SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{seed}\n{claim}")))),
                StringComparer.Ordinal)
            .Take(((claims.Count * percent) + 99) / 100).Order(StringComparer.Ordinal),
    ];

    /// <summary>Claims by what was shown and the quarter in which they were made, as they may be told to others: small numbers suppressed,
    /// the others rounded.</summary>
    public static ProtectedTable Table(IReadOnlyCollection<CountedClaim> claims)
    {
        string[] results = [nameof(OutcomeResult.Progress), nameof(OutcomeResult.Employment)];
        string[] quarters = [.. claims.Select(claim => Quarter(claim.MadeOn)).Distinct().Order(StringComparer.Ordinal)];
        var counts = claims.CountBy(claim => (claim.Result.ToString(), Quarter(claim.MadeOn))).ToDictionary();
        return ProtectedTable.Of(
            new CountTable(results, quarters,
                results.SelectMany(result => quarters.Select(quarter => (long)counts.GetValueOrDefault((result, quarter))))),
            new CountRules { ReaderKnows = KnownTotals.Rounded });
    }

    private static string Quarter(DateOnly day) => string.Create(CultureInfo.InvariantCulture, $"{day.Year:D4}-Q{(day.Month + 2) / 3}");
}
