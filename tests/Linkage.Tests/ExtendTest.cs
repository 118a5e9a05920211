using TfFlow.Linkage;
using TfFlow.Linkage.Tests.Population;

namespace TfFlow.Linkage.Tests;

public sealed class ExtendTest(ExtendTest.Population population) : IClassFixture<ExtendTest.Population>
{
    /// <summary>A register deduplicated once, and a later register of the same people.</summary>
    public sealed class Population
    {
        public Population()
        {
            var invented = HouseholdPopulation.Invent(new() { Seed = 301, People = 4000, Contacts = false });
            (Old, Later, Truth) = (invented.Left, invented.Right, invented.Truth.ToDictionary(t => t.Right, t => t.Left));
            var found = RecordLinkage.Dedupe(LinkageTest.Input(Old), new());
            Model = found.Model;
            Known = Enumerable.Range(0, found.Clusters!.Count).ToDictionary(i => found.IdOf(i), i => found.IdOf(found.Clusters[i]));
        }

        public string Old { get; }

        public string Later { get; }

        public IReadOnlyDictionary<string, string> Truth { get; }

        public LinkageModel Model { get; }

        public IReadOnlyDictionary<string, string> Known { get; }

        public LinkedPopulation Extend(int from, int count, IReadOnlyDictionary<string, string>? known = null, params ReviewDecision[] decisions)
        {
            var lines = Later.TrimEnd('\n').Split('\n');
            var added = string.Join('\n', lines[..1].Concat(lines.Skip(1 + from).Take(count))) + '\n';
            return RecordLinkage.Extend(LinkageTest.Input(Old), known ?? Known, LinkageTest.Input(added), new() { Model = Model, Decisions = decisions });
        }
    }

    [Fact]
    public void New_records_join_the_clusters_of_their_people_and_clusters_there_keep_their_ids()
    {
        var found = population.Extend(0, 300);
        Assert.All(population.Known, k => Assert.Equal(k.Value, found.Clusters[k.Key]));
        var added = found.Clusters.Keys.Where(k => k[0] == 'B').ToList();
        Assert.Equal(300, added.Count);
        var (right, wrong, missed) = (0, 0, 0);
        foreach (var id in added)
        {
            var old = population.Known.Values.Contains(found.Clusters[id]);
            var expected = population.Truth.TryGetValue(id, out var person) ? population.Known[person] : null;
            (right, wrong, missed) = old && found.Clusters[id] == expected ? (right + 1, wrong, missed) : old ? (right, wrong + 1, missed) : (right, wrong, missed + (expected is null ? 0 : 1));
        }

        Assert.True(right > 220 && wrong <= 3 && missed <= 12, $"{right} right, {wrong} wrong, {missed} missed");
    }

    [Fact]
    public void Only_new_records_are_compared()
    {
        var (few, many) = (population.Extend(0, 20), population.Extend(0, 200));
        Assert.True(few.PairsScored < many.PairsScored / 4, $"{few.PairsScored} and {many.PairsScored}");
    }

    [Fact]
    public void Clusters_part_and_meet_by_decision_only_and_keep_what_names_they_can()
    {
        var ids = population.Known.Keys.Order(StringComparer.Ordinal).Take(4).ToArray();
        var known = new Dictionary<string, string>(population.Known) { [ids[0]] = "family", [ids[1]] = "family", [ids[2]] = "family" };
        var cut = population.Extend(0, 1, known, new ReviewDecision(ids[0], ids[2], false));
        Assert.NotEqual(cut.Clusters[ids[0]], cut.Clusters[ids[2]]);
        Assert.Equal(2, new[] { ids[0], ids[1], ids[2] }.Count(i => cut.Clusters[i] == "family"));
        var joined = population.Extend(0, 1, known, new ReviewDecision(ids[3], ids[0], true));
        Assert.Equal("family", joined.Clusters[ids[3]]);
    }

    [Fact]
    public void The_model_of_the_first_run_is_asked_for() =>
        Assert.Contains("--model", Assert.Throws<LinkageDataException>(() => RecordLinkage.Extend(LinkageTest.Input(population.Old), population.Known, LinkageTest.Input(population.Later), new())).Message, StringComparison.Ordinal);

    [Fact]
    public void What_is_forgotten_leaves_no_link_no_decision_and_no_name()
    {
        HashSet<string> gone = ["a", "z"];
        Assert.Equal([("c", "d", 0.9)], Forgetting.Pairs([("a", "c", 0.99), ("c", "d", 0.9), ("d", "z", 0.8)], gone));
        Assert.Equal([new("c", "d", true)], Forgetting.Decisions([new("a", "c", true), new("c", "d", true), new("d", "z", false)], gone));
        var clusters = Forgetting.Clusters([new("a", "a"), new("b", "a"), new("c", "a"), new("d", "d"), new("z", "y"), new("e", "y")], gone);
        Assert.Equal([new("b", "b"), new("c", "b"), new("d", "d"), new("e", "y")], clusters);
    }
}
