using System.Globalization;
using System.Security.Cryptography;
using Azure.Storage.Blobs;
using TfFlow.Host.Local.Azurite;
using TfFlow.Vault.Storage;

namespace TfFlow.Bench;

/// <summary>What the adapter costs: a blob written and read beside an upload of the same bytes by the official client; rows one by one and a hundred at a time.</summary>
internal static class StorageSpeed
{
    private const int MiB = 1024 * 1024;

    public static async Task<int> RunAsync(string[] args)
    {
        var size = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 128;
        var folder = Directory.CreateTempSubdirectory("tfflow-bench-").FullName;
        await using (var azurite = await AzuriteServer.StartAsync(new AzuriteOptions { Folder = folder, Progress = new Progress<string>(Console.Error.WriteLine) }, CancellationToken.None))
        {
            await BlobsAsync(azurite.ConnectionString(AzuriteAccounts.Personal), size);
            await TablesAsync(new TableStore(azurite.ConnectionString(AzuriteAccounts.Host)));
        }

        Directory.Delete(folder, recursive: true);
        return 0;
    }

    private static async Task BlobsAsync(string account, int size)
    {
        var store = new BlobStore(account);
        await store.CreateContainerAsync("bench", CancellationToken.None);
        var content = RandomNumberGenerator.GetBytes(size * MiB);
        var official = new BlobServiceClient(account, new StoreOptions().ForBlobs()).GetBlobContainerClient("bench");
        for (var round = 0; round < 3; round++)
        {
            var put = await TimeAsync(() => official.GetBlobClient($"raw-{round}").UploadAsync(new MemoryStream(content)));
            var blob = new BlobAddress("bench", $"written-{round}");
            var (written, writing) = await MeasureAsync(async () =>
            {
                await using var writer = store.OpenWrite(blob, WriteCondition.CreateOnly);
                await writer.WriteAsync(content);
                await writer.CommitAsync(CancellationToken.None);
            });
            var read = await TimeAsync(async () =>
            {
                await using var download = await store.OpenReadAsync(blob, ifMatch: null, CancellationToken.None);
                var buffer = new byte[MiB];
                while (await download.Content.ReadAsync(buffer) > 0)
                {
                }
            });
            var ranges = await TimeAsync(async () =>
            {
                var buffer = new byte[MiB];
                for (var index = 0; index < size; index++)
                {
                    await store.ReadRangeAsync(blob, (long)index * MiB, buffer, ifMatch: null, CancellationToken.None);
                }
            });
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{size} MiB: official client {size / put:0} MiB/s, OpenWrite {size / written:0} (ratio {put / written:0.00}), OpenRead {size / read:0}, ReadRange by 1 MiB {size / ranges:0}; writing takes {1000 * writing / size:0.0} ms of our processor a MiB"));
        }
    }

    private static async Task TablesAsync(TableStore store)
    {
        await store.CreateTableAsync("bench", CancellationToken.None);
        for (var round = 0; round < 2; round++)
        {
            var partition = $"p{round}";
            var (series, inserting) = await MeasureAsync(async () =>
            {
                for (var index = 0; index < 1000; index++)
                {
                    await store.SubmitAsync("bench", TableWrite.Insert(Row(partition, index)), CancellationToken.None);
                }
            });
            var parallel = await TimeAsync(() => Parallel.ForAsync(
                1000, 4000, new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (index, cancellationToken) => await store.SubmitAsync("bench", TableWrite.Insert(Row(partition, index)), cancellationToken)));
            var (batches, batching) = await MeasureAsync(async () =>
            {
                for (var batch = 0; batch < 200; batch++)
                {
                    await store.SubmitAsync("bench", [.. Enumerable.Range(10_000 + (batch * 100), 100).Select(index => TableWrite.Insert(Row(partition, index)))], CancellationToken.None);
                }
            });
            var rows = 0;
            var (query, querying) = await MeasureAsync(async () =>
            {
                await foreach (var row in store.QueryAsync("bench", TableQuery.Partition(partition), CancellationToken.None))
                {
                    rows++;
                }
            });
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"inserts a second: {1000 / series:0} in series, {3000 / parallel:0} with 16 in parallel, {20_000 / batches:0} in transactions of 100; {rows / query:0} rows a second read; of our processor {1e6 * inserting / 1000:0} µs an insert, {1e6 * batching / 20_000:0} µs a row in a transaction, {1e6 * querying / rows:0} µs a row read"));
        }
    }

    private static TableRow Row(string partition, int index) => new(partition, index.ToString("d8", CultureInfo.InvariantCulture))
    {
        ["State"] = "Accepted",
        ["Count"] = index,
        ["At"] = DateTimeOffset.UnixEpoch.AddSeconds(index),
        ["Sequence"] = (long)index,
    };

    private static async Task<double> TimeAsync(Func<Task> act) => (await MeasureAsync(act)).Seconds;

    /// <summary>Elapsed time, and this process's own share of the processor: what the adapter costs, however slow the emulator is.</summary>
    private static async Task<(double Seconds, double OwnSeconds)> MeasureAsync(Func<Task> act)
    {
        var (started, used) = (TimeProvider.System.GetTimestamp(), Environment.CpuUsage.TotalTime);
        await act();
        return (TimeProvider.System.GetElapsedTime(started).TotalSeconds, (Environment.CpuUsage.TotalTime - used).TotalSeconds);
    }
}
