namespace TfFlow.Programme.Extracts.Validators;

/// <summary>Checks one cell and normalises it. Stateless; the value arrives as UTF-8, trimmed, never blank (blank is a rule of its own).</summary>
public abstract class Validator
{
    /// <summary>As a specification writes it: <c>nhs-number</c>.</summary>
    public abstract string Name { get; }

    /// <summary>What a cell should hold, for codebooks.</summary>
    public abstract string Describes { get; }

    /// <summary>For each code what else is taken for it, for codebooks; capitals, spaces and hyphens aside.</summary>
    public virtual IReadOnlyDictionary<string, IReadOnlyList<string>> Understood { get; } = new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>Every rule this validator can answer with.</summary>
    public abstract IReadOnlyList<Rule> Rules { get; }

    /// <summary>What is told of a cell that may not be blank and is.</summary>
    public virtual Rule Blank => CellRules.Blank;

    /// <summary>Writes the normalised value, or writes nothing of use and returns the rule that was broken.</summary>
    /// <returns><c>null</c> when the value is valid; a rule whose consequence is a warning comes with a value.</returns>
    public abstract Rule? Normalise(ReadOnlySpan<byte> value, ValueWriter into);
}
