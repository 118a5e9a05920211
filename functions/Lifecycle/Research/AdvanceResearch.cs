using TfFlow.Lifecycle.Durable;
using TfFlow.Programme.Research.Release;

namespace TfFlow.Lifecycle.Research;

/// <summary>Does what follows from a request's row: an approved extract is built and checked, one whose time is over destroyed.</summary>
public sealed class AdvanceResearch(Registers registers, BuildResearchExtract building, DestroyResearchExtract destroying, TimeProvider time)
    : Activity<AdvanceResearch, ResearchReference, Waiting?>
{
    /// <returns>The wait for two people, or for the collection; null when people decide next, it is held, or it ended.</returns>
    public override async Task<Waiting?> RunAsync(ResearchReference input, CancellationToken cancellationToken)
    {
        while (await registers.Research.FindAsync(input.RequestId, cancellationToken) is { Row: var row })
        {
            if (row.State is ResearchExtractState.Built or ResearchExtractState.Released && row.DueAt > time.GetUtcNow())
            {
                return new("the release by two people, or the end of the collection", row.DueAt.Value);
            }

            Func<ResearchReference, CancellationToken, Task<bool>>? step = row.State switch
            {
                ResearchExtractState.Approved => building.RunAsync,
                ResearchExtractState.Built or ResearchExtractState.Released or ResearchExtractState.Destroying => destroying.RunAsync,
                _ => null,
            };
            if (step is null || !await step(input, cancellationToken))
            {
                return null;
            }
        }

        return null;
    }
}
