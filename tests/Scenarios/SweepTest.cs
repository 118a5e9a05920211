using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Specialized;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;
using TfFlow.Api.Endpoints;
using TfFlow.Cli.Drops;
using TfFlow.Host.Local.Engine;
using TfFlow.Host.Local.Hosting;
using TfFlow.Lifecycle;
using TfFlow.Lifecycle.Intake;
using TfFlow.Lifecycle.Matching;
using TfFlow.Lifecycle.Retention;
using TfFlow.Programme.Eligibility;
using TfFlow.Programme.Extracts;
using TfFlow.Programme.Ledger;
using TfFlow.TestKit.Storage;
using TfFlow.Vault;
using TfFlow.Vault.Ledger;
using TfFlow.Vault.Storage;

namespace TfFlow.Scenarios;

/// <summary>What the sweep does when something cannot be ended. A leased blob stands for whatever keeps a deletion from succeeding.</summary>
public class SweepTest
{
    [Fact]
    public async Task An_extract_that_cannot_be_erased_keeps_no_other_from_its_end_and_is_erased_by_a_later_sweep()
    {
        await using var world = await World.CreateAsync();
        var time = new VirtualClock(TimeProvider.System.GetUtcNow());
        await using var host = await world.StartAsync(time);
        var stuck = (await World.DropAsync(host, World.AttendanceFile(400, seed: 1))).Id;
        var other = (await World.DropAsync(host, World.AttendanceFile(400, seed: 2))).Id;
        var blob = new BlobAddress(host.Services.GetRequiredService<StoreNames>().Vault, (await RowAsync(host, stuck)).Sealed!.Persons.Name);
        await host.Engine.AdvanceToAsync((await RowAsync(host, other)).KeptUntil!.Value, World.Patience);

        var lease = await LeaseAsync(world, blob);
        var sweep = await host.Services.GetRequiredService<Sweeps>().StartAsync(World.Patience);
        await host.Engine.AdvanceToAsync(time.GetUtcNow().AddDays(1), World.Patience);
        var ended = await host.Orchestrations.WaitForInstanceCompletionAsync(sweep, World.Patience);
        await lease.ReleaseAsync(cancellationToken: World.Patience);

        Assert.Equal(OrchestrationRuntimeStatus.Failed, ended.RuntimeStatus);
        Assert.Equal(ExtractStage.Erased, (await RowAsync(host, other)).State);
        Assert.Equal(ExtractStage.Erasing, (await RowAsync(host, stuck)).State);

        await World.SweepAsync(host);
        Assert.Equal(ExtractStage.Erased, (await RowAsync(host, stuck)).State);
        await World.AssertAccountedForAsync(host);
    }

    [Fact]
    public async Task A_finished_orchestration_can_be_looked_at_for_as_long_as_is_set()
    {
        await using var world = await World.CreateAsync();
        var time = new VirtualClock(TimeProvider.System.GetUtcNow());
        await using var host = await world.StartAsync(time, sweeps: new(TimeSpan.FromDays(3)));
        var intake = "intake-" + (await World.DropAsync(host, World.AttendanceFile(20))).Id;
        await host.Engine.IdleAsync(World.Patience);

        await host.Engine.AdvanceToAsync(time.GetUtcNow().AddDays(2), World.Patience);
        await World.SweepAsync(host);
        Assert.NotNull(await host.Orchestrations.GetInstanceAsync(intake, World.Patience));

        await host.Engine.AdvanceToAsync(time.GetUtcNow().AddDays(2), World.Patience);
        await World.SweepAsync(host);
        Assert.Null(await host.Orchestrations.GetInstanceAsync(intake, World.Patience));
    }

    [Fact]
    public async Task Sweeps_that_meet_leave_the_certificate_that_the_ledger_names()
    {
        await using var world = await World.CreateAsync();

        // The clock runs: two erasings of one extract end at different times.
        await using var host = await world.StartAsync();
        var extracts = new List<string>();
        for (var i = 0; i < 12; i++)
        {
            extracts.Add((await World.DropAsync(host, World.AttendanceFile(400, seed: i), exchange: "testshire-attendance-brief")).Id);
        }

        string[] sweeps = [.. Enumerable.Range(0, 8).Select(sweep => $"sweep-meeting-{sweep}")];
        var asOf = TimeProvider.System.GetUtcNow().AddDays(1);
        await Task.WhenAll(sweeps.Select(id => host.Orchestrations.ScheduleNewOrchestrationInstanceAsync(nameof(RetentionSweepOrchestration), new SweepRequest(asOf), new StartOrchestrationOptions(id), World.Patience)));
        await Task.WhenAll(sweeps.Select(id => host.Orchestrations.WaitForInstanceCompletionAsync(id, World.Patience)));
        Assert.All(await Task.WhenAll(extracts.Select(id => RowAsync(host, id))), row => Assert.Equal(ExtractStage.Erased, row.State));
        await SweepKillTest.AssertCertifiedOnceAsync(host, extracts);
        await World.AssertAccountedForAsync(host);
    }

    [Fact]
    public async Task An_intake_whose_attempts_ran_out_is_begun_anew_by_the_sweep()
    {
        await using var world = await World.CreateAsync();
        var time = new VirtualClock(TimeProvider.System.GetUtcNow());
        await using var host = await world.StartAsync(time, watch: false);
        using var api = World.As(host, "school-0");
        var grant = await new DropSender(api, "school-0").PutAsync(new GrantRequest(World.Attendance), new MemoryStream(World.AttendanceFile(400)), plain: false, World.Patience);
        var blobs = host.Services.GetRequiredService<IBlobStore>();
        var blob = new BlobAddress(host.Services.GetRequiredService<StoreNames>().Drops("school-0"), grant.GrantId);
        var lease = await LeaseAsync(world, blob);

        var drop = await blobs.GetPropertiesAsync(blob, World.Patience);
        var extract = (await host.Services.GetRequiredService<DropClaims>().ClaimAsync("school-0", drop!, World.Patience))!;
        await host.Engine.AdvanceToAsync(time.GetUtcNow().AddDays(3), World.Patience);
        await lease.ReleaseAsync(cancellationToken: World.Patience);
        Assert.Equal(OrchestrationRuntimeStatus.Failed, (await host.Orchestrations.GetInstanceAsync("intake-" + extract, World.Patience))!.RuntimeStatus);
        Assert.Equal(ExtractStage.Sealed, (await RowAsync(host, extract)).State);

        await World.SweepAsync(host);
        await host.Engine.IdleAsync(World.Patience);
        Assert.Equal(ExtractStage.Kept, (await RowAsync(host, extract)).State);
        await World.AssertAccountedForAsync(host);
    }

    [Fact]
    public async Task What_a_killed_attempt_of_a_matching_round_opened_and_the_next_had_no_need_of_is_ended_once_the_round_is_over()
    {
        await using var world = await World.CreateAsync();
        var time = new VirtualClock(TimeProvider.System.GetUtcNow());
        await using var host = await world.StartAsync(time, watch: false);
        using var hand = WriteWatch.ByHand();
        var (rounds, ledger) = (host.Services.GetRequiredService<Registers>().Matchings, host.Services.GetRequiredService<Ledger>());
        var round = new MatchingRun
        {
            Id = "phase-2-001-v1-r1",
            State = MatchingStage.Started,
            Round = 1,
            Programme = "phase-2-001@1",
            Authority = "testshire",
            On = World.Today,
            StartedAt = time.GetUtcNow(),
            StartedBy = "scenario",
        };
        await rounds.TryAddAsync(round, World.Patience);
        var act = round.Act("match.known", Reference.New());
        await ledger.AppendAsync(new LedgerEntry(act, EntryKind.Intent, time.GetUtcNow()), World.Patience);

        foreach (var state in (MatchingStage[])[MatchingStage.Matching, MatchingStage.Erasing, MatchingStage.Reviewing])
        {
            await rounds.ChangeAsync(await rounds.GetAsync(round.Id, World.Patience), round with { State = state }, World.Patience);
        }

        await host.Engine.AdvanceToAsync(time.GetUtcNow().AddDays(1), World.Patience);
        await World.SweepAsync(host);
        Assert.Null(await ledger.FindAsync(act.ActId, EntryKind.Outcome, World.Patience));

        await rounds.ChangeAsync(await rounds.GetAsync(round.Id, World.Patience), round with { State = MatchingStage.Completed }, World.Patience);
        await host.Engine.AdvanceToAsync(time.GetUtcNow().AddDays(1), World.Patience);
        await World.SweepAsync(host);
        Assert.Equal(ResolveIntents.Abandoned, (await ledger.FindAsync(act.ActId, EntryKind.Outcome, World.Patience))!.Entry.Result);
    }

    private static async Task<BlobLeaseClient> LeaseAsync(World world, BlobAddress blob)
    {
        var service = new BlobServiceClient(world.ConnectionString, new StoreOptions().ForBlobs());
        var lease = service.GetBlobContainerClient(blob.Container).GetBlobClient(blob.Name).GetBlobLeaseClient();
        await lease.AcquireAsync(BlobLeaseClient.InfiniteLeaseDuration, cancellationToken: World.Patience);
        return lease;
    }

    private static async Task<Extract> RowAsync(LocalHost host, string id) =>
        (await host.Services.GetRequiredService<Registers>().Extracts.GetAsync(id, World.Patience)).Row;
}
