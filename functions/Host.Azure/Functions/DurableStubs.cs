// Written from LifecycleServices.Registry by StubsTest: TFFLOW_WRITE_STUBS=1 dotnet test tests/Host.Azure.Tests writes it anew.
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using TfFlow.Lifecycle.Intake;
using TfFlow.Lifecycle.Matching;
using TfFlow.Lifecycle.Retention;

namespace TfFlow.Host.Azure.Functions;

public static partial class OrchestratorFunctions
{
    [Function("ExtractIntakeOrchestration")]
    public static Task<object?> ExtractIntakeOrchestration([OrchestrationTrigger] TaskOrchestrationContext context, ExtractReference input) =>
        RunAsync(new ExtractIntakeOrchestration(), context, input);

    [Function("MatchingRunOrchestration")]
    public static Task<object?> MatchingRunOrchestration([OrchestrationTrigger] TaskOrchestrationContext context, MatchingReference input) =>
        RunAsync(new MatchingRunOrchestration(), context, input);

    [Function("RetentionSweepOrchestration")]
    public static Task<object?> RetentionSweepOrchestration([OrchestrationTrigger] TaskOrchestrationContext context, SweepRequest input) =>
        RunAsync(new RetentionSweepOrchestration(), context, input);
}

public sealed partial class ActivityFunctions
{
    [Function("BeginMatching")]
    public Task<object?> BeginMatching([ActivityTrigger] MatchingReference input, string instanceId, [DurableClient] DurableTaskClient client, FunctionContext function) =>
        RunAsync("BeginMatching", input, instanceId, client, function);

    [Function("ChaseOverdue")]
    public Task<object?> ChaseOverdue([ActivityTrigger] SweepRequest input, string instanceId, [DurableClient] DurableTaskClient client, FunctionContext function) =>
        RunAsync("ChaseOverdue", input, instanceId, client, function);

    [Function("CloseDrop")]
    public Task<object?> CloseDrop([ActivityTrigger] ExtractReference input, string instanceId, [DurableClient] DurableTaskClient client, FunctionContext function) =>
        RunAsync("CloseDrop", input, instanceId, client, function);

    [Function("CompleteMatching")]
    public Task<object?> CompleteMatching([ActivityTrigger] MatchingReference input, string instanceId, [DurableClient] DurableTaskClient client, FunctionContext function) =>
        RunAsync("CompleteMatching", input, instanceId, client, function);

    [Function("EndExtract")]
    public Task<object?> EndExtract([ActivityTrigger] MatchedExtract input, string instanceId, [DurableClient] DurableTaskClient client, FunctionContext function) =>
        RunAsync("EndExtract", input, instanceId, client, function);

    [Function("EraseExtract")]
    public Task<object?> EraseExtract([ActivityTrigger] ExtractReference input, string instanceId, [DurableClient] DurableTaskClient client, FunctionContext function) =>
        RunAsync("EraseExtract", input, instanceId, client, function);

    [Function("EraseFamily")]
    public Task<object?> EraseFamily([ActivityTrigger] FamilyReference input, string instanceId, [DurableClient] DurableTaskClient client, FunctionContext function) =>
        RunAsync("EraseFamily", input, instanceId, client, function);

    [Function("ExpireGrant")]
    public Task<object?> ExpireGrant([ActivityTrigger] GrantReference input, string instanceId, [DurableClient] DurableTaskClient client, FunctionContext function) =>
        RunAsync("ExpireGrant", input, instanceId, client, function);

    [Function("FindDue")]
    public Task<object?> FindDue([ActivityTrigger] SweepRequest input, string instanceId, [DurableClient] DurableTaskClient client, FunctionContext function) =>
        RunAsync("FindDue", input, instanceId, client, function);

    [Function("FindReviews")]
    public Task<object?> FindReviews([ActivityTrigger] MatchingReference input, string instanceId, [DurableClient] DurableTaskClient client, FunctionContext function) =>
        RunAsync("FindReviews", input, instanceId, client, function);

    [Function("MatchPartition")]
    public Task<object?> MatchPartition([ActivityTrigger] PartitionReference input, string instanceId, [DurableClient] DurableTaskClient client, FunctionContext function) =>
        RunAsync("MatchPartition", input, instanceId, client, function);

    [Function("ResolveIntents")]
    public Task<object?> ResolveIntents([ActivityTrigger] SweepRequest input, string instanceId, [DurableClient] DurableTaskClient client, FunctionContext function) =>
        RunAsync("ResolveIntents", input, instanceId, client, function);

    [Function("ResumeIntake")]
    public Task<object?> ResumeIntake([ActivityTrigger] IntakeReference input, string instanceId, [DurableClient] DurableTaskClient client, FunctionContext function) =>
        RunAsync("ResumeIntake", input, instanceId, client, function);

    [Function("SealExtract")]
    public Task<object?> SealExtract([ActivityTrigger] ExtractReference input, string instanceId, [DurableClient] DurableTaskClient client, FunctionContext function) =>
        RunAsync("SealExtract", input, instanceId, client, function);

    [Function("SettleMatching")]
    public Task<object?> SettleMatching([ActivityTrigger] MatchingReference input, string instanceId, [DurableClient] DurableTaskClient client, FunctionContext function) =>
        RunAsync("SettleMatching", input, instanceId, client, function);
}
