using System.Diagnostics;
using System.Globalization;
using TfFlow.Host.Local.Azurite;
using TfFlow.Vault.Keys;
using TfFlow.Vault.Storage;

namespace TfFlow.Bench;

/// <summary>`key-rotation [keys=100000] [a family=10]`: how long it takes to wrap an agency's data keys anew, on Azurite; stopped once on the way and taken up again.</summary>
internal static class KeyRotationBench
{
    private const string Originator = "north-police";

    public static async Task<int> RunAsync(string[] args)
    {
        var count = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 100_000;
        var family = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 10;
        var folder = Directory.CreateTempSubdirectory("tfflow-bench-").FullName;
        try
        {
            await using var azurite = await AzuriteServer.StartAsync(
                new AzuriteOptions
                {
                    Folder = Path.Combine(folder, "azurite"),
                    InMemory = true, // On disk it saves all it has every five seconds, and that would be what is measured.
                    Progress = new Progress<string>(Console.Error.WriteLine),
                },
                default);
            var keys = new DataKeys(new TableStore(azurite.ConnectionString(AzuriteAccounts.Keys)), new FileKeyRing(Path.Combine(folder, "ring")));
            await keys.CreateTableAsync(default);
            await Parallel.ForEachAsync(Enumerable.Range(0, count / family), new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (owner, token) =>
            {
                foreach (var key in await keys.CreateAsync([.. Enumerable.Range(0, family).Select(blob => new NewKey($"family{owner}-{blob}", $"family{owner}-{blob}", Originator))], token))
                {
                    key.Dispose();
                }
            });

            var (watch, stopped) = (Stopwatch.StartNew(), false);
            using (var stop = new CancellationTokenSource(TimeSpan.FromSeconds(2)))
            {
                try
                {
                    await keys.RotateAsync(Originator, epoch: 2, stop.Token);
                }
                catch (OperationCanceledException)
                {
                    stopped = true;
                }
            }

            var wrapped = await keys.RotateAsync(Originator, epoch: 2, default);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{wrapped:N0} data keys of {count / family:N0} owners under a new key in {watch.Elapsed.TotalSeconds:F1} s{(stopped ? ", stopped once after 2 s and taken up again" : "")}"));
            return wrapped == count / family * family ? 0 : 1;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
