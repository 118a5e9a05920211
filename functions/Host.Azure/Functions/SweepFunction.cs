using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;
using TfFlow.Lifecycle.Matching;
using TfFlow.Lifecycle.Retention;

namespace TfFlow.Host.Azure.Functions;

public sealed class SweepFunction(IServiceProvider services, BoundClient durable)
{
    /// <summary>Every night: what is due is erased, what is new is matched.</summary>
    [Function("Sweep")]
    public async Task RunAsync([TimerTrigger("%SweepSchedule%")] TimerInfo timer, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken)
    {
        durable.Bind(client);
        await services.GetRequiredService<Sweeps>().StartIfDueAsync(cancellationToken);
        await services.GetRequiredService<Matchings>().StartIfDueAsync(cancellationToken);
    }
}
