using System.CommandLine;
using System.Text;
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
        var json = new Option<bool>("--json") { Description = "Print the entry as JSON, for machines." };
        var command = new Command("check", "Check a receipt offline. Exit codes: 0 it holds; 1 it does not; 2 the file or key cannot be read.") { file, key, json };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var (output, error) = (parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);
            string text;
            LedgerPublicKey publicKey;
            try
            {
                publicKey = LedgerCommand.ReadKey(parsed.GetValue(key)!);
                text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(await File.ReadAllBytesAsync(parsed.GetValue(file)!.FullName, cancellationToken));
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or LedgerProofException or DecoderFallbackException)
            {
                await error.WriteLineAsync(exception is DecoderFallbackException ? "The receipt is not UTF-8 text." : exception.Message);
                return LedgerCommand.Unreadable;
            }

            try
            {
                var receipt = Receipt.Parse(text);
                var entry = receipt.Check(publicKey);
                await output.WriteLineAsync(parsed.GetValue(json) ? LedgerExport.ToJson(receipt.Index, entry, receipt.Entry.Span) : ToText(receipt.Index, entry, publicKey));
                return LedgerCommand.Holds;
            }
            catch (LedgerProofException exception)
            {
                await output.WriteLineAsync($"The receipt does not hold: {exception.Message}");
                return LedgerCommand.DoesNotHold;
            }
        });
        return command;
    }

    private static string ToText(long index, LedgerEntry entry, LedgerPublicKey key)
    {
        (string Name, string Value)[] fields =
        [
            ("Act", entry.Kind == EntryKind.Intent ? $"{entry.Act}, as intended" : $"{entry.Act}: {entry.Result}"),
            ("At", $"{entry.At.UtcDateTime:yyyy-MM-dd HH:mm:ss.fffffff}Z"),
            ("By", entry.Role.Length > 0 ? $"{entry.Actor}, {entry.Role}" : entry.Actor),
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
            [$"The receipt holds: this is entry {index} of the ledger '{key.Name}'.", .. fields.Where(field => field.Value.Length > 0).Select(field => $"{field.Name,-11}{field.Value}")]);
    }
}
