namespace TfFlow.Programme.Extracts;

/// <summary>What happens when a rule is broken.</summary>
public enum Consequence
{
    /// <summary>The row is kept; the sender is told.</summary>
    Warning = 1,

    /// <summary>The row is refused.</summary>
    Refusal,

    /// <summary>The whole file is refused.</summary>
    Quarantine,
}

/// <summary>One thing an extract is checked for, with the words its sender is told.</summary>
/// <param name="Code">Stable: <c>subject.what</c>, lower case.</param>
/// <param name="Expected">What should have been there, in words that never carry what was there.</param>
/// <param name="Remedy">What the sender can do about it, in sentences.</param>
/// <param name="Source">The line that rules it (<c>seeds/002 §1</c>), a public standard, or <c>ours</c>.</param>
public sealed record Rule(string Code, string Expected, string Remedy, string Source, Consequence Consequence = Consequence.Refusal)
{
    public override string ToString() => Code;
}
