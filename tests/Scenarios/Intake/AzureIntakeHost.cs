using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using TfFlow.Api.Access;
using TfFlow.Cli.Commands;
using TfFlow.Host.Azure;
using TfFlow.Host.Azure.Functions;
using TfFlow.Host.Azure.Identity;
using TfFlow.Host.Local.Azurite;
using TfFlow.Host.Local.Engine;
using TfFlow.Host.Local.Hosting;
using TfFlow.Lifecycle;
using TfFlow.TestKit;
using TfFlow.TestKit.Storage;
using TfFlow.Vault;
using TfFlow.Vault.Storage;

namespace TfFlow.Scenarios.Intake;

/// <summary>Host.Azure as its Program composes it, on Azurite and the Durable Task in-process host. Its functions are called as the worker calls them:
/// an event from the queue, a timer, a request that the platform authenticated.</summary>
internal sealed class AzureIntakeHost : IntakeHost
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("tfflow-azure-");
    private readonly WriteWatch writes = new(new StoreNames());
    private AzuriteServer azurite = null!;
    private IHost host = null!;
    private LaterTime time = new(TimeSpan.Zero);

    private AzureIntakeHost()
    {
    }

    public override IServiceProvider Services => host.Services;

    public override string Personal => azurite.ConnectionString(AzuriteAccounts.Personal);

    public override IReadOnlyList<string> Folders => [folder.FullName];

    private DurableTaskClient Durable => host.Services.GetRequiredService<DurableTaskClient>();

    public static async Task<IntakeHost> CreateAsync()
    {
        var created = new AzureIntakeHost();
        created.azurite = await AzuriteServer.StartAsync(new AzuriteOptions { Folder = Path.Combine(created.folder.FullName, "azurite") }, World.Patience);
        await created.StartAsync();
        return created;
    }

    public override ApiClient As(string agency)
    {
        var address = host.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        return ApiClient.At(new(address), AppServicePrincipal.Header, PrincipalHeader.Of(roles: [nameof(Role.AgencySubmitter), $"agency:{agency}"]));
    }

    public override Task AnnounceAsync(BlobAddress blob)
    {
        var created = JsonSerializer.Serialize(new
        {
            specversion = "1.0",
            type = "Microsoft.Storage.BlobCreated",
            subject = $"/blobServices/default/containers/{blob.Container}/blobs/{blob.Name}",
        });
        return Function<DropFunction>().RunAsync(created, Durable, World.Patience);
    }

    public override async Task PassNightAsync()
    {
        await Function<SweepFunction>().RunAsync(new TimerInfo(), Durable, World.Patience);
        await foreach (var instance in Durable.GetAllInstancesAsync(new() { InstanceIdPrefix = "sweep-" }))
        {
            var ended = await Durable.WaitForInstanceCompletionAsync(instance.InstanceId, getInputsAndOutputs: true, World.Patience);
            Assert.True(ended.RuntimeStatus is OrchestrationRuntimeStatus.Completed, ended.FailureDetails?.ToString());
        }
    }

    public override Task SignIfDueAsync() => Function<CheckpointFunction>().RunAsync(new TimerInfo(), World.Patience);

    public override async Task RestartAsync(TimeSpan later)
    {
        await StopAsync();
        time = new(time.Later + later);
        await StartAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        await StopAsync();
        await azurite.DisposeAsync();
        folder.Delete(recursive: true);
        Assert.Empty(writes.Outside);
    }

    private T Function<T>() => ActivatorUtilities.CreateInstance<T>(host.Services);

    private async Task StartAsync()
    {
        host = Microsoft.Extensions.Hosting.Host.CreateDefaultBuilder()
            .ConfigureAppConfiguration(settings => settings.AddInMemoryCollection(Settings))
            .ConfigureLogging(log => log.ClearProviders().AddProvider(new FileLog(Path.Combine(folder.FullName, "host.log"))))
            .ConfigureServices((context, services) =>
            {
                services.AddTfFlowHost(context.Configuration);
                services.AddSingleton<TimeProvider>(time);
                services.AddSingleton(provider => writes.Watch(provider.GetRequiredService<Connections>().OpenStores()));
                AddDurable(services);
            })
            .ConfigureWebHostDefaults(web => web.UseUrls("http://127.0.0.1:0").Configure(
                app => app.Run(async context => await Function<ApiFunction>().RunAsync(context.Request, Durable))))
            .Build();
        await host.Services.PrepareStoresAsync(World.Patience);
        await host.StartAsync();
    }

    private async Task StopAsync()
    {
        await host.StopAsync();
        host.Dispose();
    }

    private Dictionary<string, string?> Settings => new()
    {
        ["PersonalData"] = Personal,
        ["KeyTable"] = azurite.ConnectionString(AzuriteAccounts.Keys),
        ["KeyFolder"] = Path.Combine(folder.FullName, "keys"),
        ["Agreements"] = "Agreements",
        ["Organisation"] = World.Council.Organisation,
        ["Origin"] = "tfflow.local",
        ["WEBSITE_AUTH_ENABLED"] = "true",
    };

    /// <summary>The functions on the same engine as the cloud's, in this process.</summary>
    private void AddDurable(IServiceCollection services) => services.AddLocalEngine(
        engine => engine.ConnectionString = azurite.ConnectionString(AzuriteAccounts.Host),
        FunctionTasks.Register);
}
