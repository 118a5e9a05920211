using TfFlow.Linkage;

namespace TfFlow.Linkage.Tests;

/// <summary>Labelled sets that others publish, with the defaults: the bars are what is promised, or stand a little below what is reached.</summary>
public sealed class PublicSetsTest
{
    [Fact]
    public void Of_FEBRL4_all_but_a_thousandth_is_found_and_right()
    {
        using var left = Open("febrl4a.csv");
        using var right = Open("febrl4b.csv");
        var found = RecordLinkage.Link(new LinkageInput(left, "febrl4a", new()), new LinkageInput(right, "febrl4b", new()), new());
        AssertQuality(0.999, found, FirstTwoParts, 5000);
    }

    [Fact]
    public void Of_FEBRL1_all_but_a_hundredth_is_found_and_right()
    {
        using var file = Open("febrl1.csv");
        AssertQuality(0.99, RecordLinkage.Dedupe(new LinkageInput(file, "febrl1", new()), new()), FirstTwoParts, 500);
    }

    [Fact]
    public void Of_fake_1000_more_is_found_and_right_than_others_reach()
    {
        using var file = Open("fake_1000.csv");
        var found = RecordLinkage.Dedupe(new LinkageInput(file, "fake_1000", new()), new());
        var people = File.ReadLines(PathOf("fake_1000.csv")).Skip(1).Select(line => line.Split(',')).ToDictionary(row => row[0], row => row[^1]);
        var total = people.Values.GroupBy(person => person).Sum(records => records.Count() * (records.Count() - 1) / 2);
        AssertQuality(0.84, found, id => people[id], total);
    }

    private static string FirstTwoParts(string id) => string.Join('-', id.Split('-').Take(2));

    private static void AssertQuality(double bar, LinkageResult found, Func<string, string> personOf, long total)
    {
        var pairs = found.Pairs.Select(pair => (found.LeftId(pair), found.RightId(pair), pair.Probability));
        var quality = PairQuality.ByThreshold(pairs, (left, right) => personOf(left) == personOf(right), total)[0];
        Assert.True(quality.F1 >= bar, $"F1 {quality.F1:F4}, precision {quality.Precision:F4}, recall {quality.Recall:F4}");
    }

    private static FileStream Open(string name) => File.OpenRead(PathOf(name));

    private static string PathOf(string name) => Path.Combine(AppContext.BaseDirectory, "Data", name);
}
