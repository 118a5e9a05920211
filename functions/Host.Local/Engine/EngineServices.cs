using DurableTask.AzureStorage;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.DurableTask.Converters;
using Microsoft.DurableTask.Worker;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace TfFlow.Host.Local.Engine;

public static class EngineServices
{
    // A message stays hidden in a queue for seven days at most. Longer timers are cut in parts.
    private static readonly TimeSpan LongestTimer = TimeSpan.FromDays(6);

    /// <summary>Runs these orchestrators and activities in this process, and registers their <see cref="DurableTaskClient"/> and <see cref="LocalEngine"/>.</summary>
    /// <remarks>With a <see cref="VirtualClock"/> as the container's <see cref="TimeProvider"/>, time passes only by <see cref="LocalEngine.AdvanceToAsync"/>.</remarks>
    public static IServiceCollection AddLocalEngine(this IServiceCollection services, Action<LocalEngineOptions> configure, Action<DurableTaskRegistry> tasks)
    {
        services.AddLocalEngineClient(configure);
        services.AddSingleton(provider => new LocalEngine(provider.GetRequiredService<EngineService>(), provider.GetRequiredService<EngineStore>()));
        services.AddDurableTaskWorker(worker =>
        {
            worker.AddTasks(tasks);
            worker.UseBuildTarget<EngineWorker>();
        });
        services.AddOptions<DurableTaskWorkerOptions>().Configure<LocalEngineOptions, TimeProvider>((worker, options, time) =>
        {
            worker.MaximumTimerInterval = time is VirtualClock ? TimeSpan.FromDays(10_000) : LongestTimer;
            if (options.Version is { } version)
            {
                // What a newer version started waits for its host.
                worker.Versioning = new()
                {
                    Version = version,
                    MatchStrategy = DurableTaskWorkerOptions.VersionMatchStrategy.CurrentOrOlder,
                    FailureStrategy = DurableTaskWorkerOptions.VersionFailureStrategy.Reject,
                };
            }
        });
        return services;
    }

    /// <summary>Registers the <see cref="DurableTaskClient"/> alone: for a command beside a running host, or without one.</summary>
    public static IServiceCollection AddLocalEngineClient(this IServiceCollection services, Action<LocalEngineOptions> configure)
    {
        var options = new LocalEngineOptions();
        configure(options);
        services.TryAddSingleton(TimeProvider.System);
        services.AddLogging(logging => logging.AddFilter("DurableTask", LogLevel.Warning));
        services.AddSingleton(options);
        services.AddSingleton<EngineStore>();
        services.AddSingleton(provider => new EngineService(new AzureStorageOrchestrationService(provider.GetRequiredService<EngineStore>().Settings), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<DurableTaskClient>(provider => new EngineClient(
            provider.GetRequiredService<EngineService>(), options, provider.GetService<DataConverter>() ?? JsonDataConverter.Default));
        return services;
    }
}
