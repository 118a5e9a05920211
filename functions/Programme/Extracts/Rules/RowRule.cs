namespace TfFlow.Programme.Extracts.Rules;

/// <summary>A rule over several cells of one row. Applied only when none of its columns was refused; blank cells satisfy it.</summary>
/// <param name="rule">What its breach is called.</param>
/// <param name="columns">The columns it reads; the first is the one a finding points at.</param>
public abstract class RowRule(Rule rule, params int[] columns)
{
    public Rule Rule { get; } = rule;

    /// <summary>The column a finding points at.</summary>
    public int Column => columns[0];

    /// <summary>Whether one of its columns is among the broken ones.</summary>
    public bool Reads(ReadOnlySpan<bool> broken)
    {
        foreach (var column in columns)
        {
            if (broken[column])
            {
                return true;
            }
        }

        return false;
    }

    public abstract bool Holds(ExtractRow row, ExtractReadOptions options);
}
