using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using TfFlow.Host.Azure.Durable;
using TfFlow.Lifecycle.Matching;
using TfFlow.Lifecycle.Retention;

namespace TfFlow.Host.Azure.Functions;

public sealed class SweepFunction(Sweeps sweeps, Matchings matchings, BoundClient durable)
{
    /// <summary>Every night: what is due is erased, what is new is matched.</summary>
    [Function("Sweep")]
    public async Task RunAsync([TimerTrigger("%SweepSchedule%")] TimerInfo timer, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken)
    {
        durable.Current = client;
        await sweeps.StartAsync(cancellationToken);
        await matchings.StartAsync(Matchings.Timer, role: "", cancellationToken);
    }
}
