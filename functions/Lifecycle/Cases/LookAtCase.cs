using TfFlow.Lifecycle.Orchestration;
using TfFlow.Programme.Cases;

namespace TfFlow.Lifecycle.Cases;

public enum CaseStep
{
    /// <summary>Nothing follows from the row: people decide next, or the sweep starts another run on its day.</summary>
    None,
    PreparePack,
    AwaitConsent,
    LapseConsent,

    /// <summary>The marker's standing and its instruction's differ, or the instruction is yet to be written.</summary>
    SettleMarker,
    TakeMarkerOff,
    Remind,
    Erase,
}

/// <param name="Until">When the wait ends.</param>
public sealed record CaseNext(CaseStep Step, DateTimeOffset? Until = null);

/// <summary>Reads a case's row and says what follows from it.</summary>
public sealed class LookAtCase(Registers registers, TimeProvider time) : Activity<LookAtCase, CaseReference, CaseNext>
{
    public override async Task<CaseNext> RunAsync(ActivityContext context, CaseReference input)
    {
        if (await registers.Cases.FindAsync(input.CaseId, context.CancellationToken) is not { Row: var row })
        {
            return new(CaseStep.None);
        }

        var instruction = row.Instruction is { } order ? await registers.Markers.FindAsync(order.Id, context.CancellationToken) : null;
        return Next(row, instruction?.Row, time.GetUtcNow());
    }

    internal static CaseNext Next(Case row, MarkerInstruction? instruction, DateTimeOffset now)
    {
        // The marker first: it is on somebody else's system.
        if (row.Instruction is not null && (instruction is null || Markers.Standing(row.Marker, instruction) != row.Marker))
        {
            return new(CaseStep.SettleMarker);
        }

        if (MarkerRules.MustGo(row.Family))
        {
            return new(CaseStep.TakeMarkerOff);
        }

        return row.State switch
        {
            FamilyCaseState.SupportAssessed when CaseClock.NeedsPack(row) => new(CaseStep.PreparePack),
            FamilyCaseState.Invited => row.DueAt > now ? new(CaseStep.AwaitConsent, row.DueAt) : new(CaseStep.LapseConsent),
            FamilyCaseState.Erasing => new(CaseStep.Erase),
            FamilyCaseState.Reviewed or FamilyCaseState.DidNotTakePart when row.DueAt <= now && EraseCase.Obstacles(row, now).Count == 0 => new(CaseStep.Erase),
            FamilyCaseState.Completed or FamilyCaseState.Withdrawn or FamilyCaseState.OutcomesChecked or FamilyCaseState.Reviewed when row.DueAt <= now && !CaseClock.MustActNow(row) =>
                new(CaseStep.Remind),
            _ => new(CaseStep.None),
        };
    }
}
