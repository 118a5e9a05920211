using TfFlow.Lifecycle.Orchestration;

namespace TfFlow.Lifecycle.Cases;

/// <summary>Orders the removal of a marker that has lost what it rests on.</summary>
public sealed class TakeMarkerOff(Markers markers) : Activity<TakeMarkerOff, CaseReference, bool>
{
    public override async Task<bool> RunAsync(ActivityContext context, CaseReference input)
    {
        await markers.TakeOffAsync(input.CaseId, context.CancellationToken);
        return true;
    }
}
