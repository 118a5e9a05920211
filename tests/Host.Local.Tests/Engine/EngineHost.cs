using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using TfFlow.Host.Local.Azurite;
using TfFlow.Host.Local.Engine;
using TfFlow.TestKit;

namespace TfFlow.Host.Local.Tests.Engine;

/// <summary>A host of the engine on Azurite and virtual time. A test class shares one; a test that restarts it has its own.</summary>
public sealed class EngineHost : IAsyncLifetime
{
    private Action<LocalEngineOptions> configure;
    private IHost? host;

    public EngineHost(AzuriteFixture azurite)
    {
        var hub = AzuriteFixture.FreshName("hub");
        configure = options =>
        {
            options.ConnectionString = azurite.Server.ConnectionString(AzuriteAccounts.Host);
            options.HubName = hub;
        };
    }

    public static DateTimeOffset Start { get; } = new(2026, 4, 6, 9, 0, 0, TimeSpan.Zero);

    public VirtualClock Clock { get; private set; } = new(Start);

    public DurableTaskClient Client => host!.Services.GetRequiredService<DurableTaskClient>();

    public LocalEngine Engine => host!.Services.GetRequiredService<LocalEngine>();

    public DateTimeOffset Now => Clock.GetUtcNow();

    private static CancellationToken Patience => new CancellationTokenSource(TimeSpan.FromMinutes(2)).Token;

    public Task InitializeAsync() => StartAsync();

    public async Task StartAsync(Action<LocalEngineOptions>? more = null)
    {
        configure += more;
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(new());
        builder.Services.AddSingleton<TimeProvider>(Clock).AddLocalEngine(configure, Scripts.Register);
        host = builder.Build();
        await host.StartAsync(Patience);
    }

    public async Task StopAsync()
    {
        await host!.StopAsync(Patience);
        await ((IAsyncDisposable)host).DisposeAsync();
        host = null;
    }

    /// <summary>Another host on the same hub. Its clock knows nothing of the time that has passed.</summary>
    public async Task RestartAsync(Action<LocalEngineOptions>? more = null)
    {
        await StopAsync();
        Clock = new(Start);
        await StartAsync(more);
    }

    public Task SettleAsync() => Engine.IdleAsync(Patience);

    public Task PassAsync(TimeSpan time) => Engine.AdvanceToAsync(Now + time, Patience);

    /// <summary>Starts an orchestration that does what the script says.</summary>
    public Task<string> BeginAsync(Script script, string? input = null, string? id = null) =>
        Client.ScheduleNewOrchestrationInstanceAsync(Scripts.Orchestrator, new ScriptInput(Scripts.Add(script), input), id is null ? null : new StartOrchestrationOptions(id));

    public async Task<OrchestrationMetadata> ShowAsync(string id) => (await Client.GetInstanceAsync(id, getInputsAndOutputs: true, Patience))!;

    /// <summary>What it returned. It must have ended well.</summary>
    public async Task<string?> OutputAsync(string id)
    {
        await SettleAsync();
        var shown = await ShowAsync(id);
        Assert.Equal(OrchestrationRuntimeStatus.Completed, shown.RuntimeStatus);
        return shown.ReadOutputAs<string>();
    }

    public async Task<OrchestrationMetadata> FailedAsync(string id)
    {
        await SettleAsync();
        var shown = await ShowAsync(id);
        Assert.Equal(OrchestrationRuntimeStatus.Failed, shown.RuntimeStatus);
        return shown;
    }

    /// <summary>Everything the store holds of its present generation.</summary>
    public Task<string> HistoryAsync(string id) => host!.Services.GetRequiredService<EngineService>().Inner.GetOrchestrationHistoryAsync(id, executionId: null);

    public Task DisposeAsync() => host is null ? Task.CompletedTask : StopAsync();
}
