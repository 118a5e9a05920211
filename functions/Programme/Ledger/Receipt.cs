using System.Globalization;

namespace TfFlow.Programme.Ledger;

/// <summary>The proof that an entry is in the ledger: the entry's bytes, where it stands, the way up to the root, and the signed checkpoint with that root.</summary>
/// <param name="Index">The entry's place, from 0.</param>
/// <param name="Entry">Canonical bytes.</param>
/// <param name="Checkpoint">A signed checkpoint's note.</param>
/// <remarks>C2SP tlog-proof, with the entry in its extra line.</remarks>
public sealed record Receipt(long Index, ReadOnlyMemory<byte> Entry, IReadOnlyList<Hash256> Proof, string Checkpoint)
{
    internal const string Header = "c2sp.org/tlog-proof@v1";
    private const string ExtraLead = "extra ";
    private const string IndexLead = "index ";

    /// <exception cref="LedgerProofException">Not a receipt.</exception>
    public static Receipt Parse(string text)
    {
        var end = text.IndexOf("\n\n", StringComparison.Ordinal);
        if (end >= 0
            && text[..end].Split('\n') is [Header, var extra, var place, .. var path]
            && extra.StartsWith(ExtraLead, StringComparison.Ordinal)
            && StrictBase64.TryDecode(extra[ExtraLead.Length..], out byte[] entry)
            && place.StartsWith(IndexLead, StringComparison.Ordinal)
            && long.TryParse(place.AsSpan(IndexLead.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var index)
            && place == IndexLine(index))
        {
            return new Receipt(index, entry, [.. path.Select(ReadHash)], text[(end + 2)..]);
        }

        throw new LedgerProofException($"It is not a receipt: the first line is '{Header}', then come 'extra' with the entry, 'index', the proof, an empty line and a checkpoint.");
    }

    /// <summary>Checks the whole receipt with the ledger's public key alone.</summary>
    /// <returns>The entry it proves.</returns>
    /// <exception cref="LedgerProofException">It does not hold.</exception>
    public LedgerEntry Check(LedgerPublicKey key)
    {
        var checkpoint = SignedCheckpoint.Open(Checkpoint, key).Checkpoint;
        if (!MerkleProof.VerifyInclusion((ulong)Index, (ulong)checkpoint.Size, MerkleTree.HashLeaf(Entry.Span), Proof, checkpoint.Root))
        {
            throw new LedgerProofException($"The proof does not lead from the entry at {Index} to the root of the checkpoint of size {checkpoint.Size}: entry, index or proof was changed.");
        }

        try
        {
            return CanonicalEntry.Decode(Entry.Span);
        }
        catch (InvalidDataException exception)
        {
            throw new LedgerProofException(exception.Message);
        }
    }

    public override string ToString() =>
        string.Join('\n', [Header, ExtraLead + Convert.ToBase64String(Entry.Span), IndexLine(Index), .. Proof.Select(hash => hash.ToBase64()), "", Checkpoint]);

    private static string IndexLine(long index) => IndexLead + index.ToString(CultureInfo.InvariantCulture);

    private static Hash256 ReadHash(string line) => StrictBase64.TryDecode(line, out Hash256 hash)
        ? hash
        : throw new LedgerProofException("A line of the proof is not a SHA-256 value in base64.");
}
