using TfFlow.Programme.Cases;

namespace TfFlow.Programme.Outcomes;

/// <summary>Why a family is moved to another outcome plan than the one by which it entered. A list, so that nobody is named in the
/// ledger.</summary>
public enum PlanMoveReason
{
    /// <summary>The other plan offsets the problems that the family turned out to have.</summary>
    FamilysProblems = 1,

    /// <summary>What the plan measures by is sent no more.</summary>
    NoLongerSent,

    /// <summary>The plan had a fault.</summary>
    PlanInError,
}

/// <summary>When a family is measured, and when it keeps its plan or gets another.</summary>
/// <remarks>seeds/001 Significant and sustained progress.</remarks>
public static class OutcomeCaseRules
{
    /// <param name="entered">The day it entered, and with that its plan was frozen; null: it has not.</param>
    /// <returns>What stands in the way of measuring the family; empty when nothing does.</returns>
    public static IReadOnlyList<Obstacle> ToMeasure(FamilyCase family, DateOnly? entered) => Obstacle.Unless(
        (entered is not null && IsMeasured(family.State),
            "a family that is worked with, or was, and is not reviewed yet",
            "seeds/001 Significant and sustained progress"));

    /// <param name="current">The plan it has; empty: it has none.</param>
    /// <param name="to">Null: none of that name is at hand.</param>
    /// <param name="known">The names of those at hand.</param>
    /// <returns>What stands in the way of another plan; empty when nothing does.</returns>
    public static IReadOnlyList<Obstacle> ToMove(
        FamilyCase family, DateOnly? entered, string current, FamilyOutcomePlan? to, PlanMoveReason reason, IEnumerable<string> known) =>
    [
        .. ToMeasure(family, entered),
        .. Obstacle.Unless(
            (family.Outcome is null, "a family whose outcome is not decided yet", "ours"),
            (to is not null && to.Name != current, $"another family outcome plan of its programme, by its name: {string.Join(", ", known)}",
                "ours"),
            (Enum.IsDefined(reason), "the reason", "ours: a changed plan leaves families alone that entered before")),
    ];

    private static bool IsMeasured(FamilyCaseState state) =>
        state is FamilyCaseState.PartnerLed or FamilyCaseState.Supported or FamilyCaseState.Completed
        or FamilyCaseState.Withdrawn or FamilyCaseState.OutcomesChecked;
}
