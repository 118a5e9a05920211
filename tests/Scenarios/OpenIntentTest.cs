using Microsoft.Extensions.DependencyInjection;
using TfFlow.Host.Local.Engine;
using TfFlow.Lifecycle.Retention;
using TfFlow.Programme.Ledger;
using TfFlow.TestKit.Storage;
using TfFlow.Vault;
using TfFlow.Vault.Ledger;

namespace TfFlow.Scenarios;

/// <summary>What becomes of an act whose process died between its intent and its outcome, and that nobody takes up again.</summary>
public class OpenIntentTest
{
    [Fact]
    public async Task An_act_cut_short_at_any_storage_operation_is_ended_by_the_sweep_and_one_that_ended_is_left_as_it_is()
    {
        await using var world = await World.CreateAsync();
        var time = new VirtualClock(TimeProvider.System.GetUtcNow());
        await using var host = await world.StartAsync(time, watch: false);
        var ledger = host.Services.GetRequiredService<Ledger>();
        var stores = host.Services.GetRequiredService<Stores>();
        var name = host.Services.GetRequiredService<StoreNames>().Ledger;

        List<string> ended = [];
        List<string> open = [];
        foreach (var afterEffect in new[] { false, true })
        {
            var crashed = true;
            for (var failAt = 1; crashed; failAt++)
            {
                var dying = new FaultyTables(stores.Registers, failAt, afterEffect);
                var act = new LedgerAct { ActId = $"probe-{afterEffect}-{failAt}", Act = "test.probe", Actor = "OpenIntentTest", Role = "system" };
                await Record.ExceptionAsync(() => new Acts(new Ledger(dying, stores.Blobs, name), time).PerformAsync(act, _ => Task.FromResult(ActResult.Done), World.Patience));
                crashed = dying.Operations >= failAt;
                var hasIntent = await ledger.FindAsync(act.ActId, EntryKind.Intent, World.Patience) is not null;
                var hasOutcome = await ledger.FindAsync(act.ActId, EntryKind.Outcome, World.Patience) is not null;
                Assert.True(hasIntent || !hasOutcome);
                (hasOutcome ? ended : hasIntent ? open : []).Add(act.ActId);
            }
        }

        Assert.NotEmpty(ended);
        Assert.NotEmpty(open);
        await host.Engine.AdvanceToAsync(time.GetUtcNow() + ResolveIntents.Patience + TimeSpan.FromMinutes(1), World.Patience);
        await World.SweepAsync(host);

        Assert.DoesNotContain(await ledger.IntentsWithoutOutcomeAsync(DateTimeOffset.MaxValue, World.Patience), intent => intent.Entry.Act == "test.probe");
        await Assert.AllAsync(ended, async id => Assert.Equal("done", await ResultAsync(id)));
        await Assert.AllAsync(open, async id => Assert.Equal(ResolveIntents.Abandoned, await ResultAsync(id)));

        async Task<string> ResultAsync(string actId) => (await ledger.FindAsync(actId, EntryKind.Outcome, World.Patience))!.Entry.Result;
    }
}
