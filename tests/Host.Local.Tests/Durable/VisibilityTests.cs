using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using TfFlow.Host.Local.Durable;
using TfFlow.Host.Local.Durable.Replay;
using TfFlow.Lifecycle.Orchestration;
using TfFlow.TestKit.Durable;

namespace TfFlow.Host.Local.Tests.Durable;

public sealed class VisibilityTests
{
    [Fact]
    public async Task An_instance_shows_what_it_waits_for_until_when_and_why()
    {
        var memory = await MemoryHarness.StartAsync();
        await using var harness = memory.Harness;
        Scenarios.Set("waiting child", (context, _) => context.WaitForExternalEventAsync<string?>("Never", TimeSpan.FromDays(60), "a test"));
        await StartAsync(harness, "waiting", async (context, _) =>
        {
            var until = context.CurrentUtcDateTime.AddDays(28);
            await Task.WhenAll(
                context.WaitForExternalEventAsync<string?>("ConsentSigned", TimeSpan.FromDays(14), "the family's consent"),
                context.CreateTimerAsync(until, "the first review"),
                ScenarioOrchestration.CallAsync(context, new ScenarioInput("waiting child", null), "child"));
            return null;
        });
        await harness.SettleAsync();
        var inspector = new InstanceInspector(memory.Tables, memory.Blobs, harness.Options.Prefix);
        var view = (await inspector.FindAsync("waiting", default))!;
        Assert.Equal(
            [
                new("ConsentSigned", LocalHarness.Start.AddDays(14), "the family's consent"),
                new("time", LocalHarness.Start.AddDays(28), "the first review"),
                new("ScenarioOrchestration", null, "sub-orchestration child"),
            ],
            view.Waits);
        Assert.Equal("waiting", (await inspector.FindAsync("child", default))!.ParentInstanceId);
        Assert.Null(await inspector.FindAsync("nobody", default));
    }

    [Fact]
    public async Task The_history_of_an_instance_can_be_read()
    {
        var memory = await MemoryHarness.StartAsync();
        await using var harness = memory.Harness;
        await StartAsync(harness, "read", async (context, _) =>
        {
            await Echo.CallAsync(context, "a");
            return await Fail.CallAsync(context, "broken");
        });
        await harness.SettleAsync();
        var history = await new InstanceInspector(memory.Tables, memory.Blobs, harness.Options.Prefix).GetHistoryAsync("read", default);
        Assert.Equal(
            ["ExecutionStarted", "TaskScheduled", "TaskCompleted", "TaskScheduled", "TaskFailed", "ExecutionCompleted"],
            history.SelectMany(turn => turn.Arrivals.Concat(turn.Decisions)).Select(happened => happened.GetType().Name));
        Assert.Empty(await new InstanceInspector(memory.Tables, memory.Blobs, harness.Options.Prefix).GetHistoryAsync("nobody", default));
    }

    [Fact]
    public async Task Instances_are_listed_by_status_and_id()
    {
        var memory = await MemoryHarness.StartAsync();
        await using var harness = memory.Harness;
        await StartAsync(harness, "one-done", (_, _) => Task.FromResult<string?>(null));
        await StartAsync(harness, "one-waits", (context, _) => context.WaitForExternalEventAsync<string?>("Go", TimeSpan.FromDays(1), "a test"));
        await StartAsync(harness, "two-done", (_, _) => Task.FromResult<string?>(null));
        await harness.SettleAsync();
        var inspector = new InstanceInspector(memory.Tables, memory.Blobs, harness.Options.Prefix);
        Assert.Equal(["one-done", "one-waits"], await IdsAsync(inspector.ListAsync("one-", null, default)));
        Assert.Equal(["one-done", "two-done"], await IdsAsync(inspector.ListAsync(null, OrchestrationStatus.Completed, default)));
    }

    [Fact]
    public async Task An_orchestration_is_one_trace_and_its_activities_are_spans_in_it()
    {
        var spans = new ConcurrentQueue<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == DurableTelemetry.Name,
            Sample = (ref ActivityCreationOptions<System.Diagnostics.ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = spans.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        var memory = await MemoryHarness.StartAsync();
        await using var harness = memory.Harness;
        Scenarios.Set("visible child", (context, _) => Echo.CallAsync(context, "in the child"));
        await StartAsync(harness, "traced", async (context, _) =>
        {
            await Echo.CallAsync(context, "a");
            await ScenarioOrchestration.CallAsync(context, new ScenarioInput("visible child", null), "traced-child");
            return await Fail.CallAsync(context, "broken");
        });
        await harness.SettleAsync();
        var own = spans.Where(span => span.GetTagItem("durabletask.task.instance_id") is "traced" or "traced-child").ToList();
        Assert.Single(own.Select(span => span.TraceId).Distinct());
        Assert.Equal(
            ["activity Echo", "activity Echo", "activity Fail", "orchestration ScenarioOrchestration", "orchestration ScenarioOrchestration"],
            own.Select(span => span.OperationName).Order(StringComparer.Ordinal));
        Assert.Equal(ActivityStatusCode.Error, own.Single(span => span.OperationName == "activity Fail").Status);
        Assert.DoesNotContain(own.SelectMany(span => span.TagObjects), tag => tag.Value?.ToString()?.Contains("in the child", StringComparison.Ordinal) == true);
    }

    [Fact]
    public async Task Orchestrations_turns_and_activities_are_counted()
    {
        var counts = new ConcurrentDictionary<string, double>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listening) =>
            {
                if (instrument.Meter.Name == DurableTelemetry.Name)
                {
                    listening.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((instrument, value, _, _) => counts.AddOrUpdate(instrument.Name, value, (_, sum) => sum + value));
        listener.SetMeasurementEventCallback<double>((instrument, _, _, _) => counts.AddOrUpdate(instrument.Name, 1, (_, sum) => sum + 1));
        listener.Start();
        var memory = await MemoryHarness.StartAsync();
        await using var harness = memory.Harness;
        await StartAsync(harness, "counted", async (context, _) => await Echo.CallAsync(context, "a") + await Echo.CallAsync(context, "b"));
        await harness.SettleAsync();
        foreach (var (name, least) in (IEnumerable<(string, int)>)[("tfflow.orchestrations.started", 1), ("tfflow.orchestrations.finished", 1), ("tfflow.orchestrations.turns", 3), ("tfflow.activities.duration", 2)])
        {
            Assert.True(counts.GetValueOrDefault(name) >= least, $"{name}: {counts.GetValueOrDefault(name)}");
        }
    }

    private static Task<string> StartAsync(LocalHarness harness, string id, ScenarioCode code)
    {
        Scenarios.Set($"{harness.Options.Prefix} {id}", code);
        return ScenarioOrchestration.ScheduleAsync(harness.Client, new ScenarioInput($"{harness.Options.Prefix} {id}", null), new StartOptions { InstanceId = id }, default);
    }

    private static async Task<IReadOnlyList<string>> IdsAsync(IAsyncEnumerable<InstanceView> views)
    {
        var ids = new List<string>();
        await foreach (var view in views)
        {
            ids.Add(view.Metadata.InstanceId);
        }

        return ids;
    }
}
