using System.Security.Cryptography;
using System.Text;
using TfFlow.Programme.Ledger;

namespace TfFlow.Programme.Tests.Ledger;

public sealed class ReceiptTest : IDisposable
{
    private const string Origin = "example.org/tfflow";

    private readonly ECDsa signer = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly LedgerPublicKey key;

    public ReceiptTest() => key = new LedgerPublicKey(Origin, signer.ExportSubjectPublicKeyInfo());

    public void Dispose() => signer.Dispose();

    [Fact]
    public void A_receipt_is_checked_with_the_public_key_alone_and_gives_the_entry()
    {
        var receipt = Receipt.Parse(Make(5, 7).ToString());
        CanonicalEntryTest.AssertSame(CanonicalEntryTest.Example, receipt.Check(LedgerPublicKey.Parse(key.ToString())));
    }

    [Fact]
    public void Every_single_bit_change_anywhere_in_a_receipt_is_refused()
    {
        var bytes = Encoding.UTF8.GetBytes(Make(2, 5).ToString());
        var strict = new UTF8Encoding(false, throwOnInvalidBytes: true);
        for (var bit = 0; bit < 8 * bytes.Length; bit++)
        {
            var changed = bytes.ToArray();
            changed[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.ThrowsAny<Exception>(() => Receipt.Parse(strict.GetString(changed)).Check(key));
        }
    }

    public static TheoryData<string, string> Handled => new()
    {
        { "as it was sent", "" },
        { "CRLF", "" },
        { "BOM", "" },
        { "blank lines around", "" },
        { "no last line end", "" },
        { "blanks at line ends", "" },
        { "no-break space", "" },
        { "UTF-16", "it was read as UTF-16" },
        { "Windows-1252", "it was read as Windows-1252" },
        { "hyphen", "the dash before a signature was put back" },
        { "en dash", "the dash before a signature was put back" },
        { "quoted", "the > of a quoted mail was taken off" },
        { "whole mail", "what stands before the receipt was left out, what stands after the receipt was left out" },
        { "answered mail", "what stands before the receipt was left out, what stands after the receipt was left out, the > of a quoted mail was taken off" },
        { "two receipts", "another receipt stands below it, and was not looked at, what stands after the receipt was left out" },
    };

    [Theory]
    [MemberData(nameof(Handled))]
    public void A_genuine_receipt_holds_whatever_mail_and_editors_did_to_its_blanks_and_dashes(string how, string told)
    {
        var text = Make(5, 7).ToString();
        var bytes = how switch
        {
            "CRLF" => Encoding.UTF8.GetBytes(text.Replace("\n", "\r\n", StringComparison.Ordinal)),
            "BOM" => [0xef, 0xbb, 0xbf, .. Encoding.UTF8.GetBytes(text)],
            "blank lines around" => Encoding.UTF8.GetBytes($"\n\n{text}\n\n"),
            "no last line end" => Encoding.UTF8.GetBytes(text.TrimEnd('\n')),
            "blanks at line ends" => Encoding.UTF8.GetBytes(text.Replace("\n", " \t\n", StringComparison.Ordinal)),
            "no-break space" => Encoding.UTF8.GetBytes(text.Replace("\u2014 ", "\u2014\u00a0", StringComparison.Ordinal)),
            "UTF-16" => [0xff, 0xfe, .. Encoding.Unicode.GetBytes(text)],
            "Windows-1252" => [.. Encoding.Latin1.GetBytes(text.Replace('\u2014', '\u0097'))],
            "hyphen" => Encoding.UTF8.GetBytes(text.Replace('\u2014', '-')),
            "en dash" => Encoding.UTF8.GetBytes(text.Replace('\u2014', '\u2013')),
            "quoted" => Encoding.UTF8.GetBytes("> " + text.TrimEnd('\n').Replace("\n", "\n> ", StringComparison.Ordinal)),
            "whole mail" => Encoding.UTF8.GetBytes($"From: a@example.org\r\nSubject: Your receipt\r\n\r\nDear all,\r\n\r\n{text}\r\nKind regards\r\n-- \r\nThe office\r\n"),
            "answered mail" => Encoding.UTF8.GetBytes($"Thank you.\n\n> Dear all,\n>\n> {text.TrimEnd('\n').Replace("\n", "\n> ", StringComparison.Ordinal)}\n>\n> Kind regards\nSent from a telephone\n"),
            "two receipts" => Encoding.UTF8.GetBytes($"{text}\n{Make(2, 5)}"),
            _ => Encoding.UTF8.GetBytes(text),
        };
        var read = ReceiptText.Read(bytes);
        CanonicalEntryTest.AssertSame(CanonicalEntryTest.Example, Receipt.Parse(read.Text).Check(key));
        Assert.Equal(told, string.Join(", ", read.Undone));
    }

    [Theory]
    [InlineData(76, false)]
    [InlineData(60, false)]
    [InlineData(72, true)]
    public void A_receipt_that_mail_folded_holds(int width, bool atBlanks)
    {
        var lines = Make(5, 7).ToString().Split('\n')
            .SelectMany(line => line.Length <= width ? [line] : atBlanks ? FoldedAtBlanks(line, width) : line.Chunk(width).Select(part => new string(part)));
        var read = ReceiptText.Read(Encoding.UTF8.GetBytes(string.Join("\r\n", lines)));
        CanonicalEntryTest.AssertSame(CanonicalEntryTest.Example, Receipt.Parse(read.Text).Check(key));
        Assert.Equal("lines that were folded were put together", Assert.Single(read.Undone.Distinct()));
    }

    [Fact]
    public void A_changed_receipt_says_what_was_changed()
    {
        var changed = ReceiptText.Read(Encoding.UTF8.GetBytes(Make(5, 7).ToString().Replace("index 5", "index 4", StringComparison.Ordinal)));
        Assert.Contains("entry, index or proof was changed", Assert.Throws<LedgerProofException>(() => Receipt.Parse(changed.Text).Check(key)).Message, StringComparison.Ordinal);

        var mail = Encoding.UTF8.GetBytes($"Dear all,\n\n{Make(5, 7).ToString().Replace("index 5", "index 4", StringComparison.Ordinal)}\nKind regards\n");
        Assert.Throws<LedgerProofException>(() => Receipt.Parse(ReceiptText.Read(mail).Text).Check(key));

        var other = ReceiptText.Read("Dear all,\nplease find attached"u8);
        Assert.StartsWith("It is not a receipt", Assert.Throws<LedgerProofException>(() => Receipt.Parse(other.Text)).Message, StringComparison.Ordinal);
    }

    // As mail programs do that break at blanks first, and in a word where it is too long.
    private static IEnumerable<string> FoldedAtBlanks(string line, int width)
    {
        var cut = line.LastIndexOf(' ');
        return [line[..cut], .. line[(cut + 1)..].Chunk(width).Select(part => new string(part))];
    }

    [Fact]
    public void A_receipt_for_another_index_or_size_is_refused()
    {
        var receipt = Make(0, 5);
        Assert.Throws<LedgerProofException>(() => (receipt with { Index = 1 }).Check(key));

        // Leaf 0 has the same path in trees of 5 and 7 leaves: the signature is what tells.
        var enlarged = receipt with { Checkpoint = receipt.Checkpoint.Replace("\n5\n", "\n7\n", StringComparison.Ordinal) };
        Assert.Contains("signature", Assert.Throws<LedgerProofException>(() => enlarged.Check(key)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_checkpoint_under_another_key_is_refused_naming_the_key()
    {
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var stranger = new LedgerPublicKey(Origin, other.ExportSubjectPublicKeyInfo());
        var receipt = Make(1, 3);
        var refused = Assert.Throws<LedgerProofException>(() => receipt.Check(stranger));
        Assert.Contains($"{key.KeyId:x8}", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_checkpoint_of_another_ledger_is_refused()
    {
        var receipt = Make(1, 3);
        var elsewhere = new LedgerPublicKey("example.org/other", signer.ExportSubjectPublicKeyInfo());
        Assert.Throws<LedgerProofException>(() => receipt.Check(elsewhere));
    }

    [Fact]
    public void Signatures_of_other_keys_beside_ours_are_passed_over()
    {
        var note = SignedNote.Parse(Sign(new Checkpoint(Origin, 0, MerkleTree.EmptyRoot)));
        var witnessed = note with { Signatures = [new NoteSignature("witness.example", 1, new byte[72]), .. note.Signatures] };
        Assert.Equal(0, SignedCheckpoint.Open(witnessed.ToString(), key).Checkpoint.Size);
    }

    [Fact]
    public void Two_signatures_of_our_key_must_both_hold()
    {
        var note = SignedNote.Parse(Sign(new Checkpoint(Origin, 0, MerkleTree.EmptyRoot)));
        var doubled = note with { Signatures = [.. note.Signatures, note.Signatures[0] with { Signature = new byte[72] }] };
        Assert.Throws<LedgerProofException>(() => SignedCheckpoint.Open(doubled.ToString(), key));
    }

    [Theory]
    [InlineData("")]
    [InlineData("no note")]
    [InlineData("example.org/tfflow\n1\nAAAA\n")]
    [InlineData("example.org/tfflow\n1\nAAAA\n\n")]
    [InlineData("example.org/tfflow\n1\nAAAA\n\n- dash AAAAAAAA\n")]
    [InlineData("example.org/tfflow\r\n1\nAAAA\n\n\u2014 name AAAAAAAA\n")]
    public void What_is_no_signed_note_is_refused(string note) => Assert.Throws<LedgerProofException>(() => SignedNote.Parse(note));

    [Theory]
    [InlineData("origin\n01\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n")]
    [InlineData("origin\n-1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n")]
    [InlineData("origin\n 1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n")]
    [InlineData("origin\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFV=\n")]
    [InlineData("origin\n1\nAAAA\n")]
    [InlineData("\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n")]
    [InlineData("origin\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=")]
    [InlineData("origin\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n\nextension\n")]
    public void What_is_no_checkpoint_is_refused(string text) => Assert.Throws<LedgerProofException>(() => Checkpoint.Parse(text));

    [Fact]
    public void A_checkpoint_reads_back_as_the_specification_writes_it()
    {
        const string Text = "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n";
        Assert.Equal(Text, Checkpoint.Parse(Text).ToString());
    }

    [Fact]
    public void A_damaged_verifier_key_or_one_on_another_curve_is_refused()
    {
        using var p384 = ECDsa.Create(ECCurve.NamedCurves.nistP384);
        Assert.Throws<LedgerProofException>(() => new LedgerPublicKey(Origin, p384.ExportSubjectPublicKeyInfo()));
        Assert.Throws<LedgerProofException>(() => new LedgerPublicKey("a b", signer.ExportSubjectPublicKeyInfo()));
        Assert.Throws<LedgerProofException>(() => LedgerPublicKey.Parse("name+00000000+AAAA"));
        Assert.Throws<LedgerProofException>(() => LedgerPublicKey.Parse(key.ToString().Replace($"{key.KeyId:x8}", "00000000", StringComparison.Ordinal)));
    }

    private Receipt Make(int index, int size)
    {
        var entry = CanonicalEntry.Encode(CanonicalEntryTest.Example);
        var leaves = Tree.Of(size).Leaves.ToList();
        leaves[index] = MerkleTree.HashLeaf(entry);
        var tree = new Tree(leaves);
        return new Receipt(index, entry, tree.ProveInclusion(index, size), Sign(new Checkpoint(Origin, size, tree.Root)));
    }

    private string Sign(Checkpoint checkpoint)
    {
        var text = checkpoint.ToString();
        var signature = signer.SignData(SignedNote.Bytes(text), HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
        return new SignedNote(text, [new NoteSignature(Origin, key.KeyId, signature)]).ToString();
    }
}
