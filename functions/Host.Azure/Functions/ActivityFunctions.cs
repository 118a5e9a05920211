using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using TfFlow.Host.Azure.Durable;
using TfFlow.Lifecycle.Orchestration;

namespace TfFlow.Host.Azure.Functions;

public sealed partial class ActivityFunctions(OrchestrationRegistry registry, BoundClient durable)
{
    private async Task<object?> RunAsync(string name, object? input, string instanceId, DurableTaskClient client, FunctionContext function)
    {
        durable.Current = client;
        return await registry.CreateActivity(name, function.InstanceServices).RunAsync(new(instanceId, function.CancellationToken), input);
    }
}
