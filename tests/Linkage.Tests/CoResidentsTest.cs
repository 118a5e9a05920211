using TfFlow.Linkage;
using TfFlow.Linkage.Tests.Population;

namespace TfFlow.Linkage.Tests;

/// <summary>Two people of one home, one on each register, are not one person because nobody else competes: not linked, or a doubt.</summary>
public sealed class CoResidentsTest
{
    public static TheoryData<CoResidentKind, bool, int> Kinds()
    {
        var kinds = new TheoryData<CoResidentKind, bool, int>();
        foreach (var kind in Enum.GetValues<CoResidentKind>())
        {
            foreach (var alike in (bool[])[false, true])
            {
                foreach (var count in (int[])[1, 15])
                {
                    kinds.Add(kind, alike, count);
                }
            }
        }

        return kinds;
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void One_on_each_register_are_two(CoResidentKind kind, bool alike, int count) => Check(kind, alike, count, both: false, 200, 21);

    [Theory]
    [InlineData(CoResidentKind.TwinsSameSex, false)]
    [InlineData(CoResidentKind.TwinsSameSex, true)]
    [InlineData(CoResidentKind.TwinsOfBothSexes, true)]
    [InlineData(CoResidentKind.FatherAndSonOfOneName, false)]
    [InlineData(CoResidentKind.BrothersOfOneFirstName, false)]
    public void Both_on_both_registers_find_themselves(CoResidentKind kind, bool alike) => Check(kind, alike, 15, both: true, 300, 22);

    [Theory]
    [MemberData(nameof(Kinds))]
    [Trait("Category", "Exhaustive")]
    public void So_it_is_in_registers_of_any_size(CoResidentKind kind, bool alike, int count)
    {
        foreach (var people in (int[])[30, 600, 1500, 6000])
        {
            foreach (var both in (bool[])[false, true])
            {
                Check(kind, alike, count, both, people, 23 + people);
            }
        }
    }

    private static void Check(CoResidentKind kind, bool alike, int count, bool both, int people, int seed)
    {
        var (left, right) = Registers(people, seed);
        var (ours, theirs) = CoResidents.Rows(kind, count, alike, both, seed + count);
        var found = RecordLinkage.Link(LinkageTest.Input(left + ours), LinkageTest.Input(right + theirs), new());
        var links = found.Pairs.Select(p => (Left: found.LeftId(p), Right: found.RightId(p), p.Probability)).ToList();
        var wrong = links.Where(l => l.Left.StartsWith("co", StringComparison.Ordinal) && l.Right.StartsWith("co", StringComparison.Ordinal) && l.Left != l.Right).ToList();
        Assert.True(wrong.Count == 0, $"{kind}, alike {alike}, {people} people: {wrong.Count} of {count} linked: {string.Join(" ", wrong)}");
        if (both)
        {
            Assert.Equal(2 * count, links.Count(l => l.Left.StartsWith("co", StringComparison.Ordinal) && l.Left == l.Right));
        }
    }

    private static (string Left, string Right) Registers(int people, int seed)
    {
        var population = HouseholdPopulation.Invent(new() { Seed = seed, People = people, Contacts = false, RightLayout = 0 });
        return (population.Left, population.Right);
    }
}
