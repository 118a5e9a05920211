using TfFlow.Programme.Ledger;
using TfFlow.TestKit;
using TfFlow.TestKit.Storage;
using TfFlow.Vault.Storage;

namespace TfFlow.Vault.Tests.Ledger;

[Collection(AzuriteFixture.Collection)]
public class AppendTest(AzuriteFixture azurite)
{
    private readonly string table = AzuriteFixture.FreshName("ledger");

    [Fact]
    public async Task An_appended_entry_is_read_back_at_its_place()
    {
        var ledger = await OpenAsync();
        var first = await ledger.AppendAsync(TestEntries.Intent("a"), default);
        var second = await ledger.AppendAsync(TestEntries.Outcome("a"), default);
        Assert.Equal((0, false), (first.Index, first.Repeated));
        Assert.Equal((1, false), (second.Index, second.Repeated));

        var records = await ledger.CheckWholeAsync();
        Assert.Equal(["a", "a"], records.Select(record => record.Entry.ActId));
        Assert.Equal([EntryKind.Intent, EntryKind.Outcome], records.Select(record => record.Entry.Kind));
        Assert.Equal(CanonicalEntry.Encode(TestEntries.Outcome("a")), records[1].Bytes.ToArray());
    }

    [Fact]
    public async Task An_empty_ledger_has_the_empty_root_and_no_entries()
    {
        var ledger = await OpenAsync();
        Assert.Equal(MerkleTree.EmptyRoot, (await ledger.GetHeadAsync(default)).Root);
        Assert.Empty(await ledger.AllAsync());
        Assert.Null(await ledger.FindAsync("a", EntryKind.Intent, default));
    }

    [Fact]
    public async Task A_repeated_append_returns_the_first_ones_place_in_this_process_and_in_another()
    {
        var ledger = await OpenAsync();
        await ledger.AppendOneByOneAsync(0, 3);
        var repeated = await ledger.AppendAsync(TestEntries.Intent("act-1", minute: 5), default);
        Assert.Equal((1, true), (repeated.Index, repeated.Repeated));

        var other = await (await OpenAsync()).AppendAsync(TestEntries.Intent("act-2"), default);
        Assert.Equal((2, true), (other.Index, other.Repeated));
        Assert.Equal(3, (await ledger.CheckWholeAsync()).Count);
    }

    [Fact]
    public async Task The_same_act_appended_many_times_at_once_is_one_entry()
    {
        var ledger = await OpenAsync();
        var places = await Task.WhenAll(Enumerable.Range(0, 200).Select(i => ledger.AppendAsync(TestEntries.Intent($"act-{i % 10}"), default)));
        Assert.Equal(10, places.Count(place => !place.Repeated));
        Assert.Equal(10, (await ledger.CheckWholeAsync()).Count);
        Assert.All(places.Chunk(10), chunk => Assert.Equal(places.Take(10).Select(place => place.Index), chunk.Select(place => place.Index)));
    }

    [Fact]
    public async Task Many_appends_at_once_share_transactions()
    {
        var counted = new FaultyTables(azurite.Tables);
        var ledger = await OpenAsync(counted);
        var before = counted.Operations;
        await ledger.AppendTogetherAsync(0, 490);
        Assert.InRange(counted.Operations - before, 5, 10);
        Assert.Equal(490, (await ledger.CheckWholeAsync()).Count);
    }

    [Fact]
    public async Task Writers_of_several_processes_share_one_ledger_without_gap_or_duplicate()
    {
        await OpenAsync();
        await Task.WhenAll(Enumerable.Range(0, 4).Select(async process =>
        {
            var ledger = await OpenAsync();
            await Task.WhenAll(Enumerable.Range(0, 8).Select(async writer =>
            {
                for (var i = 0; i < 10; i++)
                {
                    await ledger.AppendAsync(TestEntries.Intent($"p{process}-w{writer}-{i}"), default);
                }
            }));
        }));
        var records = await (await OpenAsync()).CheckWholeAsync();
        Assert.Equal(4 * 8 * 10, records.Count);
    }

    [Fact]
    public async Task Processes_that_contend_and_repeat_each_others_acts_agree_on_every_place()
    {
        await OpenAsync();
        var places = await Task.WhenAll(Enumerable.Range(0, 4).Select(async process =>
        {
            var ledger = await OpenAsync();
            return await Task.WhenAll(Enumerable.Range(0, 120).Select(i => ledger.AppendAsync(TestEntries.Intent($"act-{(i + (process * 30)) % 150}"), default)
                .ContinueWith(append => (Act: (i + (process * 30)) % 150, append.Result.Index), TaskScheduler.Default)));
        }));
        Assert.Equal(150, (await (await OpenAsync()).CheckWholeAsync()).Count);
        Assert.All(places.SelectMany(one => one).GroupBy(place => place.Act), act => Assert.Single(act.Select(place => place.Index).Distinct()));
    }

    [Fact]
    public async Task Entries_of_the_greatest_length_are_spread_over_pages()
    {
        var ledger = await OpenAsync();
        var large = Enumerable.Range(0, 20).Select(i => TestEntries.Intent($"large-{i}") with { Purpose = new string('x', 65_000) }).ToList();
        await Task.WhenAll(large.Select(entry => ledger.AppendAsync(entry, default)));
        Assert.Equal(20, (await ledger.CheckWholeAsync()).Count);
    }

    [Fact]
    public async Task Reading_from_an_index_begins_exactly_there()
    {
        var ledger = await OpenAsync();
        await ledger.AppendTogetherAsync(0, 150);
        await ledger.AppendOneByOneAsync(150, 5);
        await ledger.AppendTogetherAsync(155, 150);
        foreach (var from in new[] { 0, 1, 97, 98, 149, 150, 154, 155, 200, 304, 305, 1000 })
        {
            Assert.Equal(Enumerable.Range(from, Math.Max(0, 305 - from)).Select(i => (long)i), (await ledger.AllAsync(from)).Select(record => record.Index));
        }
    }

    [Fact]
    public async Task An_entry_the_format_forbids_is_refused_and_its_neighbours_are_written()
    {
        var ledger = await OpenAsync();
        var good = ledger.AppendAsync(TestEntries.Intent("good"), default);
        await Assert.ThrowsAsync<ArgumentException>(() => ledger.AppendAsync(TestEntries.Intent("a/b"), default));
        await good;
        Assert.Single(await ledger.CheckWholeAsync());
    }

    [Fact]
    public async Task A_caller_that_cancels_stops_waiting_and_breaks_nothing()
    {
        var ledger = await OpenAsync();
        using var cancelled = new CancellationTokenSource();
        var waiting = ledger.AppendAsync(TestEntries.Intent("a"), cancelled.Token);
        await cancelled.CancelAsync();
        await Record.ExceptionAsync(() => waiting);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => ledger.AppendAsync(TestEntries.Intent("b"), cancelled.Token));
        await ledger.AppendAsync(TestEntries.Intent("a"), default);
        Assert.Single(await ledger.CheckWholeAsync());
    }

    [Fact]
    public async Task A_store_that_fails_fails_the_callers_and_the_ledger_goes_on_when_it_is_back()
    {
        await OpenAsync();
        var ledger = new Vault.Ledger.Ledger(azurite.Tables, azurite.Blobs, AzuriteFixture.FreshName("missing"));
        await Assert.ThrowsAsync<StorageException>(() => ledger.AppendAsync(TestEntries.Intent("a"), default));
        await Assert.ThrowsAsync<StorageException>(() => ledger.AppendAsync(TestEntries.Intent("a"), default));
        await ledger.CreateAsync(default);
        await ledger.AppendAsync(TestEntries.Intent("a"), default);
        Assert.Single(await ledger.CheckWholeAsync());
    }

    [Fact]
    public async Task A_head_that_was_set_back_is_never_written_on()
    {
        var ledger = await OpenAsync();
        await ledger.AppendOneByOneAsync(0, 2);
        var head = (await azurite.Tables.GetAsync(table, "log", "head", default))!;
        await ledger.AppendOneByOneAsync(2, 2);
        await azurite.Tables.SubmitAsync(table, TableWrite.Upsert(head), default);
        var damaged = await Assert.ThrowsAsync<Vault.Ledger.LedgerDamagedException>(async () => await (await OpenAsync()).AppendAsync(TestEntries.Intent("new"), default));
        Assert.Equal(2, damaged.Index);
    }

    private async Task<Vault.Ledger.Ledger> OpenAsync(ITableStore? tables = null)
    {
        var ledger = new Vault.Ledger.Ledger(tables ?? azurite.Tables, azurite.Blobs, table);
        await ledger.CreateAsync(default);
        return ledger;
    }
}
