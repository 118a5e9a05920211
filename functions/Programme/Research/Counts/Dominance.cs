namespace TfFlow.Programme.Research.Counts;

/// <summary>Whether a sum of amounts gives away one of those who contributed to it.</summary>
/// <remarks>Hundepool et al. 2012, §4.2.2; Brandt et al. 2010, §2.5.</remarks>
public sealed record Dominance
{
    /// <summary>How many of the largest are taken together. Default 2; at least 1.</summary>
    public int Largest { get; init; } = 2;

    /// <summary>The share of the sum, 0 to 1, that they may have together. Default 0.90.</summary>
    public decimal Share { get; init; } = 0.90m;

    /// <summary>How near, as a share of it, the largest must not be estimated by the second largest. Default 0.10.</summary>
    public decimal Nearness { get; init; } = 0.10m;

    /// <summary>(n, k): the largest contributions are more than their share of the sum.</summary>
    public bool IsDominated(IReadOnlyCollection<decimal> amounts) =>
        Magnitudes(amounts).Take(Largest).Sum() is > 0 and var top && top > Share * Magnitudes(amounts).Sum();

    /// <summary>p %: what remains without the two largest is less than the nearness times the largest.</summary>
    public bool IsNearlyKnown(IReadOnlyCollection<decimal> amounts) =>
        Magnitudes(amounts).FirstOrDefault() is > 0 and var first && Magnitudes(amounts).Skip(2).Sum() < Nearness * first;

    public bool IsSafe(IReadOnlyCollection<decimal> amounts) => !IsDominated(amounts) && !IsNearlyKnown(amounts);

    private static IEnumerable<decimal> Magnitudes(IEnumerable<decimal> amounts) => amounts.Select(Math.Abs).OrderDescending();
}
