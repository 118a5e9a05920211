using TfFlow.Lifecycle.Orchestration;

namespace TfFlow.Lifecycle.Agreements;

/// <summary>Carries one breach to its end: the provider told at once, people's steps awaited, what is overdue escalated, outcome and learning to every party.</summary>
public sealed class BreachCaseOrchestration : Orchestrator<BreachCaseOrchestration, BreachReference, BreachReference>
{
    private static RetryPolicy Retry { get; } = new(100, TimeSpan.FromSeconds(1))
    {
        BackoffCoefficient = 2,
        MaxRetryInterval = TimeSpan.FromMinutes(15),
    };

    public override async Task<BreachReference> RunAsync(OrchestrationContext context, BreachReference input)
    {
        var next = await LookAtBreach.CallAsync(context, input, Retry);
        switch (next.Task)
        {
            case BreachTask.TellProvider:
                await TellProvider.CallAsync(context, input, Retry);
                break;
            case BreachTask.Await:
                context.SetCustomStatus("waiting for the investigation, the police's word, the Commissioner's notice, the outcome");
                await context.WokenAsync(next.Until!.Value - context.CurrentUtcDateTime, "a step of people");
                break;
            case BreachTask.Escalate:
                await EscalateBreach.CallAsync(context, input, Retry);
                break;
            case BreachTask.CirculateOutcome:
                await CirculateOutcome.CallAsync(context, input, Retry);
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
