using TfFlow.Lifecycle.Durable;
using TfFlow.Lifecycle.Retention;
using TfFlow.Programme.Eligibility;
using TfFlow.Vault.Ledger;
using TfFlow.Vault.Registers;

namespace TfFlow.Lifecycle.Matching;

/// <summary>Does what follows from decisions and deadlines of a round's uncertain households: who is out is erased. Ends the round when
/// none is left.</summary>
public sealed class AdvanceReviews(Registers registers, LegalHolds holds, EraseFamily erasing, Acts acts, TimeProvider time) : Activity<AdvanceReviews, MatchingReference, Waiting?>
{
    /// <returns>The wait for the next decision; null when the round is complete.</returns>
    public override async Task<Waiting?> RunAsync(MatchingReference input, CancellationToken cancellationToken)
    {
        var run = await BeginAsync(await registers.Matchings.GetAsync(input.RunId, cancellationToken), cancellationToken);
        var now = time.GetUtcNow();
        var families = await registers.Families.ListAsync(cancellationToken)
            .Where(family => family.Row.RunId == input.RunId && family.Row.State is CohortState.InReview or CohortState.Erasing or CohortState.Recorded)
            .Select(family => family.Row)
            .ToListAsync(cancellationToken);
        var waiting = families.Where(family => family.State is CohortState.InReview && family.DueAt > now).ToList();

        // What a hold stopped is the sweep's, once it is released.
        var held = await holds.CoveredAsync(cancellationToken);
        var ended = families.Except(waiting).Where(family => family.State is not CohortState.Erasing || !held.Contains(family.Id));
        await Parallel.ForEachAsync(ended, cancellationToken, async (family, token) => await erasing.RunAsync(new(family.Id), token));
        if (waiting.Min(family => family.DueAt) is { } deadline)
        {
            return new("a decision on an uncertain household", deadline);
        }

        await acts.PerformAsync(
            run.Row.Act("match.complete"),
            async token =>
            {
                if (run.Row.State is MatchingStage.Reviewing)
                {
                    await registers.Matchings.ChangeAsync(run, run.Row with { State = MatchingStage.Completed, CompletedAt = time.GetUtcNow() }, token);
                }

                return new ActResult { Count = run.Row.Counts.Sum(count => count.InCohort) };
            },
            cancellationToken);
        return null;
    }

    /// <summary>Only uncertain households are left.</summary>
    private async Task<Registered<MatchingRun>> BeginAsync(Registered<MatchingRun> run, CancellationToken cancellationToken)
    {
        await acts.PerformAsync(
            run.Row.Act("match.review"),
            async token =>
            {
                if (run.Row.State is MatchingStage.Erasing)
                {
                    run = await registers.Matchings.ChangeAsync(run, run.Row with { State = MatchingStage.Reviewing }, token);
                }
            },
            cancellationToken);
        return run;
    }
}
