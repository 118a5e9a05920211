namespace TfFlow.Programme.Cases;

/// <summary>Somebody in the household may be a danger to a worker who comes alone. What the danger is stands in the pack.</summary>
/// <param name="On">The day it describes.</param>
/// <param name="Source">Who says so: an organisation as the agreements name it, or one of
/// <see cref="SurfacedProblemRules.OwnSources"/>.</param>
/// <param name="By">Who recorded it: an account, or the service.</param>
public sealed record LoneWorkerRisk(DateOnly On, string Source, string By, DateOnly RecordedOn);

/// <summary>A visit to a family.</summary>
/// <param name="Visitors">Their accounts.</param>
/// <param name="By">The account that recorded it.</param>
public sealed record Visit(DateOnly On, IReadOnlyList<string> Visitors, string By);

/// <summary>A family with a risk to a lone worker is visited by two, or its case is declined.</summary>
/// <remarks>seeds/001 3 Final suitability: "a final check for suitability, for instance, if a family member is highly violent and may
/// present
/// a risk to a lone keyworker attending the house without suitable support". That support means a second worker is ours.</remarks>
public static class LoneWorkerRules
{
    /// <summary>How many visit together where there is a risk.</summary>
    public const int Together = 2;

    /// <summary>What an item of the pack is about when it tells of such a risk: the code of the column <c>subject</c>.</summary>
    public const string Subject = "risk-to-worker";

    /// <summary>Whether an item that a source sent tells of a risk to a worker.</summary>
    public static bool IsToldBy(IReadOnlyDictionary<string, string> fields) => fields.GetValueOrDefault("subject") == Subject;

    /// <param name="organisations">As the agreements name them.</param>
    /// <returns>What stands in the way of recording a risk; empty when nothing does.</returns>
    public static IReadOnlyList<Obstacle> ToFlag(
        FamilyCase family, string source, IReadOnlyCollection<string> organisations, DateOnly on, DateOnly today) => Obstacle.Unless(
        (IsOpen(family), "a case that has not ended", "ours"),
        (SurfacedProblemRules.OwnSources.Contains(source) || organisations.Contains(source),
            $"its source: an organisation as the agreements name it, or {string.Join(" or ", SurfacedProblemRules.OwnSources)}",
            "seeds/001 3 Final suitability"),
        (on <= today, "the day it describes, which is not in the future", "ours"));

    /// <returns>What stands in the way of saying that the risk is over; empty when nothing does.</returns>
    public static IReadOnlyList<Obstacle> ToLift(
        FamilyCase family, string source, IReadOnlyCollection<string> organisations, DateOnly on, DateOnly today) => Obstacle.Unless(
        (IsByTwo(family), "a risk that stands", "ours"),
        (family.Risk is null || on >= family.Risk.On, "a day that is not before the risk's own", "ours"),
        (SurfacedProblemRules.OwnSources.Contains(source) || organisations.Contains(source),
            $"its source: an organisation as the agreements name it, or {string.Join(" or ", SurfacedProblemRules.OwnSources)}",
            "seeds/001 3 Final suitability"),
        (on <= today, "the day it describes, which is not in the future", "ours"));

    /// <returns>What stands in the way of a visit; empty when nothing does.</returns>
    public static IReadOnlyList<Obstacle> ToVisit(FamilyCase family, IReadOnlyCollection<string> visitors, DateOnly on) => Obstacle.Unless(
        (family.State is FamilyCaseState.SuitabilityConfirmed or FamilyCaseState.Invited or FamilyCaseState.Agreed or FamilyCaseState.Supported,
            "a family that was found suitable and whose support has not ended: nobody calls before the final check",
            "seeds/001 3 Final suitability"),
        (family.Suitability is not { } check || on >= check.On, "a day that is not before the final check", "seeds/001 3 Final suitability"),
        (visitors.Count > 0 && visitors.All(visitor => visitor.Length > 0), "who visits, by their accounts", "ours"),
        (!IsByTwo(family) || visitors.Distinct(StringComparer.Ordinal).Count() >= Together,
            "a second worker: a visit by one is refused where there is a risk to somebody who comes alone",
            "seeds/001 3 Final suitability"));

    private static bool IsByTwo(FamilyCase family) => family.Risk is not null || family.Suitability is { ByTwo: true };

    private static bool IsOpen(FamilyCase family) =>
        family.EndedOn is null && family.State is not (FamilyCaseState.DidNotTakePart or FamilyCaseState.Erasing or FamilyCaseState.Erased);
}
