using System.Diagnostics;
using System.Globalization;
using TfFlow.Host.Local.Azurite;
using TfFlow.Programme.Ledger;
using TfFlow.Vault.Ledger;
using TfFlow.Vault.Storage;

namespace TfFlow.Bench;

/// <summary>Durable appends a second against the best single-row inserter on the same Azurite, and verification.</summary>
/// <remarks><c>ledger</c> runs all; <c>ledger append [ROUNDS]</c> and <c>ledger verify</c> a half each.</remarks>
internal static class LedgerBench
{
    private const int Rounds = 3;
    private const int Processes = 4;
    private const int Writers = 64;

    // The same for everybody: what a row costs Azurite grows with the rows of its table, so in the same time the faster would pay more.
    private const int Entries = 30_000;
    private const int WarmEntries = 4_000;
    private const string Store = "TFFLOW_BENCH_STORE";
    private const string WarmStore = "TFFLOW_BENCH_WARM_STORE";

    public static async Task<int> RunAsync(string[] args)
    {
        if (args is ["writer", var table, var writers, var entries, var prefix])
        {
            return await WriteAsChildAsync(table, Number(writers), Number(entries), prefix);
        }

        var ok = true;
        if (args is ["append", var rounds])
        {
            return await AppendAsync(Number(rounds)) ? 0 : 1;
        }

        if (args is [] or ["append"])
        {
            ok &= await AppendAsync();
        }

        if (args is [] or ["verify"])
        {
            ok &= await LedgerVerifyBench.RunAsync();
        }

        return ok ? 0 : 1;
    }

    internal static LedgerEntry Entry(string prefix, int number) => new(
        new LedgerAct
        {
            ActId = ActId(prefix, number),
            Act = "extract.reseal",
            Actor = "ExtractIntake",
            Role = "system",
            Agency = "north-police",
            Agreement = "isa-2",
            AgreementVersion = "4",
            Exchange = "police-asb",
            Basis = "s115",
            Purpose = "identification",
            References = ["extract-7f13a2c4"],
            Count = 1234,
            Hash = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        },
        EntryKind.Intent,
        DateTimeOffset.UnixEpoch.AddSeconds(number));

    internal static string ActId(string prefix, int number) => string.Create(CultureInfo.InvariantCulture, $"{prefix}-{number}");

    private static async Task<bool> AppendAsync(int rounds = Rounds)
    {
        var best = new SortedDictionary<string, double>(StringComparer.Ordinal);
        for (var round = 0; round < rounds; round++)
        {
            foreach (var inserters in new[] { 1, 16, 64 })
            {
                await KeepAsync($"1 single-row inserts, {inserters,2} at once", account => InsertAsync(new TableStore(account), "single", inserters, Entries));
            }

            await KeepAsync($"2 ledger, {Writers} writers", async account => await WriteAsync(await OpenAsync(account, "one"), Writers, Entries, "w"));
            await KeepAsync($"3 ledger, {Processes} processes of {Writers} writers", account => WriteFromProcessesAsync(account, "many", Writers));
            await KeepAsync($"4 ledger, {Processes} processes of {Writers / Processes} writers", account => WriteFromProcessesAsync(account, "four", Writers / Processes));
        }

        var baseline = best.Where(item => item.Key[0] == '1').Max(item => item.Value);
        foreach (var (name, rate) in best)
        {
            Print($"{name[2..],-40} {rate,8:N0} a second, {rate / baseline:F2} of the best single-row inserter");
        }

        // The last stands for itself: what waits in a process goes together, so there a commit holds 16 entries at most.
        return best.Where(item => item.Key[0] is '2' or '3').All(item => item.Value >= 3.5 * baseline);

        async Task KeepAsync(string name, Func<string, Task<double>> measure)
        {
            var rate = await OnAzuriteAsync(async account =>
            {
                await InsertAsync(new TableStore(account), "warm", 16, WarmEntries);
                await WarmAsync(account);
                return await measure(account);
            });
            best[name] = Math.Max(rate, best.GetValueOrDefault(name));
        }
    }

    private static async Task WarmAsync(string account)
    {
        var ledger = await OpenAsync(account, "warmledger");
        await WriteAsync(ledger, Writers, WarmEntries, "warm");
        for (var read = 0; read < WarmEntries; read++)
        {
            await ledger.GetHeadAsync(CancellationToken.None);
        }
    }

    // One of its own for each: every few seconds Azurite writes out all it holds, so who comes later would pay for the earlier.
    private static async Task<double> OnAzuriteAsync(Func<string, Task<double>> measure)
    {
        var folder = Directory.CreateTempSubdirectory("tfflow-bench-");
        double rate;
        await using (var azurite = await AzuriteServer.StartAsync(new AzuriteOptions { Folder = folder.FullName }, CancellationToken.None))
        {
            rate = await measure(azurite.ConnectionString(AzuriteAccounts.Host));
        }

        folder.Delete(recursive: true);
        return rate;
    }

    /// <summary>What an audit table without group commit does: each entry is a row of its own.</summary>
    private static async Task<double> InsertAsync(TableStore tables, string table, int inserters, int entries)
    {
        await tables.CreateTableAsync(table, CancellationToken.None);
        return await MeasureAsync(inserters, entries, (inserter, number) =>
        {
            var bytes = CanonicalEntry.Encode(Entry("s", number));
            return tables.SubmitAsync(table, TableWrite.Insert(new TableRow($"p{inserter}", number.ToString("D10", CultureInfo.InvariantCulture)) { ["Bytes"] = bytes }), CancellationToken.None);
        });
    }

    private static Task<double> WriteAsync(Ledger ledger, int writers, int entries, string prefix) =>
        MeasureAsync(writers, entries, (writer, number) => ledger.AppendAsync(Entry($"{prefix}-{writer}", number), CancellationToken.None));

    /// <returns>Entries a second, until the last of them was durable.</returns>
    private static async Task<double> MeasureAsync(int workers, int entries, Func<int, int, Task> work)
    {
        var clock = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, workers).Select(async worker =>
        {
            for (var number = worker; number < entries; number += workers)
            {
                await work(worker, number);
            }
        }));
        return entries / clock.Elapsed.TotalSeconds;
    }

    private static async Task<Ledger> OpenAsync(string account, string table)
    {
        var ledger = new Ledger(new TableStore(account), new BlobStore(account), table);
        await ledger.CreateAsync(CancellationToken.None);
        return ledger;
    }

    private static async Task<double> WriteFromProcessesAsync(string account, string table, int writers)
    {
        await OpenAsync(account, table);
        List<Process> children = [];

        // They warm up together on another Azurite, which has ended when the first begins.
        await OnAzuriteAsync(async warm =>
        {
            await OpenAsync(warm, table);
            children = [.. Enumerable.Range(0, Processes).Select(child => Start(account, warm, ["ledger", "writer", table, Text(writers), Text(Entries / Processes), $"c{child}"]))];
            await Task.WhenAll(children.Select(child => child.StandardOutput.ReadLineAsync()));
            return 0;
        });

        var clock = Stopwatch.StartNew();
        children.ForEach(child => child.StandardInput.WriteLine("go"));
        await Task.WhenAll(children.Select(child => child.StandardOutput.ReadLineAsync()));
        var rate = Entries / clock.Elapsed.TotalSeconds;
        foreach (var child in children)
        {
            child.StandardInput.Close();
            await child.WaitForExitAsync();
            child.Dispose();
        }

        return rate;
    }

    private static Process Start(string account, string warm, string[] arguments)
    {
        var program = Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "TfFlow.Bench.exe" : "TfFlow.Bench");
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true };
        start.Environment[Store] = account;
        start.Environment[WarmStore] = warm;
        return Process.Start(start)!;
    }

    private static async Task<int> WriteAsChildAsync(string table, int writers, int entries, string prefix)
    {
        await WriteAsync(await OpenAsync(Account(WarmStore), table), writers, 5 * WarmEntries, prefix);
        var ledger = await OpenAsync(Account(Store), table);
        Console.WriteLine("ready");
        Console.ReadLine();
        await WriteAsync(ledger, writers, entries, prefix);
        Console.WriteLine("done");

        // Not before the others are done: a process that ends keeps its turn until that lapses.
        Console.ReadLine();
        return 0;

        static string Account(string variable) => Environment.GetEnvironmentVariable(variable)!;
    }

    internal static void Print(FormattableString line) => Console.WriteLine(FormattableString.Invariant(line));

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
