using Microsoft.DurableTask;

namespace TfFlow.Lifecycle.Durable;

/// <summary>What an orchestration waits for, and until when. It is the custom status while the wait lasts: <c>tfflow instances</c> shows it.</summary>
/// <param name="For">In words that an operator reads.</param>
public sealed record Waiting(string For, DateTimeOffset Until);

internal static class WaitingExtensions
{
    /// <summary>No orchestration waits longer at one time: a longer wait is a due row in a register, which the sweep looks at.</summary>
    public static TimeSpan Longest { get; } = TimeSpan.FromDays(90);

    /// <summary>Waits for an event until a deadline. No wait is without either.</summary>
    /// <remarks>A timer may fire up to a second early, and an event may be lost: read the register again in either case.</remarks>
    /// <returns>True when the event came; false when the time is over.</returns>
    public static async Task<bool> WaitAsync(this TaskOrchestrationContext context, string eventName, Waiting waiting)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(waiting.For);
        var rest = waiting.Until.UtcDateTime - context.CurrentUtcDateTime;
        if (rest <= TimeSpan.Zero)
        {
            return false;
        }

        context.SetCustomStatus(waiting);
        try
        {
            await context.WaitForExternalEvent<bool>(eventName, rest < Longest ? rest : Longest);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
        finally
        {
            context.SetCustomStatus(null);
        }
    }
}
