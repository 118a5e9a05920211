using TfFlow.Lifecycle.Matching;
using TfFlow.Programme.Ledger;
using TfFlow.TestKit;
using TfFlow.Vault.Ledger;

namespace TfFlow.Lifecycle.Tests.Matching;

[Collection(AzuriteFixture.Collection)]
public sealed class OpeningsTest(AzuriteFixture azurite) : IAsyncLifetime
{
    private readonly List<string> happened = [];
    private Ledger ledger = null!;
    private Acts acts = null!;

    public async Task InitializeAsync()
    {
        ledger = new(azurite.Tables, azurite.Blobs, AzuriteFixture.FreshName("ledger"));
        await ledger.CreateAsync(default);
        acts = new(ledger, TimeProvider.System);
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task Everything_is_opened_in_order_then_the_work_is_done_and_only_then_an_outcome_is_written()
    {
        var open = new List<LedgerEntry>();
        await Openings.PerformAsync(acts, [Open("a"), Open("b"), Open("c")], async _ => open.AddRange(await EntriesAsync()), default);

        Assert.Equal(["a", "b", "c"], happened);
        Assert.All(open, entry => Assert.Equal(EntryKind.Intent, entry.Kind));
        Assert.Equal(["a", "b", "c"], open.Select(entry => entry.ActId).Order());
        var outcomes = (await EntriesAsync()).Where(entry => entry.Kind is EntryKind.Outcome).ToList();
        Assert.Equal([("a", 7L), ("b", 7L), ("c", 7L)], outcomes.Select(entry => (entry.ActId, entry.Count)).Order());
    }

    [Theory]
    [InlineData("a")]
    [InlineData("b")]
    [InlineData("c")]
    [InlineData("work")]
    public async Task What_fails_fails_every_opening_and_a_further_attempt_opens_and_works_again(string failing)
    {
        await Assert.ThrowsAsync<InvalidDataException>(() => Openings.PerformAsync(acts, [Open("a", failing), Open("b", failing), Open("c", failing)], _ => Work(failing), default));

        var outcomes = (await EntriesAsync()).Where(entry => entry.Kind is EntryKind.Outcome).ToList();
        Assert.Equal(["a", "b", "c"], outcomes.Select(entry => entry.ActId).Order());
        Assert.All(outcomes, entry => Assert.StartsWith(Acts.FailedPrefix, entry.Result, StringComparison.Ordinal));

        happened.Clear();
        await Openings.PerformAsync(acts, [Open("a"), Open("b"), Open("c")], _ => Work(""), default);
        Assert.Equal(["a", "b", "c", "work"], happened);
    }

    [Fact]
    public async Task Work_that_was_done_is_not_done_again()
    {
        await Openings.PerformAsync(acts, [Open("a"), Open("b")], _ => Work(""), default);
        happened.Clear();

        // A crash kept one outcome from being written.
        await Openings.PerformAsync(acts, [Open("x"), Open("b")], _ => Work(""), default);
        await Openings.PerformAsync(acts, [Open("a"), Open("y")], _ => Work(""), default);

        Assert.Equal(["x", "y"], happened);
    }

    [Fact]
    public async Task Without_openings_there_is_the_work_alone()
    {
        await Openings.PerformAsync(acts, [], _ => Work(""), default);
        Assert.Equal(["work"], happened);
    }

    private async Task<List<LedgerEntry>> EntriesAsync() => await ledger.ReadAsync(0, default).Select(record => record.Entry).ToListAsync();

    private Opening Open(string id, string failing = "") => new(
        new() { ActId = id, Act = "match.facts", Actor = "test" },
        async _ =>
        {
            await Task.Yield();
            await (id == failing ? Work(id) : Note(id));
            return 7;
        });

    private Task Work(string failing) => failing is "" ? Note("work") : Task.FromException(new InvalidDataException("It cannot be read."));

    private Task Note(string what)
    {
        happened.Add(what);
        return Task.CompletedTask;
    }
}
