using TfFlow.Lifecycle.Durable;
using TfFlow.Programme.Cases;

namespace TfFlow.Lifecycle.Cases;

/// <summary>Does what follows from a case's row: marker settled or taken off, pack prepared, consent lapsed, coordinator reminded, case erased.</summary>
public sealed class AdvanceCase(
    Registers registers, PreparePack pack, LapseConsent lapse, Markers markers, RemindCoordinator reminder, EraseCase erasing, TimeProvider time)
    : Activity<AdvanceCase, CaseReference, Waiting?>
{
    /// <returns>The wait for the family's answer; null when people decide next, or the sweep looks on the row's day.</returns>
    public override async Task<Waiting?> RunAsync(CaseReference input, CancellationToken cancellationToken)
    {
        while (await registers.Cases.FindAsync(input.CaseId, cancellationToken) is { Row: var row })
        {
            var instruction = row.Instruction is { } order ? await registers.Markers.FindAsync(order.Id, cancellationToken) : null;
            var now = time.GetUtcNow();

            // The marker first: it is on somebody else's system.
            if (row.Instruction is not null && (instruction is null || Markers.Standing(row.Marker, instruction.Row) != row.Marker))
            {
                await markers.SettleAsync(row.Id, cancellationToken);
                continue;
            }

            if (MarkerRules.MustGo(row.Family))
            {
                await markers.TakeOffAsync(row.Id, cancellationToken);
                continue;
            }

            if (row.State is FamilyCaseState.Invited && row.DueAt > now)
            {
                return new("the family's answer to the invitation", row.DueAt.Value);
            }

            // A step that finds nothing to do was overtaken. Whoever changed the row wakes this orchestration again.
            if (StepOf(row, now) is not { } step || !await step(input, cancellationToken))
            {
                return null;
            }
        }

        return null;
    }

    private Func<CaseReference, CancellationToken, Task<bool>>? StepOf(Case row, DateTimeOffset now) => row.State switch
    {
        FamilyCaseState.SupportAssessed when CaseClock.NeedsPack(row) => pack.RunAsync,
        FamilyCaseState.Invited => lapse.RunAsync,
        FamilyCaseState.Erasing => erasing.RunAsync,
        FamilyCaseState.Reviewed or FamilyCaseState.DidNotTakePart when row.DueAt <= now && EraseCase.Obstacles(row, now).Count == 0 => erasing.RunAsync,
        FamilyCaseState.PartnerLed or FamilyCaseState.Completed or FamilyCaseState.Withdrawn or FamilyCaseState.OutcomesChecked or FamilyCaseState.Reviewed
            when row.DueAt <= now && !CaseClock.MustActNow(row) => reminder.RunAsync,
        _ => null,
    };
}
