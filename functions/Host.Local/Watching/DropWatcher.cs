using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using TfFlow.Lifecycle.Intake;
using TfFlow.Vault;
using TfFlow.Vault.Storage;

namespace TfFlow.Host.Local.Watching;

/// <summary>What a blob trigger does in the cloud: finds drops and has them claimed. Finding one twice is harmless.</summary>
internal sealed partial class DropWatcher(
    Stores stores, StoreNames names, DropClaims claims, Agencies agencies, TimeProvider time, ILogger<DropWatcher> log) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>Claims every drop that lies in an agency's container now.</summary>
    public async Task LookAsync(CancellationToken cancellationToken)
    {
        foreach (var agency in agencies.Submitting)
        {
            await foreach (var drop in stores.Blobs.ListAsync(names.Drops(agency), prefix: null, cancellationToken))
            {
                await claims.ClaimAsync(agency, drop, cancellationToken);
            }
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await LookAsync(stoppingToken);
            }
            catch (StorageException e)
            {
                // The next look finds what this one missed.
                LogFailedLook(e, Interval.TotalSeconds);
            }

            await Task.Delay(Interval, time, stoppingToken);
        }
    }

    [LoggerMessage(LogLevel.Warning, "Looking for drops failed; looking again in {Seconds} s")]
    private partial void LogFailedLook(Exception exception, double seconds);
}
