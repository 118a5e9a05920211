namespace TfFlow.Programme.Cases;

/// <summary>Why a move cannot be made yet: what is missing, for the person who would make it. No personal data.</summary>
/// <param name="Source">The line that asks for it, or <c>ours</c>.</param>
public sealed record Obstacle(string What, string Source)
{
    /// <summary>What it says is a sentence of its own: not that something is missing, but that it is refused, and why.</summary>
    public bool IsRefusal { get; private init; }

    /// <param name="words">Whole sentences.</param>
    public static Obstacle Refusal(string words, string source) => new(words, source) { IsRefusal = true };

    /// <summary>A move that the table does not have.</summary>
    /// <param name="where">How things stand, and what comes next.</param>
    public static Obstacle NotNow(string where) => Refusal($"This cannot be done now: {where}", "ours");

    /// <summary>The obstacles whose condition does not hold.</summary>
    internal static IReadOnlyList<Obstacle> Unless(params (bool Holds, string What, string Source)[] conditions) =>
        [.. conditions.Where(condition => !condition.Holds).Select(condition => new Obstacle(condition.What, condition.Source))];
}

/// <summary>By when something must be done.</summary>
/// <param name="Source">The line that sets it, or <c>ours</c>.</param>
public sealed record Deadline(string What, DateTimeOffset At, string Source);
