using Microsoft.DurableTask;
using TfFlow.Host.Azure.Durable;
using TfFlow.Lifecycle.Orchestration;

namespace TfFlow.Host.Azure.Tests.Sdk.Durable;

/// <summary>What the functions of Host.Azure do, on a worker without the Functions host.</summary>
internal static class Bridge
{
    public static void Register(DurableTaskRegistry tasks, OrchestrationRegistry registry)
    {
        foreach (var name in registry.Orchestrators.Keys)
        {
            tasks.AddOrchestrator(name, () => new BridgedOrchestrator(registry.CreateOrchestrator(name)));
        }

        foreach (var name in registry.Activities.Keys)
        {
            tasks.AddActivity(name, services => new BridgedActivity(registry.CreateActivity(name, services)));
        }
    }

    private sealed class BridgedOrchestrator(IOrchestrator orchestrator) : ITaskOrchestrator
    {
        public Type InputType => orchestrator.InputType;

        public Type OutputType => orchestrator.OutputType;

        public Task<object?> RunAsync(TaskOrchestrationContext context, object? input) => DurableMap.RunAsync(orchestrator, context, input);
    }

    private sealed class BridgedActivity(IActivity activity) : ITaskActivity
    {
        public Type InputType => activity.InputType;

        public Type OutputType => activity.OutputType;

        public Task<object?> RunAsync(TaskActivityContext context, object? input) =>
            activity.RunAsync(new(context.InstanceId, CancellationToken.None), input);
    }
}
