using System.Diagnostics;
using System.Globalization;
using TfFlow.Linkage;
using TfFlow.Linkage.Tests.Population;

namespace TfFlow.Bench;

/// <summary>How fast two files are linked, from CSV to CSV, each size in a process of its own so that its peak memory is its own.</summary>
internal static class LinkageBench
{
    /// <param name="args">Records a file; default: 10 000, 100 000, 1 000 000, 3 000 000. "dedupe" before them: both files as one, so many records in all.</param>
    public static Task<int> Run(string[] args)
    {
        if (args is ["one", var left, var right, var pairs, .. var rest])
        {
            One(left, right, pairs, rest.Length > 0 ? int.Parse(rest[0], CultureInfo.InvariantCulture) : Environment.ProcessorCount);
            return Task.FromResult(0);
        }

        if (args is ["file", var file, var duplicates])
        {
            One(file, null, duplicates, Environment.ProcessorCount);
            return Task.FromResult(0);
        }

        var dedupe = args is ["dedupe", ..];
        args = dedupe ? args[1..] : args;
        var sizes = args.Length > 0 ? args.Select(a => int.Parse(a, CultureInfo.InvariantCulture)) : [10_000, 100_000, 1_000_000, 3_000_000];
        var folder = Directory.CreateTempSubdirectory("tfflow-linkage-").FullName;
        try
        {
            foreach (var size in sizes)
            {
                Console.WriteLine(dedupe ? $"{size:N0} in one file" : $"{size:N0} against {size:N0}");
                Invent(dedupe ? size / 2 : size, folder, dedupe);
                string[] run = dedupe ? ["file", "left.csv", "pairs.csv"] : ["one", "left.csv", "right.csv", "pairs.csv"];
                using var process = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, [.. Self(), "linkage", .. run]) { WorkingDirectory = folder })!;
                process.WaitForExit();
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        return Task.FromResult(0);
    }

    private static void Invent(int size, string folder, bool together)
    {
        var population = HouseholdPopulation.Invent(new() { Seed = 21, People = (int)(size / 0.9), Contacts = false, RightLayout = together ? 0 : 1 });
        File.WriteAllText(Path.Combine(folder, "left.csv"), population.Left);
        if (together)
        {
            File.AppendAllText(Path.Combine(folder, "left.csv"), population.Right[(population.Right.IndexOf('\n', StringComparison.Ordinal) + 1)..]);
        }
        else
        {
            File.WriteAllText(Path.Combine(folder, "right.csv"), population.Right);
        }

        GC.Collect();
    }

    /// <summary>Under `dotnet Bench.dll` the process is dotnet, and the assembly its first argument.</summary>
    private static string[] Self() =>
        Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? [typeof(LinkageBench).Assembly.Location] : [];

    private static void One(string left, string? right, string pairs, int threads)
    {
        var watch = Stopwatch.StartNew();
        var (phase, from, cpuFrom) = (LinkagePhase.Reading, TimeSpan.Zero, Process.GetCurrentProcess().TotalProcessorTime);
        var spent = new Dictionary<LinkagePhase, (TimeSpan Wall, TimeSpan Cpu)>();
        TimeSpan? scoring = null;
        void Enter(LinkagePhase next)
        {
            if (next == phase)
            {
                return;
            }

            var (now, cpu) = (watch.Elapsed, Process.GetCurrentProcess().TotalProcessorTime);
            var (wall, busy) = spent.GetValueOrDefault(phase);
            spent[phase] = (wall + now - from, busy + cpu - cpuFrom);
            scoring ??= phase == LinkagePhase.Scoring ? now - from : null;
            (phase, from, cpuFrom) = (next, now, cpu);
        }

        LinkageResult found;
        using (var one = File.OpenRead(left))
        using (var other = right is null ? null : File.OpenRead(right))
        {
            var (options, input) = (new LinkageOptions { Threads = threads }, new LinkageInput(one, "left", new()));
            found = other is null
                ? RecordLinkage.Dedupe(input, options, p => Enter(p.Phase))
                : RecordLinkage.Link(input, new(other, "right", new()), options, p => Enter(p.Phase));
        }

        var before = watch.Elapsed;
        using (var target = File.Create(pairs))
        {
            found.WritePairs(target);
        }

        var write = watch.Elapsed - before;
        Enter((LinkagePhase)(-1));
        var total = watch.Elapsed;
        var report = found.Report;
        foreach (var pass in report.Passes)
        {
            Console.WriteLine($"  pass {pass.Pass}: {pass.Pairs:N0} pairs, {pass.Links:N0} links, {pass.OnlyHere:N0} only here, {pass.Dropped:N0} pairs left out");
        }

        foreach (var (its, (wall, cpu)) in spent)
        {
            Console.WriteLine($"  {its,-12} {wall.TotalSeconds,7:F2} s wall {cpu.TotalSeconds,7:F2} s processor");
        }

        Console.WriteLine($"  of which writing {write.TotalSeconds:F2} s");
        Console.WriteLine($"  {report.PairsScored:N0} pairs scored, {report.PairsScored / scoring!.Value.TotalSeconds:N0} a second; those kept twice more with their households, {(spent[LinkagePhase.Scoring].Wall - scoring.Value).TotalSeconds:F2} s; {found.Pairs.Count:N0} links");
        Console.WriteLine($"  end to end {total.TotalSeconds:F2} s wall, {Process.GetCurrentProcess().TotalProcessorTime.TotalSeconds:F2} s processor, {threads} threads; peak memory {Peak() / 1024.0 / 1024:F2} GB");
    }

    /// <summary>KiB.</summary>
    private static long Peak() => File.Exists("/proc/self/status")
        ? long.Parse(File.ReadLines("/proc/self/status").First(l => l.StartsWith("VmHWM", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture)
        : Process.GetCurrentProcess().PeakWorkingSet64 / 1024;
}
