namespace TfFlow.Programme.Research.Microdata;

/// <summary>How likely it is that someone who knows a person's quasi-identifiers, and that the person is in the data, picks the right record.</summary>
/// <param name="Records">How many records.</param>
/// <param name="Classes">How many classes of records alike in every quasi-identifier.</param>
/// <param name="SmallestClass">The size of the smallest class: the k of k-anonymity; 0 when there is no record.</param>
/// <param name="SampleUniques">Records alone in their class.</param>
/// <param name="RecordsInClassesBelow">For each size in <see cref="Sizes"/>, the records in classes smaller than that.</param>
public sealed record ReidentificationRisk(
    int Records, int Classes, int SmallestClass, int SampleUniques, IReadOnlyDictionary<int, int> RecordsInClassesBelow)
{
    public static IReadOnlyList<int> Sizes { get; } = [2, 3, 5, 10, 20, 100];

    /// <summary>Classes divided by records: the mean over the records of one in the size of their class.</summary>
    public double Average => Records == 0 ? 0 : (double)Classes / Records;

    /// <summary>One in the size of the smallest class.</summary>
    public double Maximum => SmallestClass == 0 ? 0 : 1.0 / SmallestClass;

    public static ReidentificationRisk Of(EquivalenceClasses classes) => new(
        classes.ClassOf.Length,
        classes.Count,
        classes.Sizes.DefaultIfEmpty(0).Min(),
        classes.Sizes.Count(size => size == 1),
        Sizes.ToDictionary(below => below, below => classes.Sizes.Where(size => size < below).Sum()));
}
