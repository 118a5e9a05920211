using Microsoft.DurableTask;
using TfFlow.Host.Azure.Durable;
using TfFlow.Lifecycle.Orchestration;

namespace TfFlow.Host.Azure.Functions;

public static partial class OrchestratorFunctions
{
    private static Task<object?> RunAsync(IOrchestrator orchestrator, TaskOrchestrationContext context, object? input) =>
        DurableMap.RunAsync(orchestrator, context, input);
}
