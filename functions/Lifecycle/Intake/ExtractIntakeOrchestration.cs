using Microsoft.DurableTask;
using TfFlow.Lifecycle.Cases;
using TfFlow.Lifecycle.Matching;
using TfFlow.Programme;

namespace TfFlow.Lifecycle.Intake;

/// <param name="ExtractId">The extract's row in the register.</param>
public sealed record ExtractReference(Id<Extract> ExtractId);

/// <summary>Carries one dropped file to its end: agreement check, validated while it is re-sealed, accepted or quarantined, drop removed.</summary>
public sealed class ExtractIntakeOrchestration : TaskOrchestrator<ExtractReference, bool>
{
    public override async Task<bool> RunAsync(TaskOrchestrationContext context, ExtractReference input)
    {
        context.SetCustomStatus("checking and re-sealing");
        var accepted = await SealExtract.CallAsync(context, input);

        context.SetCustomStatus("removing the drop");
        await CloseDrop.CallAsync(context, input);

        // What came for families that are helped is given to their cases at once, and nothing else of it is kept.
        context.SetCustomStatus("giving cases what is theirs");
        await DeliverToCases.CallAsync(context, input);

        // A correction also corrects what was concluded from the extract before it.
        context.SetCustomStatus("looking again at families found on what it corrects");
        await LookAgain.CallAsync(context, input);
        context.SetCustomStatus(null);
        return accepted;
    }
}
