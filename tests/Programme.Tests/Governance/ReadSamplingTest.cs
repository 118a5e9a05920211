using TfFlow.Programme.Governance;
using TfFlow.Programme.Ledger;

namespace TfFlow.Programme.Tests.Governance;

/// <summary>What is put before whoever looks through who read what.</summary>
public class ReadSamplingTest
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 10, 12, 0, 0, TimeSpan.Zero);
    private static readonly DateOnly Day = new(2026, 3, 10);

    private static IEnumerable<LedgerEntry> Reads(string account, int count, string role = "KeyWorker", string act = "case.read-pack", int days = 0) => Enumerable.Range(0, count).Select(number => Entry(
        new() { ActId = $"{act}.{account}.{number}.{days}", Act = act, Actor = account, Role = role, References = [$"case-{number}"] }, days));

    private static LedgerEntry Entry(LedgerAct act, int days, EntryKind kind = EntryKind.Outcome) => new(act, kind, Noon.AddDays(days));

    [Fact]
    public void Only_what_a_person_read_in_the_period_counts_and_each_once()
    {
        var report = ReadSampling.Of(Day, Day.AddDays(1),
        [
            .. Reads("a", 2),
            .. Reads("a", 1, days: 1),
            .. Reads("a", 1, days: -1),
            .. Reads("a", 1, days: 2),
            .. Reads("the-service", 5, role: ""),
            .. Reads("a", 3, act: "case.allocate"),
            Entry(new() { ActId = "i", Act = "case.read-pack", Actor = "a", Role = "KeyWorker" }, 0, EntryKind.Intent),
        ]);
        Assert.Equal(3, report.Total);
        Assert.Equal([new ReadCount("a", "KeyWorker", 3, Unusual: false)], report.Counts);
        Assert.Equal(3, report.Sample.Count);
    }

    /// <summary>Written out a second time: an act that is forgotten here is read by nobody who looks through reads.</summary>
    [Theory]
    [InlineData("case.open")]
    [InlineData("case.read-measurements")]
    [InlineData("case.read-pack")]
    [InlineData("case.read-problems")]
    [InlineData("family.show")]
    [InlineData("research.read")]
    [InlineData("study.read-report")]
    [InlineData("ledger.search")]
    [InlineData("ledger.export")]
    public void Every_act_by_which_a_person_sees_people_is_looked_through(string act) =>
        Assert.Equal(2, ReadSampling.Of(Day, Day, Reads("a", 2, act: act)).Total);

    [Fact]
    public void Who_read_most_stands_first_and_the_sample_is_in_the_order_of_time()
    {
        var report = ReadSampling.Of(Day, Day.AddDays(1), [.. Reads("c", 1, days: 1), .. Reads("b", 1), .. Reads("a", 3)]);
        Assert.Equal(["a", "b", "c"], report.Counts.Select(count => count.Account));
        Assert.Equal(report.Sample.Select(read => read.At).Order(), report.Sample.Select(read => read.At));
        Assert.Equal("c", report.Sample[^1].Account);
    }

    [Theory]
    [InlineData(9, 1, false)]
    [InlineData(10, 1, true)]
    [InlineData(12, 4, false)]
    [InlineData(13, 4, true)]
    public void An_unusual_volume_is_more_than_three_times_the_middle_of_the_others_of_its_role(int reads, int others, bool unusual)
    {
        var report = ReadSampling.Of(Day, Day, [.. Reads("busy", reads), .. Reads("b", 2 * others), .. Reads("c", others), .. Reads("d", 1), .. Reads("coordinator", 50, role: "Coordinator")]);
        Assert.Equal(unusual, report.Counts.Single(count => count.Account == "busy").Unusual);

        // With nobody to compare with, nothing is unusual.
        Assert.False(report.Counts.Single(count => count.Account == "coordinator").Unusual);
    }

    [Fact]
    public void A_sample_is_twenty_reads_that_nobody_chose_the_same_for_whoever_asks_and_another_for_another_period()
    {
        List<LedgerEntry> reads = [.. Reads("a", 60), .. Reads("b", 60)];
        var sample = ReadSampling.Of(Day, Day, reads).Sample;
        Assert.Equal(ReadSampling.Size, sample.Count);
        reads.Reverse();
        Assert.Equal(sample.Select(read => read.ActId).Order(), ReadSampling.Of(Day, Day, reads).Sample.Select(read => read.ActId).Order());
        Assert.NotEqual(sample.Select(read => read.ActId).Order(), ReadSampling.Of(Day, Day.AddDays(1), reads).Sample.Select(read => read.ActId).Order());
        Assert.Equal(["a", "b"], sample.Select(read => read.Account).Distinct().Order());
    }
}
