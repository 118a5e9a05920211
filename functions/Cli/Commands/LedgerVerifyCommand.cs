using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Serialization;
using TfFlow.Programme.Ledger;
using TfFlow.Vault.Ledger;

namespace TfFlow.Cli.Commands;

/// <summary><c>tfflow ledger verify</c>: recomputes everything and names the first bad entry.</summary>
internal static class LedgerVerifyCommand
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter() } };

    public static Command Create(Func<ParseResult, CancellationToken, Task<LedgerAccess>> open)
    {
        var key = new Option<string?>("--key") { Description = "The public key as you were given it: a verifier key, or a file with one. Default: the deployment's own." };
        var held = new Option<FileInfo[]>("--checkpoint")
        {
            Description = "A checkpoint you hold, as it was sent to you; may be given several times. What you hold the store cannot take back.",
            DefaultValueFactory = _ => [],
        };
        var json = new Option<bool>("--json") { Description = "Print the verdict as JSON, for machines." };
        var command = new Command("verify", "Recompute every entry, the tree, its tiles and checkpoints, and name the first entry that is not as it was written.") { key, held, json };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var (output, error) = (parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);
            LedgerPublicKey? given = null;
            List<string> notes = [];
            try
            {
                given = parsed.GetValue(key) is { } text ? LedgerCommand.ReadKey(text) : null;
                foreach (var file in parsed.GetValue(held)!)
                {
                    notes.Add(await File.ReadAllTextAsync(file.FullName, cancellationToken));
                }
            }
            catch (Exception exception) when (exception is LedgerProofException or IOException or UnauthorizedAccessException)
            {
                await error.WriteLineAsync(exception.Message);
                return LedgerCommand.Unreadable;
            }

            await using var access = await open(parsed, cancellationToken);
            var verifier = new LedgerVerifier(access.Ledger, given ?? access.PublicKey);
            var done = 0L;
            var progress = new Progress<long>(entries => done = entries);
            var verdict = await Bar.RunAsync(
                () => new BarStep($"{done:N0} entries verified"), () => verifier.VerifyAsync(notes, progress, cancellationToken));
            await output.WriteLineAsync(parsed.GetValue(json) ? ToJson(verdict) : ToText(verdict));
            return verdict.IsSound ? LedgerCommand.Holds : LedgerCommand.DoesNotHold;
        });
        return command;
    }

    private static string ToText(LedgerVerdict verdict)
    {
        var lines = verdict.Faults.Select(fault => $"{fault.Kind} at {fault.Index}: {fault.Detail}").ToList();
        var uncovered = verdict.Entries - verdict.Covered;
        lines.Add(verdict.IsSound ? $"The ledger holds: {verdict}" : $"The ledger does not hold: {lines.Count} faults in {verdict.Entries} entries checked.");
        if (verdict.IsSound && uncovered > 0)
        {
            lines.Add($"The last {uncovered} are under no checkpoint yet: that they are the last cannot be shown.");
        }

        return string.Join(Environment.NewLine, lines);
    }

    private static string ToJson(LedgerVerdict verdict) => JsonSerializer.Serialize(
        new { verdict.IsSound, verdict.Entries, Root = verdict.Root.ToString(), verdict.Checkpoints, verdict.Covered, verdict.Faults }, Json);
}
