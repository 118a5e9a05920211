using TfFlow.TestKit;
using TfFlow.TestKit.Storage;
using TfFlow.Vault.Storage;

namespace TfFlow.Vault.Tests.Ledger;

[Collection(AzuriteFixture.Collection)]
public class OpenIntentsTest(AzuriteFixture azurite) : IAsyncLifetime
{
    private readonly string table = AzuriteFixture.FreshName("ledger");
    private Vault.Ledger.Ledger ledger = null!;

    public async Task InitializeAsync()
    {
        ledger = new Vault.Ledger.Ledger(azurite.Tables, azurite.Blobs, table);
        await ledger.CreateAsync(default);
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task Only_intents_without_outcome_that_are_old_enough_are_found()
    {
        await ledger.AppendAsync(TestEntries.Intent("old", 0), default);
        await ledger.AppendAsync(TestEntries.Intent("done", 1), default);
        await ledger.AppendAsync(TestEntries.Outcome("done", 2), default);
        await ledger.AppendAsync(TestEntries.Intent("young", 30), default);
        await ledger.AppendAsync(TestEntries.Outcome("without intent", 30), default);
        Assert.Equal(["old"], await FindAsync(10));
        Assert.Equal(["old", "young"], await FindAsync(31));
    }

    [Fact]
    public async Task An_outcome_written_after_the_last_search_closes_an_intent_found_before_it()
    {
        await ledger.AppendTogetherAsync(0, 20);
        Assert.Equal(20, (await FindAsync(1)).Count);
        await Task.WhenAll(Enumerable.Range(0, 19).Select(i => ledger.AppendAsync(TestEntries.Outcome($"act-{i}", 1), default)));
        Assert.Equal(["act-19"], await FindAsync(1));
        Assert.Equal(["act-19"], await FindAsync(1));
    }

    [Fact]
    public async Task A_search_reads_what_came_since_the_last_one()
    {
        await ledger.AppendTogetherAsync(0, 300);
        await Task.WhenAll(Enumerable.Range(0, 300).Select(i => ledger.AppendAsync(TestEntries.Outcome($"act-{i}", 1), default)));
        await FindAsync(1);
        var counted = new FaultyTables(azurite.Tables);
        Assert.Empty(await new Vault.Ledger.Ledger(counted, azurite.Blobs, table).IntentsWithoutOutcomeAsync(DateTimeOffset.MaxValue, default));
        Assert.Equal(2, counted.Operations);
    }

    [Fact]
    public async Task A_lost_memory_costs_a_longer_search_and_no_intent()
    {
        await ledger.AppendTogetherAsync(0, 5);
        await FindAsync(1);
        await azurite.Tables.SubmitAsync(table, TableWrite.DeleteAny("open", "search"), default);
        Assert.Equal(5, (await FindAsync(1)).Count);
    }

    private async Task<List<string>> FindAsync(int minute) =>
        [.. (await ledger.IntentsWithoutOutcomeAsync(TestEntries.Start.AddMinutes(minute), default)).Select(record => record.Entry.ActId)];
}
