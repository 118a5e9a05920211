using TfFlow.Lifecycle.Agreements;
using TfFlow.Lifecycle.Cases;
using TfFlow.Lifecycle.Intake;
using TfFlow.Lifecycle.Matching;
using TfFlow.Lifecycle.Orchestration;

namespace TfFlow.Lifecycle.Retention;

/// <param name="AsOf">What is due at this time or before is dealt with.</param>
/// <param name="Erased">Extracts and families erased in earlier rounds of this sweep.</param>
/// <param name="Failed">What could not be ended after every attempt.</param>
/// <param name="Passed">Extracts that earlier rounds dealt with and that are still due: they stand first.</param>
public sealed record SweepRequest(DateTimeOffset AsOf, int Erased = 0, int Failed = 0, int Passed = 0);

/// <param name="Extracts">Ids of extracts whose retention is over, the longest due first.</param>
/// <param name="Intakes">Ids of extracts whose intake should long have ended.</param>
/// <param name="Grants">Ids of grants nobody used in time.</param>
/// <param name="FamilyIds">Families whose retention, or whose review, is over.</param>
/// <param name="More">There is more than fits one round.</param>
public sealed record DueItems(
    IReadOnlyList<string> Extracts, IReadOnlyList<string> Intakes, IReadOnlyList<string> Grants, IReadOnlyList<string> FamilyIds, bool More);

public sealed record SweepResult(int Erased);

/// <summary>What the sweep could not end stays due; the next one tries again.</summary>
public sealed class SweepIncompleteException(int failed)
    : Exception($"{failed} of what was due could not be ended after every attempt; it stays due. The failed acts are in 'tfflow ledger search', their reasons in the log.");

/// <summary>Erases what is due and not held, in parallel, expires what nobody used, takes up what was cut short, and chases what should have come.</summary>
public sealed class RetentionSweepOrchestration : Orchestrator<RetentionSweepOrchestration, SweepRequest, SweepResult>
{
    private static RetryPolicy Retry { get; } = new(20, TimeSpan.FromSeconds(1))
    {
        BackoffCoefficient = 2,
        MaxRetryInterval = TimeSpan.FromMinutes(15),
    };

    public override async Task<SweepResult> RunAsync(OrchestrationContext context, SweepRequest input)
    {
        var unfinished = await ResolveIntents.CallAsync(context, input, Retry);
        await SweepCases.CallAsync(context, input, Retry);
        var due = await FindDue.CallAsync(context, input, Retry);
        var erasures = due.Extracts.Union(unfinished.Extracts).Select(id => EndsAsync(EraseExtract.CallAsync(context, new ExtractReference(id), Retry))).ToList();
        var expiries = due.Grants.Union(unfinished.Grants).Select(id => EndsAsync(ExpireGrant.CallAsync(context, new GrantReference(id), Retry))).ToList();
        var families = due.FamilyIds.Select(id => EndsAsync(EraseFamily.CallAsync(context, new FamilyReference(id), Retry))).ToList();
        var intakes = due.Intakes.Union(unfinished.Intakes).Select(id => ResumeIntake.CallAsync(context, new IntakeReference(id, input.AsOf), Retry)).ToList();
        var chased = EndsAsync(ChaseAsync(context, input));
        var erased = await Task.WhenAll(erasures);
        var expired = await Task.WhenAll(expiries);
        var forgotten = await Task.WhenAll(families);
        await Task.WhenAll(intakes);
        var reminded = await chased;

        var next = input with
        {
            Erased = input.Erased + erased.Concat(forgotten).Count(ended => ended is true),
            Failed = input.Failed + erased.Concat(expired).Concat(forgotten).Append(reminded).Count(ended => ended is null),
            Passed = input.Passed + due.Intakes.Count + erased.Count(ended => ended is null),
        };
        context.SetCustomStatus(new SweepResult(next.Erased));
        if (due.More)
        {
            context.ContinueAsNew(next);
        }
        else if (next.Failed > 0)
        {
            throw new SweepIncompleteException(next.Failed);
        }

        return new(next.Erased);
    }

    private static async Task<bool> ChaseAsync(OrchestrationContext context, SweepRequest input) =>
        (await Task.WhenAll(ChaseOverdue.CallAsync(context, input, Retry), SweepSuspensions.CallAsync(context, input, Retry))).All(done => done);

    /// <summary>One that cannot be ended does not keep the others from their end.</summary>
    /// <returns>Whether there was something to end, and nothing in its way by law; null when it could not be ended.</returns>
    private static async Task<bool?> EndsAsync(Task<bool> ending)
    {
        try
        {
            return await ending;
        }
        catch (TaskFailedException)
        {
            return null;
        }
    }
}
