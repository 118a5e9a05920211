using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using TfFlow.Lifecycle.Proof;
using TfFlow.Vault.Keys;
using TfFlow.Vault.Ledger;
using TfFlow.Vault.Storage;

namespace TfFlow.Host.Local.Hosting;

/// <summary>What a timer trigger does in the cloud: has the ledger signed whenever a checkpoint is due.</summary>
internal sealed partial class CheckpointTimer(Checkpoints checkpoints, TimeProvider time, ILogger<CheckpointTimer> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (await checkpoints.RunIfDueAsync(stoppingToken) is { } signed)
                {
                    LogSigned(signed.Checkpoint.Size);
                }
            }
            catch (LedgerDamagedException damaged)
            {
                LogDamaged(damaged.Message);
            }
            catch (StorageException taken) when (taken.Error is StorageError.ConditionNotMet or StorageError.AlreadyExists)
            {
                // Another process signed at the same moment: that is the checkpoint wanted.
            }
            catch (Exception failed) when (failed is StorageException or KeyRingException)
            {
                LogFailed(failed.Message);
            }

            await Task.Delay(checkpoints.Pace, time, stoppingToken);
        }
    }

    [LoggerMessage(LogLevel.Information, "The ledger is signed over {Size} entries")]
    private partial void LogSigned(long size);

    [LoggerMessage(LogLevel.Critical, "The ledger is not signed: {Reason}")]
    private partial void LogDamaged(string reason);

    [LoggerMessage(LogLevel.Warning, "The ledger is not signed this time ({Reason}); what is due is signed at the next.")]
    private partial void LogFailed(string reason);
}
