using TfFlow.Programme.Ledger;
using TfFlow.Vault.Ledger;

namespace TfFlow.Vault.Tests.Ledger;

internal static class TestEntries
{
    public static DateTimeOffset Start { get; } = new(2026, 4, 1, 9, 0, 0, TimeSpan.Zero);

    public static LedgerAct Act(string actId) => new()
    {
        ActId = actId,
        Act = "extract.reseal",
        Actor = "ExtractIntake",
        Agency = "north-police",
        Agreement = "isa-2",
        AgreementVersion = "4",
        Exchange = "police-asb",
        References = [$"ref-{actId}"],
        Count = 12,
    };

    public static LedgerEntry Intent(string actId, int minute = 0) => new(Act(actId), EntryKind.Intent, Start.AddMinutes(minute));

    public static LedgerEntry Outcome(string actId, int minute = 0) =>
        new(Act(actId), EntryKind.Outcome, Start.AddMinutes(minute)) { Result = "done" };

    public static async Task<List<LedgerRecord>> AllAsync(this Vault.Ledger.Ledger ledger, long from = 0) =>
        await ledger.ReadAsync(from, CancellationToken.None).ToListAsync();

    /// <summary>Appends entries one after another: a page each.</summary>
    public static async Task AppendOneByOneAsync(this Vault.Ledger.Ledger ledger, int from, int count)
    {
        for (var i = from; i < from + count; i++)
        {
            await ledger.AppendAsync(Intent($"act-{i}"), CancellationToken.None);
        }
    }

    public static Task AppendTogetherAsync(this Vault.Ledger.Ledger ledger, int from, int count) =>
        Task.WhenAll(Enumerable.Range(from, count).Select(i => ledger.AppendAsync(Intent($"act-{i}"), CancellationToken.None)));

    /// <summary>Everything the ledger promises of itself: no gap, no act twice, and the head is the tree of the entries.</summary>
    public static async Task<List<LedgerRecord>> CheckWholeAsync(this Vault.Ledger.Ledger ledger)
    {
        var records = await ledger.AllAsync();
        var range = new CompactRange();
        foreach (var record in records)
        {
            Assert.Equal(range.Size, record.Index);
            range.Append(MerkleTree.HashLeaf(record.Bytes.Span));
        }

        await Parallel.ForEachAsync(records, async (record, token) =>
            Assert.Equal(record.Index, (await ledger.FindAsync(record.Entry.ActId, record.Entry.Kind, token))!.Index));

        Assert.Equal(records.Count, records.DistinctBy(record => (record.Entry.ActId, record.Entry.Kind)).Count());
        Assert.Equal(new LedgerHead(range.Size, range.Root), await ledger.GetHeadAsync(CancellationToken.None));
        return records;
    }
}
