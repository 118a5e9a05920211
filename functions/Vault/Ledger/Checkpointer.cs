using TfFlow.Programme.Ledger;

namespace TfFlow.Vault.Ledger;

/// <summary>When a checkpoint is due: so old is the oldest entry without one, or so many wait.</summary>
/// <remarks>The interval bounds what can be cut from the ledger's end unseen.</remarks>
public sealed record CheckpointPolicy
{
    /// <summary>Default: five minutes.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Default: 10,000.</summary>
    public long Entries { get; init; } = 10_000;
}

/// <summary>A checkpoint on its way to the parties: it adds the entries [<paramref name="From"/>, its size).</summary>
public sealed record CheckpointPublication(SignedCheckpoint Checkpoint, long From);

/// <summary>Grows the tiles to the ledger's head and signs it, never over entries that contradict what it signed before.</summary>
/// <param name="publish">Hands the checkpoint to every party; called at least once for each, so it must bear repetition.</param>
public sealed class Checkpointer(Ledger ledger, ILedgerSigner signer, Func<CheckpointPublication, CancellationToken, Task> publish)
{
    // What was signed once is remembered, so that a store set back to an earlier state is never signed over.
    private long? signedBefore;

    /// <summary>Writes a checkpoint when the policy says so, and finishes one that was interrupted.</summary>
    /// <returns>The checkpoint published, or null when none was due.</returns>
    /// <exception cref="LedgerDamagedException">The entries do not continue the last checkpoint: nothing is signed.</exception>
    public async Task<SignedCheckpoint?> RunIfDueAsync(CheckpointPolicy policy, TimeProvider time, CancellationToken cancellationToken)
    {
        var (latest, signed) = await FindLatestAsync(cancellationToken);
        if (latest is { Published: false })
        {
            return await PublishAsync(latest, signed!, cancellationToken);
        }

        var from = signed?.Checkpoint.Size ?? 0;
        var waiting = (await ledger.GetHeadAsync(cancellationToken)).Size - from;
        if (waiting == 0)
        {
            return null;
        }

        var isDue = waiting < 0 || waiting >= policy.Entries
            || time.GetUtcNow() - (await ledger.ReadAsync(from, cancellationToken).FirstAsync(cancellationToken)).Entry.At >= policy.Interval;
        return isDue ? await RunAsync(cancellationToken) : null;
    }

    /// <summary>Writes a checkpoint of the ledger as it stands.</summary>
    /// <returns>The checkpoint published, or null when nothing was appended since the last.</returns>
    /// <exception cref="LedgerDamagedException">The entries do not continue the last checkpoint: nothing is signed.</exception>
    /// <exception cref="LedgerProofException">The last checkpoint is not one this signer signed.</exception>
    public async Task<SignedCheckpoint?> RunAsync(CancellationToken cancellationToken)
    {
        var (latest, signed) = await FindLatestAsync(cancellationToken);
        if (latest is { Published: false })
        {
            await PublishAsync(latest, signed!, cancellationToken);
            (latest, signed) = await FindLatestAsync(cancellationToken);
        }

        var from = signed?.Checkpoint.Size ?? 0;
        var head = await ledger.GetHeadAsync(cancellationToken);
        if (head.Size < from)
        {
            throw new LedgerDamagedException(head.Size, $"a checkpoint was signed over {from} entries, and {head.Size} are left.");
        }

        if (head.Size == from)
        {
            return null;
        }

        await GrowAsync(signed?.Checkpoint, head, cancellationToken);
        var next = await SignAsync(new Checkpoint(signer.PublicKey.Name, head.Size, head.Root), cancellationToken);
        latest = await ledger.Checkpoints.WriteLatestAsync(latest, next.Note, from, published: false, cancellationToken);
        return await PublishAsync(latest, next, cancellationToken);
    }

    private async Task<(LatestCheckpoint? Latest, SignedCheckpoint? Signed)> FindLatestAsync(CancellationToken cancellationToken)
    {
        var latest = await ledger.Checkpoints.FindLatestAsync(cancellationToken);
        var signed = latest is null ? null : SignedCheckpoint.Open(latest.Note, signer.PublicKey);
        var size = signed?.Checkpoint.Size ?? 0;
        signedBefore ??= await ledger.Checkpoints.FindNewestSizeAsync(cancellationToken);
        if (size < signedBefore)
        {
            throw new LedgerDamagedException(size, $"a checkpoint was signed over {signedBefore} entries, and the store now begins again after {size}.");
        }

        return (latest, signed);
    }

    private async Task<SignedCheckpoint> PublishAsync(LatestCheckpoint latest, SignedCheckpoint signed, CancellationToken cancellationToken)
    {
        signedBefore = signed.Checkpoint.Size;
        await ledger.Checkpoints.WriteBlobAsync(signed, cancellationToken);
        await publish(new CheckpointPublication(signed, latest.Before), cancellationToken);
        await ledger.Checkpoints.WriteLatestAsync(latest, latest.Note, latest.Before, published: true, cancellationToken);
        return signed;
    }

    private async Task<SignedCheckpoint> SignAsync(Checkpoint checkpoint, CancellationToken cancellationToken)
    {
        var text = checkpoint.ToString();
        var signature = await signer.SignAsync(SignedNote.Bytes(text), cancellationToken);
        var note = new SignedNote(text, [new NoteSignature(signer.PublicKey.Name, signer.PublicKey.KeyId, signature)]);
        return SignedCheckpoint.Open(note.ToString(), signer.PublicKey);
    }

    /// <summary>Writes the tiles from the last checkpoint to the head, taking nothing on trust but the last signature.</summary>
    private async Task GrowAsync(Checkpoint? last, LedgerHead head, CancellationToken cancellationToken)
    {
        var full = new Queue<(Tile Tile, Hash256[] Hashes)>();
        var builder = new TileBuilder((tile, hashes) => full.Enqueue((tile, hashes)));
        var begun = new HashSet<Tile>();
        if (last is not null)
        {
            var partial = new List<(Tile, Hash256[])>();
            foreach (var tile in Tile.Partial(last.Size))
            {
                begun.Add(tile with { Width = Tile.FullWidth });
                partial.Add((tile, await ledger.Tiles.FindAsync(tile, cancellationToken) ?? throw new LedgerDamagedException(last.Size, $"{tile.Path} is missing or cut.")));
            }

            builder.Resume(last.Size, partial);
            if (builder.Root != last.Root)
            {
                throw new LedgerDamagedException(last.Size, "the tiles do not give the root of the last checkpoint.");
            }
        }

        await foreach (var record in ledger.ReadAsync(builder.Size, cancellationToken).TakeWhile(record => record.Index < head.Size).WithCancellation(cancellationToken))
        {
            builder.Append(MerkleTree.HashLeaf(record.Bytes.Span));
            await FlushAsync();
        }

        if (builder.Size != head.Size || builder.Root != head.Root)
        {
            throw new LedgerDamagedException(last?.Size ?? 0, "the entries from here on do not give the root the head keeps.");
        }

        foreach (var (tile, hashes) in builder.Partial())
        {
            await ledger.Tiles.WriteAsync(tile, hashes, cancellationToken);
        }

        async Task FlushAsync()
        {
            while (full.TryDequeue(out var next))
            {
                await ledger.Tiles.WriteAsync(next.Tile, next.Hashes, cancellationToken);
                if (begun.Contains(next.Tile))
                {
                    await ledger.Tiles.DeletePartialAsync(next.Tile, cancellationToken);
                }
            }
        }
    }
}
