using System.Diagnostics;
using System.Diagnostics.Metrics;
using TfFlow.Host.Local.Durable.Storage;
using TfFlow.Lifecycle.Orchestration;

namespace TfFlow.Host.Local.Durable;

/// <summary>OpenTelemetry's view: an orchestration is one trace, its activities are spans in it.</summary>
public static class DurableTelemetry
{
    /// <summary>Name of the activity source and of the meter.</summary>
    public const string Name = "TfFlow.Durable";

    internal static readonly ActivitySource Source = new(Name);

    private static readonly Meter Meter = new(Name);

    internal static readonly Counter<long> Started = Meter.CreateCounter<long>("tfflow.orchestrations.started", "{orchestration}");
    internal static readonly Counter<long> Finished = Meter.CreateCounter<long>("tfflow.orchestrations.finished", "{orchestration}");
    internal static readonly Counter<long> Parked = Meter.CreateCounter<long>("tfflow.orchestrations.parked", "{orchestration}");
    internal static readonly Counter<long> Turns = Meter.CreateCounter<long>("tfflow.orchestrations.turns", "{turn}");
    internal static readonly Counter<long> Replays = Meter.CreateCounter<long>("tfflow.orchestrations.replays", "{replay}");
    internal static readonly Histogram<double> Activities = Meter.CreateHistogram<double>("tfflow.activities.duration", "s");

    /// <returns>The trace context of a new orchestration: its caller's trace, or one of its own.</returns>
    internal static string NewTraceParent()
    {
        var current = Activity.Current?.Context ?? default;
        var trace = current.TraceId == default ? ActivityTraceId.CreateRandom() : current.TraceId;
        var flags = Activity.Current is null || current.TraceFlags.HasFlag(ActivityTraceFlags.Recorded) ? "01" : "00";
        return $"00-{trace}-{ActivitySpanId.CreateRandom()}-{flags}";
    }

    internal static Activity? StartActivity(string name, Head head, int taskId)
    {
        var span = Source.StartActivity($"activity {name}", ActivityKind.Internal, ContextOf(head));
        span?.SetTag("durabletask.task.instance_id", head.InstanceId);
        span?.SetTag("durabletask.task.task_id", taskId);
        return span;
    }

    /// <summary>The orchestration's own span, known whole only at its end.</summary>
    internal static void RecordOrchestration(Head head)
    {
        Finished.Add(1, new("name", head.Name), new("status", head.Status.ToString()));
        using var span = Source.StartActivity($"orchestration {head.Name}", ActivityKind.Internal, ContextOf(head), startTime: head.CreatedAt);
        span?.SetTag("durabletask.task.instance_id", head.InstanceId);
        span?.SetTag("durabletask.task.status", head.Status.ToString());
        span?.SetStatus(head.Status == OrchestrationStatus.Failed ? ActivityStatusCode.Error : ActivityStatusCode.Ok);
        span?.SetEndTime(head.UpdatedAt.UtcDateTime);
    }

    private static System.Diagnostics.ActivityContext ContextOf(Head head) => System.Diagnostics.ActivityContext.TryParse(head.TraceParent, null, isRemote: true, out var context) ? context : default;
}
