using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using TfFlow.Lifecycle.Orchestration;
using TfFlow.Vault.Storage;

namespace TfFlow.Host.Local.Durable;

public static class DurableServices
{
    /// <summary>Runs orchestrations in this process. Needs <see cref="ITableStore"/>, <see cref="IBlobStore"/>, <see cref="OrchestrationRegistry"/> and <see cref="TimeProvider"/>.</summary>
    public static IServiceCollection AddLocalDurable(this IServiceCollection services, Action<LocalDurableOptions>? configure = null)
    {
        services.AddOptions<LocalDurableOptions>().Configure(configure ?? (_ => { })).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton(provider => new LocalDurableHost(
            provider.GetRequiredService<ITableStore>(),
            provider.GetRequiredService<IBlobStore>(),
            provider.GetRequiredService<OrchestrationRegistry>(),
            provider,
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<IOptions<LocalDurableOptions>>().Value,
            provider.GetRequiredService<ILogger<LocalDurableHost>>()));
        services.AddSingleton<IOrchestrationClient>(provider => provider.GetRequiredService<LocalDurableHost>());
        services.AddSingleton<IHostedService>(provider => provider.GetRequiredService<LocalDurableHost>());
        return services;
    }
}
