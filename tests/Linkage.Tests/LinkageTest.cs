using System.Text;
using TfFlow.Linkage;
using TfFlow.Linkage.Tests.Population;

namespace TfFlow.Linkage.Tests;

public sealed class LinkageTest
{
    private static readonly LinkageOptions Defaults = new();

    /// <summary>Seeds here are none that anything was tuned on; the bars stand a little below what the seeds give, to hold what is reached.</summary>
    [Theory]
    [InlineData(101, 1.0, false, 0, 1, 0.993)]
    [InlineData(102, 1.0, true, 2, 3, 0.993)]
    [InlineData(103, 2.0, false, 1, 2, 0.98)]
    public void Two_registers_of_one_population_are_linked(int seed, double noise, bool contacts, int leftLayout, int rightLayout, double bar)
    {
        var population = HouseholdPopulation.Invent(new() { Seed = seed, People = 4000, Noise = noise, Contacts = contacts, LeftLayout = leftLayout, RightLayout = rightLayout });
        var found = Link(population.Left, population.Right, Defaults);
        var (precision, recall) = Quality(found, population);
        Assert.True(2 * precision * recall / (precision + recall) >= bar, $"precision {precision:F4}, recall {recall:F4}");
        Assert.InRange(found.Report.ExpectedPrecision, precision - 0.01, precision + 0.01);
        Assert.InRange(found.Report.BlockingRecall, 0.98, 1);
    }

    /// <summary>Small registers, seeds that nothing was tuned on: the truth lies in the intervals, and within two points of the expectation.</summary>
    [Theory]
    [InlineData(113, 150)]
    [InlineData(114, 500)]
    public void The_expectation_holds_in_small_registers(int seed, int people)
    {
        var population = HouseholdPopulation.Invent(new() { Seed = seed, People = people, Contacts = false, RightLayout = 0 });
        var found = Link(population.Left, population.Right, Defaults);
        var (precision, recall) = Quality(found, population);
        Assert.InRange(precision, found.Report.Precision.Low, found.Report.Precision.High);
        Assert.InRange(recall, found.Report.Recall.Low, found.Report.Recall.High);
        Assert.InRange(precision - found.Report.ExpectedPrecision, -0.02, 0.02);
        Assert.InRange(recall - found.Report.ExpectedRecall, -0.02, 0.02);
    }

    [Fact]
    public void One_to_one_almost_never_links_two_people_of_a_household()
    {
        var population = HouseholdPopulation.Invent(new() { Seed = 104, People = 8_000, Contacts = false });
        var found = Link(population.Left, population.Right, Defaults with { OneToOne = true });
        var (precision, recall) = Quality(found, population);
        Assert.True(precision >= 0.999, $"precision {precision:F5}");
        Assert.True(recall >= 0.98, $"recall {recall:F5}");
        Assert.Equal(found.Pairs.Count, found.Pairs.Select(p => p.Left).Distinct().Count());
        Assert.Equal(found.Pairs.Count, found.Pairs.Select(p => p.Right).Distinct().Count());
    }

    [Fact]
    public void The_pairs_file_is_the_same_for_any_number_of_threads_and_any_order_of_rows()
    {
        var population = HouseholdPopulation.Invent(new() { Seed = 105, People = 1500 });
        var once = Bytes(Link(population.Left, population.Right, Defaults with { Threads = 1 }));
        Assert.Equal(once, Bytes(Link(population.Left, population.Right, Defaults with { Threads = 7 })));
        Assert.Equal(once, Bytes(Link(Shuffled(population.Left, 1), Shuffled(population.Right, 2), Defaults with { Threads = 3 })));
    }

    [Fact]
    public void Clusters_are_the_same_for_any_number_of_threads_and_any_order_of_rows()
    {
        var population = HouseholdPopulation.Invent(new() { Seed = 106, People = 1500, RightLayout = 0 });
        var both = population.Left + population.Right[(population.Right.IndexOf('\n', StringComparison.Ordinal) + 1)..];
        var once = Dedupe(both, Defaults with { Threads = 1 });
        var again = Dedupe(Shuffled(both, 5), Defaults with { Threads = 4 });
        Assert.Equal(Bytes(once), Bytes(again));
        Assert.Equal(Clusters(once), Clusters(again));
        var people = population.Truth.ToDictionary(t => t.Left, t => t.Right);
        var right = once.Pairs.Count(p => people.TryGetValue(once.LeftId(p), out var r) && r == once.RightId(p));
        Assert.True(right >= 0.98 * people.Count && right >= 0.98 * once.Pairs.Count, $"{right} right of {once.Pairs.Count}, {people.Count} true");
    }

    /// <summary>Of a family of namesakes or twins, each record finds its own, although nothing says from which of two registers it came.</summary>
    [Fact]
    public void Two_registers_in_one_file_are_told_apart_almost_as_well_as_in_two()
    {
        var population = HouseholdPopulation.Invent(new() { Seed = 111, People = 4000, Contacts = false, RightLayout = 0 });
        var found = Dedupe(population.Left + population.Right[(population.Right.IndexOf('\n', StringComparison.Ordinal) + 1)..], Defaults);
        var (precision, recall) = Quality(found, population);
        Assert.True(precision >= 0.9985, $"precision {precision:F5}");
        Assert.True(recall >= 0.985, $"recall {recall:F5}");
    }

    [Fact]
    public void A_model_that_was_saved_links_as_the_run_that_learned_it()
    {
        var population = HouseholdPopulation.Invent(new() { Seed = 107, People = 2000 });
        var learned = Link(population.Left, population.Right, Defaults);
        var again = Link(population.Left, population.Right, Defaults with { Model = learned.Model });
        var (precision, recall) = Quality(again, population);
        Assert.True(precision > 0.995 && recall > 0.98, $"{precision:F4} {recall:F4}");
    }

    [Fact]
    public void Reviewers_decisions_stand_whatever_the_scores_say_and_go_with_their_records()
    {
        var population = HouseholdPopulation.Invent(new() { Seed = 108, People = 1500 });
        var truth = population.Truth[0];
        var other = population.Truth[1];
        var found = Link(population.Left, population.Right, Defaults with
        {
            Decisions = [new(truth.Left, truth.Right, false), new(truth.Left, other.Right, true), new("gone", truth.Right, true)],
        });
        var pairs = found.Pairs.Select(p => (found.LeftId(p), found.RightId(p))).ToHashSet();
        Assert.DoesNotContain((truth.Left, truth.Right), pairs);
        Assert.Contains((truth.Left, other.Right), pairs);
    }

    [Fact]
    public void A_cancelled_linkage_stops()
    {
        var population = HouseholdPopulation.Invent(new() { Seed = 109, People = 1000 });
        using var stop = new CancellationTokenSource();
        Assert.ThrowsAny<OperationCanceledException>(() => RecordLinkage.Link(Input(population.Left), Input(population.Right), Defaults, p =>
        {
            if (p.Phase == LinkagePhase.Scoring)
            {
                stop.Cancel();
            }
        }, stop.Token));
    }

    [Fact]
    public void Records_in_memory_are_linked_as_files_are()
    {
        PersonRecord[] left = [.. Enumerable.Range(0, 400).Select(Invented)];
        var right = left.Select((r, i) => i % 3 == 0 ? r with { Id = $"x{r.Id}", GivenName = r.GivenName[..^1] } : r with { Id = $"x{r.Id}" }).ToArray();
        var found = RecordLinkage.Link(left, right, Defaults);
        Assert.True(found.Pairs.Count >= 396, $"{found.Pairs.Count}");
        Assert.All(found.Pairs, p => Assert.Equal($"x{found.LeftId(p)}", found.RightId(p)));
    }

    [Fact]
    public void An_answer_column_is_never_evidence()
    {
        var population = HouseholdPopulation.Invent(new() { Seed = 110, People = 700 });
        var plain = Link(population.Left, population.Right, Defaults);
        var person = population.Truth.SelectMany((t, i) => new[] { (t.Left, i), (t.Right, i) }).ToDictionary(t => t.Item1, t => t.i);
        string With(string csv) => string.Join('\n', csv.TrimEnd('\n').Split('\n').Select((line, i) => line + (i == 0 ? ",cluster" : $",{(person.TryGetValue(line.Split(',')[0], out var p) ? p : -i)}")));
        Assert.Equal(Bytes(plain), Bytes(Link(With(population.Left), With(population.Right), Defaults)));
    }

    internal static LinkageInput Input(string csv) => new(new MemoryStream(Encoding.UTF8.GetBytes(csv)), "file", new());

    internal static byte[] Bytes(LinkageResult result)
    {
        using var stream = new MemoryStream();
        result.WritePairs(stream);
        return stream.ToArray();
    }

    private static LinkageResult Link(string left, string right, LinkageOptions options) => RecordLinkage.Link(Input(left), Input(right), options);

    private static LinkageResult Dedupe(string csv, LinkageOptions options) => RecordLinkage.Dedupe(Input(csv), options);

    private static byte[] Clusters(LinkageResult result)
    {
        using var stream = new MemoryStream();
        result.WriteClusters(stream);
        return stream.ToArray();
    }

    private static (double Precision, double Recall) Quality(LinkageResult found, HouseholdPopulation population)
    {
        var truth = population.Truth.Select(t => (t.Left, t.Right)).ToHashSet();
        var right = found.Pairs.Count(p => truth.Contains((found.LeftId(p), found.RightId(p))));
        return ((double)right / found.Pairs.Count, (double)right / truth.Count);
    }

    private static string Shuffled(string csv, int seed)
    {
        var lines = csv.TrimEnd('\n').Split('\n');
        new Random(seed).Shuffle(lines.AsSpan(1..));
        return string.Join('\n', lines) + '\n';
    }

    private static PersonRecord Invented(int i)
    {
        var random = new Random(i);
        string Name() => string.Create(7, random, (span, r) =>
        {
            for (var at = 0; at < span.Length; at++)
            {
                span[at] = (at % 2 == 0 ? "BDFGKLMNPRST" : "AEIOU")[r.Next(at % 2 == 0 ? 12 : 5)];
            }
        });
        return new($"{i:D4}") { GivenName = Name(), Surname = Name(), Born = new DateOnly(1950, 1, 1).AddDays(random.Next(20_000)), Address = $"{random.Next(1, 90)} {Name()} Street", Postcode = $"LE{random.Next(1, 20)} {random.Next(1, 9)}AB" };
    }
}
