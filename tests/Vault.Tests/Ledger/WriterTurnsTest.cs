using TfFlow.TestKit;
using TfFlow.Vault.Ledger;
using TfFlow.Vault.Storage;

namespace TfFlow.Vault.Tests.Ledger;

[Collection(AzuriteFixture.Collection)]
public class WriterTurnsTest(AzuriteFixture azurite) : IAsyncLifetime
{
    private readonly string table = AzuriteFixture.FreshName("ledger");

    public Task InitializeAsync() => azurite.Tables.CreateTableAsync(table, default);

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task Who_never_contends_takes_no_turn()
    {
        var turns = new WriterTurns(azurite.Tables, table);
        for (var commit = 0; commit < 100; commit++)
        {
            Assert.False(await turns.EnterAsync());
            Assert.False(turns.IsHeld);
        }

        Assert.Null(await azurite.Tables.GetAsync(table, "turn", "writer", default));
    }

    [Fact]
    public async Task Who_gains_the_head_every_time_soon_joins_the_turns_that_others_take()
    {
        await azurite.Tables.SubmitAsync(table, TableWrite.Insert(new TableRow("turn", "writer") { ["Owner"] = "another" }), default);
        var turns = new WriterTurns(azurite.Tables, table);
        var commits = 0;
        while (!await turns.EnterAsync())
        {
            Assert.InRange(++commits, 1, 100);
        }

        // The other never gave its turn back, so it lapsed.
        Assert.True(turns.IsHeld);
        await turns.LeaveAsync();
        Assert.False(turns.IsHeld);
        Assert.Equal("", (await azurite.Tables.GetAsync(table, "turn", "writer", default))!["Owner"]);
    }

    [Fact]
    public async Task Of_two_that_contend_one_waits_until_the_other_gives_its_turn_back()
    {
        var (one, other) = (new WriterTurns(azurite.Tables, table), new WriterTurns(azurite.Tables, table));
        one.Lost();
        other.Lost();
        Assert.True(await one.EnterAsync());
        var waiting = other.EnterAsync();
        Assert.False(other.IsHeld);
        await one.LeaveAsync();
        Assert.True(await waiting);
        Assert.True(other.IsHeld);
    }
}
