using TfFlow.Lifecycle;
using TfFlow.Lifecycle.Retention;
using TfFlow.Programme.Agreements;
using TfFlow.Programme.Eligibility;
using TfFlow.Vault;
using TfFlow.Vault.Ledger;

namespace TfFlow.Host.Local.Hosting;

/// <summary>How a local host is composed.</summary>
public sealed record LocalHostOptions
{
    /// <summary>The work folder: key ring, token keys, lease and, unless <see cref="ConnectionString"/> says otherwise, Azurite's files.</summary>
    public required string Folder { get; init; }

    /// <summary>A running Azurite or storage account to use instead of starting one.</summary>
    public string? ConnectionString { get; init; }

    /// <summary>Where the API listens on loopback; port 0 takes a free one.</summary>
    public int Port { get; init; }

    /// <summary>First part of the names of tables and containers, so that hosts can share an account.</summary>
    public string Prefix { get; init; } = "";

    /// <summary>The agreements in force here; null for those that ship.</summary>
    public AgreementCatalogue? Agreements { get; init; }

    /// <summary>What the authority matches by; null for the plan that ships.</summary>
    public MatchingPlan? Matching { get; init; }

    /// <summary>An authority's deployment, or a study's.</summary>
    public Deployment Deployment { get; init; } = Deployment.Authority;

    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>When the ledger is signed.</summary>
    public CheckpointPolicy CheckpointPolicy { get; init; } = new();

    /// <summary>How long a finished orchestration stays to be looked at.</summary>
    public SweepPolicy SweepPolicy { get; init; } = SweepPolicy.Default;

    /// <summary>Whether drops are looked for, checkpoints signed, sweeps and matching run by themselves.</summary>
    public bool Watch { get; init; } = true;

    /// <summary>What is put between the lifecycle and its stores.</summary>
    internal Func<Stores, Stores> Around { get; init; } = stores => stores;

    /// <summary>Told, in one line each, what takes time before the host is up.</summary>
    public IProgress<string>? Progress { get; init; }

    /// <summary>Where the log goes; null is the console.</summary>
    public string? LogFile { get; init; }
}
