namespace TfFlow.Programme.Research.Microdata;

/// <summary>How likely it is that someone who knows a person's quasi-identifiers, and that the person is in the data, picks the right record.</summary>
/// <param name="Records">How many records; how many people, where a person has several.</param>
/// <param name="Classes">How many classes of records alike in every quasi-identifier.</param>
/// <param name="SmallestClass">The size of the smallest class: the k of k-anonymity; 0 when there is no record.</param>
/// <param name="SampleUniques">Records alone in their class; people who are alone in one of theirs.</param>
/// <param name="Average">The mean over the records, or people, of one in the size of their class; of a person's classes the smallest.</param>
/// <param name="RecordsInClassesBelow">For each size in <see cref="Sizes"/>, the records, or people, in classes smaller than that.</param>
public sealed record ReidentificationRisk(
    int Records, int Classes, int SmallestClass, int SampleUniques, double Average, IReadOnlyDictionary<int, int> RecordsInClassesBelow)
{
    public static IReadOnlyList<int> Sizes { get; } = [2, 3, 5, 10, 20, 100];

    /// <summary>One in the size of the smallest class.</summary>
    public double Maximum => SmallestClass == 0 ? 0 : 1.0 / SmallestClass;

    public static ReidentificationRisk Of(EquivalenceClasses classes) => new(
        classes.ClassOf.Length,
        classes.Count,
        classes.Sizes.DefaultIfEmpty(0).Min(),
        classes.Sizes.Count(size => size == 1),
        classes.ClassOf.Length == 0 ? 0 : (double)classes.Count / classes.ClassOf.Length,
        Sizes.ToDictionary(below => below, below => classes.Sizes.Where(size => size < below).Sum()));

    /// <summary>The risk of people.</summary>
    /// <param name="classes">Of rows of which no person has two in one class.</param>
    /// <param name="person">Whom each row is about.</param>
    public static ReidentificationRisk Of(EquivalenceClasses classes, MicroColumn person)
    {
        var smallest = new Dictionary<int, int>();
        for (var row = 0; row < classes.ClassOf.Length; row++)
        {
            var size = classes.Sizes[classes.ClassOf[row]];
            smallest[person.Codes[row]] = Math.Min(size, smallest.GetValueOrDefault(person.Codes[row], size));
        }

        return new(
            smallest.Count,
            classes.Count,
            classes.Sizes.DefaultIfEmpty(0).Min(),
            smallest.Values.Count(size => size == 1),
            smallest.Values.Select(size => 1.0 / size).DefaultIfEmpty(0).Average(),
            Sizes.ToDictionary(below => below, below => smallest.Values.Count(size => size < below)));
    }
}
