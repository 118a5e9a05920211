using Microsoft.DurableTask;
using TfFlow.Lifecycle.Durable;

namespace TfFlow.Lifecycle.Matching;

/// <param name="RunId">The round's row in the register.</param>
/// <param name="Settled">The cohort stands and what it rests on is erased: only reviews are left.</param>
public sealed record MatchingReference(string RunId, bool Settled = false);

/// <summary>One round: extracts for identification chosen, households looked at in partitions, the cohort put in order, everybody else's records erased, uncertain households waited for.</summary>
public sealed class MatchingRunOrchestration : TaskOrchestrator<MatchingReference, bool>
{
    /// <summary>A decision on a household in review was made: the register says which.</summary>
    public const string ReviewDecided = "ReviewDecided";

    /// <summary>Turns in one history, so that it stays short.</summary>
    private const int Turns = 50;

    public override async Task<bool> RunAsync(TaskOrchestrationContext context, MatchingReference input)
    {
        if (!input.Settled)
        {
            var partitions = await BeginMatching.CallAsync(context, input);
            await Task.WhenAll(Enumerable.Range(0, partitions).Select(partition => MatchPartition.CallAsync(context, new PartitionReference(input.RunId, partition))).ToList());
            await SettleMatching.CallAsync(context, input);
        }

        for (var turn = 0; turn < Turns; turn++)
        {
            if (await AdvanceReviews.CallAsync(context, input) is not { } waiting)
            {
                return true;
            }

            await context.WaitAsync(ReviewDecided, waiting);
        }

        context.ContinueAsNew(input with { Settled = true });
        return false;
    }
}
