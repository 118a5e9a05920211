using TfFlow.Lifecycle.Retention;
using TfFlow.Programme;
using TfFlow.Programme.Agreements;
using TfFlow.Programme.Cases;
using TfFlow.Vault.Ledger;
using TfFlow.Vault.Registers;

namespace TfFlow.Lifecycle.Agreements;

/// <summary>What every signatory finds in its outbox when the meeting that a suspension is subject to was not held in time.</summary>
public sealed record MeetingOverdue(string Suspension, string Agreement, string By, DateTimeOffset GivenAt, Deadline Meeting, DateTimeOffset LapsesAt) : IReadableDocument
{
    public IReadOnlyList<string> Sentences =>
    [
        $"{By} suspended {Agreement} on {GivenAt.InWords()} (suspension {Suspension}).",
        $"The {Meeting.What} was due by {Meeting.At.InWords()}, and none is recorded. Hold it, and record it with information governance.",
        $"The suspension lapses on {LapsesAt.InWords()}.",
    ];
}

/// <summary>The sweep's part in suspensions: a meeting that is overdue is escalated once, and one whose days are over is marked so; the gate has let it lapse by itself.</summary>
public sealed class SweepSuspensions(Registers registers, AgreementCatalogue agreements, Outbox outbox, Acts acts, TimeProvider time)
{
    public async Task<bool> RunAsync(SweepRequest input, CancellationToken cancellationToken)
    {
        foreach (var id in await registers.Suspensions.DueAsync(input.AsOf, cancellationToken).ToListAsync(cancellationToken))
        {
            var current = await registers.Suspensions.GetAsync(id, cancellationToken);
            if (!(current.Row.DueAt <= input.AsOf))
            {
                continue;
            }

            await (current.Row.LapsesAt <= time.GetUtcNow()
                ? PerformAsync(current, "agreement.lapse-suspension", current.Row with { Suspension = current.Row.Suspension with { State = SuspensionState.Lapsed } }, _ => Task.CompletedTask, cancellationToken)
                : PerformAsync(current, "agreement.chase-meeting", current.Row with { EscalatedAt = time.GetUtcNow() }, token => ChaseAsync(current.Row, token), cancellationToken));
        }

        return true;
    }

    private Task PerformAsync(Registered<SuspensionRow> current, string act, SuspensionRow next, Func<CancellationToken, Task> tell, CancellationToken cancellationToken) => acts.PerformAsync(
        current.Row.Act(act, nameof(RetentionSweepOrchestration)),
        async token =>
        {
            await tell(token);
            await registers.Suspensions.ChangeAsync(current, next, token);
        },
        cancellationToken);

    private async Task ChaseAsync(SuspensionRow row, CancellationToken cancellationToken)
    {
        var overdue = new MeetingOverdue(row.Id, row.Agreement, row.Suspension.By, row.Suspension.GivenAt, row.Meeting, row.LapsesAt);
        foreach (var party in agreements.Signatories(row.Agreement, DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime)))
        {
            await outbox.PutAsync(party, $"escalations/suspension-{row.Id}.json", overdue, cancellationToken);
        }
    }
}
