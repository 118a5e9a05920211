using TfFlow.Lifecycle.Orchestration;

namespace TfFlow.Lifecycle.Cases;

/// <summary>Does for a person's request what follows from its register row: originators asked, asked again, a late answer escalated. What people decide comes through the API.</summary>
/// <remarks>One step a run. It does not wait: each deadline is a due row, from which the sweep starts it.</remarks>
public sealed class SubjectRequestOrchestration : Orchestrator<SubjectRequestOrchestration, SubjectRequestReference, SubjectRequestReference>
{
    private static RetryPolicy Retry { get; } = new(100, TimeSpan.FromSeconds(1))
    {
        BackoffCoefficient = 2,
        MaxRetryInterval = TimeSpan.FromMinutes(15),
    };

    public override async Task<SubjectRequestReference> RunAsync(OrchestrationContext context, SubjectRequestReference input)
    {
        if (!await AdvanceRequest.CallAsync(context, input, Retry) && !await context.WokenAsync(WakeWait.Tail, "a change of its register row"))
        {
            return input;
        }

        context.ContinueAsNew(input);
        return input;
    }
}
