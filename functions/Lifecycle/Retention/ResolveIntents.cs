using Microsoft.Extensions.Logging;
using TfFlow.Lifecycle.Orchestration;
using TfFlow.Programme.Ledger;
using TfFlow.Vault.Ledger;

namespace TfFlow.Lifecycle.Retention;

/// <summary>Finds acts that were begun and have no outcome, and ends those that nobody will take up again.</summary>
public sealed partial class ResolveIntents(Ledger ledger, TimeProvider time, ILogger<ResolveIntents> log) : Activity<ResolveIntents, SweepRequest, int>
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
            if (intent.Entry.Act is "grant.issue" or "family.show")
            {
                // Its caller got no answer and asked again; a grant's row expires by itself.
                var outcome = new LedgerEntry(intent.Entry, EntryKind.Outcome, time.GetUtcNow()) { Result = Abandoned };
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

    [LoggerMessage(LogLevel.Warning, "{Act} ({ActId}) was begun at {At} and has no outcome. Its orchestration takes it up again; if that has failed, see 'tfflow show' and the log.")]
    private partial void LogOpen(string act, string actId, DateTimeOffset at);
}
