using TfFlow.Lifecycle.Orchestration;

namespace TfFlow.Lifecycle;

/// <summary>How an orchestration waits to be woken by its <see cref="Waker"/>.</summary>
internal static class WakeWait
{
    /// <summary>Before an orchestration ends it waits so long: whoever changes its register row meanwhile wakes it, and no wake falls between its last look and its end.</summary>
    public static readonly TimeSpan Tail = TimeSpan.FromMinutes(1);

    /// <returns>True when somebody changed the register row; false when the time is over.</returns>
    public static async Task<bool> WokenAsync(this OrchestrationContext context, TimeSpan patience, string reason)
    {
        if (patience <= TimeSpan.Zero)
        {
            return false;
        }

        try
        {
            await context.WaitForExternalEventAsync<bool>(Waker.Changed, patience, reason);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
