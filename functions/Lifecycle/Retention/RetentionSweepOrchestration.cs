using TfFlow.Lifecycle.Cases;
using TfFlow.Lifecycle.Intake;
using TfFlow.Lifecycle.Orchestration;

namespace TfFlow.Lifecycle.Retention;

/// <param name="AsOf">What is due at this time or before is dealt with.</param>
/// <param name="Erased">Extracts erased in earlier rounds of this sweep.</param>
public sealed record SweepRequest(DateTimeOffset AsOf, int Erased = 0);

/// <param name="Extracts">Ids of extracts whose retention is over, the longest due first.</param>
/// <param name="Grants">Ids of grants nobody used in time.</param>
/// <param name="More">There is more than fits one round.</param>
public sealed record DueItems(IReadOnlyList<string> Extracts, IReadOnlyList<string> Grants, bool More);

public sealed record SweepResult(int Erased);

/// <summary>Erases what is due, in parallel, expires what nobody used, and ends acts that were cut short.</summary>
public sealed class RetentionSweepOrchestration : Orchestrator<RetentionSweepOrchestration, SweepRequest, SweepResult>
{
    private static RetryPolicy Retry { get; } = new(20, TimeSpan.FromSeconds(1))
    {
        BackoffCoefficient = 2,
        MaxRetryInterval = TimeSpan.FromMinutes(15),
    };

    public override async Task<SweepResult> RunAsync(OrchestrationContext context, SweepRequest input)
    {
        await ResolveIntents.CallAsync(context, input, Retry);
        await SweepCases.CallAsync(context, input, Retry);
        var due = await FindDue.CallAsync(context, input, Retry);
        var erasures = due.Extracts.Select(id => EraseExtract.CallAsync(context, new ExtractReference(id), Retry));
        var expiries = due.Grants.Select(id => ExpireGrant.CallAsync(context, new GrantReference(id), Retry));
        await Task.WhenAll(erasures.Concat(expiries).ToList());

        var erased = input.Erased + due.Extracts.Count;
        context.SetCustomStatus(new SweepResult(erased));
        if (due.More)
        {
            context.ContinueAsNew(input with { Erased = erased });
        }

        return new(erased);
    }
}
