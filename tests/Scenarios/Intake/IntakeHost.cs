using TfFlow.Cli.Commands;
using TfFlow.Vault.Storage;

namespace TfFlow.Scenarios.Intake;

/// <summary>A deployment of either host, on an Azurite of its own. The scenario knows it only through this.</summary>
internal abstract class IntakeHost : IAsyncDisposable
{
    public abstract IServiceProvider Services { get; }

    /// <summary>The account that drops and everything sealed lie in.</summary>
    public abstract string Personal { get; }

    /// <summary>Where Azurite writes, and where the host does: every byte at rest.</summary>
    public abstract IReadOnlyList<string> Folders { get; }

    /// <summary>The API, to an agency's submitter.</summary>
    public abstract ApiClient As(string agency);

    /// <summary>Tells the host that a blob was created, as its surroundings do; a host that looks by itself is not told.</summary>
    public abstract Task AnnounceAsync(BlobAddress blob);

    /// <summary>What the nightly timer starts, to its end.</summary>
    public abstract Task PassNightAsync();

    /// <summary>What the checkpoint's timer does.</summary>
    public abstract Task SignIfDueAsync();

    /// <summary>Ends the host and starts it again.</summary>
    /// <param name="later">How much later it is then.</param>
    public abstract Task RestartAsync(TimeSpan later);

    /// <remarks>Fails if a write came from outside an act (law 3).</remarks>
    public abstract ValueTask DisposeAsync();

    /// <summary>The wall clock, that much ahead.</summary>
    protected sealed class LaterTime(TimeSpan later) : TimeProvider
    {
        public TimeSpan Later { get; } = later;

        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + Later;
    }
}
