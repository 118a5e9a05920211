using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using Azure.Storage.Blobs;
using TfFlow.Host.Local.Azurite;
using TfFlow.Linkage;
using TfFlow.Vault.Envelope;
using TfFlow.Vault.Households;
using TfFlow.Vault.Keys;
using TfFlow.Vault.Storage;

namespace TfFlow.Bench;

/// <summary>`sealing [MiB=1024] [pairs=5]`: what sealing costs beside what it is measured against, in alternating pairs of one run.</summary>
internal static class SealingBench
{
    private const int MiB = 1024 * 1024;
    private const double SegmentsTarget = 0.9;
    private const double UploadTarget = 0.7;
    private const long PeakBound = 300;

    public static async Task<int> RunAsync(string[] args)
    {
        var size = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 1024;
        var pairs = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 5;

        var folder = Directory.CreateTempSubdirectory("tfflow-bench-").FullName;
        try
        {
            return await RunAsync(folder, size, pairs);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    // Keys live in rows: a table and a ring of this run's own.
    private static async Task<int> RunAsync(string folder, int size, int pairs)
    {
        await using var azurite = await AzuriteServer.StartAsync(
            new AzuriteOptions { Folder = Path.Combine(folder, "azurite"), Progress = new Progress<string>(Console.Error.WriteLine) }, default);
        var keys = new DataKeys(new TableStore(azurite.ConnectionString(AzuriteAccounts.Keys)), new FileKeyRing(Path.Combine(folder, "ring")));
        await keys.CreateTableAsync(default);
        var account = azurite.ConnectionString(AzuriteAccounts.Personal);
        await new BlobStore(account).CreateContainerAsync("bench", default);
        var file = Path.Combine(folder, "extract");
        await WriteAsync(file, size);

        // Before anything else asks for memory.
        await SealAsync(new BlobStore(account), keys, file);
        var peak = Process.GetCurrentProcess().PeakWorkingSet64 / MiB;
        Console.WriteLine($"peak memory, {size} MiB sealed and uploaded: {peak} MiB, bound {PeakBound}");

        var upload = await UploadAsync(account, keys, file, size, pairs);
        var segments = await SegmentsAsync(keys, pairs);
        await PersonsAsync(keys);
        return segments >= SegmentsTarget && upload >= UploadTarget && peak < PeakBound ? 0 : 1;
    }

    private static async Task<double> SegmentsAsync(DataKeys keys, int pairs)
    {
        const int Length = 256 * MiB;
        var plaintext = RandomNumberGenerator.GetBytes(Length);
        var ciphertext = new byte[Length];
        var ratio = 0.0;
        foreach (var segmentSize in new[] { SegmentWriter.MinSegmentSize, SegmentWriter.DefaultSegmentSize, SegmentWriter.MaxSegmentSize })
        {
            var fresh = new Queue<DataKey>();
            for (var i = 0; i <= pairs; i++)
            {
                fresh.Enqueue((await keys.CreateAsync([NewKey("bench/segments")], default))[0]);
            }

            var (oneShot, segmented) = await PairsAsync(
                pairs,
                ProcessorTime,
                () =>
                {
                    using var aes = new AesGcm(RandomNumberGenerator.GetBytes(32), 16);
                    aes.Encrypt(RandomNumberGenerator.GetBytes(12), plaintext, ciphertext, new byte[16]);
                    return Task.CompletedTask;
                },
                async () =>
                {
                    using var key = fresh.Dequeue();
                    await using var writer = new SegmentWriter(Stream.Null, key, segmentSize);
                    await writer.WriteAsync(plaintext);
                    await writer.CompleteAsync(default);
                });
            Print($"AES-256-GCM, {Length / MiB} MiB: segments of {segmentSize / 1024} KiB / one shot", "MB/s", Length / 1e6, segmented, oneShot);
            ratio = segmentSize == SegmentWriter.DefaultSegmentSize ? oneShot / segmented : ratio;
        }

        Console.WriteLine($"  at the default segment size {ratio:F2}, target {SegmentsTarget}");
        return ratio;
    }

    private static async Task PersonsAsync(DataKeys keys)
    {
        const int Records = 500_000;
        var record = RandomNumberGenerator.GetBytes(150);
        using var key = (await keys.CreateAsync([NewKey("bench/persons", KeyGrain.Household)], default))[0];
        using var writer = new PersonsWriter(Stream.Null, key);
        var started = ProcessorTime();
        for (var i = 0; i < Records; i++)
        {
            // Spread as in an extract that is not sorted by household, four persons each.
            await writer.AppendAsync(new HouseholdPseudonym((UInt128)(uint)(i % (Records / 4)) * 0x9e3779b97f4a7c15), record, default);
        }

        await writer.CompleteAsync(default);
        Console.WriteLine($"persons of {record.Length} bytes sealed by household: {Records / (ProcessorTime() - started).TotalSeconds:N0} records/s of one core");
    }

    private static async Task WriteAsync(string path, int size)
    {
        var piece = RandomNumberGenerator.GetBytes(MiB);
        await using var file = File.Create(path);
        for (var i = 0; i < size; i++)
        {
            await file.WriteAsync(piece);
        }
    }

    private static async Task SealAsync(BlobStore blobs, DataKeys keys, string path)
    {
        var address = new BlobAddress("bench", "sealed");
        using var key = (await keys.CreateAsync([NewKey(address.ToString())], default))[0];
        await using var file = File.OpenRead(path);
        await using var output = blobs.OpenWrite(address, WriteCondition.None);
        await using var writer = new SegmentWriter(output, key);
        await file.CopyToAsync(writer, 128 * 1024);
        await writer.CompleteAsync(default);
        await output.CommitAsync(default);
    }

    private static async Task<double> UploadAsync(string account, DataKeys keys, string path, int size, int pairs)
    {
        var (blobs, official) = (new BlobStore(account), new BlobServiceClient(account, new StoreOptions().ForBlobs()));
        var (raw, sealing) = await PairsAsync(
            pairs,
            WallTime,
            () => official.GetBlobContainerClient("bench").GetBlobClient("raw").UploadAsync(path, overwrite: true),
            () => SealAsync(blobs, keys, path));
        Print($"upload to Azurite, {size} MiB: sealed / raw by the official client", "MB/s", size * (double)MiB / 1e6, sealing, raw);
        Console.WriteLine($"  {raw / sealing:F2}, target {UploadTarget}");
        return raw / sealing;
    }

    // What only computes is measured by what it takes of the processor: other work on the machine does not count.
    private static NewKey NewKey(string blob, KeyGrain grain = KeyGrain.Blob) => new(RandomNumberGenerator.GetHexString(20, lowercase: true), blob, "bench", grain);

    private static TimeSpan ProcessorTime() => Environment.CpuUsage.TotalTime;

    private static TimeSpan WallTime() => Stopwatch.GetElapsedTime(0);

    /// <returns>Medians, in seconds; the first pair only warms up.</returns>
    private static async Task<(double One, double Other)> PairsAsync(int pairs, Func<TimeSpan> clock, Func<Task> one, Func<Task> other)
    {
        var (ones, others) = (new List<double>(), new List<double>());
        for (var i = 0; i <= pairs; i++)
        {
            var start = clock();
            await one();
            var middle = clock();
            await other();
            var end = clock();
            if (i > 0)
            {
                ones.Add((middle - start).TotalSeconds);
                others.Add((end - middle).TotalSeconds);
            }
        }

        return (ones.Order().ElementAt(pairs / 2), others.Order().ElementAt(pairs / 2));
    }

    private static void Print(string what, string unit, double amount, double measured, double against) =>
        Console.WriteLine($"{what}: {amount / measured:N0} / {amount / against:N0} {unit} = {against / measured:F2}");
}
