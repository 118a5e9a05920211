using System.Globalization;
using TfFlow.Lifecycle.Orchestration;

namespace TfFlow.Lifecycle.Retention;

/// <summary>Starts the retention sweep: nightly by the host's timer, or by hand.</summary>
public sealed class Sweeps(IOrchestrationClient orchestrations, TimeProvider time)
{
    /// <returns>The instance id; one sweep a second at most, so that two timers start one.</returns>
    public async Task<string> StartAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var instanceId = "sweep-" + now.ToString("yyyyMMdd'T'HHmmss", CultureInfo.InvariantCulture);
        try
        {
            await RetentionSweepOrchestration.ScheduleAsync(
                orchestrations, new SweepRequest(now), new StartOptions { InstanceId = instanceId }, cancellationToken);
        }
        catch (InstanceExistsException)
        {
            // The same second's sweep is under way: that is the one asked for.
        }

        return instanceId;
    }
}
