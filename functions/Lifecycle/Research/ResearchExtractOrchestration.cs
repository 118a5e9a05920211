using TfFlow.Lifecycle.Orchestration;

namespace TfFlow.Lifecycle.Research;

/// <summary>Builds an approved extract; waits for two people, then for its collection; destroys it. People decide through the API.</summary>
public sealed class ResearchExtractOrchestration : Orchestrator<ResearchExtractOrchestration, ResearchReference, ResearchReference>
{
    private static RetryPolicy Retry { get; } = new(100, TimeSpan.FromSeconds(1))
    {
        BackoffCoefficient = 2,
        MaxRetryInterval = TimeSpan.FromMinutes(15),
    };

    public override async Task<ResearchReference> RunAsync(OrchestrationContext context, ResearchReference input)
    {
        var next = await LookAtResearch.CallAsync(context, input, Retry);
        switch (next.Step)
        {
            case ResearchStep.Build:
                context.SetCustomStatus("building and checking");
                await BuildResearchExtract.CallAsync(context, input, Retry);
                break;
            case ResearchStep.Await:
                context.SetCustomStatus("waiting for two people, or for the collection");
                await context.WokenAsync(next.Until!.Value - context.CurrentUtcDateTime, "the release by two people, or the end of the collection");
                break;
            case ResearchStep.Destroy:
                context.SetCustomStatus("destroying");
                if (!await DestroyResearchExtract.CallAsync(context, input, Retry) && !await context.WokenAsync(WakeWait.Tail, "the release of the legal hold"))
                {
                    return input;
                }

                break;
            default:
                context.SetCustomStatus(null);
                if (!await context.WokenAsync(WakeWait.Tail, "a change of its register row"))
                {
                    return input;
                }

                break;
        }

        context.ContinueAsNew(input);
        return input;
    }
}
