using System.Diagnostics;
using TfFlow.Linkage;
using TfFlow.Linkage.Tests.Population;

namespace TfFlow.Bench;

/// <summary>How many pairs of two people of one home are linked: by kind, in registers of several sizes, now and by an earlier build on the same files.</summary>
internal static class LinkageCoResidents
{
    private static readonly int[] Sizes = [200, 1500, 6000];
    private static readonly int[] Counts = [1, 3, 15];

    /// <param name="args">The assembly of an earlier build's benchmarks, whose <c>linkage one</c> links two files; or nothing.</param>
    public static Task<int> Run(string[] args)
    {
        var folder = Directory.CreateTempSubdirectory("tfflow-coresidents-").FullName;
        try
        {
            Console.WriteLine("| kind | names | registers | " + string.Join(" | ", Sizes.Select(s => $"{s:N0} people")) + " |");
            Console.WriteLine("|---|---|---|" + string.Concat(Sizes.Select(_ => "---|")));
            foreach (var kind in Enum.GetValues<CoResidentKind>())
            {
                foreach (var alike in kind is CoResidentKind.FatherAndSonOfOneName or CoResidentKind.BrothersOfOneFirstName ? [false] : (bool[])[false, true])
                {
                    foreach (var both in (bool[])[false, true])
                    {
                        Console.WriteLine($"| {kind} | {(alike ? "alike" : "unlike")} | {(both ? "both on both" : "one on each")} | " + string.Join(" | ", Sizes.Select(size => Cell(folder, kind, alike, both, size, args))) + " |");
                    }
                }
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        return Task.FromResult(0);
    }

    /// <summary>Wrong links of 1, 3 and 15 pairs together: before, if that is asked, and now; and of those on both registers, who did not find themselves now.</summary>
    private static string Cell(string folder, CoResidentKind kind, bool alike, bool both, int people, string[] earlier)
    {
        var (before, now, lost, asked) = (0, 0, 0, 0);
        foreach (var count in Counts)
        {
            var population = HouseholdPopulation.Invent(new() { Seed = 40 + people, People = people, Contacts = false, RightLayout = 0 });
            var (ours, theirs) = CoResidents.Rows(kind, count, alike, both, 41 + people + count);
            var (left, right, pairs) = (Path.Combine(folder, "left.csv"), Path.Combine(folder, "right.csv"), Path.Combine(folder, "pairs.csv"));
            File.WriteAllText(left, population.Left + ours);
            File.WriteAllText(right, population.Right + theirs);
            if (earlier is [var assembly, ..])
            {
                using var process = Process.Start(new ProcessStartInfo("dotnet", [assembly, "linkage", "one", left, right, pairs]) { RedirectStandardOutput = true })!;
                process.StandardOutput.ReadToEnd();
                process.WaitForExit();
                before += Wrong(pairs);
            }

            using (var one = File.OpenRead(left))
            using (var other = File.OpenRead(right))
            using (var target = File.Create(pairs))
            {
                RecordLinkage.Link(new LinkageInput(one, "left", new()), new LinkageInput(other, "right", new()), new()).WritePairs(target);
            }

            now += Wrong(pairs);
            lost += both ? (2 * count) - Pairs(pairs).Count(p => p.Left == p.Right) : 0;
            asked += count * (both ? 2 : 1);
        }

        return (earlier.Length > 0 ? $"{before} → " : "") + $"{now} of {asked}" + (lost > 0 ? $", {lost} not found" : "");
    }

    private static int Wrong(string pairs) => Pairs(pairs).Count(p => p.Left != p.Right);

    private static IEnumerable<(string Left, string Right)> Pairs(string file) =>
        File.ReadLines(file).Select(l => l.Split(',')).Where(c => c[0].StartsWith("co", StringComparison.Ordinal) && c[1].StartsWith("co", StringComparison.Ordinal)).Select(c => (c[0], c[1]));
}
