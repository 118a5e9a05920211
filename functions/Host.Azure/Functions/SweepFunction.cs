using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using TfFlow.Host.Azure.Durable;
using TfFlow.Lifecycle.Retention;

namespace TfFlow.Host.Azure.Functions;

public sealed class SweepFunction(Sweeps sweeps, BoundClient durable)
{
    [Function("Sweep")]
    public Task RunAsync([TimerTrigger("%SweepSchedule%")] TimerInfo timer, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken)
    {
        durable.Current = client;
        return sweeps.StartAsync(cancellationToken);
    }
}
