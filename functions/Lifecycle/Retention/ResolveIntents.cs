using Microsoft.Extensions.Logging;
using TfFlow.Lifecycle.Orchestration;
using TfFlow.Programme.Ledger;
using TfFlow.Vault.Ledger;

namespace TfFlow.Lifecycle.Retention;

/// <summary>Finds acts that were begun and have no outcome, and ends those that nobody will take up again.</summary>
public sealed partial class ResolveIntents(Ledger ledger, Registers registers, TimeProvider time, ILogger<ResolveIntents> log) : Activity<ResolveIntents, SweepRequest, int>
{
    /// <summary>What an intent nobody takes up again ends with.</summary>
    public const string Abandoned = "abandoned";

    /// <summary>An act that began less than this before is left to whoever began it.</summary>
    public static TimeSpan Patience { get; } = TimeSpan.FromHours(1);

    /// <returns>How many were ended.</returns>
    public override async Task<int> RunAsync(ActivityContext context, SweepRequest input)
    {
        var ended = 0;
        foreach (var intent in await ledger.IntentsWithoutOutcomeAsync(input.AsOf - Patience, context.CancellationToken))
        {
            if (await EndOfAsync(intent.Entry, context.CancellationToken) is { } end)
            {
                var outcome = new LedgerEntry(intent.Entry, EntryKind.Outcome, time.GetUtcNow()) { Result = end };
                await ledger.AppendAsync(outcome, context.CancellationToken);
                ended++;
            }
            else
            {
                LogOpen(intent.Entry.Act, intent.Entry.ActId, intent.Entry.At);
            }
        }

        return ended;
    }

    /// <returns>How an act ended that nobody will take up again; null for one whose orchestration does.</returns>
    private async Task<string?> EndOfAsync(LedgerEntry intent, CancellationToken cancellationToken)
    {
        // Its caller got no grant and asked again; its row expires by itself.
        if (intent.Act is "grant.issue")
        {
            return Abandoned;
        }

        // A person's act on a case: it took effect if the case names it.
        return intent is { Role.Length: > 0, References: [var caseId, ..] } && await registers.Cases.FindAsync(caseId, cancellationToken) is { Row: var row }
            ? row.ActIds.Contains(intent.ActId) ? ActResult.Done.Result : Abandoned
            : null;
    }

    [LoggerMessage(LogLevel.Warning, "{Act} ({ActId}) was begun at {At} and has no outcome. Its orchestration takes it up again; if that has failed, see 'tfflow show' and the log.")]
    private partial void LogOpen(string act, string actId, DateTimeOffset at);
}
