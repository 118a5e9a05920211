// Written from the lifecycle's orchestrators and activities by StubsTest: TFFLOW_WRITE_STUBS=1 dotnet test tests/Host.Azure.Tests writes it anew.
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using TfFlow.Lifecycle.Agreements;
using TfFlow.Lifecycle.Cases;
using TfFlow.Lifecycle.Durable;
using TfFlow.Lifecycle.Intake;
using TfFlow.Lifecycle.Matching;
using TfFlow.Lifecycle.Research;
using TfFlow.Lifecycle.Research.Study;
using TfFlow.Lifecycle.Retention;

namespace TfFlow.Host.Azure.Functions;

public static class OrchestratorFunctions
{
    [Function(nameof(BreachCaseOrchestration))]
    public static Task<bool> BreachCaseOrchestration([OrchestrationTrigger] TaskOrchestrationContext context, BreachReference input) => new BreachCaseOrchestration().RunAsync(context, input);

    [Function(nameof(ExtractIntakeOrchestration))]
    public static Task<bool> ExtractIntakeOrchestration([OrchestrationTrigger] TaskOrchestrationContext context, ExtractReference input) => new ExtractIntakeOrchestration().RunAsync(context, input);

    [Function(nameof(FamilyCaseOrchestration))]
    public static Task<bool> FamilyCaseOrchestration([OrchestrationTrigger] TaskOrchestrationContext context, CaseReference input) => new FamilyCaseOrchestration().RunAsync(context, input);

    [Function(nameof(KeyRotationOrchestration))]
    public static Task<Int64> KeyRotationOrchestration([OrchestrationTrigger] TaskOrchestrationContext context, KeyRotation input) => new KeyRotationOrchestration().RunAsync(context, input);

    [Function(nameof(MarkerChangeOrchestration))]
    public static Task<bool> MarkerChangeOrchestration([OrchestrationTrigger] TaskOrchestrationContext context, MarkerReference input) => new MarkerChangeOrchestration().RunAsync(context, input);

    [Function(nameof(MatchingRunOrchestration))]
    public static Task<bool> MatchingRunOrchestration([OrchestrationTrigger] TaskOrchestrationContext context, MatchingReference input) => new MatchingRunOrchestration().RunAsync(context, input);

    [Function(nameof(ResearchExtractOrchestration))]
    public static Task<bool> ResearchExtractOrchestration([OrchestrationTrigger] TaskOrchestrationContext context, ResearchReference input) => new ResearchExtractOrchestration().RunAsync(context, input);

    [Function(nameof(RetentionSweepOrchestration))]
    public static Task<SweepResult> RetentionSweepOrchestration([OrchestrationTrigger] TaskOrchestrationContext context, SweepRequest input) => new RetentionSweepOrchestration().RunAsync(context, input);

    [Function(nameof(StudyRoundOrchestration))]
    public static Task<bool> StudyRoundOrchestration([OrchestrationTrigger] TaskOrchestrationContext context, StudyReference input) => new StudyRoundOrchestration().RunAsync(context, input);

    [Function(nameof(SubjectRequestOrchestration))]
    public static Task<bool> SubjectRequestOrchestration([OrchestrationTrigger] TaskOrchestrationContext context, SubjectRequestReference input) => new SubjectRequestOrchestration().RunAsync(context, input);
}

public sealed partial class ActivityFunctions
{
    [Function(nameof(AdvanceBreach))]
    public Task<Waiting?> AdvanceBreach([ActivityTrigger] BreachReference input, [DurableClient] DurableTaskClient client, FunctionContext function) => RunAsync<AdvanceBreach, BreachReference, Waiting?>(input, client, function);

    [Function(nameof(AdvanceCase))]
    public Task<Waiting?> AdvanceCase([ActivityTrigger] CaseReference input, [DurableClient] DurableTaskClient client, FunctionContext function) => RunAsync<AdvanceCase, CaseReference, Waiting?>(input, client, function);

    [Function(nameof(AdvanceMarker))]
    public Task<Waiting?> AdvanceMarker([ActivityTrigger] MarkerReference input, [DurableClient] DurableTaskClient client, FunctionContext function) => RunAsync<AdvanceMarker, MarkerReference, Waiting?>(input, client, function);

    [Function(nameof(AdvanceRequest))]
    public Task<Waiting?> AdvanceRequest([ActivityTrigger] SubjectRequestReference input, [DurableClient] DurableTaskClient client, FunctionContext function) => RunAsync<AdvanceRequest, SubjectRequestReference, Waiting?>(input, client, function);

    [Function(nameof(AdvanceResearch))]
    public Task<Waiting?> AdvanceResearch([ActivityTrigger] ResearchReference input, [DurableClient] DurableTaskClient client, FunctionContext function) => RunAsync<AdvanceResearch, ResearchReference, Waiting?>(input, client, function);

    [Function(nameof(AdvanceReviews))]
    public Task<Waiting?> AdvanceReviews([ActivityTrigger] MatchingReference input, [DurableClient] DurableTaskClient client, FunctionContext function) => RunAsync<AdvanceReviews, MatchingReference, Waiting?>(input, client, function);

    [Function(nameof(AdvanceStudy))]
    public Task<Waiting?> AdvanceStudy([ActivityTrigger] StudyReference input, [DurableClient] DurableTaskClient client, FunctionContext function) => RunAsync<AdvanceStudy, StudyReference, Waiting?>(input, client, function);

    [Function(nameof(BeginMatching))]
    public Task<int> BeginMatching([ActivityTrigger] MatchingReference input, [DurableClient] DurableTaskClient client, FunctionContext function) => RunAsync<BeginMatching, MatchingReference, int>(input, client, function);

    [Function(nameof(ChaseOverdue))]
    public Task<bool> ChaseOverdue([ActivityTrigger] SweepRequest input, [DurableClient] DurableTaskClient client, FunctionContext function) => RunAsync<ChaseOverdue, SweepRequest, bool>(input, client, function);

    [Function(nameof(CloseDrop))]
    public Task<bool> CloseDrop([ActivityTrigger] ExtractReference input, [DurableClient] DurableTaskClient client, FunctionContext function) => RunAsync<CloseDrop, ExtractReference, bool>(input, client, function);

    [Function(nameof(DeliverToCases))]
    public Task<bool> DeliverToCases([ActivityTrigger] ExtractReference input, [DurableClient] DurableTaskClient client, FunctionContext function) => RunAsync<DeliverToCases, ExtractReference, bool>(input, client, function);

    [Function(nameof(EndDue))]
    public Task<EndedItems> EndDue([ActivityTrigger] DueItems input, [DurableClient] DurableTaskClient client, FunctionContext function) => RunAsync<EndDue, DueItems, EndedItems>(input, client, function);

    [Function(nameof(FindDue))]
    public Task<DueItems> FindDue([ActivityTrigger] SweepRequest input, [DurableClient] DurableTaskClient client, FunctionContext function) => RunAsync<FindDue, SweepRequest, DueItems>(input, client, function);

    [Function(nameof(LookAgain))]
    public Task<int> LookAgain([ActivityTrigger] ExtractReference input, [DurableClient] DurableTaskClient client, FunctionContext function) => RunAsync<LookAgain, ExtractReference, int>(input, client, function);

    [Function(nameof(MatchPartition))]
    public Task<bool> MatchPartition([ActivityTrigger] PartitionReference input, [DurableClient] DurableTaskClient client, FunctionContext function) => RunAsync<MatchPartition, PartitionReference, bool>(input, client, function);

    [Function(nameof(RotateKeys))]
    public Task<Int64> RotateKeys([ActivityTrigger] KeyRotation input, [DurableClient] DurableTaskClient client, FunctionContext function) => RunAsync<RotateKeys, KeyRotation, Int64>(input, client, function);

    [Function(nameof(SealExtract))]
    public Task<bool> SealExtract([ActivityTrigger] ExtractReference input, [DurableClient] DurableTaskClient client, FunctionContext function) => RunAsync<SealExtract, ExtractReference, bool>(input, client, function);

    [Function(nameof(SettleMatching))]
    public Task<bool> SettleMatching([ActivityTrigger] MatchingReference input, [DurableClient] DurableTaskClient client, FunctionContext function) => RunAsync<SettleMatching, MatchingReference, bool>(input, client, function);
}
