using TfFlow.Lifecycle.Cases;
using TfFlow.Lifecycle.Orchestration;
using TfFlow.Lifecycle.Retention;

namespace TfFlow.Lifecycle.Intake;

/// <param name="ExtractId">The extract's row in the register.</param>
public sealed record ExtractReference(string ExtractId);

/// <summary>Carries one dropped file to its end: agreement check, validated while it is re-sealed, accepted or quarantined, drop removed.</summary>
public sealed class ExtractIntakeOrchestration : Orchestrator<ExtractIntakeOrchestration, ExtractReference, ExtractReference>
{
    /// <summary>A step that fails for want of the store or the key ring is tried for about a day, then an operator is asked.</summary>
    private static RetryPolicy Retry { get; } = new(100, TimeSpan.FromSeconds(1))
    {
        BackoffCoefficient = 2,
        MaxRetryInterval = TimeSpan.FromMinutes(15),
    };

    public override async Task<ExtractReference> RunAsync(OrchestrationContext context, ExtractReference input)
    {
        context.SetCustomStatus("checking and re-sealing");
        await SealExtract.CallAsync(context, input, Retry);

        context.SetCustomStatus("removing the drop");
        await CloseDrop.CallAsync(context, input, Retry);

        // What came for families that are helped is given to their cases at once, and nothing else of it is kept.
        if (await DeliverToCases.CallAsync(context, input, Retry))
        {
            context.SetCustomStatus("erasing what no case has");
            await EraseExtract.CallAsync(context, input, Retry);
        }

        context.SetCustomStatus(null);
        return input;
    }
}
