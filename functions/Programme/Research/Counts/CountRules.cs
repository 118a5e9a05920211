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
}
