using FsCheck;
using FsCheck.Fluent;
using TfFlow.Programme.Research;
using TfFlow.Programme.Research.Microdata;

namespace TfFlow.Programme.Tests.Research.Microdata;

public class GeneralisationSearchTest
{
    [Fact]
    public void The_least_loss_is_what_trying_every_combination_gives() => SmallTables.Holds(Problems, problem =>
    {
        var quasi = Quasi(problem.Rows);
        var found = GeneralisationSearch.Find(problem.Rows.Length, quasi, problem.Limits);
        var all = Combinations().Select(levels => Try(quasi, levels, problem)).Where(one => one is not null).ToArray();

        Assert.Equal(all.Length == 0, found is null);
        if (found is not null)
        {
            Assert.Equal(all.Min(one => one!.Value.Loss), found.Loss, 12);
            var same = Try(quasi, [.. found.Levels], problem)!.Value;
            Assert.Equal(same.Loss, found.Loss, 12);
            Assert.Equal(same.Kept, found.Kept);
        }
    });

    [Fact]
    public void What_is_kept_is_k_anonymous_within_the_limit() => SmallTables.Holds(Problems, problem =>
    {
        var quasi = Quasi(problem.Rows);
        if (GeneralisationSearch.Find(problem.Rows.Length, quasi, problem.Limits) is { } found)
        {
            var columns = quasi.Zip(found.Levels, (one, level) => one.At(level).Take(found.Kept));
            Assert.All(EquivalenceClasses.Of(found.Kept.Length, columns).Sizes, size => Assert.True(size >= problem.Limits.K));
            Assert.True(problem.Rows.Length - found.Kept.Length <= problem.Limits.Suppression * problem.Rows.Length);
        }
    });

    [Fact]
    public void One_outlier_is_left_out_rather_than_all_made_coarser()
    {
        var table = MicroTable.Of(MicroColumn.Of("c", Enumerable.Repeat("a", 10).Concat(Enumerable.Repeat("d", 9)).Append("c")));
        var quasi = new[] { new QuasiIdentifier(table["c"], SmallTables.Pairs()) };

        var lenient = GeneralisationSearch.Find(20, quasi, new() { K = 5, Suppression = 0.05 })!;
        var strict = GeneralisationSearch.Find(20, quasi, new() { K = 5, Suppression = 0 })!;

        Assert.Equal((0, 19), (lenient.Levels[0], lenient.Kept.Length));
        Assert.Equal(0.05, lenient.Loss, 12);
        Assert.Equal((1, 20), (strict.Levels[0], strict.Kept.Length));
        Assert.Equal(1.0 / 3, strict.Loss, 12);
    }

    [Fact]
    public void No_answer_is_given_when_even_the_coarsest_is_not_enough() =>
        Assert.Null(GeneralisationSearch.Find(3, Quasi([["a", "a", "a"], ["b", "b", "b"], ["c", "c", "c"]]), new() { K = 4, Suppression = 0 }));

    [Fact]
    public void A_column_without_a_hierarchy_stays_as_it_is()
    {
        var column = MicroColumn.Of("c", ["a", "a", "a", "b"]);

        var found = GeneralisationSearch.Find(4, [new QuasiIdentifier(column, null)], new() { K = 2, Suppression = 0.25 })!;

        Assert.Equal([0], found.Levels);
        Assert.Equal([0, 1, 2], found.Kept);
    }

    [Fact]
    public void A_hierarchy_that_is_not_nested_is_refused() => Assert.Throws<ResearchDataException>(() => GeneralisationSearch.Find(
        2, [new QuasiIdentifier(MicroColumn.Of("c", ["a", "b"]), SmallTables.Hierarchy("a;x;1\nb;x;2"))], new() { K = 2 }));

    private static Arbitrary<(string[][] Rows, GeneralisationLimits Limits)> Problems { get; } =
        (from rows in SmallTables.Rows.Generator
         from k in Gen.Choose(2, 4)
         from share in Gen.Choose(0, 4)
         select (rows, new GeneralisationLimits { K = k, Suppression = share / 8.0 })).ToArbitrary();

    private static QuasiIdentifier[] Quasi(string[][] rows) => [.. SmallTables.Table(rows).Columns.Select(column => new QuasiIdentifier(column, SmallTables.Pairs()))];

    private static IEnumerable<int[]> Combinations() =>
        from a in Enumerable.Range(0, 3) from b in Enumerable.Range(0, 3) from c in Enumerable.Range(0, 3) select new[] { a, b, c };

    private static (double Loss, int[] Kept)? Try(QuasiIdentifier[] quasi, int[] levels, (string[][] Rows, GeneralisationLimits Limits) problem)
    {
        var cells = problem.Rows.Select((_, row) => string.Join('|', quasi.Select((one, i) => one.At(levels[i])[row]))).ToArray();
        var kept = Enumerable.Range(0, cells.Length).Where(row => cells.Count(cell => cell == cells[row]) >= problem.Limits.K).ToArray();
        var loss = Enumerable.Range(0, cells.Length).Average(row =>
            kept.Contains(row) ? quasi.Select((one, i) => one.Hierarchy!.Loss(problem.Rows[row][i], levels[i])).Average() : 1);
        return cells.Length - kept.Length <= problem.Limits.Suppression * cells.Length ? (loss, kept) : null;
    }
}
