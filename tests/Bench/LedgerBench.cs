using System.Diagnostics;
using System.Globalization;
using TfFlow.Host.Local.Azurite;
using TfFlow.Host.Local.Storage;
using TfFlow.Programme.Ledger;
using TfFlow.Vault.Ledger;
using TfFlow.Vault.Storage;

namespace TfFlow.Bench;

/// <summary>Durable appends a second against the best single-row inserter on the same Azurite, and verification.</summary>
/// <remarks><c>ledger</c> runs all; <c>ledger append</c> and <c>ledger verify</c> a half each.</remarks>
internal static class LedgerBench
{
    private const int Rounds = 3;
    private const int Processes = 4;
    private const int Writers = 64;
    private const string Store = "TFFLOW_BENCH_STORE";

    public static async Task<int> RunAsync(string[] args)
    {
        if (args is ["writer", var table, var writers, var seconds, var prefix])
        {
            return await WriteAsChildAsync(table, Number(writers), Number(seconds), prefix);
        }

        var ok = true;
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

    private static async Task<bool> AppendAsync()
    {
        const int Seconds = 4;
        var best = new SortedDictionary<string, double>(StringComparer.Ordinal);
        for (var round = 0; round < Rounds; round++)
        {
            foreach (var inserters in new[] { 1, 16, 64 })
            {
                await KeepAsync($"1 single-row inserts, {inserters,2} at once", account => InsertAsync(new RestTableStore(account), "single", inserters, Seconds));
            }

            await KeepAsync($"2 ledger, {Writers} writers", async account => await WriteAsync(await OpenAsync(account, "one"), Writers, Seconds, "w"));
            await KeepAsync($"3 ledger, {Processes} processes of {Writers / Processes} writers", account => WriteFromProcessesAsync(account, "four", Writers / Processes, Seconds));
            await KeepAsync($"3 ledger, {Processes} processes of {Writers} writers", account => WriteFromProcessesAsync(account, "many", Writers, Seconds));
        }

        var baseline = best.Where(item => item.Key[0] == '1').Max(item => item.Value);
        foreach (var (name, rate) in best)
        {
            Print($"{name[2..],-40} {rate,8:N0} a second, {rate / baseline:F2} of the best single-row inserter");
        }

        return best.Where(item => item.Key[0] != '1').All(item => item.Value >= 3.5 * baseline);

        // An Azurite of its own for each: every few seconds Azurite writes out all it holds, so who comes later would pay for the earlier.
        async Task KeepAsync(string name, Func<StorageAccount, Task<double>> measure)
        {
            var folder = Directory.CreateTempSubdirectory("tfflow-bench-");
            await using (var azurite = await AzuriteServer.StartAsync(new AzuriteOptions { Folder = folder.FullName }, CancellationToken.None))
            {
                var account = azurite.Account(AzuriteAccounts.Host);
                await InsertAsync(new RestTableStore(account), "warm", 16, 1);
                await WriteAsync(await OpenAsync(account, "warmledger"), 16, 1, "warm");
                best[name] = Math.Max(await measure(account), best.GetValueOrDefault(name));
            }

            folder.Delete(recursive: true);
        }
    }

    /// <summary>What an audit table without group commit does: each entry is a row of its own.</summary>
    private static async Task<double> InsertAsync(RestTableStore tables, string table, int inserters, int seconds)
    {
        await tables.CreateTableAsync(table, CancellationToken.None);
        return await MeasureAsync(inserters, seconds, (inserter, number) =>
        {
            var bytes = CanonicalEntry.Encode(Entry("s", number));
            return tables.SubmitAsync(table, TableWrite.Insert(new TableRow($"p{inserter}", number.ToString("D10", CultureInfo.InvariantCulture)) { ["Bytes"] = bytes }), CancellationToken.None);
        });
    }

    private static Task<double> WriteAsync(Ledger ledger, int writers, int seconds, string prefix) =>
        MeasureAsync(writers, seconds, (writer, number) => ledger.AppendAsync(Entry($"{prefix}-{writer}", number), CancellationToken.None));

    /// <summary>What was done within the time, a second; what ended later does not count.</summary>
    private static async Task<double> MeasureAsync(int workers, int seconds, Func<int, int, Task> work)
    {
        var clock = Stopwatch.StartNew();
        var done = await Task.WhenAll(Enumerable.Range(0, workers).Select(async worker =>
        {
            var number = 0;
            while (true)
            {
                await work(worker, number);
                if (clock.Elapsed.TotalSeconds >= seconds)
                {
                    return number;
                }

                number++;
            }
        }));
        return done.Sum() / (double)seconds;
    }

    private static async Task<Ledger> OpenAsync(StorageAccount account, string table)
    {
        var ledger = new Ledger(new RestTableStore(account), new RestBlobStore(account), table);
        await ledger.CreateAsync(CancellationToken.None);
        return ledger;
    }

    private static async Task<double> WriteFromProcessesAsync(StorageAccount account, string table, int writers, int seconds)
    {
        await OpenAsync(account, table);
        var children = Enumerable.Range(0, Processes).Select(child =>
        {
            var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "TfFlow.Bench.exe" : "TfFlow.Bench")) { RedirectStandardInput = true, RedirectStandardOutput = true };
            foreach (var argument in (string[])["ledger", "writer", table, Text(writers), Text(seconds), $"c{child}"])
            {
                start.ArgumentList.Add(argument);
            }

            start.Environment[Store] = $"AccountName={account.Name};AccountKey={Convert.ToBase64String(account.Key)};BlobEndpoint={account.BlobEndpoint};TableEndpoint={account.TableEndpoint}";
            return Process.Start(start)!;
        }).ToList();

        // All are warm before the first begins.
        await Task.WhenAll(children.Select(child => child.StandardOutput.ReadLineAsync()));
        foreach (var child in children)
        {
            await child.StandardInput.WriteLineAsync("go");
        }

        var rates = await Task.WhenAll(children.Select(async child =>
        {
            var rate = double.Parse((await child.StandardOutput.ReadLineAsync())!, CultureInfo.InvariantCulture);
            await child.WaitForExitAsync();
            child.Dispose();
            return rate;
        }));
        return rates.Sum();
    }

    private static async Task<int> WriteAsChildAsync(string table, int writers, int seconds, string prefix)
    {
        var account = StorageAccount.Parse(Environment.GetEnvironmentVariable(Store)!);
        await WriteAsync(await OpenAsync(account, table + "warm" + prefix), writers, 3, prefix);
        var ledger = await OpenAsync(account, table);
        Console.WriteLine("ready");
        Console.ReadLine();
        Console.WriteLine((await WriteAsync(ledger, writers, seconds, prefix)).ToString(CultureInfo.InvariantCulture));
        return 0;
    }

    internal static void Print(FormattableString line) => Console.WriteLine(FormattableString.Invariant(line));

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
