using TfFlow.Programme.Ledger;

namespace TfFlow.Vault.Ledger;

/// <summary>The checkpoints that hold by themselves, and what is wrong with the others.</summary>
internal sealed class CheckpointAudit(LedgerPublicKey key)
{
    private readonly SortedDictionary<long, Hash256> roots = [];
    private readonly List<LedgerFault> faults = [];
    private long newestStored;

    /// <summary>The signed root of each size.</summary>
    public IReadOnlyDictionary<long, Hash256> Roots => roots;

    public IReadOnlyList<LedgerFault> Faults => faults;

    public long Newest => roots.Count == 0 ? 0 : roots.Keys.Last();

    public static async Task<CheckpointAudit> RunAsync(CheckpointStore store, LedgerPublicKey key, IEnumerable<string> held, CancellationToken cancellationToken)
    {
        var audit = new CheckpointAudit(key);
        var latest = await store.FindLatestAsync(cancellationToken);
        await foreach (var (name, note) in store.ListAsync(cancellationToken))
        {
            audit.AddStored(name, note);
        }

        if (latest is not null)
        {
            audit.AddLatest(latest);
        }

        foreach (var note in held)
        {
            audit.AddHeld(note);
        }

        return audit;
    }

    private void AddStored(string name, string note)
    {
        var size = CheckpointStore.SizeOf(name);
        newestStored = Math.Max(newestStored, size ?? 0);
        if (Open(note, size ?? 0, $"The checkpoint stored as {name}") is not { } checkpoint)
        {
            return;
        }

        if (size != checkpoint.Size)
        {
            faults.Add(new(LedgerFaultKind.CheckpointReplayed, size ?? checkpoint.Size, $"What is stored as checkpoint {name} is the one of size {checkpoint.Size}."));
            return;
        }

        Add(checkpoint);
    }

    private void AddLatest(LatestCheckpoint latest)
    {
        if (Open(latest.Note, newestStored, "The latest checkpoint's row") is not { } checkpoint)
        {
            return;
        }

        if (checkpoint.Size < newestStored)
        {
            faults.Add(new(LedgerFaultKind.CheckpointReplayed, checkpoint.Size, $"The latest checkpoint's row shows size {checkpoint.Size}, and one of size {newestStored} is stored."));
        }
        else if (latest.Published && checkpoint.Size > newestStored)
        {
            faults.Add(new(LedgerFaultKind.CheckpointReplayed, checkpoint.Size, $"The checkpoint of size {checkpoint.Size} was published and is no longer stored; the newest stored is of size {newestStored}."));
        }

        newestStored = Math.Max(newestStored, checkpoint.Size);
        Add(checkpoint);
    }

    private void AddHeld(string note)
    {
        if (Open(note, 0, "A checkpoint that a party holds") is not { } checkpoint)
        {
            return;
        }

        if (checkpoint.Size > newestStored)
        {
            faults.Add(new(LedgerFaultKind.CheckpointReplayed, newestStored, $"A party holds the checkpoint of size {checkpoint.Size}; the newest the store shows is of size {newestStored}."));
        }

        Add(checkpoint);
    }

    private void Add(Checkpoint checkpoint)
    {
        if (!roots.TryAdd(checkpoint.Size, checkpoint.Root) && roots[checkpoint.Size] != checkpoint.Root)
        {
            faults.Add(new(LedgerFaultKind.Forked, checkpoint.Size, $"Two checkpoints of size {checkpoint.Size} are signed with different roots: two histories were shown."));
        }
    }

    private Checkpoint? Open(string note, long index, string what)
    {
        try
        {
            return SignedCheckpoint.Open(note, key).Checkpoint;
        }
        catch (LedgerProofException exception)
        {
            faults.Add(new(IsOfOtherKey(note) ? LedgerFaultKind.KeySwapped : LedgerFaultKind.CheckpointEdited, index, $"{what}: {exception.Message}"));
            return null;
        }
    }

    private bool IsOfOtherKey(string note)
    {
        try
        {
            return SignedNote.Parse(note).Signatures.All(signature => signature.KeyId != key.KeyId);
        }
        catch (LedgerProofException)
        {
            return false;
        }
    }
}
