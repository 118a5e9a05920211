using Azure.Core.Pipeline;

namespace TfFlow.Host.Local.Engine;

/// <summary>How the Durable Task engine runs in this process.</summary>
public sealed class LocalEngineOptions
{
    /// <summary>The storage account with the hub: blobs, tables and queues.</summary>
    public string ConnectionString { get; set; } = "";

    /// <summary>First part of the names of the hub's tables, queues and containers: 3 to 40 letters and digits, a letter first. Default <c>durable</c>.</summary>
    /// <remarks>Two hosts on one account need two names.</remarks>
    public string HubName { get; set; } = "durable";

    /// <summary>The version that new instances get, and the newest this host runs: numbers with dots. Null, the default: versions are not looked at.</summary>
    public string? Version { get; set; }

    /// <summary>How long a message stays hidden once a host has taken it, so how long a killed host's work waits. Default 10 seconds; 6 at least.</summary>
    /// <remarks>The engine renews what it holds every five seconds, whatever the setting.</remarks>
    public TimeSpan Visibility { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long activities may take to end when the host stops. Default 5 seconds.</summary>
    /// <remarks>One that takes longer is left behind. Its work is taken up again by the next host after <see cref="Visibility"/>.</remarks>
    public TimeSpan StopGrace { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Activities that run at once. Default 32.</summary>
    public int MaxConcurrentActivities { get; set; } = 32;

    /// <summary>Orchestrations in memory at once: those that take a turn, and for a second after it. Default 500.</summary>
    public int MaxConcurrentTurns { get; set; } = 500;

    /// <summary>Sees every storage request of the engine; null for none.</summary>
    public HttpPipelinePolicy? OnRequest { get; set; }

    /// <summary>Told of every activity before it runs, with a token that is cancelled when the host stops.</summary>
    public PrepareActivity? PrepareActivity { get; set; }

    internal void Check()
    {
        ArgumentException.ThrowIfNullOrEmpty(ConnectionString);
        ArgumentOutOfRangeException.ThrowIfLessThan(Visibility, TimeSpan.FromSeconds(6));
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxConcurrentActivities, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxConcurrentTurns, 1);
        if (HubName.Length is < 3 or > 40 || !char.IsAsciiLetter(HubName[0]) || !HubName.All(char.IsAsciiLetterOrDigit))
        {
            throw new ArgumentException($"The hub's name '{HubName}' must be 3 to 40 letters and digits, a letter first.");
        }
    }
}
