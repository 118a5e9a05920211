namespace TfFlow.Programme.Cases;

/// <summary>An organisation was asked for its professional judgement of a family. What it said is sealed.</summary>
/// <param name="Reference">Opaque.</param>
/// <param name="Organisation">As the agreements name it.</param>
/// <param name="AskedBy">The account that asked.</param>
/// <param name="SaidOn">When it answered; null: it has not.</param>
/// <param name="RecordedBy">The account that recorded the answer.</param>
public sealed record Judgement(
    string Reference, string Organisation, DateOnly AskedOn, string AskedBy, DateOnly? SaidOn = null, string? RecordedBy = null);

/// <summary>When professionals are asked what they think of inviting a family. Nothing waits for it.</summary>
/// <remarks>seeds/001 3 Final suitability: "professionals from a range of organisations may be asked for their professional judgment so
/// that
/// local context is added to data".</remarks>
public static class JudgementRules
{
    /// <summary>Characters of what an organisation says, at most. Ours.</summary>
    public const int MaxLength = 4000;

    private const string Source = "seeds/001 3 Final suitability";

    /// <param name="asked">Those that were asked already.</param>
    /// <param name="organisations">As the agreements name them.</param>
    /// <returns>What stands in the way of asking; empty when nothing does.</returns>
    public static IReadOnlyList<Obstacle> ToAsk(
        FamilyCase family,
        IReadOnlyCollection<Judgement> asked,
        string organisation,
        IReadOnlyCollection<string> organisations,
        DateOnly on,
        DateOnly today) => Obstacle.Unless(
        (IsBeforeInvitation(family), "a family that is not invited yet: professionals are asked before", Source),
        (organisations.Contains(organisation), "an organisation as the agreements name it", Source),
        (!asked.Any(other => other.Organisation == organisation && other.SaidOn is null), "an organisation that is not asked already", "ours"),
        (on <= today, "the day it was asked, which is not in the future", "ours"));

    /// <param name="judgement">Null: nobody was asked under that reference.</param>
    /// <param name="words">What the organisation said.</param>
    /// <returns>What stands in the way of recording what it said; empty when nothing does.</returns>
    public static IReadOnlyList<Obstacle> ToRecord(FamilyCase family, Judgement? judgement, DateOnly on, string words, DateOnly today) => Obstacle.Unless(
        (judgement is { SaidOn: null }, "an organisation that was asked and has not answered, by the reference of the question", Source),
        (IsBeforeInvitation(family), "a family that is not invited yet: the judgement informs whether it is", Source),
        (judgement is null || (on >= judgement.AskedOn && on <= today), "the day it answered: not before it was asked, and not in the future", "ours"),
        (words.Length is > 0 and <= MaxLength, $"what it said, in at most {MaxLength} characters", Source));

    private static bool IsBeforeInvitation(FamilyCase family) => family.State is FamilyCaseState.Identified
        or FamilyCaseState.SupportAssessed or FamilyCaseState.PackPrepared or FamilyCaseState.SuitabilityConfirmed;
}
