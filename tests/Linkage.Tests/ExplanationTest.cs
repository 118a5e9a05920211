using TfFlow.Linkage;
using TfFlow.Linkage.Tests.Population;

namespace TfFlow.Linkage.Tests;

public sealed class ExplanationTest
{
    [Fact]
    public void The_steps_sum_to_the_score_and_the_probability_is_that_of_the_pairs_file()
    {
        var population = HouseholdPopulation.Invent(new() { Seed = 401, People = 700 });
        var found = RecordLinkage.Link(LinkageTest.Input(population.Left), LinkageTest.Input(population.Right), new());
        foreach (var pair in found.Pairs.Where((_, i) => i % 250 == 0))
        {
            var why = RecordLinkage.Explain(LinkageTest.Input(population.Left), LinkageTest.Input(population.Right), (found.LeftId(pair), found.RightId(pair)), new());
            Assert.Equal(why.LogOdds, why.Start + why.Steps.Sum(s => s.Weight), 1e-3);
            Assert.Equal(pair.Probability, why.Probability, 1e-9);
            Assert.NotEmpty(why.Passes);
            Assert.Contains(why.Steps, s => s.What == "date of birth" || s.What == "given name");
        }
    }

    [Fact]
    public void A_record_that_is_not_there_is_named_by_its_file_and_not_by_its_id()
    {
        var population = HouseholdPopulation.Invent(new() { Seed = 402, People = 500 });
        var refused = Assert.Throws<LinkageDataException>(() => RecordLinkage.Explain(LinkageTest.Input(population.Left), LinkageTest.Input(population.Right), ("nobody", "B0000001"), new()));
        Assert.DoesNotContain("nobody", refused.Message, StringComparison.Ordinal);
    }
}
