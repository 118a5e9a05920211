using TfFlow.Lifecycle.Durable;
using TfFlow.Programme.Eligibility;
using TfFlow.Vault.Ledger;

namespace TfFlow.Lifecycle.Matching;

/// <summary>Ends the looking: the cohort stands, from now on nothing of the round is opened, and what does not meet the criteria is erased
/// at once.</summary>
public sealed class SettleMatching(Registers registers, EndExtracts ending, LookAgain again, RoundGroups groups, Acts acts) : Activity<SettleMatching, MatchingReference, bool>
{
    public override async Task<bool> RunAsync(MatchingReference input, CancellationToken cancellationToken)
    {
        var run = await registers.Matchings.GetAsync(input.RunId, cancellationToken);
        await acts.PerformAsync(
            run.Row.Act("match.settle"),
            async token =>
            {
                if (run.Row.State is MatchingStage.Matching)
                {
                    run = await registers.Matchings.ChangeAsync(run, run.Row with { State = MatchingStage.Erasing }, token);
                }

                return new ActResult { Count = run.Row.Counts.Sum(count => count.InCohort) };
            },
            cancellationToken);

        groups.Forget();

        // What every partition read.
        await ending.RunAsync(run.Row, [.. run.Row.Extracts.Except(run.Row.Counts.SelectMany(count => count.Unread))], cancellationToken);
        await again.CatchUpAsync(cancellationToken);
        return true;
    }
}
