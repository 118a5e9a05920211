using TfFlow.Lifecycle.Orchestration;

namespace TfFlow.Lifecycle.Cases;

/// <summary>Does for a family's case what follows from its register row: pack, lapse of consent, marker off, reminders, erasure. What people decide comes through the API.</summary>
/// <remarks>One step a run. It waits only while a family has been invited; everything longer is a due row that the sweep picks up.</remarks>
public sealed class FamilyCaseOrchestration : Orchestrator<FamilyCaseOrchestration, CaseReference, CaseReference>
{
    private static RetryPolicy Retry { get; } = new(100, TimeSpan.FromSeconds(1))
    {
        BackoffCoefficient = 2,
        MaxRetryInterval = TimeSpan.FromMinutes(15),
    };

    public override async Task<CaseReference> RunAsync(OrchestrationContext context, CaseReference input)
    {
        var next = await LookAtCase.CallAsync(context, input, Retry);
        switch (next.Step)
        {
            case CaseStep.PreparePack:
                context.SetCustomStatus("preparing the information pack");
                await PreparePack.CallAsync(context, input, Retry);
                break;
            case CaseStep.AwaitConsent:
                context.SetCustomStatus("waiting for the family's answer to the invitation");
                await context.WokenAsync(next.Until!.Value - context.CurrentUtcDateTime, "the family's answer to the invitation");
                break;
            case CaseStep.LapseConsent:
                await LapseConsent.CallAsync(context, input, Retry);
                break;
            case CaseStep.SettleMarker:
                await SettleMarker.CallAsync(context, input, Retry);
                break;
            case CaseStep.TakeMarkerOff:
                context.SetCustomStatus("having the marker taken off");
                await TakeMarkerOff.CallAsync(context, input, Retry);
                break;
            case CaseStep.Remind:
                await RemindCoordinator.CallAsync(context, input, Retry);
                break;
            case CaseStep.Erase:
                context.SetCustomStatus("erasing");
                if (!await EraseCase.CallAsync(context, input, Retry) && !await context.WokenAsync(WakeWait.Tail, "the release of the legal hold"))
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
