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
                if (!await SendInstruction.CallAsync(context, input, Retry))
                {
                    // It may not go out now: the sweep tries again, or the case overtakes it.
                    return input;
                }

                break;
            case MarkerStep.Await:
                context.SetCustomStatus("waiting for the confirmation of the police");
                await ConfirmationAsync(context, next.Until!.Value);
                break;
            case MarkerStep.Ask:
                await ChaseMarker.CallAsync(context, input, Retry);
                break;
            default:
                context.SetCustomStatus(null);
                return input;
        }

        context.ContinueAsNew(input);
        return input;
    }

    private static async Task ConfirmationAsync(OrchestrationContext context, DateTimeOffset until)
    {
        try
        {
            await context.WaitForExternalEventAsync<bool>(Waker.Changed, until - context.CurrentUtcDateTime, "the confirmation of the police");
        }
        catch (OperationCanceledException)
        {
            // Not confirmed in time: the next look chases or escalates.
        }
    }
}
