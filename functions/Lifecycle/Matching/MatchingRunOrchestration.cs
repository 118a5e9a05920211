using TfFlow.Lifecycle.Intake;
using TfFlow.Lifecycle.Orchestration;
using TfFlow.Lifecycle.Retention;

namespace TfFlow.Lifecycle.Matching;

/// <param name="RunId">The round's row in the register.</param>
/// <param name="Settled">The cohort stands and what it rests on is erased: only reviews are left.</param>
public sealed record MatchingReference(string RunId, bool Settled = false);

/// <summary>One round: extracts for identification chosen, households looked at in partitions, the cohort put in order, everybody else's records erased, uncertain households waited for.</summary>
public sealed class MatchingRunOrchestration : Orchestrator<MatchingRunOrchestration, MatchingReference, MatchingReference>
{
    /// <summary>A decision on a household in review was made: the register says which.</summary>
    public const string ReviewDecided = "ReviewDecided";

    /// <summary>A step that fails for want of the store or the key ring is tried for about a day, then an operator is asked.</summary>
    private static RetryPolicy Retry { get; } = new(100, TimeSpan.FromSeconds(1))
    {
        BackoffCoefficient = 2,
        MaxRetryInterval = TimeSpan.FromMinutes(15),
    };

    private static TimeSpan Shortest { get; } = TimeSpan.FromSeconds(1);

    public override async Task<MatchingReference> RunAsync(OrchestrationContext context, MatchingReference input)
    {
        if (!input.Settled)
        {
            await MatchAsync(context, input);
            context.ContinueAsNew(input with { Settled = true });
            return input;
        }

        var reviews = await FindReviews.CallAsync(context, input, Retry);
        await Task.WhenAll(reviews.EndedIds.Select(id => EraseFamily.CallAsync(context, new FamilyReference(id), Retry)).ToList());
        if (reviews.NextDeadline is { } deadline)
        {
            context.SetCustomStatus("waiting for decisions on uncertain households");
            await DecisionAsync(context, deadline);
            context.ContinueAsNew(input);
            return input;
        }

        await CompleteMatching.CallAsync(context, input, Retry);
        context.SetCustomStatus(null);
        return input;
    }

    private static async Task MatchAsync(OrchestrationContext context, MatchingReference input)
    {
        context.SetCustomStatus("looking at households");
        var partitions = await BeginMatching.CallAsync(context, input, Retry);
        await Task.WhenAll(Enumerable.Range(0, partitions).Select(partition => MatchPartition.CallAsync(context, new PartitionReference(input.RunId, partition), Retry)).ToList());

        context.SetCustomStatus("erasing what does not meet the criteria");
        var read = await SettleMatching.CallAsync(context, input, Retry);
        await Task.WhenAll(read.ExtractIds.Select(id => EndExtract.CallAsync(context, new MatchedExtract(input.RunId, id), Retry)).ToList());
        await Task.WhenAll(read.ExtractIds.Select(id => EraseExtract.CallAsync(context, new ExtractReference(id), Retry)).ToList());
    }

    /// <summary>Until the next decision, or the next deadline.</summary>
    private static async Task DecisionAsync(OrchestrationContext context, DateTimeOffset deadline)
    {
        var rest = deadline - context.CurrentUtcDateTime;
        try
        {
            await context.WaitForExternalEventAsync<FamilyReference>(ReviewDecided, rest > Shortest ? rest : Shortest, "a decision on an uncertain household");
        }
        catch (OperationCanceledException)
        {
            // The deadline: whoever is still in review lapses.
        }
    }
}
