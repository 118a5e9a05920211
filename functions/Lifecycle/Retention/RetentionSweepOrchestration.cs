using Microsoft.DurableTask;
using TfFlow.Lifecycle.Durable;

namespace TfFlow.Lifecycle.Retention;

/// <param name="AsOf">What is due at this time or before is dealt with.</param>
/// <param name="Erased">Extracts and families erased in earlier rounds of this sweep.</param>
/// <param name="Failed">What could not be ended.</param>
/// <param name="Passed">Extracts that earlier rounds dealt with and that are still due: they stand first.</param>
public sealed record SweepRequest(DateTimeOffset AsOf, int Erased = 0, int Failed = 0, int Passed = 0);

public sealed record SweepResult(int Erased);

/// <summary>What the sweep could not end stays due; the next one tries again.</summary>
public sealed class SweepIncompleteException(int failed)
    : Exception($"{failed} of what was due could not be ended; it stays due. The failed acts are in 'tfflow ledger search', their reasons in the log.");

/// <summary>Finds what is due, ends it in rounds, chases what should have come, and forgets orchestrations that finished long ago.</summary>
public sealed class RetentionSweepOrchestration : TaskOrchestrator<SweepRequest, SweepResult>
{
    /// <exception cref="SweepIncompleteException">Something could not be ended, by this round or an earlier one.</exception>
    public override async Task<SweepResult> RunAsync(TaskOrchestrationContext context, SweepRequest input)
    {
        var due = await FindDue.CallAsync(context, input);
        var ended = await EndDue.CallAsync(context, due);
        var next = input with
        {
            Erased = input.Erased + ended.Erased,
            Failed = input.Failed + ended.Failed,
            Passed = input.Passed + ended.StillDue,
        };
        if (due.More)
        {
            context.ContinueAsNew(next);
            return new(next.Erased);
        }

        await ChaseOverdue.CallAsync(context, input);
        return next.Failed > 0 ? throw new SweepIncompleteException(next.Failed) : new(next.Erased);
    }
}
