using TfFlow.Programme.Ledger;
using TfFlow.TestKit;
using TfFlow.TestKit.Storage;
using TfFlow.Vault.Ledger;
using TfFlow.Vault.Storage;

namespace TfFlow.Vault.Tests.Ledger;

[Collection(AzuriteFixture.Collection)]
public class ActsTest(AzuriteFixture azurite) : IAsyncLifetime
{
    private readonly string table = AzuriteFixture.FreshName("ledger");
    private readonly TestClock clock = new();
    private Vault.Ledger.Ledger ledger = null!;
    private Acts acts = null!;

    public async Task InitializeAsync()
    {
        ledger = new Vault.Ledger.Ledger(azurite.Tables, azurite.Blobs, table);
        await ledger.CreateAsync(default);
        acts = new Acts(ledger, clock);
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task The_intent_stands_before_the_effect_and_the_outcome_after_it()
    {
        var seen = new List<LedgerRecord>();
        var outcome = await acts.PerformAsync(TestEntries.Act("a"), async _ =>
        {
            seen = await ledger.AllAsync();
            clock.Now = clock.Now.AddMinutes(1);
            return ActResult.Done with { Count = 99 };
        }, default);

        Assert.Equal(EntryKind.Intent, Assert.Single(seen).Entry.Kind);
        var records = await ledger.CheckWholeAsync();
        Assert.Equal([EntryKind.Intent, EntryKind.Outcome], records.Select(record => record.Entry.Kind));
        Assert.Equal([12L, 99L], records.Select(record => record.Entry.Count));
        Assert.Equal(["", "done"], records.Select(record => record.Entry.Result));
        Assert.Equal(TestEntries.Start.AddMinutes(1), records[1].Entry.At);
        Assert.Equal(records[1].Bytes.ToArray(), CanonicalEntry.Encode(outcome));
    }

    [Fact]
    public async Task If_the_ledger_cannot_be_written_the_act_does_not_happen()
    {
        var dead = new Acts(new Vault.Ledger.Ledger(new FaultyTables(azurite.Tables, failAt: 1), azurite.Blobs, table), clock);
        var happened = false;
        await Assert.ThrowsAsync<StorageException>(() => dead.PerformAsync(TestEntries.Act("a"), _ => Task.FromResult(Happen()), default));
        Assert.False(happened);

        ActResult Happen()
        {
            happened = true;
            return ActResult.Done;
        }
    }

    [Fact]
    public async Task An_act_performed_again_is_one_act_and_its_effect_is_not_run_again()
    {
        var runs = 0;
        for (var i = 0; i < 3; i++)
        {
            var outcome = await acts.PerformAsync(TestEntries.Act("a"), _ => Task.FromResult(ActResult.Done with { Count = ++runs }), default);
            Assert.Equal(1, outcome.Count);
        }

        Assert.Equal(1, runs);
        Assert.Equal(2, (await ledger.CheckWholeAsync()).Count);
    }

    [Fact]
    public async Task A_failure_is_an_outcome_with_its_code_and_a_later_success_stands_beside_it()
    {
        await Assert.ThrowsAsync<TimeoutException>(() => acts.PerformAsync(TestEntries.Act("a"), _ => throw new TimeoutException("Jane Example"), default));
        await Assert.ThrowsAsync<StorageException>(() => acts.PerformAsync(
            TestEntries.Act("a"), _ => throw new StorageException(StorageError.ConditionNotMet, "Put Blob", "c/b", "it moved"), default));
        await Assert.ThrowsAsync<RefusedException>(() => acts.PerformAsync(TestEntries.Act("a"), _ => throw new RefusedException(), default));
        await acts.PerformAsync(TestEntries.Act("a"), _ => Task.FromResult(ActResult.Done), default);
        await acts.PerformAsync(TestEntries.Act("a"), _ => throw new InvalidOperationException("It is done already."), default);

        var outcomes = (await ledger.CheckWholeAsync()).Where(record => record.Entry.Kind == EntryKind.Outcome).ToList();
        Assert.Equal(["a", "a~2", "a~3", "a~4"], outcomes.Select(record => record.Entry.ActId));
        Assert.Equal(
            ["failed.error.timeout-exception", "failed.storage.condition-not-met", "failed.grant.expired", "done"],
            outcomes.Select(record => record.Entry.Result));
        Assert.Empty(await ledger.IntentsWithoutOutcomeAsync(DateTimeOffset.MaxValue, default));
    }

    [Fact]
    public async Task What_failed_often_is_not_walked_through_again()
    {
        for (var failures = 1; failures <= 40; failures++)
        {
            await Assert.ThrowsAsync<RefusedException>(() => acts.PerformAsync(TestEntries.Act("a"), _ => throw new RefusedException(), default));
        }

        var counted = new FaultyTables(azurite.Tables);
        await new Acts(new Vault.Ledger.Ledger(counted, azurite.Blobs, table), clock).PerformAsync(TestEntries.Act("a"), _ => Task.FromResult(ActResult.Done), default);
        Assert.InRange(counted.Operations, 1, 45);
        Assert.Equal("done", (await ledger.FindAsync("a~41", EntryKind.Outcome, default))!.Entry.Result);
    }

    [Fact]
    public async Task An_act_interrupted_before_its_outcome_is_taken_up_under_the_same_id()
    {
        using var stopping = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => acts.PerformAsync(TestEntries.Act("a"), async token =>
        {
            await stopping.CancelAsync();
            token.ThrowIfCancellationRequested();
            return ActResult.Done;
        }, stopping.Token));
        Assert.Single(await ledger.IntentsWithoutOutcomeAsync(DateTimeOffset.MaxValue, default));

        await acts.PerformAsync(TestEntries.Act("a"), _ => Task.FromResult(ActResult.Done), default);
        Assert.Equal(["a", "a"], (await ledger.CheckWholeAsync()).Select(record => record.Entry.ActId));
        Assert.Empty(await ledger.IntentsWithoutOutcomeAsync(DateTimeOffset.MaxValue, default));
    }

    [Fact]
    public async Task A_crash_at_any_storage_operation_of_an_act_leaves_it_to_be_run_again_to_its_end()
    {
        var crashed = true;
        for (var failAt = 1; crashed; failAt++)
        {
            foreach (var afterEffect in new[] { false, true })
            {
                var dying = new FaultyTables(azurite.Tables, failAt, afterEffect);
                var act = TestEntries.Act($"act-{failAt}-{afterEffect}");
                var runs = 0;
                await Record.ExceptionAsync(() => new Acts(new Vault.Ledger.Ledger(dying, azurite.Blobs, table), clock).PerformAsync(act, _ => Task.FromResult(ActResult.Done with { Count = ++runs }), default));
                crashed = dying.Operations >= failAt;
                await acts.PerformAsync(act, _ => Task.FromResult(ActResult.Done with { Count = ++runs }), default);
                Assert.InRange(runs, 1, 2);
            }
        }

        var records = await ledger.CheckWholeAsync();
        Assert.All(records.GroupBy(record => record.Entry.ActId), act => Assert.Equal([EntryKind.Intent, EntryKind.Outcome], act.Select(record => record.Entry.Kind)));
        Assert.Empty(await ledger.IntentsWithoutOutcomeAsync(DateTimeOffset.MaxValue, default));
    }

    [Fact]
    public async Task Of_two_runners_at_once_the_one_that_succeeds_is_heard_even_where_the_other_failed_first()
    {
        var outcome = await acts.PerformAsync(TestEntries.Act("a"), async _ =>
        {
            if (await ledger.FindAsync("a", EntryKind.Outcome, default) is null)
            {
                await Assert.ThrowsAsync<RefusedException>(() => acts.PerformAsync(TestEntries.Act("a"), _ => throw new RefusedException(), default));
            }

            return ActResult.Done;
        }, default);

        Assert.Equal("done", outcome.Result);
        var outcomes = (await ledger.CheckWholeAsync()).Where(record => record.Entry.Kind == EntryKind.Outcome);
        Assert.Equal(["failed.grant.expired", "done"], outcomes.Select(record => record.Entry.Result));
    }

    [Fact]
    public async Task An_act_id_without_room_for_further_attempts_is_refused_at_once() =>
        await Assert.ThrowsAsync<ArgumentException>(() => acts.PerformAsync(TestEntries.Act(new string('a', 191)), _ => Task.FromResult(ActResult.Done), default));

    private sealed class RefusedException : Exception, IFailureCode
    {
        public string Code => "grant.expired";
    }
}
