using Microsoft.Azure.Functions.Worker;
using TfFlow.Lifecycle.Proof;

namespace TfFlow.Host.Azure.Functions;

public sealed class CheckpointFunction(Checkpoints checkpoints)
{
    /// <summary>Signs the ledger when a checkpoint is due.</summary>
    [Function("Checkpoint")]
    public Task RunAsync([TimerTrigger("%CheckpointSchedule%")] TimerInfo timer, CancellationToken cancellationToken) => checkpoints.RunIfDueAsync(cancellationToken);
}
