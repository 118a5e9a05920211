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
    /// <param name="partner">What it is about came from another organisation than the one that asks.</param>
    /// <param name="rows">Row numbers in the file the source sent.</param>
    public static IReadOnlyList<Obstacle> ToAsk(SourceQuestionKind kind, bool partner, IReadOnlyCollection<long> rows) => Obstacle.Unless(
        (Enum.IsDefined(kind), "what is asked: Currency or Match", "ours"),
        (partner, "what a partner sent: of its own records the authority knows itself", "seeds/002 App A, fourth principle"),
        (kind is not SourceQuestionKind.Match || rows.Count > 0, "the row numbers of the records that could not be matched", "seeds/002 §6"),
        (rows.Count <= MostRows && rows.All(row => row > 1), $"at most {MostRows} row numbers, as the file has them; its header is row 1", "ours"));

    /// <summary>What stands in the way of an answer.</summary>
    public static IReadOnlyList<Obstacle> ToAnswer(SourceQuestionState state, SourceAnswer answer) => Obstacle.Unless(
        (state is SourceQuestionState.Asked, "a question that waits for its answer", "ours"),
        (Enum.IsDefined(answer), "an answer: Current, NotCurrent, Corrected or Unknown", "ours"));
}
