using System.CommandLine;
using TfFlow.Programme.Ledger;
using TfFlow.Vault.Ledger;

namespace TfFlow.Cli.Commands;

/// <summary><c>tfflow ledger receipt ACT-ID</c>: prints the receipt of an act's outcome, as its party finds it in its outbox. The reading is itself an entry.</summary>
internal static class LedgerReceiptCommand
{
    public static Command Create(Func<ParseResult, CancellationToken, Task<LedgerAccess>> open)
    {
        var act = new Argument<string>("ACT-ID") { Description = "The act's id, as search and export show it, or how it begins." };
        var command = new Command(
            "receipt", "Print the receipt of an act, for 'tfflow receipt check'. Exit codes: 0 printed; 1 there is no outcome of such an act, or no checkpoint over it yet.") { act };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var (output, error) = (parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);
            await using var access = await open(parsed, cancellationToken);
            var actId = await FullAsync(access.Ledger, parsed.GetValue(act)!, cancellationToken);
            if (await access.Ledger.FindAsync(actId, EntryKind.Outcome, cancellationToken) is not { Entry: var entry })
            {
                await error.WriteLineAsync($"The ledger has no outcome of an act {actId}. Look it up: tfflow ledger search --json");
                return LedgerCommand.DoesNotHold;
            }

            Receipt? receipt = null;
            await access.PerformAsync(
                "ledger.receipt",
                entry.Agency,
                async token =>
                {
                    receipt = await access.Ledger.FindReceiptAsync(actId, EntryKind.Outcome, token);
                    return ActResult.Done with { Count = receipt is null ? 0 : 1 };
                },
                cancellationToken);
            if (receipt is null)
            {
                await error.WriteLineAsync("No checkpoint covers it yet: the next one follows within minutes.");
                return LedgerCommand.DoesNotHold;
            }

            await output.WriteAsync(receipt.ToString());
            return LedgerCommand.Holds;
        });
        return command;
    }

    /// <summary>Ids of acts that were tried again are those of one act.</summary>
    private static async Task<string> FullAsync(Ledger ledger, string typed, CancellationToken cancellationToken)
    {
        if (await ledger.FindAsync(typed, EntryKind.Outcome, cancellationToken) is not null)
        {
            return typed;
        }

        var known = await ledger.ReadAsync(0, cancellationToken)
            .Where(record => record.Entry.Kind is EntryKind.Outcome && record.Entry.ActId.StartsWith(typed, StringComparison.Ordinal))
            .Select(record => record.Entry.ActId)
            .ToListAsync(cancellationToken);
        return References.Full(typed, known, "act");
    }
}
