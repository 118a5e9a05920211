using Azure.Core;
using Azure.Identity;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using TfFlow.Api;
using TfFlow.Host.Azure.Functions;
using TfFlow.Host.Azure.Identity;
using TfFlow.Lifecycle;
using TfFlow.Lifecycle.Proof;
using TfFlow.Vault;
using TfFlow.WebConsole;

namespace TfFlow.Host.Azure;

internal static class HostServices
{
    /// <summary>What the functions are made of. The worker brings the functions.</summary>
    public static void AddTfFlowHost(this IServiceCollection services, IConfiguration settings)
    {
        var library = Connections.LoadLibrary(settings);
        services
            .AddSingleton(TimeProvider.System)
            .AddSingleton(Connections.LoadDeployment(settings))
            .AddSingleton<TokenCredential, DefaultAzureCredential>(_ => new())
            .AddSingleton<Connections>()
            .AddSingleton(provider => provider.GetRequiredService<Connections>().OpenStores())
            .AddSingleton(provider => provider.GetRequiredService<Connections>().OpenKeyRing())
            .AddKeyedSingleton(Checkpoints.KeyRing, (provider, _) => provider.GetRequiredService<Connections>().OpenCheckpointKeyRing())
            .AddSingleton<BoundClient>()
            .AddSingleton(provider => provider.GetRequiredService<BoundClient>().Client)
            .AddTfFlowLifecycle(new StoreNames(settings["Prefix"] ?? "", settings["Origin"] ?? "tfflow.local"), library.Agreements, Connections.LoadMatchingPlan(settings, library))
            .AddSingleton(Connections.LoadSweepPolicy(settings))
            .AddTfFlowConsole(AppServiceAuthentication.Addresses)
            .AddTfFlowApi()
            .AddSingleton<ApiPipeline>()
            .AddAuthorization()
            .AddAuthentication(AppServiceAuthentication.Name)
            .AddScheme<AuthenticationSchemeOptions, AppServiceAuthentication>(AppServiceAuthentication.Name, configureOptions: null);
    }
}
