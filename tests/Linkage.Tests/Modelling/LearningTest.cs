using TfFlow.Linkage;

namespace TfFlow.Linkage.Tests.Modelling;

public sealed class LearningTest
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public void The_likelihood_never_falls(int seed)
    {
        var start = DefaultModel.Create(1e6, 1000);
        var learning = new ExpectationMaximisation(start, start);
        var model = learning.Run(Patterns(seed, start));
        Assert.True(learning.Likelihoods.Count > 5);
        for (var i = 1; i < learning.Likelihoods.Count; i++)
        {
            Assert.True(learning.Likelihoods[i] >= learning.Likelihoods[i - 1] - (1e-9 * Math.Abs(learning.Likelihoods[i])), $"round {i}: {learning.Likelihoods[i - 1]:R} then {learning.Likelihoods[i]:R}");
        }

        Assert.Equal(1, model.Priors.Sum(), 1e-9);
    }

    [Fact]
    public void What_is_learned_is_the_same_for_any_number_of_threads()
    {
        var start = DefaultModel.Create(1e6, 1000);
        var patterns = Patterns(9, start);
        var one = new ExpectationMaximisation(start, start).Run(patterns, new() { MaxDegreeOfParallelism = 1 });
        var many = new ExpectationMaximisation(start, start).Run(patterns, new() { MaxDegreeOfParallelism = 8 });
        Assert.Equal(one.Priors, many.Priors);
        Assert.Equal(Json(one), Json(many));
    }

    [Fact]
    public void A_model_is_read_back_as_it_was_written()
    {
        var model = DefaultModel.Create(1e6, 1000);
        using var stream = new MemoryStream();
        ModelJson.Write(stream, model);
        stream.Position = 0;
        Assert.Equal(Json(model), Json(ModelJson.Read(stream, "model.json")));
    }

    [Fact]
    public void A_file_that_is_no_model_is_refused_with_what_to_do()
    {
        using var stream = new MemoryStream("{\"version\":9}"u8.ToArray());
        Assert.Contains("Remove it to learn a new one", Assert.Throws<LinkageDataException>(() => ModelJson.Read(stream, "model.json")).Message, StringComparison.Ordinal);
    }

    /// <summary>Pairs drawn from the default model's own relations, some of them known, and many strangers.</summary>
    private static List<Pattern> Patterns(int seed, LinkageModel model)
    {
        var random = new Random(seed);
        var patterns = new List<Pattern>();
        for (var i = 0; i < 6000; i++)
        {
            var relation = (Relation)new[] { 0, 0, 1, 2, 2, 4, 4, 4 }[random.Next(8)];
            ulong levels = 0;
            foreach (var field in (Field[])[Field.GivenName, Field.Surname, Field.BirthDate, Field.Sex, Field.Place, Field.Phone])
            {
                if (random.NextDouble() > 0.1)
                {
                    levels |= Levels.Pack(field, Draw(random, model, field, relation));
                }
            }

            var known = relation == Relation.Strangers ? Known.Strangers : (Known)random.Next(2) is Known.Nothing || i % 3 > 0 ? Known.Nothing : Relations.IsSame(relation) ? Known.Same : Known.NotSame;
            patterns.Add(new(levels, relation == Relation.Strangers ? 150 : 1, known));
        }

        return patterns;
    }

    private static int Draw(Random random, LinkageModel model, Field field, Relation relation)
    {
        var levels = Enumerable.Range(1, (1 << Levels.Bits[(int)field]) - 1).Where(l => model.Probability(field, relation, l) > 0).ToArray();
        var x = random.NextDouble() * levels.Sum(l => model.Probability(field, relation, l));
        foreach (var level in levels)
        {
            if ((x -= model.Probability(field, relation, level)) <= 0)
            {
                return level;
            }
        }

        return levels[^1];
    }

    private static string Json(LinkageModel model)
    {
        using var stream = new MemoryStream();
        ModelJson.Write(stream, model);
        return System.Text.Encoding.UTF8.GetString(stream.ToArray());
    }
}
