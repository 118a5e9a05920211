using TfFlow.Lifecycle.Intake;
using TfFlow.Lifecycle.Orchestration;
using TfFlow.Lifecycle.Retention;

namespace TfFlow.Lifecycle.Research.Study;

/// <summary>Does in a study what was ordered: linkage files out, returns combined, and at the end everything destroyed.</summary>
public sealed class StudyRoundOrchestration : Orchestrator<StudyRoundOrchestration, StudyReference, StudyReference>
{
    private static RetryPolicy Retry { get; } = new(100, TimeSpan.FromSeconds(1))
    {
        BackoffCoefficient = 2,
        MaxRetryInterval = TimeSpan.FromMinutes(15),
    };

    public override async Task<StudyReference> RunAsync(OrchestrationContext context, StudyReference input)
    {
        switch ((await LookAtStudy.CallAsync(context, input, Retry)).Step)
        {
            case StudyStep.Link:
                context.SetCustomStatus("sealing the linkage files");
                await LinkStudy.CallAsync(context, input, Retry);
                break;
            case StudyStep.Combine:
                context.SetCustomStatus("combining the returns");
                await CombineReturns.CallAsync(context, input, Retry);
                break;
            case StudyStep.Destroy:
                context.SetCustomStatus("destroying");
                var left = await DestroyStudy.CallAsync(context, input, Retry);
                await Task.WhenAll(left.Extracts.Select(id => EraseExtract.CallAsync(context, new ExtractReference(id), Retry)).ToList());
                if (left.Held && !await context.WokenAsync(WakeWait.Tail, "the release of the legal hold"))
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
