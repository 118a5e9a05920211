using TfFlow.Lifecycle.Orchestration;
using TfFlow.Programme.Eligibility;
using TfFlow.Vault.Ledger;

namespace TfFlow.Lifecycle.Matching;

/// <param name="ExtractIds">The extracts that every partition read.</param>
public sealed record ReadExtracts(IReadOnlyList<string> ExtractIds);

/// <summary>Ends the looking: the cohort gets its order, and from now on nothing of the round is opened.</summary>
public sealed class SettleMatching(Registers registers, Cohort cohort, Acts acts) : Activity<SettleMatching, MatchingReference, ReadExtracts>
{
    public override async Task<ReadExtracts> RunAsync(ActivityContext context, MatchingReference input)
    {
        var run = await registers.Matchings.GetAsync(input.RunId, context.CancellationToken);
        await acts.PerformAsync(
            run.Row.Act("match.settle"),
            async cancellationToken =>
            {
                var families = await cohort.PlaceAsync(cancellationToken);
                if (run.Row.State is MatchingStage.Matching)
                {
                    run = await registers.Matchings.ChangeAsync(run, run.Row with { State = MatchingStage.Erasing }, cancellationToken);
                }

                return new ActResult { Count = families };
            },
            context.CancellationToken);
        return new([.. run.Row.Extracts.Except(run.Row.Counts.SelectMany(count => count.Unread))]);
    }
}
