using TfFlow.Lifecycle.Orchestration;
using TfFlow.Programme.Research.Release;

namespace TfFlow.Lifecycle.Research;

public enum ResearchStep
{
    /// <summary>People decide next, or it ended.</summary>
    None,
    Build,
    Await,
    Destroy,
}

/// <param name="Until">When the wait ends.</param>
public sealed record ResearchNext(ResearchStep Step, DateTimeOffset? Until = null);

/// <summary>Reads a request's row and says what follows from it.</summary>
public sealed class LookAtResearch(Registers registers, TimeProvider time) : Activity<LookAtResearch, ResearchReference, ResearchNext>
{
    public override async Task<ResearchNext> RunAsync(ActivityContext context, ResearchReference input) =>
        await registers.Research.FindAsync(input.RequestId, context.CancellationToken) is not { Row: var row }
            ? new(ResearchStep.None)
            : row.State switch
            {
                ResearchExtractState.Approved => new(ResearchStep.Build),
                ResearchExtractState.Built or ResearchExtractState.Released => row.DueAt > time.GetUtcNow() ? new(ResearchStep.Await, row.DueAt) : new(ResearchStep.Destroy),
                ResearchExtractState.Destroying => new(ResearchStep.Destroy),
                _ => new(ResearchStep.None),
            };
}
