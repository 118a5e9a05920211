using System.Buffers.Binary;
using System.Text;

namespace TfFlow.Programme.Ledger;

/// <summary>A text and the signatures under it.</summary>
/// <remarks>C2SP signed-note.</remarks>
public sealed record SignedNote(string Text, IReadOnlyList<NoteSignature> Signatures)
{
    /// <summary>The most signatures read under one note; the specification asks for 16.</summary>
    private const int MaxSignatures = 64;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <exception cref="LedgerProofException">Not a signed note.</exception>
    public static SignedNote Parse(string note)
    {
        var split = note.LastIndexOf("\n\n", StringComparison.Ordinal);
        if (split < 0 || !note.EndsWith('\n') || note.Any(c => c < ' ' && c != '\n'))
        {
            throw new LedgerProofException("It is not a signed note: a text, an empty line, and signature lines.");
        }

        var lines = note[(split + 2)..].Split('\n')[..^1];
        return lines.Length is > 0 and <= MaxSignatures
            ? new SignedNote(note[..(split + 1)], [.. lines.Select(NoteSignature.Parse)])
            : throw new LedgerProofException($"The note has {lines.Length} signatures; 1 to {MaxSignatures} are read.");
    }

    /// <summary>The text's bytes: what is signed.</summary>
    public static byte[] Bytes(string text) => Utf8.GetBytes(text);

    public override string ToString() => $"{Text}\n{string.Concat(Signatures.Select(signature => $"{signature}\n"))}";
}

/// <param name="Name">The key's name.</param>
/// <param name="KeyId">The first four bytes, big-endian, of a hash that names the key.</param>
public sealed record NoteSignature(string Name, uint KeyId, ReadOnlyMemory<byte> Signature)
{
    private const string Lead = "\u2014 ";
    private const int KeyIdLength = 4;

    /// <exception cref="LedgerProofException">Not a signature line.</exception>
    public static NoteSignature Parse(string line)
    {
        if (line.StartsWith(Lead, StringComparison.Ordinal)
            && line[Lead.Length..].Split(' ') is [var name, var base64]
            && LedgerPublicKey.IsName(name)
            && StrictBase64.TryDecode(base64, out byte[] bytes)
            && bytes.Length > KeyIdLength)
        {
            return new NoteSignature(name, BinaryPrimitives.ReadUInt32BigEndian(bytes), bytes.AsMemory(KeyIdLength));
        }

        throw new LedgerProofException("A signature line is not a dash, a key name, and a signature in base64.");
    }

    public override string ToString()
    {
        var bytes = new byte[KeyIdLength + Signature.Length];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, KeyId);
        Signature.CopyTo(bytes.AsMemory(KeyIdLength));
        return $"{Lead}{Name} {Convert.ToBase64String(bytes)}";
    }
}
