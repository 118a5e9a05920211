using System.Text;
using TfFlow.Programme.Ledger;
using TfFlow.TestKit;
using TfFlow.Vault.Ledger;
using TfFlow.Vault.Storage;

namespace TfFlow.Vault.Tests.Ledger;

/// <summary>Someone with full access to the table and the containers, but without the signing key.</summary>
[Collection(AzuriteFixture.Collection)]
public class AdversaryTest(AzuriteFixture azurite)
{
    // Within a full tile, within the newest checkpoint's partial tile, and behind the last checkpoint.
    public static TheoryData<int> Places { get; } = [0, 5, 98, 255, 256, 299, 300, 304, 399];

    [Fact]
    public async Task An_untouched_ledger_is_whole()
    {
        var lab = await BuildAsync();
        var verdict = await lab.VerifyAsync(withHeld: true);
        Assert.Empty(verdict.Faults);
        var head = await lab.Ledger.GetHeadAsync(default);
        Assert.Equal((400, head.Root, 300), (verdict.Entries, verdict.Root, verdict.Covered));
        Assert.Equal(4, verdict.Checkpoints);
    }

    [Fact]
    public async Task An_empty_ledger_is_whole() => Assert.True((await (await LedgerLab.CreateAsync(azurite)).VerifyAsync()).IsSound);

    [Theory]
    [MemberData(nameof(Places))]
    public async Task An_edited_entry_is_named(int index)
    {
        var lab = await BuildAsync();
        await lab.EditAsync(index);
        await AssertFirstFaultAsync(lab, LedgerFaultKind.EntryEdited, index);
    }

    [Theory]
    [MemberData(nameof(Places))]
    public async Task One_changed_byte_of_one_entry_is_named(int index)
    {
        var lab = await BuildAsync();
        await lab.ChangePageAsync(index, (entries, i) =>
        {
            var bytes = entries[i].ToArray();
            bytes[bytes.Length / 2] ^= 1;
            entries[i] = bytes;
        });
        await AssertFirstFaultAsync(lab, LedgerFaultKind.EntryEdited, index);
    }

    [Theory]
    [MemberData(nameof(Places))]
    public async Task A_deleted_entry_is_named(int index)
    {
        var lab = await BuildAsync();
        await lab.ChangePageAsync(index, (entries, i) => entries.RemoveAt(i));
        await AssertFirstFaultAsync(lab, index == 399 ? LedgerFaultKind.TailCut : LedgerFaultKind.EntryDeleted, index);
    }

    [Theory]
    [MemberData(nameof(Places))]
    public async Task An_inserted_entry_is_named(int index)
    {
        var lab = await BuildAsync();
        await lab.ChangePageAsync(index, (entries, i) => entries.Insert(i, CanonicalEntry.Encode(TestEntries.Intent("inserted"))));
        await AssertFirstFaultAsync(lab, LedgerFaultKind.EntryInserted, index);
    }

    [Theory]
    [InlineData(3, 4)]
    [InlineData(3, 150)]
    [InlineData(255, 256)]
    [InlineData(270, 305)]
    [InlineData(301, 303)]
    [InlineData(303, 320)]
    [InlineData(330, 331)]
    public async Task Two_entries_that_changed_places_are_named(int one, int other)
    {
        var lab = await BuildAsync();
        var bytes = (await lab.Ledger.AllAsync()).ConvertAll(record => record.Bytes);
        await lab.ChangePageAsync(one, (entries, i) => entries[i] = bytes[other]);
        await lab.ChangePageAsync(other, (entries, i) => entries[i] = bytes[one]);
        await AssertFirstFaultAsync(lab, LedgerFaultKind.EntryReordered, one);
    }

    [Fact]
    public async Task A_deleted_page_is_named_by_its_first_entry()
    {
        foreach (var page in (await (await BuildAsync()).ReadPagesAsync()).Where((_, i) => i % 3 == 0))
        {
            var lab = await BuildAsync();
            var pages = await lab.ReadPagesAsync();
            var victim = pages.Last(candidate => candidate.First <= page.First);
            await lab.DeletePageAsync(victim.First);
            await AssertFirstFaultAsync(lab, victim.First == pages[^1].First ? LedgerFaultKind.TailCut : LedgerFaultKind.EntryDeleted, victim.First);
        }
    }

    [Fact]
    public async Task A_page_that_cannot_be_read_is_named()
    {
        var lab = await BuildAsync();
        var page = (await lab.ReadPagesAsync())[3];
        await lab.Tables.SubmitAsync(lab.Name, TableWrite.Upsert(new TableRow(LedgerRows.Log, LedgerRows.PageKey(page.First)) { ["Count"] = 1, ["Bytes0"] = new byte[] { 1 } }), default);
        await AssertFirstFaultAsync(lab, LedgerFaultKind.EntryEdited, page.First);
    }

    [Fact]
    public async Task A_tail_cut_together_with_its_head_is_named_when_a_checkpoint_covered_it()
    {
        var lab = await BuildAsync();
        await CutAsync(lab, lab.Published[1].Checkpoint.Checkpoint.Size);
        await AssertFirstFaultAsync(lab, LedgerFaultKind.TailCut, lab.Published[1].Checkpoint.Checkpoint.Size);
    }

    [Fact]
    public async Task A_tail_no_checkpoint_covers_can_be_cut_unseen_and_nothing_more()
    {
        var lab = await BuildAsync();
        await CutAsync(lab, 300);
        await DeleteActRowsFromAsync(lab, 300);
        var verdict = await lab.VerifyAsync(withHeld: true);
        Assert.Empty(verdict.Faults);
        Assert.Equal((300, 300), (verdict.Entries, verdict.Covered));
    }

    [Fact]
    public async Task A_tail_cut_with_all_checkpoints_over_it_is_named_by_what_a_party_holds()
    {
        var lab = await BuildAsync();
        var size = lab.Published[1].Checkpoint.Checkpoint.Size;
        await CutAsync(lab, size);
        await DeleteActRowsFromAsync(lab, size);
        foreach (var name in (await lab.ListAsync(lab.CheckpointsContainer)).Skip(2))
        {
            await lab.Blobs.DeleteAsync(new BlobAddress(lab.CheckpointsContainer, name), null, default);
        }

        await WriteLatestAsync(lab, lab.Published[1].Checkpoint.Note);
        var verdict = await lab.VerifyAsync(withHeld: true);
        Assert.Equal((LedgerFaultKind.TailCut, size), (verdict.Faults[0].Kind, verdict.Faults[0].Index));
        Assert.Contains(verdict.Faults, fault => fault.Kind == LedgerFaultKind.CheckpointReplayed);
    }

    [Fact]
    public async Task A_head_set_back_or_rewritten_or_destroyed_is_named()
    {
        var lab = await BuildAsync();
        var head = (await lab.ReadHeadAsync())!;
        await lab.SetHeadAsync(310);
        await AssertFirstFaultAsync(lab, LedgerFaultKind.HeadChanged, 310);

        var other = new TableRow(head.PartitionKey, head.RowKey) { ["Size"] = 400L, ["Perfect"] = new byte[3 * Hash256.Length] };
        await lab.Tables.SubmitAsync(lab.Name, TableWrite.Upsert(other), default);
        await AssertFirstFaultAsync(lab, LedgerFaultKind.HeadChanged, 300);

        await lab.Tables.SubmitAsync(lab.Name, TableWrite.Upsert(new TableRow(head.PartitionKey, head.RowKey) { ["Size"] = 400L }), default);
        await AssertFirstFaultAsync(lab, LedgerFaultKind.HeadChanged, 400);

        await lab.Tables.SubmitAsync(lab.Name, TableWrite.DeleteAny(head.PartitionKey, head.RowKey), default);
        await AssertFirstFaultAsync(lab, LedgerFaultKind.HeadChanged, 0);
    }

    [Fact]
    public async Task A_page_behind_the_head_is_named()
    {
        var lab = await BuildAsync();
        await lab.WritePageAsync(400, [CanonicalEntry.Encode(TestEntries.Intent("inserted"))]);
        await AssertFirstFaultAsync(lab, LedgerFaultKind.EntryInserted, 400);
    }

    [Theory]
    [InlineData(10, 1)]
    [InlineData(280, 151)]
    public async Task A_history_written_anew_in_every_row_and_tile_is_a_fork(int index, int agreed)
    {
        var lab = await BuildAsync();
        var fork = await LedgerLab.CreateAsync(azurite, secret: 2);
        foreach (var page in await lab.ReadPagesAsync())
        {
            await Task.WhenAll(page.Entries.Select((bytes, i) =>
            {
                var entry = CanonicalEntry.Decode(bytes.Span);
                return fork.Ledger.AppendAsync(page.First + i == index ? entry with { Count = 1_000_000 } : entry, default);
            }));
            if (lab.Published.Any(publication => publication.Checkpoint.Checkpoint.Size == page.First + page.Entries.Count))
            {
                await fork.Checkpointer.RunAsync(default);
            }
        }

        await foreach (var row in fork.Tables.QueryAsync(fork.Name, TableQuery.Partition(LedgerRows.Log), default))
        {
            await lab.Tables.SubmitAsync(lab.Name, TableWrite.Upsert(row), default);
        }

        foreach (var tile in await fork.ListAsync(fork.TilesContainer))
        {
            await lab.WriteBlobAsync(lab.TilesContainer, tile, await fork.ReadBlobAsync(fork.TilesContainer, tile));
        }

        await AssertFirstFaultAsync(lab, LedgerFaultKind.Forked, agreed);
    }

    [Fact]
    public async Task Two_histories_signed_with_the_same_key_are_a_fork_to_who_holds_one_of_them()
    {
        var lab = await BuildAsync();
        var twin = await LedgerLab.CreateAsync(azurite);
        await twin.Ledger.AppendTogetherAsync(1000, 300);
        var shown = await twin.Checkpointer.RunAsync(default);
        var verdict = await new LedgerVerifier(lab.Ledger, lab.Signer.PublicKey).VerifyAsync([shown!.Note], null, default);
        Assert.Contains(verdict.Faults, fault => fault.Kind == LedgerFaultKind.Forked && fault.Index == 300);
    }

    [Fact]
    public async Task An_old_checkpoint_put_in_a_newer_ones_place_is_named()
    {
        var lab = await BuildAsync();
        await lab.WriteBlobAsync(lab.CheckpointsContainer, Name(lab.Published[^1]), Encoding.UTF8.GetBytes(lab.Published[0].Checkpoint.Note));
        await AssertFaultAsync(lab, LedgerFaultKind.CheckpointReplayed, 300);

        var again = await BuildAsync();
        await WriteLatestAsync(again, again.Published[0].Checkpoint.Note);
        await AssertFaultAsync(again, LedgerFaultKind.CheckpointReplayed, again.Published[0].Checkpoint.Checkpoint.Size);

        var third = await BuildAsync();
        await third.Blobs.DeleteAsync(new BlobAddress(third.CheckpointsContainer, Name(third.Published[^1])), null, default);
        await AssertFaultAsync(third, LedgerFaultKind.CheckpointReplayed, 300);
    }

    [Fact]
    public async Task Checkpoints_signed_with_a_swapped_key_are_named()
    {
        var lab = await BuildAsync();
        var stranger = await LedgerLab.CreateAsync(azurite, secret: 9);
        await AssertFaultAsync(lab, LedgerFaultKind.KeySwapped, 300, stranger.Signer.PublicKey);

        var checkpoint = lab.Published[^1].Checkpoint.Checkpoint;
        var signature = await stranger.Signer.SignAsync(SignedNote.Bytes(checkpoint.ToString()), default);
        var note = new SignedNote(checkpoint.ToString(), [new NoteSignature(LedgerLab.Origin, stranger.Signer.PublicKey.KeyId, signature)]);
        await lab.WriteBlobAsync(lab.CheckpointsContainer, Name(lab.Published[^1]), SignedNote.Bytes(note.ToString()));
        await AssertFaultAsync(lab, LedgerFaultKind.KeySwapped, 300);
    }

    [Fact]
    public async Task A_checkpoint_with_a_changed_byte_is_named()
    {
        var lab = await BuildAsync();
        var note = lab.Published[1].Checkpoint.Note.Replace($"\n{lab.Published[1].Checkpoint.Checkpoint.Size}\n", "\n151\n", StringComparison.Ordinal);
        await lab.WriteBlobAsync(lab.CheckpointsContainer, Name(lab.Published[1]), SignedNote.Bytes(note));
        await AssertFaultAsync(lab, LedgerFaultKind.CheckpointEdited, lab.Published[1].Checkpoint.Checkpoint.Size);
    }

    [Fact]
    public async Task A_changed_or_missing_tile_is_named_and_the_entries_are_not_blamed_for_it()
    {
        foreach (var path in new[] { "tile/0/000", "tile/0/001.p/44", "tile/1/000.p/1" })
        {
            var lab = await BuildAsync();
            var bytes = await lab.ReadBlobAsync(lab.TilesContainer, path);
            bytes[7] ^= 1;
            await lab.WriteBlobAsync(lab.TilesContainer, path, bytes);
            await AssertOnlyTilesAsync(lab);
            await lab.Blobs.DeleteAsync(new BlobAddress(lab.TilesContainer, path), null, default);
            await AssertOnlyTilesAsync(lab);
        }

        static async Task AssertOnlyTilesAsync(LedgerLab lab)
        {
            var verdict = await lab.VerifyAsync();
            Assert.NotEmpty(verdict.Faults);
            Assert.All(verdict.Faults, fault => Assert.Equal(LedgerFaultKind.TileChanged, fault.Kind));
        }
    }

    [Fact]
    public async Task An_edit_hidden_in_its_act_row_too_is_named()
    {
        var lab = await BuildAsync();
        await lab.EditAsync(5);
        await RewriteActRowAsync(lab, 5);
        await AssertFirstFaultAsync(lab, LedgerFaultKind.EntryEdited, 5);

        // Behind the last checkpoint only the head contradicts it: all that is sure is where the checkpoints end.
        var late = await BuildAsync();
        await late.EditAsync(350);
        await RewriteActRowAsync(late, 350);
        await AssertFirstFaultAsync(late, LedgerFaultKind.HeadChanged, 300);
    }

    [Fact]
    public async Task An_act_row_taken_away_to_have_an_act_twice_is_named()
    {
        var lab = await BuildAsync();
        await lab.Tables.SubmitAsync(lab.Name, TableWrite.DeleteAny(LedgerRows.Log, LedgerRows.ActKey("act-17", EntryKind.Intent)), default);
        await AssertFirstFaultAsync(lab, LedgerFaultKind.ActRowChanged, await IndexOfAsync(lab, "act-17"));
        await lab.Ledger.AppendAsync(TestEntries.Intent("act-17"), default);
        await AssertFirstFaultAsync(lab, LedgerFaultKind.ActRowChanged, await IndexOfAsync(lab, "act-17"));
    }

    [Fact]
    public async Task An_act_row_without_entry_or_mangled_is_named()
    {
        var lab = await BuildAsync();
        await lab.Tables.SubmitAsync(lab.Name, TableWrite.Insert(LedgerRows.WriteAct(LedgerRows.ActKey("ghost", EntryKind.Intent), 3, 0, MerkleTree.EmptyRoot)), default);
        await AssertFirstFaultAsync(lab, LedgerFaultKind.ActRowChanged, 400);
        await lab.Tables.SubmitAsync(lab.Name, TableWrite.Upsert(new TableRow(LedgerRows.Log, LedgerRows.ActKey("act-30", EntryKind.Intent)) { ["Place"] = "x" }), default);
        await AssertFirstFaultAsync(lab, LedgerFaultKind.ActRowChanged, await IndexOfAsync(lab, "act-30"));
    }

    /// <summary>400 entries in pages of many sizes; checkpoints at 1, 150, 151 and 300.</summary>
    private async Task<LedgerLab> BuildAsync()
    {
        var lab = await LedgerLab.CreateAsync(azurite);
        foreach (var (from, count, checkpoint) in new[] { (0, 1, true), (1, 149, true), (150, 1, true), (151, 149, true), (300, 50, false), (350, 49, false), (399, 1, false) })
        {
            await lab.Ledger.AppendTogetherAsync(from, count);
            if (checkpoint)
            {
                await lab.Checkpointer.RunAsync(default);
            }
        }

        return lab;
    }

    private static string Name(CheckpointPublication publication) => publication.Checkpoint.Checkpoint.Size.ToString("D19", System.Globalization.CultureInfo.InvariantCulture);

    private static async Task<long> IndexOfAsync(LedgerLab lab, string actId) => (await lab.Ledger.AllAsync()).First(record => record.Entry.ActId == actId).Index;

    private static async Task CutAsync(LedgerLab lab, long size)
    {
        await lab.SetHeadAsync(size);
        foreach (var page in (await lab.ReadPagesAsync()).Where(page => page.First >= size))
        {
            await lab.DeletePageAsync(page.First);
        }
    }

    private static async Task DeleteActRowsFromAsync(LedgerLab lab, long size)
    {
        await foreach (var row in lab.Tables.QueryAsync(lab.Name, LedgerRows.Acts, default))
        {
            if (LedgerRows.ReadAct(row).Index >= size)
            {
                await lab.Tables.SubmitAsync(lab.Name, TableWrite.Delete(row), default);
            }
        }
    }

    private static async Task RewriteActRowAsync(LedgerLab lab, long index)
    {
        var record = (await lab.Ledger.AllAsync(index))[0];
        var key = LedgerRows.ActKey(record.Entry.ActId, record.Entry.Kind);
        var row = LedgerRows.ReadAct((await lab.Tables.GetAsync(lab.Name, LedgerRows.Log, key, default))!);
        await lab.Tables.SubmitAsync(lab.Name, TableWrite.Upsert(LedgerRows.WriteAct(key, row.Index, row.Page, MerkleTree.HashLeaf(record.Bytes.Span))), default);
    }

    private static async Task WriteLatestAsync(LedgerLab lab, string note) =>
        await lab.Tables.SubmitAsync(lab.Name, TableWrite.Upsert(new TableRow("checkpoint", "latest") { ["Note"] = note, ["Before"] = 0L, ["Published"] = true }), default);

    private static async Task AssertFirstFaultAsync(LedgerLab lab, LedgerFaultKind kind, long index)
    {
        var verdict = await lab.VerifyAsync();
        Assert.NotEmpty(verdict.Faults);
        Assert.Equal((kind, index), (verdict.Faults[0].Kind, verdict.Faults[0].Index));
    }

    private static async Task AssertFaultAsync(LedgerLab lab, LedgerFaultKind kind, long index, LedgerPublicKey? key = null)
    {
        var verdict = await lab.VerifyAsync(key: key);
        Assert.Contains(verdict.Faults, fault => (fault.Kind, fault.Index) == (kind, index));
    }
}
