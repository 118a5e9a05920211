using TfFlow.Lifecycle.Agreements;
using TfFlow.Lifecycle.Research;
using TfFlow.Lifecycle.Research.Study;
using TfFlow.Lifecycle.Retention;
using TfFlow.Programme.Cases;
using TfFlow.Programme.Research.Release;
using TfFlow.Programme.Research.Study;
using TfFlow.Vault.Ledger;

namespace TfFlow.Lifecycle.Cases;

/// <summary>The sweep's part in cases and research: wakes what is due, and checks that there is no marker without a live case.</summary>
public sealed class SweepCases(Registers registers, LegalHolds holds, Waker waker, Acts acts)
{
    /// <returns>How many families have a marker that must go and no removal under way: each was woken for it.</returns>
    public async Task<int> RunAsync(SweepRequest input, CancellationToken cancellationToken)
    {
        await WakeAllAsync<Case>(holds.DueAsync(registers.Cases, FamilyCaseState.Erasing, input.AsOf, cancellationToken), cancellationToken);
        await WakeAllAsync<MarkerInstruction>(registers.Markers.DueAsync(input.AsOf, cancellationToken), cancellationToken);
        await WakeAllAsync<SubjectRequestRow>(registers.SubjectRequests.DueAsync(input.AsOf, cancellationToken), cancellationToken);
        await WakeAllAsync<ResearchRequest>(holds.DueAsync(registers.Research, ResearchExtractState.Destroying, input.AsOf, cancellationToken), cancellationToken);
        await WakeAllAsync<StudyRound>(holds.DueAsync(registers.Studies, StudyRoundState.Destroying, input.AsOf, cancellationToken), cancellationToken);
        await WakeAllAsync<BreachRow>(registers.Breaches.DueAsync(input.AsOf, cancellationToken), cancellationToken);

        var marked = await registers.Cases.ListAsync(cancellationToken)
            .Where(row => row.Row.Marker is not MarkerStanding.Off)
            .Select(row => row.Row)
            .ToListAsync(cancellationToken);
        var wrong = MarkerRules.Sweep(marked.Select(row => row.Family));
        await acts.PerformAsync(
            new() { ActId = $"marker.check.{input.AsOf.UtcTicks}", Act = "marker.check", Actor = nameof(RetentionSweepOrchestration), References = wrong, Count = marked.Count },
            _ => Task.FromResult(wrong.Count == 0 ? ActResult.Done : new ActResult { Result = "marker.must-go" }),
            cancellationToken);
        return wrong.Count;
    }

    // Listed before any case is woken: a woken case may change what is due.
    private async Task WakeAllAsync<TRow>(IAsyncEnumerable<string> due, CancellationToken cancellationToken)
    {
        foreach (var id in await due.ToListAsync(cancellationToken))
        {
            await waker.WakeAsync<TRow>(id, cancellationToken);
        }
    }
}
