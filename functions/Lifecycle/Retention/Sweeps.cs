using System.Globalization;
using Microsoft.DurableTask.Client;
using TfFlow.Lifecycle.Durable;

namespace TfFlow.Lifecycle.Retention;

/// <summary>Starts the retention sweep: nightly by the host's timer, or by hand.</summary>
public sealed class Sweeps(DurableTaskClient orchestrations, Registers registers, ChaseOverdue overdue, ResolveIntents intents, TimeProvider time)
{
    /// <returns>The instance id; one sweep a second at most, so that two timers start one.</returns>
    public async Task<string> StartAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var instanceId = "sweep-" + now.ToString("yyyyMMdd'T'HHmmss", CultureInfo.InvariantCulture);
        await orchestrations.TryStartAsync(nameof(RetentionSweepOrchestration), new SweepRequest(now), instanceId, cancellationToken);
        return instanceId;
    }

    /// <summary>Starts a sweep if there is anything for it to do. A quiet night costs a look at each register's due rows.</summary>
    /// <returns>The instance id; null when nothing is due.</returns>
    public async Task<string?> StartIfDueAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        return await registers.AnyDueAsync(now, cancellationToken) || await intents.AnyAsync(now, cancellationToken) || await overdue.AnyAsync(now, cancellationToken)
            ? await StartAsync(cancellationToken)
            : null;
    }
}
