using System.Globalization;

namespace TfFlow.Programme.Ledger;

/// <summary>A tree's head at one size, as the ledger signs it.</summary>
/// <param name="Origin">The ledger's name.</param>
/// <param name="Size">The number of entries.</param>
/// <remarks>C2SP tlog-checkpoint.</remarks>
public sealed record Checkpoint(string Origin, long Size, Hash256 Root)
{
    /// <exception cref="LedgerProofException">Not a checkpoint.</exception>
    public static Checkpoint Parse(string text)
    {
        if (text.Split('\n') is [{ Length: > 0 } origin, var size, var root, .. var extensions, ""]
            && long.TryParse(size, NumberStyles.None, CultureInfo.InvariantCulture, out var leaves)
            && leaves.ToString(CultureInfo.InvariantCulture) == size
            && StrictBase64.TryDecode(root, out Hash256 hash)
            && extensions.All(line => line.Length > 0))
        {
            return new Checkpoint(origin, leaves, hash);
        }

        throw new LedgerProofException("It is not a checkpoint: origin, size and root, a line each.");
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Origin}\n{Size}\n{Root.ToBase64()}\n");
}

/// <summary>A checkpoint whose signature was checked, with the note that proves it.</summary>
public sealed class SignedCheckpoint
{
    private SignedCheckpoint(Checkpoint checkpoint, string note)
    {
        Checkpoint = checkpoint;
        Note = note;
    }

    public Checkpoint Checkpoint { get; }

    /// <summary>The checkpoint with its signatures, as it is stored and sent.</summary>
    public string Note { get; }

    /// <summary>Reads a checkpoint and checks that this key signed it. Signatures of other keys are passed over.</summary>
    /// <exception cref="LedgerProofException">It is not a checkpoint, not this ledger's, or the signature is missing or wrong.</exception>
    public static SignedCheckpoint Open(string note, LedgerPublicKey key)
    {
        var signed = SignedNote.Parse(note);
        var checkpoint = Checkpoint.Parse(signed.Text);
        if (checkpoint.Origin != key.Name)
        {
            throw new LedgerProofException($"The checkpoint is of ledger '{checkpoint.Origin}', not of '{key.Name}'.");
        }

        var ours = signed.Signatures.Where(signature => signature.Name == key.Name && signature.KeyId == key.KeyId).ToList();
        if (ours.Count == 0)
        {
            throw new LedgerProofException($"The checkpoint of size {checkpoint.Size} is not signed by key {key.KeyId:x8} of '{key.Name}', but by {Others(signed)}.");
        }

        var text = SignedNote.Bytes(signed.Text);
        return ours.TrueForAll(signature => key.Verify(text, signature.Signature.Span))
            ? new SignedCheckpoint(checkpoint, note)
            : throw new LedgerProofException($"The signature under the checkpoint of size {checkpoint.Size} does not fit its text: one of them was changed.");
    }

    private static string Others(SignedNote note) =>
        string.Join(", ", note.Signatures.Select(signature => $"key {signature.KeyId:x8} of '{signature.Name}'"));
}
