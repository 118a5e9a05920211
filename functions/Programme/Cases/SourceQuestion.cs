using TfFlow.Programme.Extracts;

namespace TfFlow.Programme.Cases;

/// <summary>Why a source is asked about what it sent.</summary>
public enum SourceQuestionKind
{
    /// <summary>Whether it is still current, before anything is done on it.</summary>
    /// <remarks>seeds/002 App A, fourth principle.</remarks>
    Currency = 1,

    /// <summary>Whose record it is: it could not be matched with what others hold.</summary>
    /// <remarks>seeds/002 §6.</remarks>
    Match,
}

/// <summary>What a source says of what it sent.</summary>
public enum SourceAnswer
{
    /// <summary>It is still as it was sent.</summary>
    Current = 1,

    /// <summary>It holds no longer and is not to be used.</summary>
    NotCurrent,

    /// <summary>It was wrong; the source sends a correction, and what it sent before is not used.</summary>
    Corrected,

    /// <summary>The source cannot say; what nobody vouches for is not used.</summary>
    Unknown,
}

/// <summary>Where a question stands.</summary>
public enum SourceQuestionState
{
    Asked,

    Answered,

    /// <summary>Nobody needs the answer any more.</summary>
    Lapsed,
}

public static class SourceQuestionStates
{
    public static TransitionTable<SourceQuestionState> Transitions { get; } = new(
        SourceQuestionState.Asked,
        (SourceQuestionState.Asked, SourceQuestionState.Answered),
        (SourceQuestionState.Asked, SourceQuestionState.Lapsed));
}

/// <summary>What a question is about, as its register has it.</summary>
/// <param name="FromPartner">It came from another organisation than the one that asks.</param>
/// <param name="LastRow">The number of its last row, its header being row 1; 0 where it is not known.</param>
/// <param name="HeldByFamily">A family of the cohort or in review has records of it.</param>
/// <param name="SupersededBy">The correction that took its place; empty for none.</param>
public sealed record QuestionedExtract(bool FromPartner, ExtractStage Stage, long LastRow, bool HeldByFamily, string SupersededBy);

/// <summary>A question that waits for its answer.</summary>
/// <param name="Rows">None for all of the extract.</param>
/// <param name="By">The last day for the answer.</param>
public sealed record WaitingQuestion(string Id, SourceQuestionKind Kind, IReadOnlyList<long> Rows, DateOnly By)
{
    /// <summary>Whoever asks about these rows would ask the same again.</summary>
    public bool Covers(IReadOnlyCollection<long> rows) => rows.Count == 0 ? Rows.Count == 0 : Rows.Count == 0 || rows.All(Rows.Contains);
}

/// <summary>A question to the source of a record, by references alone.</summary>
/// <remarks>seeds/002 §6, App A fourth principle; seeds/000 §3.4.</remarks>
public static class SourceQuestionRules
{
    /// <summary>Days that a source has to answer. A source that is silent is asked again after as many days, and the authority is told.</summary>
    /// <remarks>ours.</remarks>
    public const int AnswerDays = 14;

    /// <summary>Days after which a question that no case waits for lapses.</summary>
    /// <remarks>ours.</remarks>
    public const int LapseDays = 90;

    /// <summary>The most records that one question may name.</summary>
    /// <remarks>ours: more is a second extract, and no question.</remarks>
    public const int MostRows = 100;

    /// <summary>What stands in the way of asking.</summary>
    /// <param name="rows">Row numbers in the file the source sent; none for all of it.</param>
    /// <param name="waiting">Questions about the same extract that wait for their answer.</param>
    public static IReadOnlyList<Obstacle> ToAsk(
        SourceQuestionKind kind, QuestionedExtract about, IReadOnlyCollection<long> rows, IEnumerable<WaitingQuestion> waiting)
    {
        if (NotThere(about) is { } why)
        {
            return [Obstacle.Refusal(why, "ours")];
        }

        var missing = Obstacle.Unless(
            (Enum.IsDefined(kind), "what is asked: Currency or Match", "ours"),
            (about.FromPartner, "what a partner sent: of its own records the authority knows itself", "seeds/002 App A, fourth principle"),
            (kind is not SourceQuestionKind.Match || rows.Count > 0,
                "the row numbers of the records that could not be matched", "seeds/002 §6"),
            (rows.Count <= MostRows && rows.All(row => row > 1),
                $"at most {MostRows} row numbers, as the file has them; its header is row 1", "ours"));
        if (missing.Count > 0)
        {
            return missing;
        }

        if (about.LastRow > 0 && rows.Where(row => row > about.LastRow).Order().FirstOrDefault() is > 0 and var beyond)
        {
            return [Obstacle.Refusal($"The file has no row {beyond}: its last one is row {about.LastRow}.", "ours")];
        }

        return waiting.FirstOrDefault(question => question.Kind == kind && question.Covers(rows)) is { } asked
            ? [Obstacle.Refusal($"This was asked already: question {asked.Id} waits for its answer until {asked.By:yyyy-MM-dd}.", "ours")]
            : [];
    }

    private static string? NotThere(QuestionedExtract about) => about switch
    {
        { Stage: ExtractStage.Claimed or ExtractStage.Sealed } => "The intake of this file has not ended: ask once it is kept.",
        { Stage: ExtractStage.Refused or ExtractStage.Quarantined } =>
            "This file was not taken: nothing of it is here, and its sender has the report that says why.",
        { SupersededBy.Length: > 0 } => $"A correction took the place of this file: ask about {about.SupersededBy}.",
        { Stage: ExtractStage.Erasing or ExtractStage.Erased, HeldByFamily: false } =>
            "This file is erased, and no family has anything of it: there is nothing to ask about.",
        _ => null,
    };

    /// <summary>What stands in the way of an answer.</summary>
    public static IReadOnlyList<Obstacle> ToAnswer(SourceQuestionState state, SourceAnswer answer) => Obstacle.Unless(
        (state is SourceQuestionState.Asked, "a question that waits for its answer", "ours"),
        (Enum.IsDefined(answer), "an answer: Current, NotCurrent, Corrected or Unknown", "ours"));
}
