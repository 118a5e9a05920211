using Microsoft.Extensions.Logging;

namespace TfFlow.Host.Local.Durable;

internal static partial class DurableLog
{
    [LoggerMessage(1, LogLevel.Information, "This host runs orchestrations now: {Active} active taken up, {Timers} with a timer.")]
    public static partial void TookUp(this ILogger logger, int active, int timers);

    [LoggerMessage(2, LogLevel.Information, "Another host holds the lease {Lease}; waiting for it to lapse.")]
    public static partial void StandingBy(this ILogger logger, string lease);

    [LoggerMessage(3, LogLevel.Critical, "The lease {Lease} was taken by another host: this one has stopped running orchestrations.")]
    public static partial void LeaseLost(this ILogger logger, string lease);

    [LoggerMessage(4, LogLevel.Warning, "The store does not answer; orchestrations wait for it: {Reason}")]
    public static partial void StoreAway(this ILogger logger, string reason);

    [LoggerMessage(5, LogLevel.Information, "The store answers again; orchestrations go on.")]
    public static partial void StoreBack(this ILogger logger);

    [LoggerMessage(6, LogLevel.Error, "The store lost acknowledged writes: instance {InstanceId} was at turn {Turn} of generation {Generation} and the store has {Standing}. Everything is taken up again from what the store has; events and starts since may be missing.")]
    public static partial void StoreWentBack(this ILogger logger, string instanceId, int turn, long generation, string standing);

    [LoggerMessage(7, LogLevel.Warning, "Instance {InstanceId} was changed by another writer; it is read again.")]
    public static partial void Conflict(this ILogger logger, string instanceId);

    [LoggerMessage(8, LogLevel.Error, "Instance {InstanceId} is parked and waits to be resumed or terminated: {Reason}")]
    public static partial void Parked(this ILogger logger, string instanceId, string reason);

    [LoggerMessage(9, LogLevel.Error, "A row of instance {InstanceId} cannot be read and the instance is left alone: {Reason}")]
    public static partial void Unreadable(this ILogger logger, string instanceId, string reason);

    [LoggerMessage(10, LogLevel.Warning, "Orchestration {Name} {InstanceId} failed: {Error}: {Message}")]
    public static partial void Failed(this ILogger logger, string name, string instanceId, string error, string message);

    [LoggerMessage(11, LogLevel.Warning, "Activity {Name} of {InstanceId} failed: {Error}: {Message}")]
    public static partial void ActivityFailed(this ILogger logger, string name, string instanceId, string error, string message);

    [LoggerMessage(12, LogLevel.Warning, "Instance {InstanceId} was started by version {Version} and waits for a host of that version; this one is {HostVersion}.")]
    public static partial void TooNew(this ILogger logger, string instanceId, string version, string hostVersion);

    [LoggerMessage(13, LogLevel.Error, "A turn of instance {InstanceId} could not be taken ({Failures} times in a row): {Error}")]
    public static partial void TurnFailed(this ILogger logger, string instanceId, int failures, string error);

    [LoggerMessage(14, LogLevel.Critical, "The host of orchestrations has stopped: {Error}")]
    public static partial void Stopped(this ILogger logger, string error);

    [LoggerMessage(15, LogLevel.Warning, "An event from {Sender} to {Receiver} was lost ({Reason}).")]
    public static partial void EventLost(this ILogger logger, string sender, string receiver, string reason);

    [LoggerMessage(16, LogLevel.Warning, "The lease {Lease} could not be given back and lapses by itself: {Reason}")]
    public static partial void LeaseNotReleased(this ILogger logger, string lease, string reason);

    [LoggerMessage(17, LogLevel.Warning, "Instance {InstanceId} is still parked: {Reason}")]
    public static partial void StillParked(this ILogger logger, string instanceId, string reason);
}
