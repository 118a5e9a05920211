using System.Collections.Concurrent;
using Azure;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using TfFlow.Lifecycle;
using TfFlow.Lifecycle.Intake;
using TfFlow.Programme;
using TfFlow.Programme.Agreements;
using TfFlow.Vault;
using TfFlow.Vault.Storage;

namespace TfFlow.Host.Local.Hosting;

/// <summary>What a blob trigger does in the cloud: finds drops and has them claimed. Finding one twice is harmless.</summary>
internal sealed partial class DropWatcher(Stores stores, StoreNames names, DropClaims claims, Registers registers, AgreementCatalogue agreements, ILogger<DropWatcher> log) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>Looks at containers with an open grant alone, between two looks at all: nothing that is expected lies anywhere else.</summary>
    private const int LooksBetween = 30;

    // Only saves asking again for what lies there until its intake ends.
    private readonly ConcurrentDictionary<BlobAddress, ETag> claimed = new();

    // Which agency a grant is for never changes.
    private readonly Dictionary<string, Id<Party>> agencyOf = [];

    private IEnumerable<Id<Party>> Agencies => agreements.Versions.SelectMany(agreement => agreement.Parties).Select(party => party.Id).Distinct();

    /// <summary>Claims every drop that lies in these agencies' containers now.</summary>
    private async Task LookAsync(IEnumerable<Id<Party>> agencies, CancellationToken cancellationToken)
    {
        foreach (var agency in agencies)
        {
            await foreach (var drop in stores.Blobs.ListAsync(names.Drops(agency), prefix: null, cancellationToken))
            {
                if (!claimed.TryGetValue(drop.Blob, out var eTag) || eTag != drop.ETag)
                {
                    await ClaimAsync(agency, drop, cancellationToken);
                }
            }
        }
    }

    private async Task ClaimAsync(Id<Party> agency, BlobProperties drop, CancellationToken cancellationToken)
    {
        try
        {
            await claims.ClaimAsync(agency, drop, cancellationToken);
            claimed[drop.Blob] = drop.ETag;
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested && e is not StorageException { IsTransient: true })
        {
            // One drop that cannot be claimed must not end the watch for the others. A message may carry its name: only its kind is said.
            LogUnclaimable(agency, e.GetType().Name);
        }
    }

    /// <summary>The agencies that may put a drop now: an open grant is due when it expires.</summary>
    private async Task<HashSet<Id<Party>>> WithGrantAsync(CancellationToken cancellationToken)
    {
        var agencies = new HashSet<Id<Party>>();
        await foreach (var id in registers.Grants.DueAsync(DateTimeOffset.MaxValue.AddDays(-1), cancellationToken))
        {
            if (!agencyOf.TryGetValue(id, out var agency))
            {
                agencyOf[id] = agency = (await registers.Grants.GetAsync(id, cancellationToken)).Row.Agency;
            }

            agencies.Add(agency);
        }

        return agencies;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        for (var look = 0; !stoppingToken.IsCancellationRequested; look++)
        {
            try
            {
                await LookAsync(look % LooksBetween == 0 ? Agencies : await WithGrantAsync(stoppingToken), stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                // The next look finds what this one missed. A message may carry the name of a file we did not name.
                LogFailedLook(e is StorageException store ? store.Operation : e.GetType().Name, Interval.TotalSeconds);
            }

            // How often to look is a matter of this machine, not of the programme's clock.
            await Task.Delay(Interval, TimeProvider.System, stoppingToken);
        }
    }

    [LoggerMessage(LogLevel.Error, "A file in the drop container of {Agency} cannot be claimed ({Kind}). The host tries again by itself, at the latest in half a minute. Look into the container.")]
    private partial void LogUnclaimable(string agency, string kind);

    [LoggerMessage(LogLevel.Warning, "Looking for drops failed ({Kind}); looking again in {Seconds} s")]
    private partial void LogFailedLook(string kind, double seconds);
}
