using FsCheck;
using FsCheck.Fluent;
using TfFlow.Programme.Research.Counts;
using TfFlow.Programme.Tests.Research.Microdata;

namespace TfFlow.Programme.Tests.Research.Counts;

public class DifferencingTest
{
    [Fact]
    public void All_and_all_the_men_but_one_woman_are_flagged()
    {
        // 8 of 20 and 7 of 19: the twentieth is a woman, and she is the eighth.
        var all = Cohort("r1", "all", Enumerable.Range(0, 20));
        var men = Cohort("r2", "men", Enumerable.Range(0, 19));

        var found = Assert.Single(Differencing.Find([men], [all], 10));

        Assert.Equal(1, found.People);
        Assert.Equal(["all", "men"], found.Cohorts.Select(cohort => cohort.Name).Order());
    }

    [Fact]
    public void Cohorts_that_differ_in_enough_people_are_not_flagged() =>
        Assert.Empty(Differencing.Find([Cohort("r2", "men", Enumerable.Range(0, 20))], [Cohort("r1", "all", Enumerable.Range(0, 40))], 10));

    [Fact]
    public void The_same_cohort_again_says_nothing_new() =>
        Assert.Empty(Differencing.Find([Cohort("r2", "all", Enumerable.Range(0, 40))], [Cohort("r1", "all", Enumerable.Range(0, 40))], 10));

    [Fact]
    public void Neither_inside_the_other_but_nearly_the_same_is_flagged() =>
        Assert.Equal(2, Assert.Single(Differencing.Find([Cohort("r2", "b", Enumerable.Range(1, 30))], [Cohort("r1", "a", Enumerable.Range(0, 30))], 10)).People);

    [Fact]
    public void Three_releases_together_give_away_what_no_two_do()
    {
        // all (0–59) less north (0–29) less south (30–57) leaves two.
        var found = Assert.Single(Differencing.Find(
            [Cohort("r3", "south", Enumerable.Range(30, 28))],
            [Cohort("r1", "all", Enumerable.Range(0, 60)), Cohort("r2", "north", Enumerable.Range(0, 30))],
            10));

        Assert.Equal((2, 3), (found.People, found.Cohorts.Count));
    }

    [Fact]
    public void Four_releases_that_add_up_to_three_times_a_few_people_give_them_away()
    {
        // Four parts, the last of two people; each cohort leaves out one part. Three of them less twice the fourth is three times the last part.
        int[][] parts = [[.. Enumerable.Range(0, 20)], [.. Enumerable.Range(20, 20)], [.. Enumerable.Range(40, 20)], [60, 61]];
        Cohort[] cohorts = [.. parts.Select((left, i) => Cohort($"r{i}", $"c{i}", parts.Except([left]).SelectMany(part => part)))];

        var found = Assert.Single(Differencing.Find(cohorts[..1], cohorts[1..], 10));

        Assert.Equal((2, 4), (found.People, found.Cohorts.Count));
    }

    [Fact]
    public void What_was_known_already_is_not_laid_to_the_new_release()
    {
        Cohort[] earlier = [Cohort("r1", "all", Enumerable.Range(0, 40)), Cohort("r2", "but one", Enumerable.Range(0, 39))];

        Assert.Empty(Differencing.Find([Cohort("r3", "others", Enumerable.Range(100, 40))], earlier, 10));
    }

    [Fact]
    public void A_small_cohort_is_flagged_by_itself() =>
        Assert.Equal(3, Assert.Single(Differencing.Find([Cohort("r1", "few", Enumerable.Range(0, 3))], [], 10)).People);

    [Fact]
    public void Every_part_that_some_sum_of_cohorts_leaves_alone_is_found() => SmallTables.Holds(Systems, cohorts =>
    {
        var people = cohorts.SelectMany(cohort => cohort.Members).Distinct().ToArray();
        var parts = people.GroupBy(person => string.Concat(cohorts.Select(cohort => cohort.Members.Contains(person)))).Select(part => part.ToArray()).ToArray();
        var found = Differencing.Find(cohorts, [], people.Length + 1).Select(one => one.People).ToHashSet();
        foreach (var part in parts.Index().Where(part => IsDetermined(cohorts, parts, part.Index)))
        {
            Assert.Contains(part.Item.Length, found);
        }
    });

    [Fact]
    public void Every_difference_follows_from_the_cohorts_it_names() => SmallTables.Holds(Systems, cohorts =>
    {
        foreach (var found in Differencing.Find(cohorts, [], 4).Where(found => found.Cohorts.Count > 2))
        {
            var people = found.Cohorts.SelectMany(cohort => cohort.Members).Distinct().ToArray();
            var parts = people.GroupBy(person => string.Concat(found.Cohorts.Select(cohort => cohort.Members.Contains(person)))).Select(part => part.ToArray()).ToArray();
            Assert.Contains(parts.Index(), part => part.Item.Length == found.People && IsDetermined(found.Cohorts, parts, part.Index));
        }
    });

    private static Arbitrary<Cohort[]> Systems { get; } =
        Gen.Choose(1, 255).ArrayOf().Where(masks => masks.Length is > 0 and < 5)
            .Select(masks => masks.Distinct().Select((mask, i) => Cohort("r", $"c{i}", Enumerable.Range(0, 8).Where(bit => (mask & (1 << bit)) != 0))).ToArray()).ToArbitrary();

    /// <summary>Whether some ±1, ±2 or 0 of each cohort adds up to the part alone, once, twice or three times.</summary>
    /// <remarks>Enough for four cohorts by Cramer's rule: a determinant of zeros and ones is at most 2 for three rows and 3 for four.</remarks>
    private static bool IsDetermined(IReadOnlyList<Cohort> cohorts, string[][] parts, int wanted)
    {
        int[] factors = [0, 1, -1, 2, -2];
        var scales = Enumerable.Range(1, 3);
        return Combine([]).Any(lambda => scales.Any(scale => parts.Index().All(part =>
            cohorts.Index().Sum(cohort => cohort.Item.Members.Contains(part.Item[0]) ? lambda[cohort.Index] : 0) == (part.Index == wanted ? scale : 0))));

        IEnumerable<int[]> Combine(int[] chosen) =>
            chosen.Length == cohorts.Count ? [chosen] : factors.SelectMany(factor => Combine([.. chosen, factor]));
    }

    private static Cohort Cohort(string release, string name, IEnumerable<int> people) => new(release, name, people.Select(person => $"p{person}").ToHashSet());
}
