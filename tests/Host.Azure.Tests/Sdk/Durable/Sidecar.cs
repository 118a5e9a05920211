using DurableTask.Core;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.DurableTask.Testing.Sidecar;
using Microsoft.DurableTask.Testing.Sidecar.Grpc;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace TfFlow.Host.Azure.Tests.Sdk.Durable;

/// <summary>The Durable Task in-process host: what stands behind a durable worker and its client.</summary>
/// <remarks>It takes its concurrency from the processor count: DOTNET_PROCESSOR_COUNT=16 makes it wide enough for the scenarios.</remarks>
internal sealed class Sidecar : IAsyncDisposable
{
    private readonly WebApplication app;

    private Sidecar(WebApplication app)
    {
        this.app = app;
        Channel = GrpcChannel.ForAddress(app.Urls.First());
    }

    public GrpcChannel Channel { get; }

    public static async Task<Sidecar> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0").ConfigureKestrel(kestrel => kestrel.ConfigureEndpointDefaults(endpoint => endpoint.Protocols = HttpProtocols.Http2));
        var store = new InMemoryOrchestrationService();
        builder.Services.AddGrpc();
        builder.Services.AddSingleton<IOrchestrationService>(store).AddSingleton<IOrchestrationServiceClient>(store).AddSingleton<TaskHubGrpcServer>();
        var app = builder.Build();
        app.MapGrpcService<TaskHubGrpcServer>();
        await app.StartAsync();
        return new(app);
    }

    public async ValueTask DisposeAsync()
    {
        Channel.Dispose();
        await app.DisposeAsync();
    }
}
