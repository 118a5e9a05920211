using TfFlow.Programme.Ledger;
using TfFlow.TestKit;
using TfFlow.Vault.Ledger;
using TfFlow.Vault.Storage;

namespace TfFlow.Vault.Tests.Ledger;

[Collection(AzuriteFixture.Collection)]
public class CheckpointerTest(AzuriteFixture azurite)
{
    [Fact]
    public async Task A_checkpoint_signs_the_head_and_reaches_the_container_and_the_parties()
    {
        var lab = await LedgerLab.CreateAsync(azurite);
        await lab.Ledger.AppendTogetherAsync(0, 300);
        var signed = await lab.Checkpointer.RunAsync(default);

        var head = await lab.Ledger.GetHeadAsync(default);
        Assert.Equal(new Checkpoint(LedgerLab.Origin, 300, head.Root), signed!.Checkpoint);
        Assert.Equal(["0000000000000000300"], await lab.ListAsync(lab.CheckpointsContainer));
        Assert.Equal(signed.Note, System.Text.Encoding.UTF8.GetString(await lab.ReadBlobAsync(lab.CheckpointsContainer, "0000000000000000300")));
        Assert.Equal((signed.Note, 0L), Assert.Single(lab.Published.Select(publication => (publication.Checkpoint.Note, publication.From))));
        Assert.Equal(["tile/0/000", "tile/0/001.p/44", "tile/1/000.p/1"], await lab.ListAsync(lab.TilesContainer));
    }

    [Fact]
    public async Task Nothing_new_is_nothing_signed()
    {
        var lab = await LedgerLab.CreateAsync(azurite);
        Assert.Null(await lab.Checkpointer.RunAsync(default));
        await lab.Ledger.AppendOneByOneAsync(0, 1);
        Assert.NotNull(await lab.Checkpointer.RunAsync(default));
        Assert.Null(await lab.Checkpointer.RunAsync(default));
        Assert.Single(lab.Published);
    }

    [Fact]
    public async Task Each_checkpoint_provably_continues_every_earlier_one()
    {
        var lab = await LedgerLab.CreateAsync(azurite);
        var signed = new List<Checkpoint>();
        foreach (var count in new[] { 1, 6, 249, 1, 260, 3 })
        {
            await lab.Ledger.AppendTogetherAsync(signed.Count == 0 ? 0 : (int)signed[^1].Size, count);
            signed.Add((await lab.Checkpointer.RunAsync(default))!.Checkpoint);
        }

        foreach (var later in signed)
        {
            foreach (var earlier in signed.TakeWhile(checkpoint => checkpoint.Size <= later.Size))
            {
                var proof = await lab.Ledger.ProveConsistencyAsync(earlier, later, default);
                Assert.True(MerkleProof.VerifyConsistency((ulong)earlier.Size, (ulong)later.Size, proof, earlier.Root, later.Root));
            }
        }

        // A partial tile goes when the full one has come.
        Assert.DoesNotContain(await lab.ListAsync(lab.TilesContainer), name => name.StartsWith("tile/0/000.p", StringComparison.Ordinal));
        Assert.Equal([0L, 1, 7, 256, 257, 517], lab.Published.Select(publication => publication.From));
        Assert.True((await lab.VerifyAsync(withHeld: true)).IsSound);
    }

    [Fact]
    public async Task A_receipt_is_pending_until_the_next_checkpoint_and_then_checked_offline()
    {
        var lab = await LedgerLab.CreateAsync(azurite);
        await lab.Ledger.AppendTogetherAsync(0, 300);
        await lab.Checkpointer.RunAsync(default);
        await lab.Ledger.AppendAsync(TestEntries.Intent("late"), default);
        Assert.Null(await lab.Ledger.FindReceiptAsync("late", EntryKind.Intent, default));
        await lab.Checkpointer.RunAsync(default);

        var text = (await lab.Ledger.FindReceiptAsync("late", EntryKind.Intent, default))!.ToString();
        Assert.Equal("late", Receipt.Parse(text).Check(LedgerPublicKey.Parse(lab.Signer.PublicKey.ToString())).ActId);
        await Assert.ThrowsAsync<ArgumentException>(() => lab.Ledger.FindReceiptAsync("never", EntryKind.Intent, default));
    }

    [Fact]
    public async Task The_parties_receive_a_receipt_for_each_entry_that_concerns_them()
    {
        var lab = await LedgerLab.CreateAsync(azurite);
        await lab.Ledger.AppendTogetherAsync(0, 20);
        await lab.Checkpointer.RunAsync(default);
        await lab.Ledger.AppendAsync(TestEntries.Intent("theirs") with { Agency = "other" }, default);
        await lab.Ledger.AppendTogetherAsync(20, 280);
        await lab.Checkpointer.RunAsync(default);

        var receipts = await lab.Ledger.ReceiptsAsync(lab.Published[1], entry => entry.Agency == "north-police", default).ToListAsync();
        Assert.Equal(280, receipts.Count);
        Assert.All(receipts, pair => Assert.Equal(pair.Record.Entry.ActId, pair.Receipt.Check(lab.Signer.PublicKey).ActId));
    }

    [Fact]
    public async Task A_checkpoint_is_due_by_age_or_by_number()
    {
        var lab = await LedgerLab.CreateAsync(azurite);
        var clock = new TestClock();
        var policy = new CheckpointPolicy { Interval = TimeSpan.FromMinutes(5), Entries = 10 };
        Assert.Null(await lab.Checkpointer.RunIfDueAsync(policy, clock, default));
        await lab.Ledger.AppendOneByOneAsync(0, 1);
        Assert.Null(await lab.Checkpointer.RunIfDueAsync(policy, clock, default));
        clock.Now = TestEntries.Start.AddMinutes(5);
        Assert.Equal(1, (await lab.Checkpointer.RunIfDueAsync(policy, clock, default))!.Checkpoint.Size);
        clock.Now = TestEntries.Start;
        await lab.Ledger.AppendTogetherAsync(1, 9);
        Assert.Null(await lab.Checkpointer.RunIfDueAsync(policy, clock, default));
        await lab.Ledger.AppendTogetherAsync(10, 1);
        Assert.Equal(11, (await lab.Checkpointer.RunIfDueAsync(policy, clock, default))!.Checkpoint.Size);
    }

    [Fact]
    public async Task A_checkpoint_whose_publication_failed_is_published_by_the_next_run()
    {
        var lab = await LedgerLab.CreateAsync(azurite);
        await lab.Ledger.AppendOneByOneAsync(0, 3);
        var failing = new Checkpointer(lab.Ledger, lab.Signer, (_, _) => throw new StorageException(StorageError.Unavailable, "Put Blob", "outbox", "it is away."));
        await Assert.ThrowsAsync<StorageException>(() => failing.RunAsync(default));
        Assert.True((await lab.VerifyAsync()).IsSound);

        var clock = new TestClock();
        await lab.Checkpointer.RunIfDueAsync(new CheckpointPolicy(), clock, default);
        Assert.Equal((3, 0), Assert.Single(lab.Published.Select(publication => (publication.Checkpoint.Checkpoint.Size, publication.From))));
        Assert.Null(await lab.Checkpointer.RunIfDueAsync(new CheckpointPolicy(), clock, default));
    }

    [Fact]
    public async Task Two_checkpointers_at_once_sign_one_line_of_checkpoints()
    {
        var lab = await LedgerLab.CreateAsync(azurite);
        var other = new Checkpointer(new Vault.Ledger.Ledger(lab.Tables, lab.Blobs, lab.Name), lab.Signer, (_, _) => Task.CompletedTask);
        for (var i = 0; i < 5; i++)
        {
            await lab.Ledger.AppendTogetherAsync(i * 60, 60);
            await Task.WhenAll(((Checkpointer[])[lab.Checkpointer, other]).Select(async one =>
            {
                if (await Record.ExceptionAsync(() => one.RunAsync(default)) is { } lost)
                {
                    Assert.True(lost is StorageException { Error: StorageError.ConditionNotMet or StorageError.AlreadyExists }, lost.ToString());
                }
            }));
        }

        var verdict = await lab.VerifyAsync(withHeld: true);
        Assert.Empty(verdict.Faults);
    }

    [Fact]
    public async Task Nothing_is_signed_over_entries_that_contradict_the_last_checkpoint()
    {
        var lab = await LedgerLab.CreateAsync(azurite);
        await lab.Ledger.AppendTogetherAsync(0, 40);
        await lab.Checkpointer.RunAsync(default);
        await lab.Ledger.AppendOneByOneAsync(40, 3);
        await lab.EditAsync(41);
        await Assert.ThrowsAsync<LedgerDamagedException>(() => lab.Checkpointer.RunAsync(default));

        await lab.SetHeadAsync(20);
        await Assert.ThrowsAsync<LedgerDamagedException>(() => lab.Checkpointer.RunAsync(default));
        Assert.Single(lab.Published);
    }

    [Fact]
    public async Task A_store_set_back_behind_a_signed_checkpoint_is_never_signed_over()
    {
        var lab = await LedgerLab.CreateAsync(azurite);
        await lab.Ledger.AppendOneByOneAsync(0, 2);
        await lab.Checkpointer.RunAsync(default);
        var row = (await lab.Tables.GetAsync(lab.Name, "checkpoint", "latest", default))!;
        await lab.Ledger.AppendOneByOneAsync(2, 2);
        await lab.Checkpointer.RunAsync(default);
        await lab.Tables.SubmitAsync(lab.Name, TableWrite.Upsert(row), default);
        await lab.Ledger.AppendOneByOneAsync(4, 2);

        var restarted = new Checkpointer(lab.Ledger, lab.Signer, (_, _) => Task.CompletedTask);
        await Assert.ThrowsAsync<LedgerDamagedException>(() => restarted.RunAsync(default));
        await Assert.ThrowsAsync<LedgerDamagedException>(() => lab.Checkpointer.RunAsync(default));
    }

    [Fact]
    public async Task The_same_secret_gives_the_same_key_and_another_secret_another()
    {
        var one = await LedgerLab.CreateAsync(azurite, secret: 7);
        var same = await LedgerLab.CreateAsync(azurite, secret: 7);
        var other = await LedgerLab.CreateAsync(azurite, secret: 8);
        Assert.Equal(one.Signer.PublicKey.ToString(), same.Signer.PublicKey.ToString());
        Assert.NotEqual(one.Signer.PublicKey.ToString(), other.Signer.PublicKey.ToString());
    }

    [Fact]
    public async Task A_proof_reads_few_tiles_however_long_the_ledger()
    {
        var lab = await LedgerLab.CreateAsync(azurite);
        for (var from = 0; from < 2100; from += 700)
        {
            await lab.Ledger.AppendTogetherAsync(from, 700);
        }

        await lab.Checkpointer.RunAsync(default);
        var counted = new CountingBlobs(lab.Blobs);
        await new Vault.Ledger.Ledger(lab.Tables, counted, lab.Name).FindReceiptAsync("act-3", EntryKind.Intent, default);
        Assert.InRange(counted.Reads, 1, 4);
    }
}
