using System.Collections.Concurrent;
using Azure;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using TfFlow.Lifecycle.Intake;
using TfFlow.Programme.Agreements;
using TfFlow.Vault;
using TfFlow.Vault.Storage;

namespace TfFlow.Host.Local.Hosting;

/// <summary>What a blob trigger does in the cloud: finds drops and has them claimed. Finding one twice is harmless.</summary>
internal sealed partial class DropWatcher(Stores stores, StoreNames names, DropClaims claims, AgreementCatalogue agreements, ILogger<DropWatcher> log) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    // Only saves asking again for what lies there until its intake ends.
    private readonly ConcurrentDictionary<BlobAddress, ETag> claimed = new();

    /// <summary>Claims every drop that lies in an agency's container now.</summary>
    public async Task LookAsync(CancellationToken cancellationToken)
    {
        foreach (var agency in agreements.Versions.SelectMany(agreement => agreement.Parties).Select(party => party.Id).Distinct())
        {
            await foreach (var drop in stores.Blobs.ListAsync(names.Drops(agency), prefix: null, cancellationToken))
            {
                if (claimed.TryGetValue(drop.Blob, out var eTag) && eTag == drop.ETag)
                {
                    continue;
                }

                await claims.ClaimAsync(agency, drop, cancellationToken);
                claimed[drop.Blob] = drop.ETag;
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
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                // The next look finds what this one missed; one drop that cannot be claimed must not end the watch for all.
                LogFailedLook(e, Interval.TotalSeconds);
            }

            // How often to look is a matter of this machine, not of the programme's clock.
            await Task.Delay(Interval, TimeProvider.System, stoppingToken);
        }
    }

    [LoggerMessage(LogLevel.Warning, "Looking for drops failed; looking again in {Seconds} s")]
    private partial void LogFailedLook(Exception exception, double seconds);
}
