using System.Globalization;
using TfFlow.Lifecycle.Orchestration;
using TfFlow.Programme.Agreements;
using TfFlow.Programme.Ledger;
using TfFlow.Vault.Ledger;

namespace TfFlow.Lifecycle.Retention;

/// <summary>What an agency finds in its outbox when a file it agreed to send has not come.</summary>
/// <param name="Period">As people say it: <c>2025-10</c>, <c>autumn term 2025</c>.</param>
public sealed record Reminder(string Agreement, string Exchange, string Period, DateOnly Due, string Words);

/// <summary>Reminds each agency, once a period, of what it agreed to send and has not; and the authority of legal holds whose review is overdue.</summary>
public sealed class ChaseOverdue(Expectations expectations, LegalHolds holds, Ledger ledger, Outbox outbox, Acts acts) : Activity<ChaseOverdue, SweepRequest, bool>
{
    public override async Task<bool> RunAsync(ActivityContext context, SweepRequest input)
    {
        foreach (var missing in (await expectations.ListAsync(input.AsOf, context.CancellationToken)).Where(expectation => expectation.State is ExpectationState.Overdue))
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"{missing.Exchange}.{missing.From:yyyyMMdd}");
            var act = new LedgerAct
            {
                ActId = $"extract.chase.{name}.{missing.Agency}",
                Act = "extract.chase",
                Actor = nameof(RetentionSweepOrchestration),
                Agency = missing.Agency,
                Agreement = missing.Agreement,
                Exchange = missing.Exchange,
            };
            if (await ledger.FindAsync(act.ActId, EntryKind.Outcome, context.CancellationToken) is null)
            {
                await acts.PerformAsync(
                    act,
                    async token =>
                    {
                        await outbox.PutAsync(missing.Agency, $"reminders/{name}.json", Remind(missing), token);
                        return ActResult.Done;
                    },
                    context.CancellationToken);
            }
        }

        await holds.ChaseAsync(input.AsOf, context.CancellationToken);
        return true;
    }

    private static Reminder Remind(Expectation missing) => new(
        missing.Agreement,
        missing.Exchange,
        missing.Period,
        missing.Due,
        $"{missing.Exchange} for {missing.Period} was due by {missing.Due:yyyy-MM-dd}, and nothing was accepted. Send it; if there is nothing to send, or it is no longer agreed, tell the authority.");
}
