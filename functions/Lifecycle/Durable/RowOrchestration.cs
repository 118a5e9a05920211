using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace TfFlow.Lifecycle.Durable;

/// <summary>Carries one register row on: its activity does all that follows from the row, then a change of the row or its next date is awaited.</summary>
/// <remarks>The register is the truth. The event that wakes it says only that the row may have changed.</remarks>
/// <typeparam name="TAdvance">Does what follows from the row. It returns what must be waited for next, or null when the row is at rest.</typeparam>
public abstract class RowOrchestration<TSelf, TAdvance, TReference> : TaskOrchestrator<TReference, bool>
    where TAdvance : Activity<TAdvance, TReference, Waiting?>
{
    /// <summary>The one event of these orchestrations: somebody changed the row.</summary>
    public const string Changed = "changed";

    /// <summary>Turns in one history, so that it stays short.</summary>
    private const int Turns = 50;

    /// <summary>An orchestration whose row is at rest lives on for so long: a change at this moment still wakes it, and is not lost between its last look and its end.</summary>
    private static readonly TimeSpan Tail = TimeSpan.FromMinutes(1);

    /// <summary>Wakes the row's orchestration, or starts one. Duplicate signals are harmless; the sweep repairs a lost one.</summary>
    public static async Task WakeAsync(DurableTaskClient client, TReference row, string instanceId, CancellationToken cancellationToken)
    {
        if (!await client.TryRaiseEventAsync(instanceId, Changed, cancellationToken))
        {
            // Refused when another caller started it at the same moment. It reads the row as we left it.
            await client.TryStartAsync(typeof(TSelf).Name, row, instanceId, cancellationToken);
        }
    }

    public override async Task<bool> RunAsync(TaskOrchestrationContext context, TReference input)
    {
        for (var turn = 0; turn < Turns; turn++)
        {
            var next = await Activity<TAdvance, TReference, Waiting?>.CallAsync(context, input);
            if (!await context.WaitAsync(Changed, next ?? new("a change of its register row", context.CurrentUtcDateTime + Tail)) && next is null)
            {
                return true;
            }
        }

        context.ContinueAsNew(input);
        return false;
    }
}
