using System.ComponentModel.DataAnnotations;

namespace TfFlow.Host.Local.Durable;

/// <summary>How this host runs orchestrations.</summary>
public sealed class LocalDurableOptions
{
    public const string DefaultPrefix = "durable";

    /// <summary>First part of the names of its tables and containers: 3 to 20 lower-case letters and digits, a letter first. Default <c>durable</c>.</summary>
    [RegularExpression(@"\A[a-z][a-z0-9]{2,19}\z")]
    public string Prefix { get; set; } = DefaultPrefix;

    /// <summary>The version new instances get, and the newest this host can run: numbers with dots. Default <c>1</c>.</summary>
    public string Version { get; set; } = "1";

    /// <summary>Keeps this host's lease id, so that a restart takes its lease back at once.</summary>
    public string LeaseFile { get; set; } = Path.Combine(".tfflow", "durable.lease");

    /// <summary>How long another host waits before it may take over: 15 to 60 seconds, the limits of a blob lease. Default 20.</summary>
    [Range(typeof(TimeSpan), "00:00:15", "00:01:00")]
    public TimeSpan LeaseDuration { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>Instances that take a turn at once. Default 64.</summary>
    [Range(1, 1024)]
    public int MaxConcurrentTurns { get; set; } = 64;

    /// <summary>Activities that run at once. Default 64.</summary>
    [Range(1, 1024)]
    public int MaxConcurrentActivities { get; set; } = 64;

    /// <summary>Waiting instances kept in memory; others are replayed from history when something arrives. Default 1,000; 0 replays every turn.</summary>
    [Range(0, 1_000_000)]
    public int InstancesInMemory { get; set; } = 1000;
}
