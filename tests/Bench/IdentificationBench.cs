using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using TfFlow.Api.Access;
using TfFlow.Api.Endpoints;
using TfFlow.Cli.Commands;
using TfFlow.Cli.Demo;
using TfFlow.Cli.Drops;
using TfFlow.Host.Local.Azurite;
using TfFlow.Host.Local.Engine;
using TfFlow.Host.Local.Hosting;
using TfFlow.Lifecycle;
using TfFlow.Lifecycle.Matching;
using TfFlow.Programme.Eligibility;
using TfFlow.Programme.Ledger;
using TfFlow.TestKit.Authority;
using TfFlow.Vault.Keys;
using TfFlow.Vault.Ledger;

namespace TfFlow.Bench;

/// <summary>From an invented authority's files to its cohort, through a host: how many of the families there are in truth are found, and how many that are found are none. Now, and by an earlier build on the same files.</summary>
internal static class IdentificationBench
{
    private static readonly DateTimeOffset Day = new(2034, 3, 10, 9, 0, 0, TimeSpan.Zero);

    /// <param name="args">PEOPLE, SEED and the assembly of an earlier build's benchmarks, each of which may be left out; or <c>measure FOLDER</c>: files that were written before.</param>
    public static async Task<int> RunAsync(string[] args)
    {
        if (args is ["measure", var written])
        {
            await MeasureAsync(written);
            return 0;
        }

        var options = new AuthorityOptions
        {
            Today = DateOnly.FromDateTime(Day.UtcDateTime),
            People = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 6_000,
            Seed = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 1,
        };
        Console.WriteLine(options);
        var folder = Directory.CreateTempSubdirectory("tfflow-identification-").FullName;
        try
        {
            Write(folder, new(options));
            if (args.Length > 2)
            {
                Console.WriteLine("The earlier build:");
                using var earlier = Process.Start("dotnet", [args[2], "identification", "measure", folder]);
                await earlier.WaitForExitAsync();
                Console.WriteLine("This build:");
            }

            await MeasureAsync(folder);
            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Write(string folder, InventedAuthority authority)
    {
        foreach (var file in authority.Month())
        {
            File.WriteAllBytes(Path.Combine(folder, $"{file.Agency}.{file.Exchange}.csv"), file.Csv);
            File.WriteAllLines(Path.Combine(folder, $"{file.Agency}.{file.Exchange}.truth"), file.FamilyOf.OrderBy(row => row.Key).Select(row => string.Create(CultureInfo.InvariantCulture, $"{row.Key},{row.Value}")));
        }

        File.WriteAllLines(Path.Combine(folder, "families"), authority.Families.Select(family => string.Create(CultureInfo.InvariantCulture, $"{family.Number},{family.IsEligible},{(int)family.Kinds}")));
        var eligible = authority.Families.Where(family => family.IsEligible).ToList();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{authority.Families.Count:N0} households, {authority.Families.Count(family => family.Children.Count > 0):N0} with children, {eligible.Count:N0} families meet the criteria in truth"));
        Console.WriteLine("  of them: " + string.Join(", ", Enum.GetValues<FamilyKinds>().Where(kind => kind != 0).Select(kind => $"{kind} {eligible.Count(family => family.Kinds.HasFlag(kind))}")));
    }

    private static async Task MeasureAsync(string folder)
    {
        var families = File.ReadLines(Path.Combine(folder, "families")).Select(line => line.Split(','))
            .ToDictionary(cells => int.Parse(cells[0], CultureInfo.InvariantCulture), cells => (IsEligible: bool.Parse(cells[1]), Kinds: (FamilyKinds)int.Parse(cells[2], CultureInfo.InvariantCulture)));
        var store = Directory.CreateTempSubdirectory("tfflow-identification-store-");
        try
        {
            await using var azurite = await AzuriteServer.StartAsync(new AzuriteOptions { Folder = Path.Combine(store.FullName, "azurite") }, CancellationToken.None);
            var work = Path.Combine(store.FullName, "work");
            PrivateFolder.Create(work);
            await using var host = await LocalHost.StartAsync(
                new LocalHostOptions
                {
                    Folder = work,
                    ConnectionString = azurite.ConnectionString(AzuriteAccounts.Personal),
                    Agreements = BenchAuthority.Agreements(),
                    Matching = DemoAuthority.Plan(DateOnly.FromDateTime(Day.UtcDateTime)) with { Children = ["school-census", "child-health", "school-attendance", "youth-offences"] },
                    Deployment = Deployment.Authority,
                    Time = new VirtualClock(Day),
                    LogFile = Path.Combine(work, "host.log"),
                },
                CancellationToken.None);
            var truth = new Dictionary<string, Dictionary<long, int>>();
            var watch = Stopwatch.StartNew();
            foreach (var file in Directory.EnumerateFiles(folder, "*.csv").Order(StringComparer.Ordinal))
            {
                var (id, rows) = await DropAsync(host, file);
                truth.Add(id, rows);
            }

            using var coordinator = ApiClient.At(host.Address, host.Tokens.Mint(new Caller("bench", Role.Coordinator, ""), TimeSpan.FromDays(400)));
            var (intake, taken) = (watch.Elapsed.TotalSeconds, truth.Values.Sum(extract => (long)extract.Count));
            watch.Restart();
            var round = await DemoMatch.RoundAsync(host, coordinator, CancellationToken.None);
            Console.WriteLine($"  {round.Households:N0} households, people of {round.CouldReach:N0} opened, {round.InCohort:N0} in the cohort, {round.InReview:N0} to be reviewed; {watch.Elapsed.TotalSeconds:N1} s");
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {truth.Count} files of {taken:N0} rows taken in in {intake:N1} s; peak of this process {PeakMebibytes():N0} MiB"));
            var level = (await coordinator.GetAsync<CohortView[]>("/matching/cohort", CancellationToken.None)).CountBy(family => family.Place).Select(place => place.Value).DefaultIfEmpty().Max();
            Console.WriteLine($"  at most {level} of {round.InCohort} families share a place");
            var found = await FoundAsync(host, truth);
            Report("as matched", found.Where(family => family.State is CohortState.InCohort).Select(family => family.Number), families);
            if (Environment.GetEnvironmentVariable("VERBOSE") is not null)
            {
                Rows(folder, found, families);
            }

            Report("reviews decided by the truth", found.Where(family => family.State is CohortState.InCohort || families[family.Number].IsEligible).Select(family => family.Number), families);
        }
        finally
        {
            store.Delete(recursive: true);
        }
    }

    private static async Task<(string Extract, Dictionary<long, int> FamilyOf)> DropAsync(LocalHost host, string file)
    {
        var name = Path.GetFileNameWithoutExtension(file).Split('.');
        using var api = ApiClient.At(host.Address, host.Tokens.Mint(new Caller("bench", Role.AgencySubmitter, name[0]), TimeSpan.FromDays(400)));
        await using var content = File.OpenRead(file);
        var view = await new DropSender(api, name[0]).SendAsync(new GrantRequest(name[1], "information-manager", "reviewed this month"), content, plain: false, progress: null, CancellationToken.None);
        return view.State == "Kept"
            ? (view.Id, File.ReadLines(Path.ChangeExtension(file, ".truth")).Select(line => line.Split(',')).ToDictionary(cells => long.Parse(cells[0], CultureInfo.InvariantCulture), cells => int.Parse(cells[1], CultureInfo.InvariantCulture)))
            : throw new InvalidOperationException($"{name[1]}: {view.State} {view.RefusalCode}");
    }

    private static double PeakMebibytes() =>
        long.Parse(File.ReadLines("/proc/self/status").First(line => line.StartsWith("VmHWM:", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024.0;

    /// <summary>Which family in truth each found one is: the one that most of its rows are about.</summary>
    private static async Task<List<(CohortState State, int Number)>> FoundAsync(LocalHost host, Dictionary<string, Dictionary<long, int>> truth)
    {
        var found = new List<(CohortState, int)>();
        var registers = host.Services.GetRequiredService<Registers>();
        var families = await registers.Families.ListAsync(CancellationToken.None).Select(family => family.Row).Where(family => family.State is CohortState.InCohort or CohortState.InReview).ToListAsync();
        var act = new LedgerAct { ActId = $"truth.measure.{Reference.New()}", Act = "truth.measure", Actor = "bench", Agency = DemoAuthority.Id, Count = families.Count };
        await host.Services.GetRequiredService<Acts>().PerformAsync(
            act,
            async token =>
            {
                foreach (var family in families)
                {
                    var votes = new List<int>();
                    foreach (var blob in family.Records)
                    {
                        votes.AddRange((await host.Services.GetRequiredService<FamilyVault>().ReadAsync(blob, token)).Select(row => truth[blob.ExtractId][row.Row]));
                    }

                    found.Add((family.State, votes.CountBy(number => number).MaxBy(vote => vote.Value).Key));
                }

                return ActResult.Done;
            },
            CancellationToken.None);
        return found;
    }

    /// <summary>What the files have of the families that are missed, or are none.</summary>
    private static void Rows(string folder, List<(CohortState State, int Number)> found, Dictionary<int, (bool IsEligible, FamilyKinds Kinds)> families)
    {
        var cohort = found.Where(family => family.State is CohortState.InCohort).Select(family => family.Number).ToHashSet();
        var rows = Directory.EnumerateFiles(folder, "*.csv").Order(StringComparer.Ordinal).SelectMany(file => File.ReadLines(Path.ChangeExtension(file, ".truth"))
            .Zip(File.ReadLines(file).Skip(1), (truth, row) => (Family: int.Parse(truth.Split(',')[1], CultureInfo.InvariantCulture), Row: $"{Path.GetFileNameWithoutExtension(file)}: {row}"))).ToLookup(row => row.Family, row => row.Row);
        foreach (var (number, truth) in families.Where(family => family.Value.IsEligible != cohort.Contains(family.Key)))
        {
            Console.WriteLine($"  family {number}, {truth.Kinds}, {(truth.IsEligible ? "missed" : "none")}:");
            foreach (var row in rows[number].Distinct())
            {
                Console.WriteLine($"    {row}");
            }
        }
    }

    private static void Report(string what, IEnumerable<int> cohort, Dictionary<int, (bool IsEligible, FamilyKinds Kinds)> families)
    {
        var found = cohort.ToList();
        var right = found.Distinct().Where(number => families[number].IsEligible).ToHashSet();
        var missed = families.Where(family => family.Value.IsEligible && !right.Contains(family.Key)).Select(family => family.Value.Kinds).ToList();
        var wrong = found.Where(number => !families[number].IsEligible).Select(number => families[number].Kinds).ToList();
        var twice = found.CountBy(number => number).Where(count => right.Contains(count.Key) && count.Value > 1).Select(count => families[count.Key].Kinds).ToList();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"  {what}: precision {right.Count / (double)Math.Max(1, found.Count):0.0000}, recall {right.Count / (double)families.Values.Count(family => family.IsEligible):0.0000}; {found.Count} found, {right.Count} right, {missed.Count} missed, {wrong.Count} found that are none, {twice.Count} found more than once"));
        foreach (var (kind, kinds) in new[] { ("missed", missed), ("none", wrong), ("more than once", twice) })
        {
            foreach (var group in kinds.CountBy(of => of).OrderByDescending(count => count.Value))
            {
                Console.WriteLine($"    {kind}: {group.Value} × {(group.Key == 0 ? "nothing special" : group.Key)}");
            }
        }
    }
}
