using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using TfFlow.Api.Access;
using TfFlow.Cli.Commands;
using TfFlow.Host.Local.Engine;
using TfFlow.Host.Local.Hosting;
using TfFlow.Lifecycle;
using TfFlow.Lifecycle.Intake;
using TfFlow.Lifecycle.Matching;
using TfFlow.Programme.Agreements;
using TfFlow.Programme.Eligibility;
using TfFlow.Programme.Ledger;
using TfFlow.TestKit.Storage;
using TfFlow.Vault.Ledger;

namespace TfFlow.Scenarios.Research;

/// <summary>Statistics shared freely: built from the registers by a command, made safe beside all that is out, released by two people, read
/// by anybody.</summary>
public sealed class StatisticsTest : IAsyncLifetime
{
    private readonly VirtualClock time = new(new(2026, 1, 5, 9, 0, 0, TimeSpan.Zero));
    private World world = null!;
    private LocalHost host = null!;

    public async Task InitializeAsync()
    {
        world = await World.CreateAsync();
        host = await world.StartAsync(time, watch: false);
    }

    public async Task DisposeAsync()
    {
        await host.DisposeAsync();
        await world.DisposeAsync();
    }

    [Fact]
    public async Task A_table_goes_out_by_two_people_and_the_next_is_held_against_it()
    {
        // Of 48 families 3 have five problems and 9 have four: the 12 of which the police sent a record.
        await AddAsync(3, problems: 5, "police");
        await AddAsync(9, problems: 4, "police");
        await AddAsync(36, problems: 2, "schools");

        // Both are safe alone, and both are built before any is out.
        var problems = await RunAsync("statistics build families --rows problems");
        var agencies = await RunAsync("statistics build families --rows agency");
        Assert.Equal((3, 1), ((int)problems["counts"]!, (int)problems["suppressed"]!));
        Assert.Equal(0, (int)agencies["suppressed"]!);

        // Who built it does not release it; nobody does so twice; nobody else sees it before.
        Assert.Contains("somebody else than who built it", (await FailAsync($"statistics release {Id(problems)}")).Message,
            StringComparison.Ordinal);
        Assert.Equal("Built", State(await RunAsync($"statistics release {Id(problems)}", "one")));
        Assert.Contains("another person", (await FailAsync($"statistics release {Id(problems)}", "one")).Message, StringComparison.Ordinal);
        Assert.Empty((JsonArray)await RunAsync("statistics list", "an.agency", Role.AgencySubmitter, "school-1"));
        Assert.Equal("Released", State(await RunAsync($"statistics release {Id(problems)}", "another")));
        var table = await RunAsync($"statistics show {Id(problems)}", "an.agency", Role.AgencySubmitter, "school-1");
        Assert.Equal("group,count,total\r\n2,35,35\r\n4,10,10\r\n5,,0\r\ntotal,45,45\r\n", (string)table["csv"]!);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes((string)table["csv"]!))), (string)problems["sha256"]!);
        Assert.Equal(2, ((JsonArray)table["record"]!["approvals"]!).Count);
        Assert.Contains("cannot be taken back", (await FailAsync($"statistics discard {Id(problems)}")).Message, StringComparison.Ordinal);

        // The other would tell now: 10 less 10 leaves at most 4 for the 3. Neither hand can let it out; built anew it holds back.
        await RunAsync($"statistics release {Id(agencies)}", "one");
        Assert.Contains("build it again", (await FailAsync($"statistics release {Id(agencies)}", "another")).Message,
            StringComparison.Ordinal);
        Assert.Equal("Discarded", State(await RunAsync($"statistics discard {Id(agencies)}")));
        var again = await RunAsync("statistics build families --rows agency");
        Assert.Equal(1, (int)again["suppressed"]!);
        await RunAsync($"statistics release {Id(again)}", "one");
        Assert.Equal("Released", State(await RunAsync($"statistics release {Id(again)}", "another")));

        // One family more: of the true counts the difference is that family; of what is out it is nothing.
        await AddAsync(1, problems: 2, "schools");
        var later = await RunAsync("statistics build families --rows agency --only problems=2");
        await RunAsync($"statistics release {Id(later)}", "one");
        await RunAsync($"statistics release {Id(later)}", "another");
        Assert.Equal("group,count,total\r\nschools,35,35\r\ntotal,35,35\r\n",
            (string)(await RunAsync($"statistics show {Id(later)}"))["csv"]!);
        var list = ((JsonArray)await RunAsync("statistics list", "an.agency", Role.AgencySubmitter, "school-1")).Select(row => Id(row!))
            .ToHashSet();
        Assert.Equal(new[] { Id(later), Id(again), Id(problems) }.ToHashSet(), list);

        // What nothing hides is not built, and what is not there is told.
        Assert.Contains("too few in all", (await FailAsync("statistics build families --rows agency --only problems=5")).Message,
            StringComparison.Ordinal);
        Assert.Contains("nothing to count", (await FailAsync("statistics build cases --rows state")).Message, StringComparison.Ordinal);
        Assert.Contains("families, cases, markers, extracts", (await FailAsync("statistics build people --rows state")).Message,
            StringComparison.Ordinal);
        Assert.NotEmpty((JsonArray)await RunAsync("statistics subjects"));

        await WriteAsync(Id(problems));
        var entries = await host.Services.GetRequiredService<Ledger>().ReadAsync(0, World.Patience).Select(record => record.Entry)
            .Where(entry => entry.Kind is EntryKind.Outcome && entry.Act.StartsWith("statistics.", StringComparison.Ordinal)).ToListAsync();
        Assert.Equal(3, entries.Count(entry => entry is { Act: "statistics.release", Result: "done" }));
        Assert.Single(entries, entry => entry is { Act: "statistics.release", Result: "statistics.not-safe" });
        Assert.Contains(entries, entry => entry is { Act: "statistics.release", Actor: "another" }
            && entry.Hash == (string)problems["sha256"]!);
    }

    private async Task WriteAsync(string id)
    {
        var folder = Directory.CreateTempSubdirectory("tfflow-statistics-");
        try
        {
            var file = Path.Combine(folder.FullName, "families.csv");
            await Typed.PrintAsync(host, StatisticsCommand.Create, $"statistics show {id} --out {file}", Role.AgencySubmitter, "an.agency",
                "school-1");
            Assert.Contains("2,35,35", await File.ReadAllTextAsync(file), StringComparison.Ordinal);
            Assert.Contains("differencing", await File.ReadAllTextAsync(Path.Combine(folder.FullName, "families.sdc-record.json")),
                StringComparison.Ordinal);
            Assert.Contains("not overwritten", (await FailAsync($"statistics show {id} --out {file}")).Message, StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private async Task AddAsync(int families, int problems, string agency)
    {
        using var hand = WriteWatch.ByHand();
        var register = host.Services.GetRequiredService<Registers>().Families;
        for (var i = 0; i < families; i++)
        {
            var family = new Family
            {
                Id = Reference.New(),
                State = CohortState.Recorded,
                Programme = "phase-1@001",
                Authority = "testshire-council",
                RunId = Reference.New(),
                FoundAt = time.GetUtcNow(),
                Problems = problems,
            };
            var recorded = await register.TryAddAsync(family, World.Patience);
            await register.ChangeAsync(recorded!, family with { State = CohortState.InReview, Records = [Record(family, agency)] },
                World.Patience);
        }
    }

    // It names a blob that was never written whole: what is kept of it is the register's business alone.
    private FamilyBlob Record(Family family, string agency) => new(
        SealedBlob.Of(family.Id), agency, "testshire", "2025-01-01", "testshire-attendance", [Use.Identification], "school-attendance", 1,
            Reference.New(), DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime), 1);

    private Task<JsonNode> RunAsync(string line, string account = "builder", Role role = Role.InformationGovernance, string agency = "") =>
        Typed.RunAsync(host, StatisticsCommand.Create, line, role, account, agency);

    private Task<CommandException> FailAsync(string line, string account = "builder") =>
        Assert.ThrowsAsync<CommandException>(() => RunAsync(line, account));

    private static string Id(JsonNode answer) => (string)answer["id"]!;

    private static string State(JsonNode answer) => (string)answer["state"]!;
}
