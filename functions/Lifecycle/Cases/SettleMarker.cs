using TfFlow.Lifecycle.Orchestration;

namespace TfFlow.Lifecycle.Cases;

/// <summary>Brings a case's standing to what its instruction says.</summary>
public sealed class SettleMarker(Markers markers) : Activity<SettleMarker, CaseReference, bool>
{
    public override async Task<bool> RunAsync(ActivityContext context, CaseReference input)
    {
        await markers.SettleAsync(input.CaseId, context.CancellationToken);
        return true;
    }
}
