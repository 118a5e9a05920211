using Azure;
using Microsoft.Extensions.DependencyInjection;
using TfFlow.Api;
using TfFlow.Api.Access;
using TfFlow.Api.Endpoints;
using TfFlow.Cli.Commands;
using TfFlow.Cli.Demo;
using TfFlow.Host.Local.Engine;
using TfFlow.Host.Local.Hosting;
using TfFlow.Lifecycle;
using TfFlow.Lifecycle.Intake;
using TfFlow.Lifecycle.Retention;
using TfFlow.Programme.Cases;
using TfFlow.Programme.Extracts;
using TfFlow.Programme.Ledger;
using TfFlow.Programme.Retention;
using TfFlow.TestKit;
using TfFlow.Vault;
using TfFlow.Vault.Keys;
using TfFlow.Vault.Ledger;
using TfFlow.Vault.Storage;

namespace TfFlow.Scenarios;

/// <summary>A legal hold keeps from erasure exactly what it names, for as long as it is in force, and permits no use.</summary>
public class HoldTest
{
    private static readonly string Order = new('c', 64);

    [Fact]
    public async Task Held_before_matching_an_extract_of_families_that_do_not_qualify_is_not_erased_until_the_hold_is_reviewed_and_released()
    {
        await using var world = await World.CreateAsync();
        var time = new VirtualClock(Northmere.Day);
        await using var host = await world.StartAsync(time, northmere: true);
        await Northmere.DropMonthAsync(host, DateOnly.FromDateTime(Northmere.Day.UtcDateTime), people: 150, troubled: 0.3);
        using var governance = World.As(host, "", Role.InformationGovernance);
        using var coordinator = Northmere.Coordinator(host);
        using var own = World.As(host, DemoAuthority.Id, Role.Coordinator);
        var held = (await coordinator.GetAsync<ExtractView[]>("/extracts", World.Patience)).Single(extract => extract.Exchange == "northmere-benefits").Id;
        var reviewOn = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime).AddDays(20);
        var hold = await governance.PostAsync<HoldView>("/holds", new HoldRequest(HoldReason.LegalClaim, Order, [held], reviewOn), World.Patience);
        Assert.Equal(("InForce", false), (hold.State, hold.Overdue));

        await DemoMatch.RoundAsync(host, coordinator, World.Patience);

        // Nothing opens it any more, and its keys are there: the round ended without it.
        var extracts = await coordinator.GetAsync<ExtractView[]>("/extracts", World.Patience);
        Assert.All(extracts.Where(extract => extract.Agency != DemoAuthority.Id && extract.Id != held), extract => Assert.Equal(("Erased", false), (extract.State, extract.Held)));
        Assert.Equal(("Erasing", true), extracts.Where(extract => extract.Id == held).Select(extract => (extract.State, extract.Held)).Single());
        var blobs = (await RowAsync(host, held)).Sealed!.Blobs;
        Assert.Equal([true, true], await KeysAsync(host, blobs));
        Assert.Equal(["failed.held"], await OutcomesAsync(host, "extract.erase", held));
        await World.AssertAccountedForAsync(host);

        // Its review is overdue: the authority is told, once a month, and the hold does not lapse.
        await PassAsync(host, time, TimeSpan.FromDays(22));
        Assert.Equal(reviewOn, (await own.GetAsync<HoldReminder>($"/agencies/{DemoAuthority.Id}/outbox/escalations/hold-{hold.Id}.json", World.Patience)).ReviewOn);
        Assert.True(Assert.Single(await governance.GetAsync<HoldView[]>("/holds", World.Patience)).Overdue);
        await PassAsync(host, time, TimeSpan.FromDays(1));
        Assert.Single(await OutcomesAsync(host, "hold.escalate", hold.Id));
        await PassAsync(host, time, TimeSpan.FromDays(HoldRow.ReminderDays));
        Assert.Equal(2, (await OutcomesAsync(host, "hold.escalate", hold.Id)).Count);
        Assert.Equal([true, true], await KeysAsync(host, blobs));
        Assert.Equal(["failed.held"], await OutcomesAsync(host, "extract.erase", held));

        var next = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime).AddMonths(LegalHold.MaxMonths);
        var tooLong = await Assert.ThrowsAsync<CommandException>(() => governance.PostAsync<HoldView>($"/holds/{hold.Id}/review", new HoldReviewRequest(next.AddDays(1)), World.Patience));
        Assert.Contains("a review within 12 months", tooLong.Message, StringComparison.Ordinal);
        Assert.False((await governance.PostAsync<HoldView>($"/holds/{hold.Id}/review", new HoldReviewRequest(next), World.Patience)).Overdue);
        await PassAsync(host, time, TimeSpan.FromDays(HoldRow.ReminderDays));
        Assert.Equal(2, (await OutcomesAsync(host, "hold.escalate", hold.Id)).Count);
        Assert.Equal([true, true], await KeysAsync(host, blobs));

        // Released: the next sweep ends it as it would have ended.
        Assert.Equal("Released", (await governance.PostAsync<HoldView>($"/holds/{hold.Id}/release", null, World.Patience)).State);
        await World.SweepAsync(host);
        Assert.Equal([false, false], await KeysAsync(host, blobs));
        Assert.Equal(["failed.held", "done"], await OutcomesAsync(host, "extract.erase", held));
        var ended = await coordinator.GetAsync<ExtractView>($"/extracts/{held}", World.Patience);
        Assert.Equal(("Erased", false), (ended.State, ended.Held));
        using var sender = World.As(host, ended.Agency);
        var certificate = await sender.GetAsync<ErasureCertificate>($"/agencies/{ended.Agency}/outbox/certificates/{held}.json", World.Patience);
        Assert.Equal(blobs.Select(blob => blob.Sha256), certificate.Blobs.Select(blob => blob.Sha256));
        await Assert.ThrowsAsync<CommandException>(() => governance.PostAsync<HoldView>($"/holds/{hold.Id}/release", null, World.Patience));
        await World.AssertAccountedForAsync(host);
    }

    [Fact]
    public async Task What_is_not_kept_cannot_be_held_and_what_two_hold_waits_for_both()
    {
        await using var world = await World.CreateAsync();
        var time = new VirtualClock(TimeProvider.System.GetUtcNow());
        await using var host = await world.StartAsync(time);
        var kept = await World.DropAsync(host, World.AttendanceFile(20));
        var other = await World.DropAsync(host, World.AttendanceFile(20, seed: 2));
        await host.Engine.AdvanceToAsync(kept.KeptUntil!.Value, World.Patience);
        using var governance = World.As(host, "", Role.InformationGovernance);
        var first = await PlaceAsync(governance, time, kept.Id);
        await World.SweepAsync(host);

        // Its erasing was stopped, so it is whole, and may be held again; the other one is gone.
        var second = await PlaceAsync(governance, time, kept.Id);
        foreach (var reference in (string[])[other.Id, Reference.New(), "everything", "*"])
        {
            var refused = await Assert.ThrowsAsync<CommandException>(() => PlaceAsync(governance, time, kept.Id, reference));
            Assert.DoesNotContain("everything", refused.Message, StringComparison.Ordinal);
        }

        await governance.PostAsync<HoldView>($"/holds/{first.Id}/release", null, World.Patience);
        await PassAsync(host, time, TimeSpan.FromDays(1));
        Assert.Equal("Erasing", (await governance.GetAsync<ExtractView>($"/extracts/{kept.Id}", World.Patience)).State);
        await World.AssertAccountedForAsync(host);

        await governance.PostAsync<HoldView>($"/holds/{second.Id}/release", null, World.Patience);
        await PassAsync(host, time, TimeSpan.FromDays(1));
        Assert.Equal("Erased", (await governance.GetAsync<ExtractView>($"/extracts/{kept.Id}", World.Patience)).State);
        Assert.Equal(2, (await governance.GetAsync<HoldView[]>("/holds", World.Patience)).Length);
        await World.AssertAccountedForAsync(host);
    }

    [Fact]
    public async Task A_hold_that_an_erasing_overtakes_while_it_is_placed_is_taken_back()
    {
        await using var world = await World.CreateAsync();
        await using var host = await world.StartAsync();
        var kept = await World.DropAsync(host, World.AttendanceFile(20));
        var (registers, stores, names) = (host.Services.GetRequiredService<Registers>(), host.Services.GetRequiredService<Stores>(), host.Services.GetRequiredService<StoreNames>());

        // By the time the hold is written, whoever erases has looked for one already.
        var overtaken = new BeforeWrite(stores.Registers, names.Holds, async () =>
        {
            var row = await registers.Extracts.GetAsync(kept.Id, World.Patience);
            await registers.Extracts.ChangeAsync(row, row.Row with { State = ExtractStage.Erasing }, World.Patience);
        });
        var holds = ActivatorUtilities.CreateInstance<LegalHolds>(host.Services, new Registers(stores with { Registers = overtaken }, names));
        var answer = await holds.PlaceAsync(new("counsel", "InformationGovernance", HoldReason.LegalClaim, Order, [kept.Id], World.Today.AddDays(30)), World.Patience);

        Assert.Null(answer.Row);
        Assert.Contains(kept.Id, Assert.Single(answer.Obstacles).What, StringComparison.Ordinal);
        Assert.Equal(LegalHoldState.Released, (await registers.Holds.ListAsync(World.Patience).SingleAsync()).Row.State);
        Assert.Equal(["hold.too-late"], await OutcomesAsync(host, "hold.place", kept.Id));
        Assert.Empty(await holds.CoveredAsync(World.Patience));
    }

    /// <summary>Whoever would destroy a key by another way would not ask what is held.</summary>
    [Fact]
    public void No_key_is_destroyed_but_by_erasure_or_that_of_a_drop()
    {
        var graph = new CallGraph([typeof(Registers).Assembly, typeof(TfFlowApi).Assembly, typeof(LocalHost).Assembly]);
        var destroyers = graph.Methods.Where(method => graph.CallsOf(method).Any(call =>
                (call.Method.DeclaringType == typeof(DataKeys) && call.Method.Name is nameof(DataKeys.DestroyAsync))
                || (call.Method.DeclaringType == typeof(IKeyRing) && call.Method.Name is nameof(IKeyRing.RetireAsync))))
            .Select(CallGraph.NameOf).ToHashSet();

        Assert.Equal(["CloseDrop.CloseGrantAsync", "Erasure.EraseAsync", "ExpireGrant.RunAsync"], destroyers.Order(StringComparer.Ordinal));
    }

    /// <summary>Does something once, just before the first write to a table.</summary>
    private sealed class BeforeWrite(ITableStore tables, string table, Func<Task> once) : ITableStore
    {
        private Func<Task>? first = once;

        public Task CreateTableAsync(string table, CancellationToken cancellationToken) => tables.CreateTableAsync(table, cancellationToken);

        public Task<TableRow?> GetAsync(string table, string partitionKey, string rowKey, CancellationToken cancellationToken) => tables.GetAsync(table, partitionKey, rowKey, cancellationToken);

        public Task<TablePage> QueryPageAsync(string table, TableQuery query, string? continuation, CancellationToken cancellationToken) =>
            tables.QueryPageAsync(table, query, continuation, cancellationToken);

        public async Task<IReadOnlyList<ETag>> SubmitAsync(string into, IReadOnlyList<TableWrite> writes, CancellationToken cancellationToken)
        {
            if (into == table && first is { } act)
            {
                first = null;
                await act();
            }

            return await tables.SubmitAsync(into, writes, cancellationToken);
        }
    }

    private static Task<HoldView> PlaceAsync(ApiClient governance, TimeProvider time, params string[] references) => governance.PostAsync<HoldView>(
        "/holds", new HoldRequest(HoldReason.CourtOrder, Order, references, DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime).AddMonths(6)), World.Patience);

    private static async Task PassAsync(LocalHost host, VirtualClock time, TimeSpan span)
    {
        await host.Engine.AdvanceToAsync(time.GetUtcNow() + span, World.Patience);
        await World.SweepAsync(host);
        await host.Engine.IdleAsync(World.Patience);
    }

    private static async Task<Extract> RowAsync(LocalHost host, string id) => (await host.Services.GetRequiredService<Registers>().Extracts.GetAsync(id, World.Patience)).Row;

    /// <returns>Of each blob, whether its key is there.</returns>
    private static async Task<List<bool>> KeysAsync(LocalHost host, IEnumerable<SealedBlob> blobs)
    {
        var there = new List<bool>();
        foreach (var blob in blobs)
        {
            there.Add(await host.Services.GetRequiredService<DataKeys>().FindAsync(blob.Name, World.Patience) is not null);
        }

        return there;
    }

    /// <returns>How the attempts at an act on something ended, in order.</returns>
    private static async Task<List<string>> OutcomesAsync(LocalHost host, string act, string reference) =>
        await host.Services.GetRequiredService<Ledger>().ReadAsync(0, World.Patience)
            .Where(record => record.Entry.Kind is EntryKind.Outcome && record.Entry.Act == act && record.Entry.References.Contains(reference))
            .Select(record => record.Entry.Result)
            .ToListAsync();
}
