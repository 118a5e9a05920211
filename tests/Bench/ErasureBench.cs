using System.Diagnostics;
using System.Globalization;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Microsoft.Extensions.DependencyInjection;
using TfFlow.Cli.Demo;
using TfFlow.Host.Local.Azurite;
using TfFlow.Host.Local.Engine;
using TfFlow.Host.Local.Hosting;
using TfFlow.Lifecycle;
using TfFlow.Lifecycle.Intake;
using TfFlow.Lifecycle.Matching;
using TfFlow.Programme.Agreements;
using TfFlow.Programme.Eligibility;
using TfFlow.Vault;
using TfFlow.Vault.Envelope;
using TfFlow.Vault.Keys;
using TfFlow.Vault.Storage;

namespace TfFlow.Bench;

/// <summary>`erasures [most=100000] [a family=10]`: the time of an erasure at 1,000, 10,000 and 100,000 of them, and what deleting the same
/// blobs and key rows with the official clients takes, in turns, in one run. An erasure is a sealed blob and its key row; those of a
/// family go together, as the sweep erases them: intent, keys destroyed, blobs deleted, both verified, a certificate for each record,
/// register, outcome. The other side deletes and does nothing else.</summary>
internal static class ErasureBench
{
    private const int AtOnce = 8;
    private const int Turns = 10;
    private static readonly DateTimeOffset Day = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    public static async Task<int> RunAsync(string[] args)
    {
        var most = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 100_000;
        var blobs = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 10;
        var (ours, theirs, ratios) = (new List<double>(), new List<double>(), new List<double>());
        for (var count = Math.Min(1_000, most); ; count = Math.Min(count * 10, most))
        {
            var (mine, raw) = await MeasureAsync(Math.Max(count / blobs, Turns), blobs);
            ours.Add(mine);
            theirs.Add(raw);
            ratios.Add(raw / mine);
            Say($"{count,9:N0} erasures: {mine:F3} ms each; deleted with the official clients {raw:F3} ms each; ratio {raw / mine:F2}");
            if (count == most)
            {
                break;
            }
        }

        Say($"From the least to the most an erasure takes {ours[^1] / ours[0]:F2} times as long (the official clients: {theirs[^1] / theirs[0]:F2}); the ratio is at least {ratios.Min():F2}.");
        return ratios.Min() >= 0.5 ? 0 : 1;
    }

    /// <returns>Milliseconds an erasure, and a deletion.</returns>
    private static async Task<(double Ours, double Theirs)> MeasureAsync(int families, int blobs)
    {
        var folder = Directory.CreateTempSubdirectory("tfflow-bench-");
        try
        {
            await using var azurite = await AzuriteServer.StartAsync(
                new AzuriteOptions
                {
                    Folder = Path.Combine(folder.FullName, "azurite"),
                    InMemory = true, // On disk it saves all it has every five seconds, and that would be what is measured.
                    Progress = new Progress<string>(Console.Error.WriteLine),
                },
                default);
            var connection = azurite.ConnectionString(AzuriteAccounts.Personal);
            var work = Path.Combine(folder.FullName, "work");
            PrivateFolder.Create(work);
            await using var host = await LocalHost.StartAsync(
                new LocalHostOptions
                {
                    Folder = work,
                    ConnectionString = connection,
                    Agreements = DemoAuthority.Agreements,
                    Matching = DemoAuthority.Plan(DateOnly.FromDateTime(Day.UtcDateTime)),
                    Time = new VirtualClock(Day),
                    Watch = false,
                },
                default);
            var mine = await SealAsync(host, families, blobs);
            var raw = await SealAsync(host, families, blobs);
            var erase = host.Services.GetRequiredService<EraseFamily>();
            var (container, table) = Clients(host, connection);
            var (ours, theirs) = (TimeSpan.Zero, TimeSpan.Zero);

            // In turns, so that whatever else the machine does falls on both; and each begins as often as the other.
            foreach (var (turn, (my, their)) in mine.Chunk(Math.Max(families / Turns, 1)).Zip(raw.Chunk(Math.Max(families / Turns, 1)))
                .Index())
            {
                Task<TimeSpan> Mine() => TimeAsync(my, async (family, token) => Check(await erase.RunAsync(new(family.Id), token)));
                Task<TimeSpan> Theirs() => TimeAsync(their, (family, token) => DeleteAsync(container, table, family, token));
                if (turn % 2 == 0)
                {
                    ours += await Mine();
                    theirs += await Theirs();
                }
                else
                {
                    theirs += await Theirs();
                    ours += await Mine();
                }
            }

            // Both did what they say.
            var left = await host.Services.GetRequiredService<DataKeys>().ListAsync(default).CountAsync();
            Check(left == 0 && !await container.GetBlobsAsync().AnyAsync());
            var erasures = (double)families * blobs;
            return (ours.TotalMilliseconds / erasures, theirs.TotalMilliseconds / erasures);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Families that are due, each with records and the explanation why it is one.</summary>
    private static async Task<IReadOnlyList<Family>> SealAsync(LocalHost host, int families, int blobs)
    {
        var (registers, vault) = (host.Services.GetRequiredService<Registers>(), host.Services.GetRequiredService<FamilyVault>());
        var written = new Family[families];
        await Parallel.ForEachAsync(Enumerable.Range(0, families), new ParallelOptions { MaxDegreeOfParallelism = AtOnce },
            async (i, token) =>
        {
            var family = new Family
            {
                Id = Reference.New(),
                State = CohortState.Recorded,
                Programme = "phase-1@001",
                Authority = DemoAuthority.Id,
                RunId = "bench",
                FoundAt = Day.AddYears(-1),
                Members = [Reference.New(), Reference.New()],
                DueAt = Day,
                RetentionRule = "ours",
            };
            var recorded = (await registers.Families.TryAddAsync(family, token))!;
            var records = Enumerable.Range(0, blobs - 1).Select(_ => new FamilyRecord(
                new FamilyBlob(
                    SealedBlob.Of(family.Id), "northmere-police", "northmere", "2025-09-01", "northmere-asb", [Use.Identification],
                        "school-attendance", 1, Reference.New(), new(2025, 10, 1), 1),
                [new(2, family.Members[0], new Dictionary<string, string> { ["surname"] = "Somebody", ["forenames"] = "Of" })])).ToList();
            var (sealedRecords, explanation) = await vault.SealAsync(records, SealedBlob.Of(family.Id).Name, DemoAuthority.Id,
                new FamilyExplanation("", ["Found."], []), token);
            written[i] = (await registers.Families.ChangeAsync(recorded,
                family with { State = CohortState.InCohort, Records = sealedRecords, Explanation = explanation }, token)).Row;
        });
        return written;
    }

    private static (BlobContainerClient Container, TableClient Table) Clients(LocalHost host, string connection)
    {
        var names = host.Services.GetRequiredService<StoreNames>();
        var options = new StoreOptions();
        return (new BlobContainerClient(connection, names.Vault, options.ForBlobs()),
            new TableClient(connection, names.Keys, options.ForTables()));
    }

    private static async Task DeleteAsync(BlobContainerClient container, TableClient table, Family family,
        CancellationToken cancellationToken)
    {
        foreach (var blob in family.Blobs)
        {
            var at = blob.Name.LastIndexOf('-');
            await table.DeleteEntityAsync(blob.Name[..at], blob.Name[(at + 1)..], cancellationToken: cancellationToken);
            await container.DeleteBlobAsync(blob.Name, cancellationToken: cancellationToken);
        }
    }

    private static async Task<TimeSpan> TimeAsync(IEnumerable<Family> families, Func<Family, CancellationToken, Task> end)
    {
        var watch = Stopwatch.StartNew();
        await Parallel.ForEachAsync(families, new ParallelOptions { MaxDegreeOfParallelism = AtOnce },
            async (family, token) => await end(family, token));
        return watch.Elapsed;
    }

    private static void Check(bool holds)
    {
        if (!holds)
        {
            throw new InvalidOperationException("Something that was to be erased is still there.");
        }
    }

    private static void Say(FormattableString text) => Console.WriteLine(text.ToString(CultureInfo.InvariantCulture));
}
