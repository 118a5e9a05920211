using TfFlow.Lifecycle.Orchestration;
using TfFlow.Programme.Eligibility;
using TfFlow.Vault.Ledger;

namespace TfFlow.Lifecycle.Matching;

/// <summary>Ends a round: nothing of it waits any more.</summary>
public sealed class CompleteMatching(Registers registers, Acts acts, TimeProvider time) : Activity<CompleteMatching, MatchingReference, bool>
{
    public override async Task<bool> RunAsync(ActivityContext context, MatchingReference input)
    {
        var run = await registers.Matchings.GetAsync(input.RunId, context.CancellationToken);
        await acts.PerformAsync(
            run.Row.Act("match.complete"),
            async cancellationToken =>
            {
                if (run.Row.State is MatchingStage.Reviewing)
                {
                    await registers.Matchings.ChangeAsync(run, run.Row with { State = MatchingStage.Completed, CompletedAt = time.GetUtcNow() }, cancellationToken);
                }

                return new ActResult { Count = run.Row.Counts.Sum(count => count.InCohort) };
            },
            context.CancellationToken);
        return true;
    }
}
