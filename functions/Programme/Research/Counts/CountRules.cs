namespace TfFlow.Programme.Research.Counts;

/// <summary>What a reader may know of a table's true totals from elsewhere: an earlier release, a census, the size of the cohort.</summary>
public enum KnownTotals
{
    /// <summary>Nothing: only the totals printed here, which are sums of the published counts and say nothing of the others.</summary>
    None,

    /// <summary>Every row, column and grand total, rounded as the counts are.</summary>
    Rounded,

    /// <summary>Every row, column and grand total, exactly.</summary>
    Exact,
}

/// <summary>How a table of counts is made safe.</summary>
public sealed record CountRules
{
    /// <summary>Counts from 1 to this are suppressed. Default 7; 9 where the rule is "below 10".</summary>
    public long SmallestHidden { get; init; } = 7;

    /// <summary>Default: to the nearest five.</summary>
    public CountRounding Rounding { get; init; } = CountRounding.ToFive;

    /// <summary>What secondary suppression must hold against.</summary>
    public required KnownTotals ReaderKnows { get; init; }

    public bool IsSmall(long count) => count > 0 && count <= SmallestHidden;

    /// <summary>What a reader knows of a count that is published: it is 0 or above the small ones, unless all that is published so is small.</summary>
    internal (long Low, long High) Behind(long published)
    {
        var (low, high) = Rounding.Behind(published);
        return high <= SmallestHidden ? (low, low == 0 ? 0 : high) : (low == 0 ? 0 : Math.Max(low, SmallestHidden + 1), high);
    }

    /// <summary>What a reader knows of a total; null: nothing.</summary>
    internal (long Low, long High)? BehindTotal(long total) => ReaderKnows switch
    {
        KnownTotals.None => null,
        KnownTotals.Rounded => Rounding.Behind(Rounding.Apply(total)),
        _ => (total, total),
    };
}
