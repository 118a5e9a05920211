namespace TfFlow.Programme.Research.Counts;

/// <summary>The people or families that a published statistic is about.</summary>
/// <param name="Release">The release it was or will be published in.</param>
/// <param name="Members">Opaque references, the same for the same person in every cohort compared.</param>
public sealed record Cohort(string Release, string Name, IReadOnlySet<string> Members);

/// <summary>A few people whose statistic follows from those of larger cohorts by adding and subtracting.</summary>
/// <param name="People">How many they are; never who.</param>
/// <param name="Cohorts">The cohorts from which it follows.</param>
public sealed record Difference(int People, IReadOnlyList<Cohort> Cohorts);

/// <summary>Finds what a new release, taken together with every earlier one, says of groups too small to be published.</summary>
/// <remarks>
/// A reader knows one sum for each cohort. Split the people into those who are in exactly the same cohorts: each sum is a sum over such
/// parts. Looked for are each cohort of the new release alone, each against every other (they differ in few people), and every part that
/// follows from all the sums together, exactly.
/// </remarks>
public static class Differencing
{
    /// <param name="earlier">The release register: what is out already.</param>
    /// <param name="smallest">The fewest people a statistic may be about; at least 2.</param>
    /// <returns>What the new release adds, the smallest first; nothing that was known without it.</returns>
    public static IReadOnlyList<Difference> Find(IReadOnlyList<Cohort> next, IReadOnlyList<Cohort> earlier, int smallest)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(smallest, 2);
        Cohort[] all = [.. next, .. earlier];
        var alone =
            from cohort in next
            where cohort.Members.Count > 0 && cohort.Members.Count < smallest
            select new Difference(cohort.Members.Count, [cohort]);
        var pairs =
            from one in next.Index()
            from other in all.Skip(one.Index + 1)
            let apart = Apart(one.Item, other)
            where apart > 0 && apart < smallest
            select new Difference(apart, [one.Item, other]);
        var known = KnownParts(earlier, smallest).Select(part => Sign(part.Members)).ToHashSet();
        var parts =
            from part in KnownParts(all, smallest)
            where !known.Contains(Sign(part.Members))
            select new Difference(part.Members.Length, part.Cohorts);
        return [.. alone.Concat(pairs).Concat(parts)
            .DistinctBy(found => (found.People, Sign(found.Cohorts.Select(cohort => $"{cohort.Release}\t{cohort.Name}"))))
            .OrderBy(found => found.People)
            .ThenBy(found => found.Cohorts.Count)];
    }

    private static int Apart(Cohort one, Cohort other) =>
        one.Members.Count(member => !other.Members.Contains(member)) + other.Members.Count(member => !one.Members.Contains(member));

    private static string Sign(IEnumerable<string> names) => string.Join('\n', names.Order(StringComparer.Ordinal));

    /// <summary>The small parts whose sum follows from those of the cohorts, each with the cohorts it follows from.</summary>
    private static IEnumerable<(string[] Members, Cohort[] Cohorts)> KnownParts(IReadOnlyList<Cohort> cohorts, int smallest)
    {
        var parts = cohorts.SelectMany(cohort => cohort.Members).Distinct()
            .GroupBy(member => string.Concat(cohorts.Select(cohort => cohort.Members.Contains(member) ? '1' : '0')), StringComparer.Ordinal)
            .OrderBy(part => part.Key, StringComparer.Ordinal)
            .Select(part => (part.Key, Members: part.ToArray()))
            .ToArray();
        return
            from known in SumEquations.Solve(cohorts.Count, parts.Length, (cohort, part) => parts[part].Key[cohort] == '1')
            where parts[known.Unknown].Members.Length < smallest
            select (parts[known.Unknown].Members, known.Equations.Select(i => cohorts[i]).ToArray());
    }
}
