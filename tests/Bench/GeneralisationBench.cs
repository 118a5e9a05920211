using System.Diagnostics;
using System.Globalization;
using TfFlow.Programme.Research.Microdata;

namespace TfFlow.Bench;

/// <summary>The least lossy generalisation of a table with its own hierarchies, and of as many of its rows as make a million: time, combinations
/// looked at, peak memory.</summary>
/// <remarks>Arguments: a folder with <c>NAME.csv</c> and <c>NAME_hierarchy_COLUMN.csv</c>; the name; how often each is run.</remarks>
internal static class GeneralisationBench
{
    private const int Many = 1_000_000;

    public static Task<int> RunAsync(string[] args)
    {
        if (args.Length < 2)
        {
            Console.Error.WriteLine("Give a folder, and the name of the table in it: generalisation FOLDER adult [RUNS]");
            return Task.FromResult(2);
        }

        var runs = args.Length > 2 ? int.Parse(args[2], CultureInfo.InvariantCulture) : 9;
        var table = Table(args[0], args[1], rows: null);
        Print(args[0], args[1], table, [5, 100], runs);
        Print(args[0], args[1], Table(args[0], args[1], Many), [5, 100], runs: 1);
        using var process = Process.GetCurrentProcess();
        Console.WriteLine($"peak working set {process.PeakWorkingSet64 / 1048576.0:N0} MiB");
        return Task.FromResult(0);
    }

    private static void Print(string folder, string name, MicroTable table, int[] ks, int runs)
    {
        QuasiIdentifier[] quasi = [.. table.Columns.Select(column => new QuasiIdentifier(column, Hierarchy(folder, name, column.Name)))];
        foreach (var k in ks)
        {
            var (times, found) = (new List<double>(), (Generalisation?)null);
            for (var run = 0; run < runs; run++)
            {
                var watch = Stopwatch.StartNew();
                found = GeneralisationSearch.Find(table.Rows, quasi, new() { K = k, Suppression = 0.05 });
                times.Add(watch.Elapsed.TotalMilliseconds);
            }

            Console.WriteLine(found is null ? $"k {k}: no combination is enough" : string.Create(
                CultureInfo.InvariantCulture,
                $"{table.Rows:N0} rows, {quasi.Length} columns, k {k}: {times.Min():N0} ms at best of {runs}, median {times.Order().ElementAt(runs / 2):N0}; {found.Checked:N0} of {found.Combinations:N0} combinations looked at, levels {string.Join(' ', found.Levels)}, loss {found.Loss:0.0000}, {table.Rows - found.Kept.Length:N0} left out"));
        }
    }

    /// <param name="rows">How many are drawn from it, again and again; null: it as it is.</param>
    private static MicroTable Table(string folder, string name, int? rows)
    {
        var path = Path.Combine(folder, $"{name}.csv");
        using var header = File.OpenRead(path);
        var columns = MicroTableReader.Headers(header, name, ';').Where(column => File.Exists(Path.Combine(folder, $"{name}_hierarchy_{column}.csv"))).ToList();
        using var text = File.OpenRead(path);
        var table = MicroTableReader.Read(text, name, ';', columns);
        if (rows is not { } wanted)
        {
            return table;
        }

        // Each column by itself: more different rows than the table has, so that no row stands for many.
        var random = new Random(1);
        return new(wanted, [.. table.Columns.Select(column => column with { Codes = [.. Enumerable.Range(0, wanted).Select(_ => column.Codes[random.Next(table.Rows)])] })]);
    }

    private static Hierarchy Hierarchy(string folder, string name, string column)
    {
        using var text = File.OpenRead(Path.Combine(folder, $"{name}_hierarchy_{column}.csv"));
        return Programme.Research.Microdata.Hierarchy.Read(text, column, ';');
    }
}
