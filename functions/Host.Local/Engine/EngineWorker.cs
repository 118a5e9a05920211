using System.Text;
using DurableTask.Core;
using DurableTask.Core.Command;
using DurableTask.Core.History;
using DurableTask.Core.Middleware;
using DurableTask.Core.Settings;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Worker;
using Microsoft.DurableTask.Worker.Hosting;
using Microsoft.DurableTask.Worker.Shims;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace TfFlow.Host.Local.Engine;

/// <summary>Runs orchestrators and activities on the Durable Task engine in this process.</summary>
internal sealed class EngineWorker(
    string name,
    IDurableTaskFactory factory,
    IOptionsMonitor<DurableTaskWorkerOptions> workerOptions,
    LocalEngineOptions options,
    LocalEngine engine,
    EngineService service,
    IServiceProvider services,
    ILoggerFactory loggers)
    : DurableTaskWorker(name, factory)
{
    /// <summary>A custom status over this size leaves its instance pending for ever.</summary>
    private const int MostStatusBytes = 16 * 1024;

    private static readonly TimeSpan HandingOver = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource stopping = new();
    private TaskHubWorker? hub;

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        var worker = workerOptions.Get(Name);
        var shims = new DurableTaskShimFactory(worker, loggers);
        hub = new TaskHubWorker(
            service,
            new ByName<TaskOrchestration>(called => new LateOrchestration(called, Factory, shims, services)),
            new ByName<TaskActivity>(called => new LateActivity(called, Factory, shims, services, options.PrepareActivity, stopping.Token)),
            ToCore(worker.Versioning),
            loggers)
        {
            ErrorPropagationMode = ErrorPropagationMode.UseFailureDetails,
        };
        hub.AddOrchestrationDispatcherMiddleware(TakeTurnAsync);
        hub.AddActivityDispatcherMiddleware(RunActivityAsync);
        await service.CreateIfNotExistsAsync();
        await engine.FindTimersAsync(cancellationToken);
        await hub.StartAsync();
        await base.StartAsync(cancellationToken);
    }

    /// <summary>Tells activities to stop, gives them a short time, and leaves the rest to the next host.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await stopping.CancelAsync();
        var began = TimeProvider.System.GetTimestamp();
        while (service.IsBusy && TimeProvider.System.GetElapsedTime(began) < options.StopGrace)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, CancellationToken.None);
        }

        service.IsClosed = true;
        try
        {
            await (hub?.StopAsync(isForced: true) ?? Task.CompletedTask).WaitAsync(HandingOver, TimeProvider.System, CancellationToken.None);
        }
        catch (TimeoutException)
        {
            // The store is away. The next host has the same name, so the partition is its own.
        }

        await base.StopAsync(cancellationToken);
    }

    public override void Dispose()
    {
        base.Dispose();
        hub?.Dispose();
        stopping.Dispose();
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.CompletedTask;

    private async Task TakeTurnAsync(DispatchMiddlewareContext context, Func<Task> next)
    {
        var state = context.GetProperty<OrchestrationRuntimeState>();
        if (service.Clock is { } clock)
        {
            state.NewEvents.OfType<OrchestratorStartedEvent>().Last().Timestamp = clock.GetUtcNow().UtcDateTime;
        }

        if (context.GetProperty<TaskOrchestration>() is LateOrchestration orchestration && state.ParentInstance is { } parent)
        {
            orchestration.Parent = new(parent.Name, parent.OrchestrationInstance.InstanceId);
        }

        await next();
        if (context.GetProperty<OrchestratorExecutionResult>()?.CustomStatus is { } status && Encoding.UTF8.GetByteCount(status) > MostStatusBytes)
        {
            context.SetProperty(Refused(state));
        }
    }

    private static async Task RunActivityAsync(DispatchMiddlewareContext context, Func<Task> next)
    {
        await next();
        if (context.GetProperty<TaskActivity>() is LateActivity { Missing: { } missing })
        {
            var scheduled = context.GetProperty<TaskScheduledEvent>().EventId;
            context.SetProperty(new ActivityExecutionResult { ResponseEvent = new TaskFailedEvent(-1, scheduled, missing.ErrorMessage, details: null, missing) });
        }
    }

    private static OrchestratorExecutionResult Refused(OrchestrationRuntimeState state)
    {
        var failure = new FailureDetails(
            "CustomStatusTooLarge", $"The custom status is larger than {MostStatusBytes / 1024} KiB.", stackTrace: null, innerFailure: null, isNonRetriable: true);
        var ended = new OrchestrationCompleteOrchestratorAction
        {
            Id = state.PastEvents.Count,
            OrchestrationStatus = OrchestrationStatus.Failed,
            Result = failure.ErrorMessage,
            FailureDetails = failure,
        };
        return new() { Actions = [ended] };
    }

    private static VersioningSettings? ToCore(DurableTaskWorkerOptions.VersioningOptions? versioning) => versioning is null ? null : new()
    {
        Version = versioning.Version,
        MatchStrategy = (VersioningSettings.VersionMatchStrategy)versioning.MatchStrategy,
        FailureStrategy = (VersioningSettings.VersionFailureStrategy)versioning.FailureStrategy,
    };
}
