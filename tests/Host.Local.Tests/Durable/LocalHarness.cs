using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using TfFlow.Host.Local.Durable;
using TfFlow.Lifecycle.Orchestration;
using TfFlow.TestKit;
using TfFlow.TestKit.Durable;
using TfFlow.Vault.Storage;

namespace TfFlow.Host.Local.Tests.Durable;

/// <summary>The local host on Azurite and a virtual clock.</summary>
public sealed class LocalHarness : DurableHarness
{
    public static readonly DateTimeOffset Start = new(2026, 4, 6, 9, 0, 0, TimeSpan.Zero);

    private readonly ITableStore tables;
    private readonly IBlobStore blobs;
    private readonly LocalDurableOptions options;
    private readonly ServiceProvider services = new ServiceCollection().BuildServiceProvider();
    private VirtualTime time = new(Start);
    private LocalDurableHost? host;

    public LocalHarness(ITableStore tables, IBlobStore blobs, Action<LocalDurableOptions>? configure = null)
    {
        this.tables = tables;
        this.blobs = blobs;
        options = new LocalDurableOptions { Prefix = AzuriteFixture.FreshName("durable"), LeaseFile = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()) };
        configure?.Invoke(options);
    }

    public OrchestrationRegistry Registry { get; set; } = CreateRegistry();

    public LogLines Log { get; } = new();

    public LocalDurableOptions Options => options;

    public LocalDurableHost Host => host!;

    public bool IsStarted { get; private set; }

    public VirtualTime Time => time;

    public override IOrchestrationClient Client => Host;

    public override TimeSpan Minute => TimeSpan.FromMinutes(1);

    public override DateTimeOffset Now => time.GetUtcNow();

    public static async Task<DurableHarness> StartAsync(AzuriteFixture azurite, Action<LocalDurableOptions>? configure = null)
    {
        var harness = new LocalHarness(azurite.Tables, azurite.Blobs, configure);
        await harness.StartHostAsync();
        return harness;
    }

    public async Task StartHostAsync()
    {
        IsStarted = true;
        host = new LocalDurableHost(tables, blobs, Registry, services, time, options, new Logger<LocalDurableHost>(Log));
        await host.StartAsync(CancellationToken.None);
        await host.WhenActiveAsync(CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(60));
    }

    public Task KillAsync() => host!.DisposeAsync().AsTask();

    public override Task PassAsync(TimeSpan duration) => Host.AdvanceToAsync(Now + duration, CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(60));

    public override Task SettleAsync() => Host.RunUntilIdleAsync(CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(60));

    public override async Task RestartAsync(string? version = null)
    {
        await KillAsync();
        options.Version = version ?? options.Version;
        time = new VirtualTime(Start); // the store knows better
        await StartHostAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        await KillAsync();
        await services.DisposeAsync();
        File.Delete(options.LeaseFile);
    }
}
