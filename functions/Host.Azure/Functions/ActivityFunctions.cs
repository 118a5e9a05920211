using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;
using TfFlow.Lifecycle.Durable;

namespace TfFlow.Host.Azure.Functions;

public sealed partial class ActivityFunctions(BoundClient durable)
{
    private Task<TOutput> RunAsync<TActivity, TInput, TOutput>(TInput input, DurableTaskClient client, FunctionContext function)
        where TActivity : Activity<TActivity, TInput, TOutput>
    {
        durable.Bind(client);
        var activity = ActivatorUtilities.CreateInstance<TActivity>(function.InstanceServices);
        activity.Stopping = function.CancellationToken;
        return activity.ExecuteAsync(input);
    }
}
