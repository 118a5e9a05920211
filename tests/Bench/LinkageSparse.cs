using System.Globalization;
using System.Text;
using TfFlow.Linkage;
using TfFlow.Linkage.Tests.Population;

namespace TfFlow.Bench;

/// <summary>How well one file of few fields and several records a person is put together: <see cref="HistoricalRegister"/>, or a file with its truth in a column named cluster.</summary>
internal static class LinkageSparse
{
    /// <param name="args">Seeds of registers of 50,000 records; or FILE to measure; or <c>write SEED RECORDS FILE</c>. Default: two registers of 50,000, two of 300.</param>
    public static Task<int> Run(string[] args)
    {
        if (args is ["write", var seedOf, var size, var target])
        {
            File.WriteAllText(target, HistoricalRegister.Invent(int.Parse(seedOf, CultureInfo.InvariantCulture), int.Parse(size, CultureInfo.InvariantCulture)));
            return Task.FromResult(0);
        }

        if (args is [var file] && File.Exists(file))
        {
            Measure(file, File.ReadAllText(file));
            return Task.FromResult(0);
        }

        var settings = args.Length > 0 ? args.Select(a => (Seed: int.Parse(a, CultureInfo.InvariantCulture), Records: 50_000)) : [(31, 50_000), (32, 50_000), (33, 300), (34, 300)];
        foreach (var (seed, records) in settings)
        {
            Measure($"seed {seed}, {records:N0} records", HistoricalRegister.Invent(seed, records));
        }

        return Task.FromResult(0);
    }

    private static void Measure(string what, string csv)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(csv));
        var found = RecordLinkage.Dedupe(new LinkageInput(stream, "register", new()), new());
        var lines = csv.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var at = Array.IndexOf(lines[0].Trim().Split(','), "cluster");
        var id = Math.Max(0, Array.IndexOf(lines[0].Trim().Split(','), found.Report.Files[0].IdColumn));
        var truth = lines.Skip(1).Select(l => l.Trim().Split(',')).ToDictionary(c => c[id], c => c[at]);
        var all = truth.Values.GroupBy(c => c).Sum(g => g.Count() * (g.Count() - 1L) / 2);
        var right = found.Pairs.Count(p => truth[found.LeftId(p)] == truth[found.RightId(p)]);
        var (precision, recall) = (right / (double)Math.Max(1, found.Pairs.Count), right / (double)Math.Max(1, all));
        Console.WriteLine($"{what}: P {precision:F4} R {recall:F4} F1 {2 * right / (double)Math.Max(1, found.Pairs.Count + all):F4}; expected P {found.Report.ExpectedPrecision:F3} R {found.Report.ExpectedRecall:F3}, threshold {found.Report.Threshold:F3}, {found.Report.PairsScored:N0} pairs scored of {all:N0} true");
        Console.WriteLine("  " + string.Join(", ", found.Report.Files[0].Columns.Select(c => $"{c.Key}={c.Value}")) + "; unused: " + string.Join(", ", found.Report.Files[0].Unused));
        foreach (var pass in found.Report.Passes)
        {
            Console.WriteLine($"  pass {pass.Pass}: {pass.Pairs:N0} pairs, {pass.Links:N0} links, {pass.OnlyHere:N0} only here, {pass.Dropped:N0} pairs left out");
        }
    }
}
