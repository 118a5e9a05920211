using System.Globalization;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;
using TfFlow.Api.Access;
using TfFlow.Api.Endpoints;
using TfFlow.Cli.Commands;
using TfFlow.Cli.Demo;
using TfFlow.Host.Local.Engine;
using TfFlow.Host.Local.Hosting;
using TfFlow.Lifecycle;
using TfFlow.Lifecycle.Matching;
using TfFlow.Programme.Eligibility;
using TfFlow.Programme.Extracts;
using TfFlow.Programme.Ledger;
using TfFlow.Vault.Ledger;

namespace TfFlow.Scenarios;

/// <summary>The host killed again and again while a matching round is under way.</summary>
public class MatchingKillTest
{
    [Fact]
    public Task Killed_a_few_times_a_round_ends_as_if_it_never_had_been() => RunAsync(kills: 3);

    [Fact]
    [Trait("Category", "Exhaustive")]
    public Task Killed_forty_times_a_round_ends_as_if_it_never_had_been() => RunAsync(kills: 40);

    private static async Task RunAsync(int kills)
    {
        await using var world = await World.CreateAloneAsync();
        var today = World.Today;
        Northmere northmere;
        await using (var first = await world.StartAsync(northmere: true))
        {
            northmere = await Northmere.DropMonthAsync(first, today, people: 700, troubled: 0.2);
        }

        var documents = Documents(world, today);
        var random = new Random(11);
        for (var kill = 0; kill < kills; kill++)
        {
            await using var host = await HostProcess.StartAsync(world, documents);
            using var coordinator = host.As(world, "", Role.Coordinator);
            try
            {
                await coordinator.PostAsync<MatchingView>("/matching", body: null, World.Patience);
            }
            catch (CommandException e) when (e.ExitCode == ExitCode.Refused)
            {
                // Nothing is left to match: the round got as far as its reviews.
            }

            await Task.Delay(TimeSpan.FromMilliseconds(random.Next(0, 2_500)), TimeProvider.System);
            await host.KillAsync();
        }

        var time = new VirtualClock(TimeProvider.System.GetUtcNow().AddDays(1));
        await using var last = await world.StartAsync(time, northmere: true, matching: DemoAuthority.Plan(today));
        using var api = Northmere.Coordinator(last);
        await EndAsync(last, api);
        await AssertEndedOnceAsync(last, northmere);
    }

    private static async Task EndAsync(LocalHost host, ApiClient api)
    {
        var rounds = await api.GetAsync<MatchingView[]>("/matching", World.Patience);
        if (rounds.All(round => round.State is not ("Reviewing" or "Completed")))
        {
            await DemoMatch.RoundAsync(host, api, World.Patience);
        }

        var reviews = await api.GetAsync<ReviewView[]>("/matching/reviews", World.Patience);
        if (reviews.Length > 0)
        {
            await host.Engine.AdvanceToAsync(reviews.Max(review => review.Deadline), World.Patience);
        }

        var round = (await api.GetAsync<MatchingView[]>("/matching", World.Patience)).Single();
        var ended = await host.Orchestrations.WaitForInstanceCompletionAsync(round.InstanceId, World.Patience);
        Assert.Equal(OrchestrationRuntimeStatus.Completed, ended.RuntimeStatus);
    }

    private static async Task AssertEndedOnceAsync(LocalHost host, Northmere northmere)
    {
        await World.SweepAsync(host);
        await World.AssertAccountedForAsync(host);
        var truth = northmere.Truth(host);
        var families = await Northmere.FamiliesAsync(host, CohortState.InCohort);
        var households = new List<SyntheticHousehold?>();
        foreach (var family in families)
        {
            households.Add(await truth.HouseholdOfAsync(family, World.Patience));
        }

        Assert.Equal(households.Count, households.Distinct().Count());
        var quality = await truth.MeasureAsync(World.Patience);
        Assert.True(quality.True > 20 && quality is { Precision: >= 0.9, Recall: >= 0.9 }, quality.ToString());
        int[] places = [.. (await host.Services.GetRequiredService<Cohort>().ListAsync(World.Patience)).Families.Select(family => family.Ranked.Place)];
        Assert.All(places, (place, i) => Assert.True(place == i + 1 || place == places[i - 1]));

        var extracts = await host.Services.GetRequiredService<Registers>().Extracts.ListAsync(World.Patience).Select(extract => extract.Row).ToListAsync();
        Assert.All(extracts, extract => Assert.Equal(extract.Agency == DemoAuthority.Id ? ExtractStage.Kept : ExtractStage.Erased, extract.State));
        var ledger = await host.Services.GetRequiredService<Ledger>().ReadAsync(0, World.Patience).Select(record => record.Entry).ToListAsync();
        Assert.All(extracts, extract => Assert.Equal(
            extract.Agency == DemoAuthority.Id ? 0 : 1,
            ledger.Count(entry => entry is { Act: "extract.erase", Kind: EntryKind.Outcome, Result: "done" } && entry.References.Contains(extract.Id.Text))));
        Assert.Single(ledger, entry => entry is { Act: "match.complete", Kind: EntryKind.Outcome });
    }

    /// <summary>The invented authority's documents as files, for a host in a process of its own.</summary>
    internal static string[] Documents(World world, DateOnly today) => ["--agreements", WriteAgreements(world), "--matching", WritePlan(world, today)];

    private static string WriteAgreements(World world)
    {
        var folder = Directory.CreateDirectory(Path.Combine(world.WorkFolder, "agreements")).FullName;
        foreach (var name in typeof(DemoAuthority).Assembly.GetManifestResourceNames().Where(name => name.StartsWith("Demo/", StringComparison.Ordinal)))
        {
            using var document = typeof(DemoAuthority).Assembly.GetManifestResourceStream(name)!;
            using var file = File.Create(Path.Combine(folder, Path.GetFileName(name)));
            document.CopyTo(file);
        }

        return folder;
    }

    private static string WritePlan(World world, DateOnly today)
    {
        var plan = DemoAuthority.Plan(today);
        var file = Path.Combine(world.WorkFolder, "plan.yaml");
        File.WriteAllText(file, string.Create(CultureInfo.InvariantCulture, $$"""
            authority: {{plan.Authority}}
            programme: {{plan.Programme.Name}}
            in_force: { from: {{plan.Programme.InForce.From:yyyy-MM-dd}}, to: {{plan.Programme.InForce.To:yyyy-MM-dd}} }
            terms: [{{string.Join(", ", DemoAuthority.TermStarts(today).Select(start => $"{{ from: {start:yyyy-MM-dd}, to: {start.AddDays(100):yyyy-MM-dd} }}"))}}]
            children: [{{string.Join(", ", plan.Children)}}]
            partition_rows: 400
            """));
        return file;
    }
}
