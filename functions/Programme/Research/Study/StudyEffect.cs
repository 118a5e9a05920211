using TfFlow.Programme.Research.Counts;

namespace TfFlow.Programme.Research.Study;

/// <summary>A person of a study and one measure, before and after the start. Pseudonymous until it is compared.</summary>
/// <param name="Family">Which of the study's families: people of one family are no independent cases.</param>
public sealed record MeasuredPerson(string Group, int Family, double Before, double After);

/// <param name="Low">Where its 95 % interval begins.</param>
/// <param name="High">Where it ends.</param>
public sealed record Estimate(double Value, double Low, double High)
{
    /// <summary>The interval does not hold zero.</summary>
    public bool IsClear => Low > 0 || High < 0;
}

/// <param name="People">Rounded.</param>
/// <param name="Families">Rounded.</param>
/// <param name="Before">Mean over the people.</param>
/// <param name="After">Mean over the people.</param>
public sealed record GroupFigures(long People, long Families, double Before, double After);

/// <summary>What became of those that took part beside those that were assessed and did not.</summary>
/// <param name="Difference">Of the means after the start.</param>
/// <param name="InDifferences">Of the changes: what one group changed more than the other (difference in differences).</param>
/// <remarks>Angrist and Pischke 2009, §5.2; intervals by the cluster-robust variance of a mean (§8.2.3) over families and Student's t with
/// the degrees of freedom of Welch 1947.</remarks>
public sealed record StudyEffect(GroupFigures TookPart, GroupFigures AssessedOnly, Estimate Difference, Estimate InDifferences)
{
    /// <summary>A mean over fewer families is not published. Ours.</summary>
    public const int FewestFamilies = 10;

    private static readonly Dominance Dominance = new();

    /// <returns>Null when a group is too small, or one or two families make up nearly all of a group's amount.</returns>
    public static StudyEffect? Of(IReadOnlyCollection<MeasuredPerson> people)
    {
        var groups = GroupComparison.Groups.Select(group => people.Where(person => person.Group == group).ToList()).ToList();
        if (!groups.TrueForAll(MayBeTold))
        {
            return null;
        }

        var (took, assessed) = (groups[0], groups[1]);
        return new(
            Figures(took),
            Figures(assessed),
            Between(Mean(took, person => person.After), Mean(assessed, person => person.After)),
            Between(Mean(took, person => person.After - person.Before), Mean(assessed, person => person.After - person.Before)));
    }

    private static bool MayBeTold(List<MeasuredPerson> group)
    {
        var families = group.GroupBy(person => person.Family).ToList();
        return families.Count >= FewestFamilies
            && Dominance.IsSafe([.. families.Select(family => (decimal)family.Sum(person => person.Before))])
            && Dominance.IsSafe([.. families.Select(family => (decimal)family.Sum(person => person.After))]);
    }

    private static GroupFigures Figures(List<MeasuredPerson> group) => new(
        CountRounding.ToFive.Apply(group.Count),
        CountRounding.ToFive.Apply(group.DistinctBy(person => person.Family).Count()),
        Published(group.Average(person => person.Before)),
        Published(group.Average(person => person.After)));

    private static Clustered Mean(List<MeasuredPerson> group, Func<MeasuredPerson, double> value)
    {
        var mean = group.Average(value);
        var families = group.GroupBy(person => person.Family).Select(family => family.Sum(person => value(person) - mean)).ToList();
        var variance = families.Sum(sum => sum * sum) * families.Count / (families.Count - 1) / ((double)group.Count * group.Count);
        return new(mean, variance, families.Count - 1);
    }

    private static Estimate Between(Clustered one, Clustered other)
    {
        var (value, variance) = (one.Mean - other.Mean, one.Variance + other.Variance);
        var freedom = variance * variance / ((one.Variance * one.Variance / one.Freedom) + (other.Variance * other.Variance / other.Freedom));
        var reach = variance > 0 ? Student(freedom) * Math.Sqrt(variance) : 0;
        return new(Published(value), Math.Floor((value - reach) * 100) / 100, Math.Ceiling((value + reach) * 100) / 100);
    }

    /// <summary>The 97.5 % point of Student's t, by the expansion of Cornish and Fisher (Abramowitz and Stegun 1964, 26.7.5): right to
    /// three decimals from nine degrees on.</summary>
    private static double Student(double freedom)
    {
        const double Z = 1.959963984540054;
        const double Z3 = Z * Z * Z, Z5 = Z3 * Z * Z, Z7 = Z5 * Z * Z;
        return Z + ((Z3 + Z) / (4 * freedom)) + (((5 * Z5) + (16 * Z3) + (3 * Z)) / (96 * freedom * freedom))
            + (((3 * Z7) + (19 * Z5) + (17 * Z3) - (15 * Z)) / (384 * freedom * freedom * freedom));
    }

    /// <summary>Two decimals: no amount of one person can be worked out of a mean and a rounded number of people.</summary>
    private static double Published(double figure) => Math.Round(figure, 2, MidpointRounding.AwayFromZero);

    private readonly record struct Clustered(double Mean, double Variance, int Freedom);
}
