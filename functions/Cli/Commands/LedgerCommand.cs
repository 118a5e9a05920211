using System.CommandLine;
using TfFlow.Programme.Ledger;

namespace TfFlow.Cli.Commands;

/// <summary><c>tfflow ledger</c>: verify, search, export, receipt, key, check-proofs.</summary>
/// <remarks>Exit codes: 0 it holds; 1 it does not; 2 what was given cannot be read.</remarks>
public static class LedgerCommand
{
    internal const int Holds = 0;
    internal const int DoesNotHold = 1;
    internal const int Unreadable = 2;

    /// <param name="open">Opens the ledger of the deployment the command line names; not called by <c>check-proofs</c>.</param>
    /// <param name="folder">The work folder whose host is asked; null where no host is.</param>
    public static Command Create(Func<ParseResult, CancellationToken, Task<LedgerAccess>> open, Option<string>? folder = null)
    {
        var command = new Command("ledger", "Check, search and export the record of every act.")
        {
            LedgerVerifyCommand.Create(open),
            LedgerSearchCommand.Create(open),
            LedgerExportCommand.Create(open),
            LedgerReceiptCommand.Create(open),
            CreateKey(open),
            LedgerCheckProofsCommand.Create(),
        };
        if (folder is not null)
        {
            command.Subcommands.Add(LedgerFetchCommand.Create(folder));
        }

        return command;
    }

    /// <summary>Reads a verifier key: from a file of that name, or as it stands.</summary>
    /// <exception cref="LedgerProofException">It is not one.</exception>
    internal static LedgerPublicKey ReadKey(string keyOrFile) => LedgerPublicKey.Parse(File.Exists(keyOrFile) ? File.ReadAllText(keyOrFile) : keyOrFile);

    private static Command CreateKey(Func<ParseResult, CancellationToken, Task<LedgerAccess>> open)
    {
        var pem = new Option<bool>("--pem") { Description = "Print the key as PEM, for tools that know no verifier keys." };
        var command = new Command("key", "Print the ledger's public key, as every party should keep it.") { pem };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var access = await open(parsed, cancellationToken);
            await parsed.InvocationConfiguration.Output.WriteLineAsync(parsed.GetValue(pem) ? access.PublicKey.Pem : access.PublicKey.ToString());
            return Holds;
        });
        return command;
    }
}
