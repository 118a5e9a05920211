using TfFlow.Lifecycle.Orchestration;

namespace TfFlow.Lifecycle.Cases;

/// <summary>Carries one instruction to the police: send, wait for the confirmation, chase, wait, escalate. It ends confirmed, overtaken, or with people.</summary>
public sealed class MarkerChangeOrchestration : Orchestrator<MarkerChangeOrchestration, MarkerReference, MarkerReference>
{
    private static RetryPolicy Retry { get; } = new(100, TimeSpan.FromSeconds(1))
    {
        BackoffCoefficient = 2,
        MaxRetryInterval = TimeSpan.FromMinutes(15),
    };

    public override async Task<MarkerReference> RunAsync(OrchestrationContext context, MarkerReference input)
    {
        var next = await LookAtMarker.CallAsync(context, input, Retry);
        switch (next.Step)
        {
            case MarkerStep.Send:
                // One that may not go out now the sweep tries again, or the case overtakes.
                if (!await SendInstruction.CallAsync(context, input, Retry) && !await context.WokenAsync(WakeWait.Tail, "leave to send it"))
                {
                    return input;
                }

                break;
            case MarkerStep.Await:
                context.SetCustomStatus("waiting for the confirmation of the police");
                await context.WokenAsync(next.Until!.Value - context.CurrentUtcDateTime, "the confirmation of the police");
                break;
            case MarkerStep.Ask:
                await ChaseMarker.CallAsync(context, input, Retry);
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
