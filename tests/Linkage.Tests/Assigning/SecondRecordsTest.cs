using TfFlow.Linkage;

namespace TfFlow.Linkage.Tests.Assigning;

public sealed class SecondRecordsTest
{
    private const int People = 100;

    /// <summary>People with two records each: 2i and 2i + 1.</summary>
    private static readonly Edge[] Twice = [.. Enumerable.Range(0, People).Select(i => new Edge(2 * i, (2 * i) + 1, 12))];

    [Fact]
    public void Where_people_have_two_records_a_record_that_has_found_its_own_is_not_anothers_too()
    {
        // Record 1, whose own is 0, is like a sibling's record 2.
        var (graph, weighed) = Weigh([.. Twice, new(1, 2, 4)]);
        Assert.True(weighed[graph.Find(1, 2)] < 0.01, $"{weighed[graph.Find(1, 2)]}");
        Assert.True(weighed[graph.Find(0, 1)] > 0.99, $"{weighed[graph.Find(0, 1)]}");
    }

    [Fact]
    public void Three_records_each_of_which_is_plainly_the_other_two_do_not_rival_each_other()
    {
        const int Third = 2 * People;
        var (graph, weighed) = Weigh([.. Twice, new(0, Third, 11), new(1, Third, 9)]);
        Assert.All([(0, 1), (0, Third), (1, Third)], pair => Assert.True(weighed[graph.Find(pair.Item1, pair.Item2)] > 0.99));
    }

    [Fact]
    public void A_pair_that_a_reviewer_joined_takes_nothing_from_others()
    {
        var (graph, weighed) = Weigh([.. Twice, new(0, 2 * People, Edge.Decided)]);
        Assert.True(weighed[graph.Find(0, 1)] > 0.99);
        Assert.True(weighed[graph.Find(0, 2 * People)] > 0.99);
    }

    [Fact]
    public void Where_many_have_three_records_or_too_few_two_nothing_is_concluded()
    {
        var thrice = Enumerable.Range(0, People).SelectMany(i => new Edge[] { new(3 * i, (3 * i) + 1, 12), new(3 * i, (3 * i) + 2, 12), new((3 * i) + 1, (3 * i) + 2, 12) }).ToArray();
        Assert.Null(SecondRecords.Of(new(thrice, 3 * People, 3 * People), new()));
        Assert.Null(SecondRecords.Of(new(Twice[..10], 2 * People, 2 * People), new()));
    }

    private static (EdgeGraph Graph, double[] Probabilities) Weigh(Edge[] edges)
    {
        var graph = new EdgeGraph([.. edges.OrderBy(e => e.Left).ThenBy(e => e.Right)], (2 * People) + 1, (2 * People) + 1);
        return (graph, SecondRecords.Of(graph, new())!.Weigh(People).Probabilities);
    }
}
