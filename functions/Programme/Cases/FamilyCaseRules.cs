using TfFlow.Programme.Outcomes;

namespace TfFlow.Programme.Cases;

/// <summary>What must be there before a family's journey moves on.</summary>
public static class FamilyCaseRules
{
    /// <summary>Within so many months of its end a case is reviewed, and again after each review that found further risk.</summary>
    /// <remarks>seeds/002 §10. That the months run from the end of support is ours.</remarks>
    public const int ReviewMonths = 12;

    /// <summary>The cost is compared one year after the end of support; until then what is known of the family is kept, and an outcome that is
    /// not shown may still be.</summary>
    /// <remarks>seeds/001 Cost Saving calculator.</remarks>
    public const int CostCheckMonths = 12;

    /// <returns>Empty when the case may move; the table's own refusals included.</returns>
    public static IReadOnlyList<Obstacle> Obstacles(FamilyCase family, FamilyCaseState to, DateOnly today) =>
        !FamilyCaseStates.Transitions.Allows(family.State, to)
            ? [Obstacle.NotNow(FamilyCaseStates.Where(family.State))]
            : to switch
            {
                // It begins anew, with nothing of before: the marker above all.
                FamilyCaseState.Identified => Obstacle.Unless(MarkerIsOff(family)),
                FamilyCaseState.SupportAssessed => Obstacle.Unless(
                    (family.Assessment is not null, "what support the family already receives, and whether a multi-agency approach suits it", "seeds/002 §4.3.1")),
                FamilyCaseState.PartnerLed => Obstacle.Unless(
                    (family.Assessment is { LedBy.Length: > 0 }, "the partner that supports the family already", "seeds/002 §4.3.2")),
                FamilyCaseState.PackPrepared => Obstacle.Unless(
                    (family.Assessment is not null, "what support the family already receives", "seeds/002 §4.3.1"),
                    (family.PackOn is not null, "the information pack", "seeds/001 3 Final suitability")),
                FamilyCaseState.SuitabilityConfirmed => Obstacle.Unless(
                    (family.Suitability is { Suitable: true }, "a final check that found the family suitable", "seeds/001 3 Final suitability"),
                    (family.Suitability is { LoneWorkerConsidered: true }, "a look at danger to a lone key worker", "seeds/001 3 Final suitability"),
                    (family.Risk is null || family.Suitability is { ByTwo: true },
                        "visits by two, because there is a risk to somebody who visits alone; else the family is found unsuitable",
                        "seeds/001 3 Final suitability")),
                FamilyCaseState.Invited => Obstacle.Unless(
                    (family.InvitedOn is not null, "the date of the invitation", "seeds/001 3 Final suitability"),
                    SourcesAnswered(family)),
                FamilyCaseState.Agreed => Agreed(family),
                FamilyCaseState.Supported => Obstacle.Unless(
                    (family.Basis != SupportBasis.None, "consent of everyone involved, or a duty, still standing on the day of the allocation", "seeds/001 Legal gateway, Consent"),
                    (!string.IsNullOrEmpty(family.KeyWorker), "the key worker", "seeds/002 §4.3.2")),
                FamilyCaseState.Completed or FamilyCaseState.Withdrawn => Obstacle.Unless((family.EndedOn is not null, "the day support ended", "seeds/001 3 Final suitability")),
                FamilyCaseState.OutcomesChecked => OutcomesChecked(family, today),
                FamilyCaseState.Reviewed => Obstacle.Unless(
                    (family.Review is not null, "the review: is there an indication of further risk?", "seeds/002 §10"),
                    (family.State != FamilyCaseState.OutcomesChecked || IsYearAfterEnd(family, today),
                        "a year since the end of support, when the family's cost is compared",
                        "seeds/001 Cost Saving calculator"),
                    MarkerIsOff(family)),
                FamilyCaseState.Erasing => Erasing(family),
                _ => [],
            };

    /// <summary>What stands in the way of finding a family unsuitable in the final check.</summary>
    public static IReadOnlyList<Obstacle> ToFindUnsuitable(FamilyCase family) => Obstacle.Unless(
        (family.State is FamilyCaseState.PackPrepared or FamilyCaseState.SuitabilityConfirmed,
            "a family whose information pack is prepared, and that is not invited yet",
            "seeds/001 3 Final suitability"),
        (family.Suitability is { Reason: { } reason } && Enum.IsDefined(reason), "the reason why it is not suitable", "seeds/001 3 Final suitability"));

    /// <summary>Support goes on while consent or a duty stands, and not a day longer.</summary>
    /// <remarks>seeds/001 Legal gateway, Consent; withdrawal is ours: UK GDPR Art 7(3).</remarks>
    public static bool MustEnd(FamilyCase family) => family.State == FamilyCaseState.Supported && family.Basis == SupportBasis.None;

    /// <summary>What stands in the way of another key worker taking a family over. A basis that went has ended the support.</summary>
    public static IReadOnlyList<Obstacle> ToReallocate(FamilyCase family, string keyWorker) => Obstacle.Unless(
        (!string.IsNullOrEmpty(keyWorker) && keyWorker != family.KeyWorker, "another key worker", "seeds/002 §4.3.2"));

    /// <summary>Where a case stands once what it rests on has changed: it moves on, or ends, with its basis.</summary>
    /// <returns>Its own state when nothing follows.</returns>
    public static FamilyCaseState Settle(FamilyCase family) => family.State switch
    {
        FamilyCaseState.Supported when MustEnd(family) => FamilyCaseState.Withdrawn,
        FamilyCaseState.Agreed when family.Basis == SupportBasis.None => FamilyCaseState.DidNotTakePart,
        FamilyCaseState.Invited when family.Basis != SupportBasis.None => FamilyCaseState.Agreed,
        FamilyCaseState.Invited when !family.Consents.Any(consent => consent.State == ConsentState.Sought) => FamilyCaseState.DidNotTakePart,
        FamilyCaseState.SuitabilityConfirmed when family.Basis == SupportBasis.Duty && SourcesAnswered(family).Item1 => FamilyCaseState.Agreed,
        var state => state,
    };

    /// <summary>What falls due after support ended.</summary>
    public static IReadOnlyList<Deadline> AfterEnd(DateOnly ended, FamilyCaseState state) => state == FamilyCaseState.Completed
        ? [
            new("comparison of the family's cost", At(ended.AddMonths(CostCheckMonths)), "seeds/001 Cost Saving calculator (one year after)"),
            new("review for signs of further risk", At(ended.AddMonths(ReviewMonths)), "seeds/002 §10"),
        ]
        : [new("review for signs of further risk", At(ended.AddMonths(ReviewMonths)), "seeds/002 §10")];

    /// <summary>What falls due while a partner supports the family: whether it still does is looked at within a year, and each
    /// year.</summary>
    /// <remarks>Ours, after seeds/002 §10.</remarks>
    public static IReadOnlyList<Deadline> WhileLed(DateOnly assessed) =>
        [new("look at whether the partner still supports the family", At(assessed.AddMonths(ReviewMonths)), "ours, after seeds/002 §10")];

    private static IReadOnlyList<Obstacle> Agreed(FamilyCase family) => family.State == FamilyCaseState.Invited
        ? Obstacle.Unless((family.Basis != SupportBasis.None, "consent of everyone involved, or a specific legal duty", "seeds/001 Legal gateway, Consent"))
        : Obstacle.Unless(
            (family.Basis == SupportBasis.Duty, "a legal duty: without one the family is invited and asked", "seeds/001 Legal gateway, Consent"),
            SourcesAnswered(family));

    private static IReadOnlyList<Obstacle> OutcomesChecked(FamilyCase family, DateOnly today) => Obstacle.Unless(
        MarkerIsOff(family),
        (family.Outcome is not null, "a measurement of its outcomes", "seeds/001 Significant and sustained progress"),
        (family.Outcome is not OutcomeResult.NotShown || IsYearAfterEnd(family, today),
            "significant and sustained progress, or continuous employment, shown by measure ('tfflow case measurement list' says what is missing); or a year since the end of support, when what is not shown is the answer",
            "seeds/001 Measuring Success"));

    private static bool IsYearAfterEnd(FamilyCase family, DateOnly today) => family.EndedOn is { } ended && today >= ended.AddMonths(CostCheckMonths);

    private static IReadOnlyList<Obstacle> Erasing(FamilyCase family) => Obstacle.Unless(
        MarkerIsOff(family),
        (family.State != FamilyCaseState.Reviewed || family.Review is { FurtherRisk: false }, "a review that found no indication of further risk", "seeds/002 §10"));

    private static (bool, string, string) SourcesAnswered(FamilyCase family) => (
        family.Currency.All(check => check.AnsweredAt is not null),
        "each source's word on whether what it sent is still current",
        "seeds/002 App A, fourth principle");

    private static (bool, string, string) MarkerIsOff(FamilyCase family) =>
        (family.Marker == MarkerStanding.Off, "the police's confirmation that the marker is off", "seeds/001 3 Final suitability (the markers will be removed)");

    private static DateTimeOffset At(DateOnly day) => new(day, TimeOnly.MinValue, TimeSpan.Zero);
}
