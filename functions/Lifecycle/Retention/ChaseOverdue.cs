using System.Collections.Concurrent;
using System.Globalization;
using System.Runtime.CompilerServices;
using Microsoft.DurableTask.Client;
using TfFlow.Lifecycle.Agreements;
using TfFlow.Lifecycle.Cases;
using TfFlow.Lifecycle.Disclosures;
using TfFlow.Lifecycle.Durable;
using TfFlow.Lifecycle.Rights;
using TfFlow.Programme;
using TfFlow.Programme.Agreements;
using TfFlow.Programme.Ledger;
using TfFlow.Vault.Ledger;

namespace TfFlow.Lifecycle.Retention;

/// <summary>What an agency finds in its outbox when a file it agreed to send has not come; and this deployment's own people, when a file they owe was not given.</summary>
/// <param name="Period">As people say it: <c>2025-10</c>, <c>autumn term 2025</c>.</param>
public sealed record Reminder(string Agreement, Id<Exchange> Exchange, string Period, DateOnly Due, string Words) : IReadableDocument
{
    public IReadOnlyList<string> Sentences =>
    [
        Words,
    ];
}

/// <param name="KeepInstances">How long a finished orchestration stays to be looked at. Default 30 days.</param>
public sealed record SweepPolicy(TimeSpan KeepInstances)
{
    /// <summary>Ten years.</summary>
    public const int MaxDays = 3650;

    public static SweepPolicy Default { get; } = OfDays(30);

    public static bool Keeps(int days) => days is >= 1 and <= MaxDays;

    public static SweepPolicy OfDays(int days) => new(TimeSpan.FromDays(days));
}

/// <summary>The end of a sweep: each agency reminded, once a period, of what it agreed to send and has not, and this deployment of the files it owes; what was given and not collected removed; overdue reviews and meetings escalated, unanswered questions asked again; once a month an inventory of the store; old orchestrations purged.</summary>
public sealed class ChaseOverdue(
    Expectations expectations, GivenFiles given, LegalHolds holds, SourceQuestions questions, InformationRequests information, SweepSuspensions suspensions, TakeInventory inventory, DurableTaskClient orchestrations, SweepPolicy policy, Ledger ledger, Outbox outbox, Acts acts)
    : Activity<ChaseOverdue, SweepRequest, bool>
{
    /// <summary>Purging by filter needs a beginning.</summary>
    private static readonly DateTimeOffset Begin = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly OrchestrationRuntimeStatus[] Finished = [OrchestrationRuntimeStatus.Completed, OrchestrationRuntimeStatus.Failed, OrchestrationRuntimeStatus.Terminated];

    /// <summary>Acts that have their outcome. An outcome stays, so the ledger is asked until it is there and not again.</summary>
    private readonly ConcurrentDictionary<string, bool> chased = new(StringComparer.Ordinal);

    /// <returns>Whether any agency is to be reminded.</returns>
    public async Task<bool> AnyAsync(DateTimeOffset asOf, CancellationToken cancellationToken) => await FindAsync(asOf, cancellationToken).AnyAsync(cancellationToken);

    public override async Task<bool> RunAsync(SweepRequest input, CancellationToken cancellationToken)
    {
        await foreach (var (missing, act) in FindAsync(input.AsOf, cancellationToken))
        {
            await acts.PerformAsync(
                act,
                token => outbox.PutAsync(missing.Agency, $"reminders/{NameOf(missing)}.json", Remind(missing), token),
                cancellationToken);
        }

        await given.RemoveDueAsync(input.AsOf, cancellationToken);
        await holds.ChaseAsync(input.AsOf, cancellationToken);
        await questions.ChaseAsync(input.AsOf, cancellationToken);
        await information.ChaseAsync(input.AsOf, cancellationToken);
        await suspensions.RunAsync(input, cancellationToken);
        await inventory.RunAsync(input, cancellationToken);
        await orchestrations.PurgeAllInstancesAsync(new PurgeInstancesFilter(Begin, input.AsOf - policy.KeepInstances, Finished), cancellationToken);
        return true;
    }

    /// <summary>What is overdue and was not chased yet.</summary>
    private async IAsyncEnumerable<(Expectation Missing, LedgerAct Act)> FindAsync(DateTimeOffset asOf, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var missing in (await expectations.ListAsync(asOf, cancellationToken)).Where(expectation => expectation.State is ExpectationState.Overdue))
        {
            var chase = missing.Recipient == default ? "extract.chase" : "file.chase";
            var act = new LedgerAct
            {
                ActId = $"{chase}.{NameOf(missing)}.{missing.Agency}",
                Act = chase,
                Actor = nameof(RetentionSweepOrchestration),
                Agency = missing.Agency,
                Agreement = missing.Agreement,
                Exchange = missing.Exchange,
            };
            if (chased.ContainsKey(act.ActId))
            {
                continue;
            }

            if (await ledger.FindAsync(act.ActId, EntryKind.Outcome, cancellationToken) is null)
            {
                yield return (missing, act);
            }
            else
            {
                chased[act.ActId] = true;
            }
        }
    }

    private static string NameOf(Expectation missing) => string.Create(
        CultureInfo.InvariantCulture, $"{missing.Exchange}.{missing.From:yyyyMMdd}{Part(missing.Organisation)}{Part(missing.Recipient)}");

    private static string Part(string name) => name.Length > 0 ? $".{name}" : "";

    private static Reminder Remind(Expectation missing) => new(
        missing.Agreement,
        missing.Exchange,
        missing.Period,
        missing.Due,
        missing.Recipient != default
            ? $"{missing.Exchange} to {missing.Recipient} ({missing.Period}) {(missing.OnChange ? "is owed" : $"was due by {missing.Due:yyyy-MM-dd} and was not given")}: {HowToGive(missing)}"
            : $"{missing.Exchange} for {missing.Period}{(missing.Organisation.Length > 0 ? $", from {missing.Organisation}," : "")} was due by {missing.Due:yyyy-MM-dd}, and nothing was accepted. Send it; if there is nothing to send, or it is no longer agreed, tell the authority.");

    private static string HowToGive(Expectation missing) => missing.Dataset == GivenFiles.ListDataset
        ? $"'tfflow give list --exchange {missing.Exchange} --to {missing.Recipient}' builds and seals it."
        : $"'tfflow give file FILE --exchange {missing.Exchange} --to {missing.Recipient}' checks and seals a file of {missing.Dataset}.";
}
