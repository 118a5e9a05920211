namespace TfFlow.Host.Local.Azurite;

/// <summary>How <see cref="AzuriteServer"/> is run.</summary>
public sealed record AzuriteOptions
{
    /// <summary>The work folder: data, account keys and ports. Made, for its owner only, when absent.</summary>
    public required string Folder { get; init; }

    /// <summary>The storage accounts it serves. An account's random key is kept in the work folder.</summary>
    public IReadOnlyList<string> Accounts { get; init; } = [AzuriteAccounts.Personal, AzuriteAccounts.Keys, AzuriteAccounts.Host];

    /// <summary>Loopback ports; 0 takes those this work folder had before, else free ones.</summary>
    public int BlobPort { get; init; }

    /// <inheritdoc cref="BlobPort"/>
    public int QueuePort { get; init; }

    /// <inheritdoc cref="BlobPort"/>
    public int TablePort { get; init; }

    /// <summary>Whether nothing is saved: what is served ends with the process. For tests and measurements: an eighth less work for each request.</summary>
    public bool InMemory { get; init; }

    /// <summary>Where Azurite itself is installed once per user; null is the user's local application data.</summary>
    public string? CacheFolder { get; init; }

    /// <summary>Where <c>node</c> and <c>npm</c> are looked for; null is PATH.</summary>
    public string? SearchPath { get; init; }

    /// <summary>How long Azurite may take to answer. Default two minutes.</summary>
    public TimeSpan StartTimeout { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Told, in one line each, what takes time: an installation, a folder still being closed.</summary>
    public IProgress<string>? Progress { get; init; }

    public TimeProvider Time { get; init; } = TimeProvider.System;
}

/// <summary>The accounts of a local host: what is personal, the keys that open it, and the host's own state lie in separate stores.</summary>
/// <remarks>No account is named like a table: the table client takes the two for one in an address with the account in its path.</remarks>
public static class AzuriteAccounts
{
    public const string Personal = "tfflowpersonal";
    public const string Keys = "tfflowkeys";
    public const string Host = "tfflowhost";
}
