// Written from LifecycleServices.Registry by StubsTest: TFFLOW_WRITE_STUBS=1 dotnet test tests/Host.Azure.Tests writes it anew.
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using TfFlow.Lifecycle.Agreements;
using TfFlow.Lifecycle.Cases;
using TfFlow.Lifecycle.Intake;
using TfFlow.Lifecycle.Matching;
using TfFlow.Lifecycle.Research;
using TfFlow.Lifecycle.Research.Study;
using TfFlow.Lifecycle.Retention;

namespace TfFlow.Host.Azure.Functions;

public static partial class OrchestratorFunctions
{
    [Function("BreachCaseOrchestration")]
    public static Task<object?> BreachCaseOrchestration([OrchestrationTrigger] TaskOrchestrationContext context, BreachReference input) =>
        RunAsync(new BreachCaseOrchestration(), context, input);

    [Function("ExtractIntakeOrchestration")]
    public static Task<object?> ExtractIntakeOrchestration([OrchestrationTrigger] TaskOrchestrationContext context, ExtractReference input) =>
        RunAsync(new ExtractIntakeOrchestration(), context, input);

    [Function("FamilyCaseOrchestration")]
    public static Task<object?> FamilyCaseOrchestration([OrchestrationTrigger] TaskOrchestrationContext context, CaseReference input) =>
        RunAsync(new FamilyCaseOrchestration(), context, input);

    [Function("MarkerChangeOrchestration")]
    public static Task<object?> MarkerChangeOrchestration([OrchestrationTrigger] TaskOrchestrationContext context, MarkerReference input) =>
        RunAsync(new MarkerChangeOrchestration(), context, input);

    [Function("MatchingRunOrchestration")]
    public static Task<object?> MatchingRunOrchestration([OrchestrationTrigger] TaskOrchestrationContext context, MatchingReference input) =>
        RunAsync(new MatchingRunOrchestration(), context, input);

    [Function("ResearchExtractOrchestration")]
    public static Task<object?> ResearchExtractOrchestration([OrchestrationTrigger] TaskOrchestrationContext context, ResearchReference input) =>
        RunAsync(new ResearchExtractOrchestration(), context, input);

    [Function("RetentionSweepOrchestration")]
    public static Task<object?> RetentionSweepOrchestration([OrchestrationTrigger] TaskOrchestrationContext context, SweepRequest input) =>
        RunAsync(new RetentionSweepOrchestration(), context, input);

    [Function("StudyRoundOrchestration")]
    public static Task<object?> StudyRoundOrchestration([OrchestrationTrigger] TaskOrchestrationContext context, StudyReference input) =>
        RunAsync(new StudyRoundOrchestration(), context, input);

    [Function("SubjectRequestOrchestration")]
    public static Task<object?> SubjectRequestOrchestration([OrchestrationTrigger] TaskOrchestrationContext context, SubjectRequestReference input) =>
        RunAsync(new SubjectRequestOrchestration(), context, input);
}

public sealed partial class ActivityFunctions
{
    [Function("AdvanceRequest")]
    public Task<object?> AdvanceRequest([ActivityTrigger] SubjectRequestReference input, string instanceId, [DurableClient] DurableTaskClient client, FunctionContext function) =>
        RunAsync("AdvanceRequest", input, instanceId, client, function);

    [Function("BeginMatching")]
    public Task<object?> BeginMatching([ActivityTrigger] MatchingReference input, string instanceId, [DurableClient] DurableTaskClient client, FunctionContext function) =>
        RunAsync("BeginMatching", input, instanceId, client, function);

    [Function("BuildResearchExtract")]
    public Task<object?> BuildResearchExtract([ActivityTrigger] ResearchReference input, string instanceId, [DurableClient] DurableTaskClient client, FunctionContext function) =>
        RunAsync("BuildResearchExtract", input, instanceId, client, function);

    [Function("ChaseMarker")]
    public Task<object?> ChaseMarker([ActivityTrigger] MarkerReference input, string instanceId, [DurableClient] DurableTaskClient client, FunctionContext function) =>
        RunAsync("ChaseMarker", input, instanceId, client, function);

    [Function("ChaseOverdue")]
    public Task<object?> ChaseOverdue([ActivityTrigger] SweepRequest input, string instanceId, [DurableClient] DurableTaskClient client, FunctionContext function) =>
        RunAsync("ChaseOverdue", input, instanceId, client, function);

    [Function("CirculateOutcome")]
    public Task<object?> CirculateOutcome([ActivityTrigger] BreachReference input, string instanceId, [DurableClient] DurableTaskClient client, FunctionContext function) =>
        RunAsync("CirculateOutcome", input, instanceId, client, function);

    [Function("CloseDrop")]
    public Task<object?> CloseDrop([ActivityTrigger] ExtractReference input, string instanceId, [DurableClient] DurableTaskClient client, FunctionContext function) =>
        RunAsync("CloseDrop", input, instanceId, client, function);

    [Function("CombineReturns")]
    public Task<object?> CombineReturns([ActivityTrigger] StudyReference input, string instanceId, [DurableClient] DurableTaskClient client, FunctionContext function) =>
        RunAsync("CombineReturns", input, instanceId, client, function);

    [Function("CompleteMatching")]
    public Task<object?> CompleteMatching([ActivityTrigger] MatchingReference input, string instanceId, [DurableClient] DurableTaskClient client, FunctionContext function) =>
        RunAsync("CompleteMatching", input, instanceId, client, function);

    [Function("DeliverToCases")]
    public Task<object?> DeliverToCases([ActivityTrigger] ExtractReference input, string instanceId, [DurableClient] DurableTaskClient client, FunctionContext function) =>
        RunAsync("DeliverToCases", input, instanceId, client, function);

    [Function("DestroyResearchExtract")]
    public Task<object?> DestroyResearchExtract([ActivityTrigger] ResearchReference input, string instanceId, [DurableClient] DurableTaskClient client, FunctionContext function) =>
        RunAsync("DestroyResearchExtract", input, instanceId, client, function);

    [Function("DestroyStudy")]
    public Task<object?> DestroyStudy([ActivityTrigger] StudyReference input, string instanceId, [DurableClient] DurableTaskClient client, FunctionContext function) =>
        RunAsync("DestroyStudy", input, instanceId, client, function);

    [Function("EndExtract")]
    public Task<object?> EndExtract([ActivityTrigger] MatchedExtract input, string instanceId, [DurableClient] DurableTaskClient client, FunctionContext function) =>
        RunAsync("EndExtract", input, instanceId, client, function);

    [Function("EraseCase")]
    public Task<object?> EraseCase([ActivityTrigger] CaseReference input, string instanceId, [DurableClient] DurableTaskClient client, FunctionContext function) =>
        RunAsync("EraseCase", input, instanceId, client, function);

    [Function("EraseExtract")]
    public Task<object?> EraseExtract([ActivityTrigger] ExtractReference input, string instanceId, [DurableClient] DurableTaskClient client, FunctionContext function) =>
        RunAsync("EraseExtract", input, instanceId, client, function);

    [Function("EraseFamily")]
    public Task<object?> EraseFamily([ActivityTrigger] FamilyReference input, string instanceId, [DurableClient] DurableTaskClient client, FunctionContext function) =>
        RunAsync("EraseFamily", input, instanceId, client, function);

    [Function("EscalateBreach")]
    public Task<object?> EscalateBreach([ActivityTrigger] BreachReference input, string instanceId, [DurableClient] DurableTaskClient client, FunctionContext function) =>
        RunAsync("EscalateBreach", input, instanceId, client, function);

    [Function("ExpireGrant")]
    public Task<object?> ExpireGrant([ActivityTrigger] GrantReference input, string instanceId, [DurableClient] DurableTaskClient client, FunctionContext function) =>
        RunAsync("ExpireGrant", input, instanceId, client, function);

    [Function("FindDue")]
    public Task<object?> FindDue([ActivityTrigger] SweepRequest input, string instanceId, [DurableClient] DurableTaskClient client, FunctionContext function) =>
        RunAsync("FindDue", input, instanceId, client, function);

    [Function("FindReviews")]
    public Task<object?> FindReviews([ActivityTrigger] MatchingReference input, string instanceId, [DurableClient] DurableTaskClient client, FunctionContext function) =>
        RunAsync("FindReviews", input, instanceId, client, function);

    [Function("LapseConsent")]
    public Task<object?> LapseConsent([ActivityTrigger] CaseReference input, string instanceId, [DurableClient] DurableTaskClient client, FunctionContext function) =>
        RunAsync("LapseConsent", input, instanceId, client, function);

    [Function("LinkStudy")]
    public Task<object?> LinkStudy([ActivityTrigger] StudyReference input, string instanceId, [DurableClient] DurableTaskClient client, FunctionContext function) =>
        RunAsync("LinkStudy", input, instanceId, client, function);

    [Function("LookAtBreach")]
    public Task<object?> LookAtBreach([ActivityTrigger] BreachReference input, string instanceId, [DurableClient] DurableTaskClient client, FunctionContext function) =>
        RunAsync("LookAtBreach", input, instanceId, client, function);

    [Function("LookAtCase")]
    public Task<object?> LookAtCase([ActivityTrigger] CaseReference input, string instanceId, [DurableClient] DurableTaskClient client, FunctionContext function) =>
        RunAsync("LookAtCase", input, instanceId, client, function);

    [Function("LookAtMarker")]
    public Task<object?> LookAtMarker([ActivityTrigger] MarkerReference input, string instanceId, [DurableClient] DurableTaskClient client, FunctionContext function) =>
        RunAsync("LookAtMarker", input, instanceId, client, function);

    [Function("LookAtResearch")]
    public Task<object?> LookAtResearch([ActivityTrigger] ResearchReference input, string instanceId, [DurableClient] DurableTaskClient client, FunctionContext function) =>
        RunAsync("LookAtResearch", input, instanceId, client, function);

    [Function("LookAtStudy")]
    public Task<object?> LookAtStudy([ActivityTrigger] StudyReference input, string instanceId, [DurableClient] DurableTaskClient client, FunctionContext function) =>
        RunAsync("LookAtStudy", input, instanceId, client, function);

    [Function("MatchPartition")]
    public Task<object?> MatchPartition([ActivityTrigger] PartitionReference input, string instanceId, [DurableClient] DurableTaskClient client, FunctionContext function) =>
        RunAsync("MatchPartition", input, instanceId, client, function);

    [Function("PreparePack")]
    public Task<object?> PreparePack([ActivityTrigger] CaseReference input, string instanceId, [DurableClient] DurableTaskClient client, FunctionContext function) =>
        RunAsync("PreparePack", input, instanceId, client, function);

    [Function("RemindCoordinator")]
    public Task<object?> RemindCoordinator([ActivityTrigger] CaseReference input, string instanceId, [DurableClient] DurableTaskClient client, FunctionContext function) =>
        RunAsync("RemindCoordinator", input, instanceId, client, function);

    [Function("ResolveIntents")]
    public Task<object?> ResolveIntents([ActivityTrigger] SweepRequest input, string instanceId, [DurableClient] DurableTaskClient client, FunctionContext function) =>
        RunAsync("ResolveIntents", input, instanceId, client, function);

    [Function("ResumeIntake")]
    public Task<object?> ResumeIntake([ActivityTrigger] IntakeReference input, string instanceId, [DurableClient] DurableTaskClient client, FunctionContext function) =>
        RunAsync("ResumeIntake", input, instanceId, client, function);

    [Function("SealExtract")]
    public Task<object?> SealExtract([ActivityTrigger] ExtractReference input, string instanceId, [DurableClient] DurableTaskClient client, FunctionContext function) =>
        RunAsync("SealExtract", input, instanceId, client, function);

    [Function("SendInstruction")]
    public Task<object?> SendInstruction([ActivityTrigger] MarkerReference input, string instanceId, [DurableClient] DurableTaskClient client, FunctionContext function) =>
        RunAsync("SendInstruction", input, instanceId, client, function);

    [Function("SettleMarker")]
    public Task<object?> SettleMarker([ActivityTrigger] CaseReference input, string instanceId, [DurableClient] DurableTaskClient client, FunctionContext function) =>
        RunAsync("SettleMarker", input, instanceId, client, function);

    [Function("SettleMatching")]
    public Task<object?> SettleMatching([ActivityTrigger] MatchingReference input, string instanceId, [DurableClient] DurableTaskClient client, FunctionContext function) =>
        RunAsync("SettleMatching", input, instanceId, client, function);

    [Function("SweepCases")]
    public Task<object?> SweepCases([ActivityTrigger] SweepRequest input, string instanceId, [DurableClient] DurableTaskClient client, FunctionContext function) =>
        RunAsync("SweepCases", input, instanceId, client, function);

    [Function("SweepSuspensions")]
    public Task<object?> SweepSuspensions([ActivityTrigger] SweepRequest input, string instanceId, [DurableClient] DurableTaskClient client, FunctionContext function) =>
        RunAsync("SweepSuspensions", input, instanceId, client, function);

    [Function("TakeMarkerOff")]
    public Task<object?> TakeMarkerOff([ActivityTrigger] CaseReference input, string instanceId, [DurableClient] DurableTaskClient client, FunctionContext function) =>
        RunAsync("TakeMarkerOff", input, instanceId, client, function);

    [Function("TellProvider")]
    public Task<object?> TellProvider([ActivityTrigger] BreachReference input, string instanceId, [DurableClient] DurableTaskClient client, FunctionContext function) =>
        RunAsync("TellProvider", input, instanceId, client, function);
}
