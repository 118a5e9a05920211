using TfFlow.Programme.Eligibility;

namespace TfFlow.Programme.Cases;

/// <summary>Where a problem stands that came to light after work had begun.</summary>
public enum SurfacedProblemState
{
    /// <summary>It counts as a problem of the family.</summary>
    Surfaced,

    /// <summary>It was recorded in error.</summary>
    Withdrawn,
}

public static class SurfacedProblemStates
{
    public static TransitionTable<SurfacedProblemState> Transitions { get; } = new(
        SurfacedProblemState.Surfaced, (SurfacedProblemState.Surfaced, SurfacedProblemState.Withdrawn));
}

/// <summary>A problem that came to light after work with a family had begun. Which one it is stands in the family's sealed
/// explanation.</summary>
/// <param name="Reference">Opaque.</param>
/// <param name="On">The day it came to light.</param>
/// <param name="Source">Who says so: an organisation as the agreements name it, or one of
/// <see cref="SurfacedProblemRules.OwnSources"/>.</param>
/// <param name="By">The account that recorded it.</param>
public sealed record SurfacedProblem(
    string Reference, SurfacedProblemState State, DateOnly On, string Source, string By, DateOnly RecordedOn);

/// <summary>When a problem is added to what a family was found with.</summary>
/// <remarks>seeds/001 Identifying Families: "Some problems, such as domestic violence or mental illness, may be hidden from public services
/// until intensive work begins with the family".</remarks>
public static class SurfacedProblemRules
{
    /// <summary>Sources that are no organisation: the key worker saw it, the family said it.</summary>
    public static IReadOnlyList<string> OwnSources { get; } = ["key-worker", "family"];

    /// <param name="problem">A criterion of the programme, by its id.</param>
    /// <param name="organisations">As the agreements name them.</param>
    /// <param name="known">Problems the family has already, by their ids.</param>
    /// <returns>What stands in the way of adding it; empty when nothing does.</returns>
    public static IReadOnlyList<Obstacle> ToAdd(
        FamilyCase family,
        EligibilityProgramme programme,
        string problem,
        string source,
        IReadOnlyCollection<string> organisations,
        DateOnly on,
        DateOnly today,
        IReadOnlyCollection<string> known)
    {
        var problems = programme.Criteria.Where(criterion => !criterion.Filter).Select(criterion => criterion.Id).ToList();
        return Obstacle.Unless(
            (family.State is FamilyCaseState.Supported,
                "a family that is being worked with: until then its records are what it is found by",
                "seeds/001 Identifying Families"),
            (problems.Contains(problem), $"a problem of {programme.Name}: {string.Join(", ", problems)}", "seeds/001 Identifying Families"),
            (OwnSources.Contains(source) || organisations.Contains(source),
                $"its source: an organisation as the agreements name it, or {string.Join(" or ", OwnSources)}",
                "seeds/001 Identifying Families"),
            (on <= today, "the day it came to light, which is not in the future", "ours"),
            (!known.Contains(problem), "a problem that the family is not known to have", "ours"));
    }

    /// <returns>What stands in the way of taking it back as recorded in error; empty when nothing does.</returns>
    public static IReadOnlyList<Obstacle> ToWithdraw(FamilyCase family, SurfacedProblem? problem) => Obstacle.Unless(
        (problem is not null && SurfacedProblemStates.Transitions.Allows(problem.State, SurfacedProblemState.Withdrawn),
            "a problem that came to light and stands, by its reference",
            "ours"),
        (family.State is not (FamilyCaseState.Erasing or FamilyCaseState.Erased), "a case that is not erased", "ours"));
}
