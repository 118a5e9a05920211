using Grpc.Net.Client;
using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.Converters;
using Microsoft.DurableTask.Worker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using TfFlow.Host.Azure.Durable;
using TfFlow.Lifecycle.Orchestration;
using TfFlow.TestKit.Durable;

namespace TfFlow.Host.Azure.Tests.Sdk.Durable;

/// <summary>The Durable Task in-process host, through Host.Azure's adapter. Its time is real: a scenario's minute is two seconds, and two minutes' grace is longer than two rests.</summary>
internal sealed class InProcessHarness : DurableHarness
{
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(1);

    private readonly Sidecar sidecar;
    private readonly BoundClient bound = new();
    private IHost worker;

    private InProcessHarness(Sidecar sidecar, IHost worker)
    {
        this.sidecar = sidecar;
        this.worker = worker;
    }

    public override IOrchestrationClient Client
    {
        get
        {
            bound.Current = worker.Services.GetRequiredService<DurableTaskClient>();
            return new DurableClient(bound);
        }
    }

    public override TimeSpan Minute => TimeSpan.FromSeconds(2);

    public override DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    public static async Task<DurableHarness> StartAsync()
    {
        var sidecar = await Sidecar.StartAsync();
        return new InProcessHarness(sidecar, await StartWorkerAsync(sidecar.Channel, ""));
    }

    public override Task PassAsync(TimeSpan duration) => Task.Delay(duration + Quiet, TimeProvider.System);

    public override Task SettleAsync() => Task.Delay(Quiet, TimeProvider.System);

    /// <remarks>This host does not hand out again what it handed to a worker that went: so it is let finish first.</remarks>
    public override async Task RestartAsync(string? version = null)
    {
        await SettleAsync();
        await worker.StopAsync();
        worker.Dispose();
        worker = await StartWorkerAsync(sidecar.Channel, version ?? "");
    }

    public override async ValueTask DisposeAsync()
    {
        await worker.StopAsync();
        worker.Dispose();
        await sidecar.DisposeAsync();
    }

    private static async Task<IHost> StartWorkerAsync(GrpcChannel channel, string version)
    {
        var json = new JsonDataConverter(OrchestrationJson.Options);
        var builder = Microsoft.Extensions.Hosting.Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddDurableTaskWorker(durable =>
        {
            durable.UseGrpc(channel);
            durable.AddTasks(tasks => Bridge.Register(tasks, CreateRegistry()));
            durable.Configure(options => options.DataConverter = json);
            if (version.Length > 0)
            {
                durable.UseVersioning(new()
                {
                    Version = version,
                    DefaultVersion = version,
                    MatchStrategy = DurableTaskWorkerOptions.VersionMatchStrategy.CurrentOrOlder,
                });
            }
        });
        builder.Services.AddDurableTaskClient(durable =>
        {
            durable.UseGrpc(channel);
            durable.Configure(options => (options.DataConverter, options.DefaultVersion) = (json, version));
            durable.RegisterDirectly();
        });
        var host = builder.Build();
        await host.StartAsync();
        return host;
    }
}
