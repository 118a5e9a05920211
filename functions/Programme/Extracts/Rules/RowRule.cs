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

    /// <summary>What was expected, with the other columns it reads by their headers.</summary>
    public virtual string Expected(DatasetSpecification specification, ExtractReadOptions options)
    {
        var others = columns.Skip(1).Select(column => specification.Columns[column].Header).ToList();
        return others.Count switch
        {
            0 => Rule.Expected,
            <= 3 => $"{Rule.Expected}; it stands beside {string.Join(", ", others)}",
            _ => $"{Rule.Expected}; it stands beside {others[0]} to {others[^1]}",
        };
    }

    public abstract bool Holds(ExtractRow row, ExtractReadOptions options);
}
