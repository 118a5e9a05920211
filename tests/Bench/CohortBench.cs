using System.Diagnostics;
using System.Diagnostics.Metrics;
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
using TfFlow.Programme.Eligibility;
using TfFlow.TestKit.Authority;
using TfFlow.Vault.Keys;

namespace TfFlow.Bench;

/// <summary>From the accepted extracts of twelve datasets to the prioritised cohort: wall time, peak memory, storage requests a household,
/// ties. The host runs in a process of its own, which did not invent the files.</summary>
internal static class CohortBench
{
    private static readonly DateTimeOffset Day = new(2034, 3, 10, 9, 0, 0, TimeSpan.Zero);

    /// <param name="args">PEOPLE and SEED, each of which may be left out; or <c>measure FOLDER</c>, which is how the host's process is
    /// started.</param>
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
            People = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 20_000,
            Seed = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 1,
        };
        Console.WriteLine(options);
        var folder = Directory.CreateTempSubdirectory("tfflow-cohort-").FullName;
        try
        {
            Write(folder, new(options));
            using var host = Process.Start("dotnet", [typeof(CohortBench).Assembly.Location, "cohort", "measure", folder]);
            await host.WaitForExitAsync();
            return host.ExitCode;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Write(string folder, InventedAuthority authority)
    {
        var (files, rows) = (0, 0L);
        foreach (var file in authority.Month().Concat(authority.More()))
        {
            File.WriteAllBytes(Path.Combine(folder, $"{file.Agency}.{file.Exchange}.csv"), file.Csv);
            (files, rows) = (files + 1, rows + file.Rows);
        }

        Say($"{authority.Families.Sum(family => family.Members.Count()):N0} people in {authority.Families.Count:N0} households; {files} datasets, {rows:N0} rows");
    }

    private static async Task MeasureAsync(string folder)
    {
        var store = Directory.CreateTempSubdirectory("tfflow-cohort-store-");
        try
        {
            // Kept in memory: on a disk the emulator writes all it holds anew every few seconds, which at this size is most of what it does.
            await using var azurite = await AzuriteServer.StartAsync(
                new AzuriteOptions { Folder = Path.Combine(store.FullName, "azurite"), InMemory = true }, CancellationToken.None);
            var connection = azurite.ConnectionString(AzuriteAccounts.Personal);
            using var requests = new StorageRequests(connection);
            var work = Path.Combine(store.FullName, "work");
            PrivateFolder.Create(work);
            await using var host = await LocalHost.StartAsync(
                new LocalHostOptions
                {
                    Folder = work,
                    ConnectionString = connection,
                    Agreements = BenchAuthority.Agreements(),
                    Matching = DemoAuthority.Plan(DateOnly.FromDateTime(Day.UtcDateTime)) with { Children = ["school-census", "child-health", "school-attendance", "youth-offences"] },
                    Deployment = Deployment.Authority,
                    Time = new VirtualClock(Day),
                    LogFile = Path.Combine(work, "host.log"),
                },
                CancellationToken.None);
            var (watch, rows) = (Stopwatch.StartNew(), 0L);
            foreach (var file in Directory.EnumerateFiles(folder, "*.csv").Order(StringComparer.Ordinal))
            {
                rows += await DropAsync(host, file);
            }

            var (intake, taken) = (watch.Elapsed.TotalSeconds, requests.Total);
            Say($"intake: {rows:N0} rows in {intake:N1} s, {rows / intake:N0} rows/s, {taken:N0} storage requests; peak of this process {Peak("self"):N0} MiB");

            // From here on the peak is the round's.
            GC.Collect();
            await File.WriteAllTextAsync("/proc/self/clear_refs", "5");
            using var coordinator = ApiClient.At(host.Address, host.Tokens.Mint(new Caller("bench", Role.Coordinator, ""), TimeSpan.FromDays(400)));
            watch.Restart();
            var stands = StandsAsync(host.Services.GetRequiredService<Registers>(), watch);
            var round = await DemoMatch.RoundAsync(host, coordinator, CancellationToken.None);
            var (seconds, asked) = (watch.Elapsed.TotalSeconds, requests.Total - taken);
            var cohort = await coordinator.GetAsync<CohortView[]>("/matching/cohort", CancellationToken.None);
            var level = cohort.CountBy(family => family.Place).Select(place => place.Value).DefaultIfEmpty().Max();
            Say($"round: {round.Households:N0} households, people of {round.CouldReach:N0} opened, {round.InCohort:N0} families in the cohort, {round.InReview:N0} to be reviewed");
            Say($"the cohort stands in its order after {await stands:N1} s; with everybody else's records erased after {seconds:N1} s");
            Say($"{asked:N0} storage requests, {asked / (double)round.Households:N2} a household, {asked / (double)Math.Max(1, round.InCohort + round.InReview):N1} a family kept");
            Say($"peak of this process in the round {Peak("self"):N0} MiB (bound: 1,536); Azurite's {Peak(azurite.ProcessId.ToString(CultureInfo.InvariantCulture)):N0} MiB");
            Say($"the most families at one place: {level:N0} of {cohort.Length:N0}, {100.0 * level / Math.Max(1, cohort.Length):N2} % (bound: 5)");
        }
        finally
        {
            store.Delete(recursive: true);
        }
    }

    private static async Task<long> DropAsync(LocalHost host, string file)
    {
        var name = Path.GetFileNameWithoutExtension(file).Split('.');
        using var api = ApiClient.At(host.Address, host.Tokens.Mint(new Caller("bench", Role.AgencySubmitter, name[0]), TimeSpan.FromDays(400)));
        await using var content = File.OpenRead(file);
        var watch = Stopwatch.StartNew();
        var view = await new DropSender(api, name[0]).SendAsync(new GrantRequest(name[1], "information-manager", "reviewed this month"), content, plain: false, progress: null, CancellationToken.None);
        Say($"  {name[1]}: {view.RowsAccepted:N0} rows, {view.RowsAccepted / watch.Elapsed.TotalSeconds:N0} rows/s");
        return view.State == "Kept" ? view.RowsAccepted : throw new InvalidOperationException($"{name[1]}: {view.State} {view.RefusalCode}");
    }

    /// <returns>Seconds after which every family of the cohort has its place.</returns>
    private static async Task<double> StandsAsync(Registers registers, Stopwatch watch)
    {
        while (await registers.Matchings.ListAsync(CancellationToken.None).AllAsync(run => run.Row.State < MatchingStage.Erasing) || await registers.Matchings.ListAsync(CancellationToken.None).CountAsync() == 0)
        {
            await Task.Delay(TimeSpan.FromSeconds(0.5), TimeProvider.System);
        }

        return watch.Elapsed.TotalSeconds;
    }

    private static double Peak(string process) =>
        long.Parse(File.ReadLines($"/proc/{process}/status").First(line => line.StartsWith("VmHWM:", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024.0;

    private static void Say(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));

    /// <summary>Counts what this process asks of the store.</summary>
    private sealed class StorageRequests : IDisposable
    {
        private readonly MeterListener listener = new();
        private readonly HashSet<int> ports;
        private long total;

        public StorageRequests(string connection)
        {
            ports = [.. connection.Split(';').Select(part => part.Split('=', 2)).Where(part => part.Length == 2 && part[1].StartsWith("http://", StringComparison.Ordinal)).Select(part => new Uri(part[1]).Port)];
            listener.InstrumentPublished = (instrument, listening) =>
            {
                if (instrument.Name == "http.client.request.duration")
                {
                    listening.EnableMeasurementEvents(instrument);
                }
            };
            listener.SetMeasurementEventCallback<double>((_, _, tags, _) =>
            {
                foreach (var tag in tags)
                {
                    if (tag is { Key: "server.port", Value: int port } && ports.Contains(port))
                    {
                        Interlocked.Increment(ref total);
                    }
                }
            });
            listener.Start();
        }

        public long Total => Interlocked.Read(ref total);

        public void Dispose() => listener.Dispose();
    }
}
