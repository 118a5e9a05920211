using TfFlow.Lifecycle.Orchestration;

namespace TfFlow.TestKit.Durable;

/// <summary>A host of orchestrations under test. The scenarios know it only through this and <see cref="IOrchestrationClient"/>.</summary>
public abstract class DurableHarness : IAsyncDisposable
{
    public abstract IOrchestrationClient Client { get; }

    /// <summary>How long a minute of a scenario is: a minute on a virtual clock, less on a real one.</summary>
    public abstract TimeSpan Minute { get; }

    public abstract DateTimeOffset Now { get; }

    /// <summary>Lets time pass, and everything happen that is due within it.</summary>
    public abstract Task PassAsync(TimeSpan duration);

    /// <summary>Waits until nothing more happens without time passing.</summary>
    public abstract Task SettleAsync();

    /// <summary>Ends the host, as a crash would, and starts it again.</summary>
    /// <param name="version">The new host's version; null for the same.</param>
    public abstract Task RestartAsync(string? version = null);

    public abstract ValueTask DisposeAsync();

    /// <summary>What every host of the scenarios runs.</summary>
    public static OrchestrationRegistry CreateRegistry() => new OrchestrationRegistry()
        .AddOrchestrator<ScenarioOrchestration>()
        .AddOrchestrator<TypedOrchestration>()
        .AddActivity<Echo>()
        .AddActivity<Count>()
        .AddActivity<Fail>()
        .AddActivity<FailOften>()
        .AddActivity<Gate>()
        .AddActivity<Inflate>()
        .AddActivity<Describe>()
        .AddActivity<Claim>();
}
