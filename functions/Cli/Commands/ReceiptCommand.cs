using System.CommandLine;
using System.Security.Cryptography;
using TfFlow.Programme.Ledger;

namespace TfFlow.Cli.Commands;

/// <summary><c>tfflow receipt check FILE --key PUBKEY</c>: checks a receipt with the public key alone. Needs no store and no network.</summary>
public static class ReceiptCommand
{
    public static Command Create() => new("receipt", "Check the proof that an act is in the ledger.") { CreateCheck() };

    private static Command CreateCheck()
    {
        var file = new Argument<FileInfo>("FILE") { Description = "The receipt, as it was sent to you." };
        var key = new Option<string>("--key") { Description = "The ledger's public key as you were given it: a verifier key, or a file with one.", Required = true };
        var yours = new Option<FileInfo?>("--file") { Description = "The file you sent: says whether the receipt is of it." };
        var json = new Option<bool>("--json") { Description = "Print the entry as JSON, for machines." };
        var command = new Command("check", "Check a receipt offline. Exit codes: 0 it holds (and is of your file); 1 it does not; 2 the file or key cannot be read.") { file, key, yours, json };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var (output, error) = (parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);
            ReceiptText text;
            LedgerPublicKey publicKey;
            var sha256 = "";
            try
            {
                publicKey = LedgerCommand.ReadKey(parsed.GetValue(key)!);
                text = ReceiptText.Read(await File.ReadAllBytesAsync(parsed.GetValue(file)!.FullName, cancellationToken));
                if (parsed.GetValue(yours) is { } sent)
                {
                    await using var stream = sent.OpenRead();
                    sha256 = Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, cancellationToken));
                }
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or LedgerProofException)
            {
                await error.WriteLineAsync(exception.Message);
                return LedgerCommand.Unreadable;
            }

            try
            {
                var receipt = Receipt.Parse(text.Text);
                var entry = receipt.Check(publicKey);
                await output.WriteLineAsync(parsed.GetValue(json) ? LedgerExport.ToJson(receipt.Index, entry, receipt.Entry.Span) : ToText($"The receipt holds: this is entry {receipt.Index} of the ledger '{publicKey.Name}'.", entry));
                if (parsed.GetValue(json))
                {
                    return sha256.Length == 0 || entry.Hash == sha256 ? LedgerCommand.Holds : LedgerCommand.DoesNotHold;
                }

                if (entry is { Act: "extract.seal", Kind: EntryKind.Outcome })
                {
                    await output.WriteLineAsync(entry.Result == "done"
                        ? $"The file was taken in: {entry.Count:N0} rows."
                        : $"The file was refused ({entry.Result}), and nothing of it was kept. The report in the same outbox says why.");
                }

                foreach (var undone in text.Undone.Distinct())
                {
                    await output.WriteLineAsync($"Note: {undone}. Nothing that is signed was changed.");
                }

                return sha256.Length == 0 ? LedgerCommand.Holds : await CompareAsync(output, entry, sha256);
            }
            catch (LedgerProofException exception)
            {
                await output.WriteLineAsync($"The receipt does not hold: {exception.Message}{(text.Undone.Count > 0 || !text.IsReceipt ? $" {ReceiptText.ToCopy}" : "")}");
                return LedgerCommand.DoesNotHold;
            }
        });
        return command;
    }

    // Of what an entry has the SHA-256, where it is of nothing that was sent; empty where it is of a file.
    private static string HashedBy(LedgerEntry entry) => entry.Act switch
    {
        "extract.erase" or "family.erase" or "case.erase" or "research.destroy" => "the certificate of the erasure",
        "grant.issue" or "grant.take-in" => "the agreement",
        "document.use" => "the document",
        _ => "",
    };

    private static async Task<int> CompareAsync(TextWriter output, LedgerEntry entry, string sha256)
    {
        await output.WriteLineAsync(
            entry.Hash == sha256 ? HashedBy(entry) is { Length: > 0 } of ? $"This is your file: the SHA-256 in the receipt is its own. A receipt of {entry.Act} has that of {of}." : "This is your file: the SHA-256 in the receipt is its own."
            : entry.Hash.Length == 0 ? "The receipt says nothing of a file: take the one of the intake (extract.seal, drop.remove)."
            : HashedBy(entry) is { Length: > 0 } other ? $"This is not the file of the receipt, and no file that was sent is: a receipt of {entry.Act} has the SHA-256 of {other}. Take the one of the intake (extract.seal, drop.remove)."
            : $"This is not the file of the receipt. Its SHA-256 is {sha256}; the receipt has {entry.Hash}. A receipt of extract.seal has that of the plain file, one of drop.remove that of the sealed one.");
        return entry.Hash == sha256 ? LedgerCommand.Holds : LedgerCommand.DoesNotHold;
    }

    /// <summary>What a receipt says, for who reads it. Whether it holds, a key alone can tell.</summary>
    public static string Unchecked(byte[] content)
    {
        try
        {
            var receipt = Receipt.Parse(ReceiptText.Read(content).Text);
            return ToText(
                $"This receipt says that the ledger has this entry, as number {receipt.Index}. "
                + "Whether it holds, 'tfflow receipt check FILE --key K' tells of the file that --save copies.",
                CanonicalEntry.Decode(receipt.Entry.Span));
        }
        catch (Exception e) when (e is LedgerProofException or InvalidDataException)
        {
            return "This is no receipt that can be read: copy it with --save, and look at it with 'tfflow receipt check'.";
        }
    }

    private static string ToText(string lead, LedgerEntry entry)
    {
        (string Name, string Value)[] fields =
        [
            ("What", ActWords.Of(entry.Act) is { Length: > 0 } words ? $"{words}." : ""),
            ("Act", entry.Kind == EntryKind.Intent ? $"{entry.Act}, as intended" : $"{entry.Act}: {entry.Result}"),
            ("At", $"{entry.At.UtcDateTime:yyyy-MM-dd HH:mm:ss.fffffff}Z"),
            ("By", ActorWords.By(entry)),
            ("Agency", entry.Agency),
            ("Agreement", entry.AgreementVersion.Length > 0 ? $"{entry.Agreement}, version {entry.AgreementVersion}" : entry.Agreement),
            ("Exchange", entry.Exchange),
            ("Basis", entry.Basis),
            ("Purpose", entry.Purpose),
            ("References", string.Join(' ', entry.References)),
            ("Count", FormattableString.Invariant($"{entry.Count}")),
            ("SHA-256", entry.Hash),
            ("Act id", entry.ActId),
        ];
        return string.Join(
            Environment.NewLine,
            [lead, .. fields.Where(field => field.Value.Length > 0).Select(field => $"{field.Name,-11}{field.Value}")]);
    }
}
