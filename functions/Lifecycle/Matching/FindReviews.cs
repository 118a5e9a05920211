using TfFlow.Lifecycle.Orchestration;
using TfFlow.Lifecycle.Retention;
using TfFlow.Programme.Eligibility;
using TfFlow.Vault.Ledger;

namespace TfFlow.Lifecycle.Matching;

/// <param name="NextDeadline">When the next household lapses; null when none is left.</param>
/// <param name="EndedIds">Families of the round to be erased: decided against, or past their deadline.</param>
public sealed record OpenReviews(DateTimeOffset? NextDeadline, IReadOnlyList<string> EndedIds);

/// <summary>Looks in the register which households of a round still wait, and which are done with.</summary>
public sealed class FindReviews(Registers registers, LegalHolds holds, Cohort cohort, Acts acts, TimeProvider time) : Activity<FindReviews, MatchingReference, OpenReviews>
{
    public override async Task<OpenReviews> RunAsync(ActivityContext context, MatchingReference input)
    {
        var run = await registers.Matchings.GetAsync(input.RunId, context.CancellationToken);
        await acts.PerformAsync(
            run.Row.Act("match.review"),
            async cancellationToken =>
            {
                if (run.Row.State is MatchingStage.Erasing)
                {
                    await registers.Matchings.ChangeAsync(run, run.Row with { State = MatchingStage.Reviewing }, cancellationToken);
                }

                return ActResult.Done;
            },
            context.CancellationToken);

        // Whoever was decided to belong in the cohort gets a place. An act cut short here is done again under another id.
        await acts.PerformAsync(
            run.Row.Act("cohort.place", Reference.New()),
            async cancellationToken => new ActResult { Count = await cohort.PlaceAsync(cancellationToken) },
            context.CancellationToken);
        var now = time.GetUtcNow();
        var families = await registers.Families.ListAsync(context.CancellationToken)
            .Where(family => family.Row.RunId == input.RunId && family.Row.State is CohortState.InReview or CohortState.Erasing or CohortState.Recorded)
            .Select(family => family.Row)
            .ToListAsync(context.CancellationToken);
        var waiting = families.Where(family => family.State is CohortState.InReview && family.DueAt > now).ToList();

        // What a hold stopped is the sweep's, once it is released.
        var held = await holds.CoveredAsync(context.CancellationToken);
        var ended = families.Except(waiting).Where(family => family.State is not CohortState.Erasing || !held.Contains(family.Id));
        return new(waiting.Min(family => family.DueAt), [.. ended.Select(family => family.Id)]);
    }
}
