using TfFlow.Programme;
using TfFlow.Programme.Cases;

namespace TfFlow.Lifecycle.Cases;

/// <param name="Due">What is due, since when, by which line.</param>
public sealed record CaseReminder(string Case, FamilyCaseState State, IReadOnlyList<Deadline> Due) : IReadableDocument
{
    public IReadOnlyList<string> Sentences =>
    [
        $"Something is due in case {Case}.",
        .. Due.Select(due => $"The {due.What} was due by {DateOnly.FromDateTime(due.At.UtcDateTime).InWords()} ({due.Source})."),
        $"How it stands: {FamilyCaseStates.Where(State)}",
    ];
}

/// <summary>Tells the authority what is due in a case and nobody has done; again every 30 days.</summary>
public sealed class RemindCoordinator(Registers registers, CaseBook book, Outbox outbox, TimeProvider time)
{
    public async Task<bool> RunAsync(CaseReference input, CancellationToken cancellationToken)
    {
        var current = await registers.Cases.GetAsync(input.CaseId, cancellationToken);
        var (row, now) = (current.Row, time.GetUtcNow());
        if (!(row.DueAt <= now))
        {
            return false;
        }

        // Named by the day it was due, so that a run cut short and its repetition are one reminder.
        var act = row.Act("case.remind", nameof(FamilyCaseOrchestration), $"{row.DueAt.Value.UtcTicks}");
        await book.PerformAsync(
            current,
            act,
            async (before, token) =>
            {
                var deadlines = row.EndedOn is { } ended ? FamilyCaseRules.AfterEnd(ended, row.EndedFrom) : FamilyCaseRules.WhileLed(row.Assessment!.On);
                var due = deadlines.Where(deadline => deadline.At <= now).ToList();
                await outbox.PutAsync(row.Authority, $"reminders/{row.Id}.json", new CaseReminder(row.Id, row.State, due), token);
                return await book.ChangeAsync(before, act, before.Row with { RemindedAt = now }, token);
            },
            cancellationToken);
        return true;
    }
}
