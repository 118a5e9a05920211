using TfFlow.Programme.Research.Study;
using Xunit.Abstractions;

namespace TfFlow.Programme.Tests.Research.Study;

/// <summary>Studies that were made up with a known effect, and what the report says of them. The generator knows nothing of the estimator:
/// it draws offences one by one, with a family's own rate and a fall that all share.</summary>
public class StudyEffectTest(ITestOutputHelper output)
{
    private const int FamiliesEach = 150;
    private const double Effect = -0.6;

    [Fact]
    public void A_planted_effect_is_within_the_interval_in_at_least_90_of_100_studies()
    {
        var effects = Enumerable.Range(1, 100).Select(seed => StudyEffect.Of(Study(seed, Effect))!.InDifferences).ToList();
        var (recovered, shown) = (effects.Count(found => found.Low <= Effect && Effect <= found.High), effects.Count(found => found.High < 0));
        output.WriteLine($"planted {Effect} offences a quarter, {FamiliesEach} families a group, seeds 1 to 100: in the interval {recovered}, shown {shown}, mean {effects.Average(found => found.Value):0.000}");
        Assert.InRange(recovered, 90, 100);
        Assert.InRange(shown, 90, 100);
    }

    [Fact]
    public void An_effect_that_is_not_there_is_claimed_in_at_most_10_of_100_studies()
    {
        var claimed = Enumerable.Range(1, 100).Count(seed => StudyEffect.Of(Study(seed, effect: 0))!.InDifferences.IsClear);
        output.WriteLine($"no effect, {FamiliesEach} families a group, seeds 1 to 100: claimed {claimed}");
        Assert.InRange(claimed, 0, 10);
    }

    /// <summary>Those that took part were worse before: what is left of that afterwards is not the programme's doing.</summary>
    [Fact]
    public void A_group_that_began_worse_is_not_said_to_be_harmed()
    {
        var effect = StudyEffect.Of(Study(seed: 1, effect: 0))!;
        Assert.True(effect.TookPart.Before > effect.AssessedOnly.Before && effect.Difference.Low > 0, $"{effect}");
        Assert.False(effect.InDifferences.IsClear, $"{effect}");
    }

    [Fact]
    public void The_figures_are_those_that_can_be_worked_out_by_hand()
    {
        // Ten families of one person each: from 4 to 2 or 4, and from 3 to 3 or 2.
        var effect = StudyEffect.Of(
        [
            .. Enumerable.Range(0, 10).Select(i => new MeasuredPerson("took-part", i, 4, i < 5 ? 2 : 4)),
            .. Enumerable.Range(10, 10).Select(i => new MeasuredPerson("assessed-only", i, 3, i < 15 ? 3 : 2)),
        ])!;
        Assert.Equal(new GroupFigures(10, 10, 4, 3), effect.TookPart);
        Assert.Equal(new GroupFigures(10, 10, 3, 2.5), effect.AssessedOnly);
        Assert.Equal(0.5, effect.Difference.Value);

        // Variances 1/9 and 1/36, Welch's degrees of freedom 13.24, t 2.156: 0.5 more or less 0.804.
        Assert.Equal((-0.5, -1.31, 0.31), (effect.InDifferences.Value, effect.InDifferences.Low, effect.InDifferences.High));
    }

    [Fact]
    public void People_of_one_family_are_no_independent_cases()
    {
        var alone = StudyEffect.Of(Study(seed: 3, Effect))!.InDifferences;
        var copied = StudyEffect.Of([.. Study(seed: 3, Effect).SelectMany(person => new[] { person, person, person })])!.InDifferences;
        Assert.Equal(alone, copied);
    }

    [Fact]
    public void Of_nine_families_or_of_an_amount_that_is_one_familys_nothing_is_told()
    {
        var enough = Enumerable.Range(0, 30).Select(i => new MeasuredPerson("took-part", i, 4, 2)).ToList();
        IEnumerable<MeasuredPerson> Others(int families, double after) =>
            Enumerable.Range(100, families).Select(i => new MeasuredPerson("assessed-only", i, 3, i == 100 ? after : 0.01));
        Assert.Null(StudyEffect.Of([.. enough, .. Others(9, 0.01)]));
        Assert.Null(StudyEffect.Of([.. enough, .. Others(20, 50)]));
        Assert.NotNull(StudyEffect.Of([.. enough, .. Others(20, 0.01)]));
    }

    private static List<MeasuredPerson> Study(int seed, double effect)
    {
        var random = new Random(seed);
        var people = new List<MeasuredPerson>();
        for (var family = 0; family < 2 * FamiliesEach; family++)
        {
            var took = family < FamiliesEach;
            var rate = (took ? 2.2 : 1.6) + (random.NextDouble() * 1.5);
            for (var member = random.Next(1, 4); member > 0; member--)
            {
                // Two quarters each side; everybody's rate falls by 0.3, with age.
                people.Add(new(
                    took ? "took-part" : "assessed-only", family,
                    (Drawn(random, rate) + Drawn(random, rate)) / 2.0,
                    (Drawn(random, rate - 0.3 + (took ? effect : 0)) + Drawn(random, rate - 0.3 + (took ? effect : 0))) / 2.0));
            }
        }

        return people;
    }

    /// <summary>How many happen in a quarter at a rate.</summary>
    private static int Drawn(Random random, double rate)
    {
        var (count, left) = (-1, 1.0);
        for (var least = Math.Exp(-rate); left > least; count++)
        {
            left *= random.NextDouble();
        }

        return count;
    }
}
