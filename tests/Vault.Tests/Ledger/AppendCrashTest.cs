using TfFlow.TestKit;
using TfFlow.TestKit.Storage;
using TfFlow.Vault.Storage;

namespace TfFlow.Vault.Tests.Ledger;

[Collection(AzuriteFixture.Collection)]
public class AppendCrashTest(AzuriteFixture azurite)
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_crash_at_any_storage_operation_leaves_no_gap_no_duplicate_and_loses_nothing_acknowledged(bool afterEffect)
    {
        for (var failAt = 1; await CrashAsync(failAt, afterEffect); failAt++)
        {
            Assert.True(failAt < 100, "An append takes fewer operations.");
        }
    }

    /// <returns>Whether the crash came about.</returns>
    private async Task<bool> CrashAsync(int failAt, bool afterEffect)
    {
        var table = AzuriteFixture.FreshName("ledger");
        var survivor = new Vault.Ledger.Ledger(azurite.Tables, azurite.Blobs, table);
        await survivor.CreateAsync(default);
        await survivor.AppendOneByOneAsync(0, 2);

        // Two waves, so that later operations of a running writer are reached too; one entry of each is a repetition.
        var dying = new FaultyTables(azurite.Tables, failAt, afterEffect);
        var ledger = new Vault.Ledger.Ledger(dying, azurite.Blobs, table);
        var acknowledged = new Dictionary<string, long>();
        for (var wave = 0; wave < 2; wave++)
        {
            await Task.WhenAll(Enumerable.Range(wave, 6).Select(i => $"act-{i}").Select(async actId =>
            {
                if (await Record.ExceptionAsync(async () => Acknowledge(actId, await ledger.AppendAsync(TestEntries.Intent(actId), default))) is { } exception)
                {
                    Assert.IsType<StorageException>(exception);
                }
            }));
            await survivor.AppendAsync(TestEntries.Intent($"between-{wave}"), default);
        }

        // The next process appends all of it again, as activities do.
        var next = new Vault.Ledger.Ledger(azurite.Tables, azurite.Blobs, table);
        for (var i = 0; i < 7; i++)
        {
            var place = await next.AppendAsync(TestEntries.Intent($"act-{i}"), default);
            Assert.Equal(acknowledged.GetValueOrDefault($"act-{i}", place.Index), place.Index);
        }

        Assert.Equal(7 + 2, (await next.CheckWholeAsync()).Count);
        return dying.Operations >= failAt;

        void Acknowledge(string actId, Vault.Ledger.LedgerPlace place)
        {
            lock (acknowledged)
            {
                acknowledged[actId] = place.Index;
            }
        }
    }
}
