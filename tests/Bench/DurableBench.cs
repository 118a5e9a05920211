using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using TfFlow.Host.Local.Azurite;
using TfFlow.Host.Local.Durable;
using TfFlow.Lifecycle.Orchestration;
using TfFlow.Vault.Storage;

namespace TfFlow.Bench;

/// <summary>What the local host of orchestrations costs beside the bare transactions it makes: <c>durable [sequence|fan-out|cold|growth|eternal] [COUNT]</c>.</summary>
internal static class DurableBench
{
    private const int Concurrency = 32;

    private static readonly OrchestrationRegistry Registry = new OrchestrationRegistry()
        .AddOrchestrator<BenchSequenceOrchestration>()
        .AddOrchestrator<BenchFanOutOrchestration>()
        .AddOrchestrator<BenchWaitOrchestration>()
        .AddOrchestrator<BenchEternalOrchestration>()
        .AddActivity<BenchEcho>();

    private static int runs;

    public static async Task<int> RunAsync(string[] args)
    {
        var which = args.ElementAtOrDefault(0) ?? "all";
        int Count(int usual) => args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : usual;
        var parts = new (string Name, Func<string, Task> Run)[]
        {
            ("sequence", account => ThroughputAsync(account, BenchSequenceOrchestration.Name, 0, Count(1500), rounds: 4)),
            ("fan-out", account => ThroughputAsync(account, BenchFanOutOrchestration.Name, 100, Count(200), rounds: 3)),
            ("cold", account => ColdStartAsync(account, Count(10_000))),
            ("growth", account => GrowthAsync(account, Count(10_000))),
            ("eternal", account => EternalAsync(account, Count(100_000))),
        };
        foreach (var (name, run) in parts.Where(part => which == "all" || which == part.Name))
        {
            // An Azurite of its own: every update of a row costs Azurite time in proportion to the rows of its table.
            var folder = Directory.CreateTempSubdirectory("tfflow-bench-").FullName;
            await using (var azurite = await AzuriteServer.StartAsync(new AzuriteOptions { Folder = folder, Progress = new Progress<string>(Console.Error.WriteLine) }, CancellationToken.None))
            {
                Say($"{name}:");
                await run(azurite.ConnectionString(AzuriteAccounts.Host));
            }

            Directory.Delete(folder, recursive: true);
        }

        return 0;
    }

    /// <summary>So many orchestrations, 32 at a time; then the same rows and bytes written by a bare loop, 32 at a time, to the same Azurite.</summary>
    /// <remarks>Of several rounds the first does not count: everything in it runs for the first time, and most of that before the bare loop.</remarks>
    private static async Task ThroughputAsync(string account, string name, int input, int count, int rounds)
    {
        for (var round = 0; round < rounds; round++)
        {
            var tables = new RecordingTables(new TableStore(account));
            await using var host = await StartAsync(account, tables, NewPrefix());
            var (transactions, reads, processor) = (tables.Transactions, tables.Reads, Processor());
            var seconds = await TimeAsync(() => Parallel.ForAsync(0, count, new ParallelOptions { MaxDegreeOfParallelism = Concurrency }, async (_, cancellationToken) =>
            {
                var id = await host.Client.ScheduleNewInstanceAsync(name, input, null, cancellationToken);
                await host.Client.WaitForCompletionAsync(id, false, cancellationToken);
            }));
            (transactions, reads, processor) = (tables.Transactions - transactions, tables.Reads - reads, Processor() - processor);
            var rawProcessor = Processor();
            var raw = await tables.WriteAgainAsync(NewPrefix() + "raw", Concurrency);
            rawProcessor = Processor() - rawProcessor;
            Say($"  {(rounds > 1 && round == 0 ? "warm-up, host and emulator compile yet: " : "")}{count,6} at {count / seconds:0} orchestrations a second; {transactions / (double)count:0.0} transactions and {reads / (double)count:0.0} reads each; {transactions / seconds:0} turns a second, raw {raw:0}, ratio {transactions / seconds / raw:0.00}; processor {processor / transactions * 1e6:0} µs a turn, raw {rawProcessor / transactions * 1e6:0}");
        }
    }

    /// <summary>How long a host takes to take up what waits, and what it holds in memory then.</summary>
    private static async Task ColdStartAsync(string account, int most)
    {
        var prefix = NewPrefix();
        var there = 0;
        foreach (var count in (int[])[most / 10, most])
        {
            await using (var before = await StartAsync(account, new RecordingTables(new TableStore(account)), prefix))
            {
                await Parallel.ForAsync(there, count, new ParallelOptions { MaxDegreeOfParallelism = Concurrency }, async (_, cancellationToken) =>
                    await before.Client.ScheduleNewInstanceAsync(BenchWaitOrchestration.Name, 0, null, cancellationToken));
            }

            there = count;
            var empty = Memory();
            var tables = new RecordingTables(new TableStore(account));
            LocalHostUnderTest? host = null;
            var seconds = await TimeAsync(async () => host = await StartAsync(account, tables, prefix));
            var held = Memory() - empty;
            Say($"  {count} waiting instances with a timer each: ready in {seconds:0.00} s ({seconds / count * 1e6:0} µs each), {tables.Reads} reads, {held / 1024.0 / count:0.00} KB each in memory");
            await host!.DisposeAsync();
        }
    }

    /// <summary>Orchestrations a second, and the same rows written raw, as instances accumulate.</summary>
    private static async Task GrowthAsync(string account, int most)
    {
        foreach (var count in (int[])[most / 100, most / 10, most])
        {
            await ThroughputAsync(account, BenchSequenceOrchestration.Name, 0, count, rounds: 1);
        }
    }

    /// <summary>One instance that continues as new, an activity a generation.</summary>
    private static async Task EternalAsync(string account, int generations)
    {
        var inner = new TableStore(account);
        var prefix = NewPrefix();
        await using var host = await StartAsync(account, inner, prefix);
        for (var part = 1; part <= 4; part++)
        {
            var seconds = await TimeAsync(async () =>
            {
                var id = await host.Client.ScheduleNewInstanceAsync(
                    BenchEternalOrchestration.Name, generations / 4, new StartOptions { InstanceId = "eternal" }, CancellationToken.None);
                await host.Client.WaitForCompletionAsync(id, false, CancellationToken.None);
            });
            var page = await inner.QueryPageAsync(prefix + "instances", Vault.Storage.TableQuery.All, null, CancellationToken.None);
            Say($"  {part * generations / 4,7} generations: {generations / 4 / seconds:0} a second, {page.Rows.Count} rows, {Memory() / 1024.0 / 1024:0.0} MB in memory");
        }
    }

    private static async Task<LocalHostUnderTest> StartAsync(string account, Vault.Storage.ITableStore tables, string prefix)
    {
        var services = new ServiceCollection().BuildServiceProvider();
        var options = new LocalDurableOptions { Prefix = prefix, LeaseFile = Path.Combine(Path.GetTempPath(), prefix + ".lease") };
        var host = new LocalDurableHost(tables, new BlobStore(account), Registry, services, TimeProvider.System, options, NullLogger<LocalDurableHost>.Instance);
        await host.StartAsync(CancellationToken.None);
        await host.WhenActiveAsync(CancellationToken.None);
        return new(host, services, options.LeaseFile);
    }

    private static string NewPrefix() => $"bench{Environment.ProcessId}x{++runs}";

    private static double Processor() => Environment.CpuUsage.TotalTime.TotalSeconds;

    private static long Memory() => GC.GetTotalMemory(forceFullCollection: true);

    private static async Task<double> TimeAsync(Func<Task> act)
    {
        var began = TimeProvider.System.GetTimestamp();
        await act();
        return TimeProvider.System.GetElapsedTime(began).TotalSeconds;
    }

    private static void Say(FormattableString line) => Console.WriteLine(FormattableString.Invariant(line));

    private sealed record LocalHostUnderTest(LocalDurableHost Client, ServiceProvider Services, string LeaseFile) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await Client.StopAsync(CancellationToken.None);
            await Client.DisposeAsync();
            await Services.DisposeAsync();
            File.Delete(LeaseFile);
        }
    }
}
