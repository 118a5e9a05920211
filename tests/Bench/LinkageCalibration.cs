using System.Text;
using TfFlow.Linkage;
using TfFlow.Linkage.Tests.Population;

namespace TfFlow.Bench;

/// <summary>How far the expected figures of small registers are from the true ones, on seeds that nothing was tuned on.</summary>
internal static class LinkageCalibration
{
    private const int Seeds = 6;

    public static Task<int> Run(string[] args)
    {
        var first = args.Length > 0 ? int.Parse(args[0], System.Globalization.CultureInfo.InvariantCulture) : 700;
        foreach (var people in (int[])[200, 600, 1500, 6000])
        {
            double precision = 0, recall = 0, precisionError = 0, recallError = 0;
            var (held, asked) = (0, 0);
            for (var seed = first; seed < first + Seeds; seed++)
            {
                var population = HouseholdPopulation.Invent(new() { Seed = seed + people, People = people, Contacts = false });
                var found = RecordLinkage.Link(Input(population.Left), Input(population.Right), new());
                var truth = population.Truth.Select(t => (t.Left, t.Right)).ToHashSet();
                double right = found.Pairs.Count(p => truth.Contains((found.LeftId(p), found.RightId(p))));
                var (itsPrecision, itsRecall) = (right / Math.Max(1, found.Pairs.Count), right / truth.Count);
                var report = found.Report;
                (precision, recall) = (precision + itsPrecision, recall + itsRecall);
                (precisionError, recallError) = (precisionError + report.ExpectedPrecision - itsPrecision, recallError + report.ExpectedRecall - itsRecall);
                held += report.Precision.Low <= itsPrecision && itsPrecision <= report.Precision.High ? 1 : 0;
                held += report.Recall.Low <= itsRecall && itsRecall <= report.Recall.High ? 1 : 0;
                asked += 2;
            }

            Console.WriteLine($"{people,5} people, {Seeds} seeds: precision {precision / Seeds:F4}, expected {precisionError / Seeds:+0.0000;-0.0000} from it; recall {recall / Seeds:F4}, expected {recallError / Seeds:+0.0000;-0.0000} from it; {held} of {asked} intervals hold the truth");
        }

        return Task.FromResult(0);
    }

    private static LinkageInput Input(string csv) => new(new MemoryStream(Encoding.UTF8.GetBytes(csv)), "register", new());
}
