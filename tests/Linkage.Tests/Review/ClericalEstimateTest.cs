using TfFlow.Linkage;

namespace TfFlow.Linkage.Tests.Review;

public sealed class ClericalEstimateTest
{
    [Fact]
    public void The_intervals_hold_the_truth_in_about_nineteen_cases_of_twenty()
    {
        var (held, asked) = (0, 0);
        for (var seed = 0; seed < 40; seed++)
        {
            var random = new Random(seed);
            var pairs = Enumerable.Range(0, 6_000).Select(i => ($"l{i}", $"r{i}", Math.Pow(random.NextDouble(), 0.2))).ToList();
            var truth = pairs.ToDictionary(p => (p.Item1, p.Item2), p => random.NextDouble() < (p.Item3 * 0.96) + 0.02);
            var labels = ClericalEstimate.Sample(pairs, 300).ToDictionary(p => (p.Left, p.Right), p => truth[(p.Left, p.Right)]);
            Assert.InRange(labels.Count, 150, 320);
            foreach (var estimate in ClericalEstimate.Of(pairs, labels).Where(e => e.Threshold is 0.5 or 0.9))
            {
                var kept = pairs.Where(p => p.Item3 >= estimate.Threshold).ToList();
                double right = kept.Count(p => truth[(p.Item1, p.Item2)]);
                var (precision, recall) = (right / kept.Count, right / truth.Values.Count(t => t));
                held += precision >= estimate.Precision.Low && precision <= estimate.Precision.High ? 1 : 0;
                held += recall >= estimate.Recall.Low && recall <= estimate.Recall.High ? 1 : 0;
                asked += 2;
            }
        }

        Assert.InRange(held / (double)asked, 0.88, 1);
    }

    [Fact]
    public void Without_labels_nothing_is_known()
    {
        var estimate = ClericalEstimate.Of([("a", "b", 0.995)], new Dictionary<(string, string), bool>())[0];
        Assert.True(estimate.Precision.Low < 0.05 && estimate.Precision.High > 0.95);
    }

    [Fact]
    public void Quality_by_threshold_counts_what_was_missed()
    {
        var rows = PairQuality.ByThreshold([("a", "a", 0.99), ("b", "c", 0.6), ("d", "d", 0.55)], (l, r) => l == r, 4);
        var all = rows.Single(r => r.Threshold == 0.5);
        Assert.Equal((2, 1, 2), (all.Right, all.Wrong, all.Missed));
        Assert.Equal(4.0 / 7, all.F1, 1e-12);
    }
}
