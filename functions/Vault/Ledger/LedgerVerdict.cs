using TfFlow.Programme.Ledger;

namespace TfFlow.Vault.Ledger;

public enum LedgerFaultKind
{
    /// <summary>An entry's bytes are not those that were appended.</summary>
    EntryEdited,

    EntryDeleted,

    EntryInserted,

    EntryReordered,

    /// <summary>Entries are missing at the end, behind what the head or a checkpoint counts.</summary>
    TailCut,

    /// <summary>A checkpoint was signed over another history.</summary>
    Forked,

    /// <summary>An old checkpoint stands where a newer one belongs.</summary>
    CheckpointReplayed,

    /// <summary>A checkpoint's text or signature was changed.</summary>
    CheckpointEdited,

    /// <summary>A checkpoint is signed by another key.</summary>
    KeySwapped,

    /// <summary>The head row does not fit the entries.</summary>
    HeadChanged,

    /// <summary>A tile does not fit the entries and the checkpoints.</summary>
    TileChanged,

    /// <summary>A row that finds an act's entry is missing, added or changed.</summary>
    ActRowChanged,
}

/// <param name="Index">The first entry it concerns; for a checkpoint, the size it gives.</param>
/// <param name="Detail">What is wrong, in a sentence.</param>
public sealed record LedgerFault(LedgerFaultKind Kind, long Index, string Detail);

/// <param name="Entries">How many were checked.</param>
/// <param name="Root">The root they give.</param>
/// <param name="Checkpoints">At how many sizes a checkpoint was signed, those that parties hold included.</param>
/// <param name="Covered">How many entries the newest checkpoint covers: what stands after them could still be cut off unseen.</param>
/// <param name="Faults">What is wrong; the first bad entry comes first.</param>
public sealed record LedgerVerdict(long Entries, Hash256 Root, int Checkpoints, long Covered, IReadOnlyList<LedgerFault> Faults)
{
    public bool IsSound => Faults.Count == 0;

    public override string ToString() => Faults is [var first, ..]
        ? $"{first.Kind} at entry {first.Index}: {first.Detail}{(Faults.Count > 1 ? $" {Faults.Count - 1} more." : "")}"
        : $"{Entries} entries, {Covered} of them under a checkpoint ({Checkpoints} checked): nothing changed, missing, added or moved.";
}
