using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using TfFlow.Host.Local.Durable.Replay;
using TfFlow.Host.Local.Durable.Storage;
using TfFlow.Lifecycle.Orchestration;

namespace TfFlow.Host.Local.Durable;

/// <summary>Runs activities: at least once, so many at a time, each in a service scope of its own.</summary>
internal sealed class ActivityRunner(OrchestrationRegistry registry, IServiceProvider services, int concurrency, ILogger log) : IDisposable
{
    private readonly SemaphoreSlim places = new(concurrency);
    private readonly CancellationTokenSource stopping = new();

    public CancellationToken Stopping => stopping.Token;

    /// <returns>The result for history, or null when the host stops first: then the activity runs again.</returns>
    public async Task<HistoryEvent?> RunAsync(Head head, TaskScheduled scheduled)
    {
        await places.WaitAsync(stopping.Token);
        var began = Stopwatch.GetTimestamp();
        using var span = DurableTelemetry.StartActivity(scheduled.Name, head, scheduled.TaskId);
        try
        {
            var result = await RunAsync(head.InstanceId, scheduled);
            span?.SetStatus(ActivityStatusCode.Ok);
            return new TaskCompleted(scheduled.TaskId, result);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            return null;
        }
        catch (Exception e)
        {
            var failure = TaskFailureDetails.From(e);
            span?.SetStatus(ActivityStatusCode.Error, failure.ErrorType);
            log.ActivityFailed(scheduled.Name, head.InstanceId, failure.ErrorType, failure.ErrorMessage);
            return new TaskFailed(scheduled.TaskId, failure);
        }
        finally
        {
            DurableTelemetry.Activities.Record(Stopwatch.GetElapsedTime(began).TotalSeconds, new KeyValuePair<string, object?>("name", scheduled.Name));
            places.Release();
        }
    }

    public void Dispose() => stopping.Cancel();

    private async Task<string?> RunAsync(string instanceId, TaskScheduled scheduled)
    {
        await using var scope = services.CreateAsyncScope();
        var activity = registry.CreateActivity(scheduled.Name, scope.ServiceProvider);
        object? input;
        try
        {
            input = OrchestrationJson.Deserialize(scheduled.Input, activity.InputType);
        }
        catch (System.Text.Json.JsonException)
        {
            throw new PayloadException($"The input of activity '{scheduled.Name}'", activity.InputType);
        }

        return OrchestrationJson.Serialize(await activity.RunAsync(new Lifecycle.Orchestration.ActivityContext(instanceId, stopping.Token), input));
    }
}
