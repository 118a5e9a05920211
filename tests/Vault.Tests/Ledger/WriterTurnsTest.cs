using Azure;
using TfFlow.Programme.Ledger;
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
        Assert.Null(await turns.ReadHeadAsync());
        await CommitAsync("");
        Assert.NotNull(await turns.ReadHeadAsync());
        Assert.Equal("", turns.Sign());
        Assert.False(turns.IsHeld || turns.IsOver);
    }

    [Fact]
    public async Task Who_lost_the_head_to_one_that_takes_no_turns_claims_it_so_that_the_others_next_commit_fails()
    {
        var others = await CommitAsync("");
        var turns = new WriterTurns(azurite.Tables, table);
        turns.Lost();
        var head = (await turns.ReadHeadAsync())!;
        Assert.Equal(turns.Sign(), LedgerRows.ReadTurn(head));
        Assert.True(turns.IsHeld);
        Assert.Equal(Hash256.WriteAll(Range.Perfect), Hash256.WriteAll(LedgerRows.ReadHead(head).Perfect));
        var refused = await Assert.ThrowsAsync<StorageException>(() => CommitAsync("", others));
        Assert.Equal(StorageError.ConditionNotMet, refused.Error);
    }

    [Fact]
    public async Task Of_two_that_contend_one_waits_until_the_other_gives_its_turn_back()
    {
        await CommitAsync("");
        var (one, other) = (new WriterTurns(azurite.Tables, table), new WriterTurns(azurite.Tables, table));
        one.Lost();
        await one.ReadHeadAsync();
        await CommitAsync(one.Sign());
        var waiting = other.ReadHeadAsync();
        Assert.NotSame(waiting, await Task.WhenAny(waiting, Task.Delay(TimeSpan.FromMilliseconds(300), TimeProvider.System)));
        await one.LeaveAsync();
        Assert.Equal("", LedgerRows.ReadTurn((await waiting)!));
        Assert.False(one.IsHeld);
    }

    [Fact]
    public async Task A_turn_ends_with_a_commit_that_says_it_is_nobodys()
    {
        await CommitAsync("");
        var turns = new WriterTurns(azurite.Tables, table);
        turns.Lost();
        await turns.ReadHeadAsync();
        while (turns.Sign() is { Length: > 0 })
        {
            Assert.True(turns.IsHeld);
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        }

        Assert.True(turns.IsOver);
        Assert.False(turns.IsHeld);
    }

    [Fact]
    public async Task The_turn_of_a_process_that_ended_lapses()
    {
        await CommitAsync("gone");
        var turns = new WriterTurns(azurite.Tables, table);
        Assert.Equal("gone", LedgerRows.ReadTurn((await turns.ReadHeadAsync())!));
        Assert.NotEqual("", turns.Sign());
    }

    [Fact]
    public async Task When_all_is_written_the_head_is_nobodys()
    {
        var processes = Enumerable.Range(0, 3).Select(_ => new TfFlow.Vault.Ledger.Ledger(azurite.Tables, azurite.Blobs, table)).ToList();
        await processes[0].CreateAsync(default);
        var places = await Task.WhenAll(processes.SelectMany((ledger, process) => Enumerable.Range(0, 400).Select(entry => ledger.AppendAsync(TestEntries.Intent($"p{process}-{entry}"), default))));
        Assert.Equal(Enumerable.Range(0, 1200), places.Select(place => (int)place.Index).Order());

        // Each gives its turn back once nothing more has come for a moment.
        var turn = "";
        for (var look = 0; look < 500 && (turn = LedgerRows.ReadTurn((await azurite.Tables.GetAsync(table, LedgerRows.Log, LedgerRows.Head, default))!)).Length > 0; look++)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System);
        }

        Assert.Equal("", turn);
    }

    private static readonly CompactRange Range = OfOne();

    private static CompactRange OfOne()
    {
        var range = new CompactRange();
        range.Append(MerkleTree.HashLeaf([1]));
        return range;
    }

    /// <summary>What a commit of the head does, less its page.</summary>
    private async Task<ETag> CommitAsync(string turn, ETag? eTag = null)
    {
        var standing = eTag ?? (await azurite.Tables.GetAsync(table, LedgerRows.Log, LedgerRows.Head, default))?.ETag ?? default;
        var row = LedgerRows.WriteHead(Range, standing, turn);
        return (await azurite.Tables.SubmitAsync(table, [standing == default ? TableWrite.Insert(row) : TableWrite.Replace(row)], default))[0];
    }
}
