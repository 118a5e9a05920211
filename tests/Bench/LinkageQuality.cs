using System.Diagnostics;
using System.Text;
using TfFlow.Linkage;
using TfFlow.Linkage.Tests.Population;

namespace TfFlow.Bench;

/// <summary>How well the linkage engine does, on invented households and on labelled files.</summary>
internal static class LinkageQuality
{
    /// <param name="args">Nothing for all settings, the number of one, or LEFT RIGHT TRUTH: two files and their true pairs (left_id,right_id).</param>
    public static Task<int> Run(string[] args)
    {
        if (args.Length == 3)
        {
            var truth = File.ReadLines(args[2]).Skip(1).Select(l => l.Split(',')).Select(l => new TruePair(l[0], l[1], false, 0, default, "")).ToList();
            Measure(File.ReadAllText(args[0]), File.ReadAllText(args[1]), truth);
            return Task.FromResult(0);
        }

        PopulationOptions[] settings =
        [
            new() { Seed = 11, Contacts = false },
            new() { Seed = 12, Contacts = false, Noise = 2 },
            new() { Seed = 13, Noise = 1, LeftLayout = 2, RightLayout = 3 },
            new() { Seed = 14, NarrowNames = true, Contacts = false },
            new() { Seed = 15, Identifiers = true },
            new() { Seed = 16, People = 100_000, Contacts = false },
        ];
        foreach (var setting in args.Length == 0 ? settings : settings[int.Parse(args[0])..(int.Parse(args[0]) + 1)])
        {
            var population = HouseholdPopulation.Invent(setting);
            Console.WriteLine($"seed {setting.Seed} people {setting.People} noise {setting.Noise} narrow {setting.NarrowNames} contacts {setting.Contacts} ids {setting.Identifiers} layouts {setting.LeftLayout},{setting.RightLayout}; {population.Truth.Count} true pairs");
            Measure(population.Left, population.Right, population.Truth);
        }

        Groups();
        return Task.FromResult(0);
    }

    private static void Measure(string left, string right, IReadOnlyList<TruePair> truth)
    {
        var watch = Stopwatch.StartNew();
        var tables = new[] { Table(left, "left"), Table(right, "right") };
        Verbose(string.Join(" ", tables[1].Columns.Select(c => $"{c.Header}={c.Role}")));
        var vocabulary = new Vocabulary();
        var work = Work.With(2, null, default);
        var records = new RecordsBuilder(vocabulary, work).Build(tables);
        var read = watch.Elapsed.TotalSeconds;
        var linker = new Linker(vocabulary, records[0], records[1], work);
        var block = watch.Elapsed.TotalSeconds;
        var scored = linker.Run(null, new Dictionary<(int, int), bool>());
        var (graph, probabilities, model) = (scored.Graph, scored.Probabilities, scored.Model);
        Verbose($"read {read:F2} block {block - read:F2} learn and score {watch.Elapsed.TotalSeconds - block:F2}, {linker.PairsScored:N0} pairs, {graph.Edges.Length:N0} edges; passes: {string.Join("; ", linker.Candidates.Passes)}");
        Report(new(left, right, truth), records, linker, graph, probabilities, model);
        Count(new(left, right, truth), records, scored, linker, vocabulary);
        if (Environment.GetEnvironmentVariable("LEVEL") is { } level)
        {
            Level(new(left, right, truth), records, vocabulary, linker, graph, probabilities, Enum.Parse<Field>(level.Split(':')[0]), int.Parse(level.Split(':')[1]));
        }
    }

    private static readonly List<(TruePair Person, bool Found, bool Wrong)> People = [];

    /// <summary>How sex, age, origin of the name and story change what is found, over all settings run: as one would link by default.</summary>
    private static void Groups()
    {
        (string What, Func<TruePair, string> Of)[] groups =
        [
            ("sex", p => p.Woman ? "women and girls" : "men and boys"),
            ("age", p => p.Age switch { < 5 => "0–4", < 11 => "5–10", < 18 => "11–17", < 30 => "18–29", < 60 => "30–59", _ => "60 and over" }),
            ("origin of the name", p => p.Origin.ToString()),
            ("story", p => p.Story.Length == 0 ? "nothing" : string.Join(' ', p.Story.Split(' ').Distinct().Order(StringComparer.Ordinal))),
        ];
        foreach (var (what, of) in groups)
        {
            Console.WriteLine($"by {what}:");
            foreach (var group in People.GroupBy(p => of(p.Person)).Where(g => g.Count() >= 100).OrderBy(g => g.Count(p => p.Found) / (double)g.Count()))
            {
                Console.WriteLine($"  {group.Key,-24} {group.Count(),8:N0} people, recall {group.Count(p => p.Found) / (double)group.Count():F4}, linked to someone else {10_000.0 * group.Count(p => p.Wrong) / group.Count():F1} in 10,000");
            }
        }
    }

    private static void Count(Labelled population, Records[] records, ScoredPairs scored, Linker linker, Vocabulary vocabulary)
    {
        var scorer = new Scorer(linker.Table(scored.Model), vocabulary, records[0].Stride);
        var (pairs, _, threshold) = Assigner.Between(scored, new(), scorer, records[0], records[1], new());
        var links = pairs.GroupBy(p => records[0].IdText(p.Left)).ToDictionary(g => g.Key, g => g.Select(p => records[1].IdText(p.Right)).ToList());
        var right = 0;
        foreach (var person in population.Truth)
        {
            var its = links.GetValueOrDefault(person.Left, []);
            right += its.Contains(person.Right) ? 1 : 0;
            People.Add((person, its.Contains(person.Right), its.Exists(r => r != person.Right)));
        }

        Console.WriteLine($"  by default (≥ {threshold:F3}): P {right / (double)pairs.Count:F5} R {right / (double)population.Truth.Count:F5} F {2.0 * right / (pairs.Count + population.Truth.Count):F5}");
        var (strict, _, its1) = Assigner.Between(scored, new() { OneToOne = true }, scorer, records[0], records[1], new());
        var truth = population.Truth.Select(t => (t.Left, t.Right)).ToHashSet();
        right = strict.Count(p => truth.Contains((records[0].IdText(p.Left), records[1].IdText(p.Right))));
        Console.WriteLine($"  one to one (≥ {its1:F3}): P {right / (double)strict.Count:F5} R {right / (double)population.Truth.Count:F5} F {2.0 * right / (strict.Count + population.Truth.Count):F5}");
    }

    private sealed record Labelled(string Left, string Right, IReadOnlyList<TruePair> Truth);

    /// <summary>True pairs whose comparison of a field comes out at one level.</summary>
    private static void Level(Labelled population, Records[] records, Vocabulary vocabulary, Linker linker, EdgeGraph graph, double[] probabilities, Field field, int level)
    {
        var rows = new[] { population.Left, population.Right }.Select(csv => csv.Split('\n').ToDictionary(l => l.Split(',')[0], l => l)).ToArray();
        var comparer = new PairComparer(vocabulary, records[0].Stride);
        var count = 0;
        foreach (var t in population.Truth)
        {
            var (l, r) = (records[0].Find(Encoding.UTF8.GetBytes(t.Left)), records[1].Find(Encoding.UTF8.GetBytes(t.Right)));
            if (Levels.Of(comparer.Compare(records[0][l], records[1][r]), field) == level && count++ < 60)
            {
                var edge = Array.FindIndex(graph.Edges, x => x.Left == l && x.Right == r);
                Console.WriteLine($"{(edge < 0 ? "no edge" : $"{probabilities[edge]:F4} {graph.Edges[edge].LogOdds:F2}")} passes {linker.Candidates.PassesOf(l, r):X} {t.Story}\n   {rows[0][t.Left]}\n   {rows[1][t.Right]}");
            }
        }

        Console.WriteLine($"{count} true pairs with {field} at {level}");
    }

    private static void Report(Labelled population, Records[] records, Linker linker, EdgeGraph graph, double[] probabilities, LinkageModel model)
    {
        var truth = population.Truth.ToDictionary(t => t.Left, t => t);
        var right = population.Truth.ToDictionary(t => t.Right, t => t);
        var all = records[0].Count * (double)records[1].Count;
        Verbose($"priors×pairs: {string.Join(" ", model.Priors.Select(p => $"{p * all:F0}"))}");
        var blocked = population.Truth.Count(t => linker.Candidates.PassesOf(records[0].Find(Encoding.UTF8.GetBytes(t.Left)), records[1].Find(Encoding.UTF8.GetBytes(t.Right))) != 0);
        Console.Write($"  blocking {blocked / (double)truth.Count:F5} ");
        foreach (var threshold in (double[])[0.3, 0.5, 0.9, 0.99])
        {
            int tp = 0, fp = 0;
            var expectedWrong = 0.0;
            for (var e = 0; e < probabilities.Length; e++)
            {
                if (probabilities[e] >= threshold)
                {
                    var isTrue = truth.TryGetValue(records[0].IdText(graph.Edges[e].Left), out var t) && t.Right == records[1].IdText(graph.Edges[e].Right);
                    (tp, fp) = isTrue ? (tp + 1, fp) : (tp, fp + 1);
                    expectedWrong += 1 - probabilities[e];
                }
            }

            var (p, r) = (tp / (double)(tp + fp), tp / (double)truth.Count);
            Console.Write($" ≥{threshold}: P {p:F5} R {r:F5} F {2 * p * r / (p + r):F5} wrong {fp} (exp {expectedWrong:F0})");
        }

        Console.WriteLine();

        if (Environment.GetEnvironmentVariable("CALIBRATION") is not null)
        {
            Calibration(population, records, graph, probabilities);
        }

        if (Environment.GetEnvironmentVariable("MODEL") is not null)
        {
            foreach (var field in Enum.GetValues<Field>())
            {
                for (var level = 1; level < 64; level++)
                {
                    if (level < 1 << Levels.Bits[(int)field] && model.Probability(field, 0, level) > 0)
                    {
                        var name = field switch { Field.GivenName or Field.Surname => ((NameAgreement)level).ToString(), Field.BirthDate => ((BirthDateAgreement)level).ToString(), Field.Place => $"{Levels.Dwelling(level)}/{Levels.Area(level)}", Field.Sex => ((SexAgreement)level).ToString(), _ => level.ToString() };
                        Console.WriteLine($"{field,-10} {name,-28} {string.Join(" ", Enumerable.Range(0, 5).Select(r => $"{model.Probability(field, (Relation)r, level),12:G4}"))}");
                    }
                }
            }
        }

        if (Environment.GetEnvironmentVariable("SHOW") is { } show)
        {
            Show(population, records, linker, graph, probabilities, int.Parse(show));
        }
    }

    private static void Show(Labelled population, Records[] records, Linker linker, EdgeGraph graph, double[] probabilities, int count)
    {
        var rows = new[] { population.Left, population.Right }.Select(csv => csv.Split('\n').ToDictionary(l => l.Split(',')[0], l => l)).ToArray();
        var truth = population.Truth.ToDictionary(t => t.Left, t => t);
        var found = new HashSet<string>();
        var wrong = 0;
        for (var e = 0; e < probabilities.Length; e++)
        {
            var (l, r) = (records[0].IdText(graph.Edges[e].Left), records[1].IdText(graph.Edges[e].Right));
            var isTrue = truth.TryGetValue(l, out var t) && t.Right == r;
            if (probabilities[e] >= 0.5 && isTrue)
            {
                found.Add(l);
            }

            if (probabilities[e] >= 0.5 && !isTrue && wrong++ < count)
            {
                Console.WriteLine($"WRONG {probabilities[e]:F4} {graph.Edges[e].LogOdds:F2} {t?.Story}\n   {rows[0][l]}\n   {rows[1][r]}" + (t is null ? "" : $"\n   {rows[1][t.Right]} (true)"));
            }
        }

        var missed = 0;
        foreach (var t in population.Truth)
        {
            if (!found.Contains(t.Left) && missed++ < count)
            {
                var (l, r) = (records[0].Find(Encoding.UTF8.GetBytes(t.Left)), records[1].Find(Encoding.UTF8.GetBytes(t.Right)));
                var edge = Array.FindIndex(graph.Edges, x => x.Left == l && x.Right == r);
                Console.WriteLine($"MISSED {(edge < 0 ? "no edge" : $"{probabilities[edge]:F4} {graph.Edges[edge].LogOdds:F2}")} passes {linker.Candidates.PassesOf(l, r):X} {t.Story} {t.Origin}\n   {rows[0][t.Left]}\n   {rows[1][t.Right]}");
            }
        }

        Console.WriteLine($"missed {missed}, wrong {wrong}");
    }

    private static void Calibration(Labelled population, Records[] records, EdgeGraph graph, double[] probabilities)
    {
        var truth = population.Truth.ToDictionary(t => t.Left, t => t.Right);
        double[] bounds = [0.003, 0.01, 0.03, 0.1, 0.2, 0.35, 0.5, 0.65, 0.8, 0.9, 0.97, 0.99, 0.999, 1.01];
        var counts = new int[bounds.Length, 2];
        var sums = new double[bounds.Length];
        for (var e = 0; e < probabilities.Length; e++)
        {
            var bin = Array.FindIndex(bounds, b => probabilities[e] < b);
            var right = truth.TryGetValue(records[0].IdText(graph.Edges[e].Left), out var r) && r == records[1].IdText(graph.Edges[e].Right);
            counts[bin, right ? 1 : 0]++;
            sums[bin] += probabilities[e];
        }

        for (var bin = 0; bin < bounds.Length; bin++)
        {
            Console.WriteLine($"   p<{bounds[bin]}: {counts[bin, 0] + counts[bin, 1]} edges, mean p {sums[bin] / (counts[bin, 0] + counts[bin, 1]):F4}, true {counts[bin, 1] / (double)(counts[bin, 0] + counts[bin, 1]):F4}");
        }
    }

    private static void Verbose(string text)
    {
        if (Environment.GetEnvironmentVariable("VERBOSE") is not null)
        {
            Console.WriteLine(text);
        }
    }

    private static RawTable Table(string csv, string name) =>
        RawTable.Read(new MemoryStream(Encoding.UTF8.GetBytes(csv)), name, new ReadOptions());
}
