using System.Globalization;
using Microsoft.Extensions.Logging;
using TfFlow.Lifecycle.Orchestration;
using TfFlow.TestKit.Durable;
using TfFlow.Vault.Storage;

namespace TfFlow.Host.Local.Tests.Durable;

/// <summary>What is this host's own: poison, losses of the store, newer versions, rows and blobs left behind.</summary>
public sealed class HostTests
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Fact]
    public async Task An_instance_whose_history_is_gone_is_parked_and_the_others_go_on()
    {
        var (harness, tables, _) = await MemoryHarness.StartAsync();
        await using var ending = harness;
        await StartAsync(harness, "poisoned", WaitAsync);
        await StartAsync(harness, "healthy", WaitAsync);
        await harness.SettleAsync();
        await tables.SubmitAsync(harness.Options.Prefix + "instances", TableWrite.DeleteAny("poisoned", "t.poisoned.000000"), None);
        await harness.RestartAsync();
        await harness.Client.RaiseEventAsync("poisoned", "Go", "kept", None);
        await harness.Client.RaiseEventAsync("healthy", "Go", "went", None);
        await harness.Client.WaitForCompletionAsync("healthy", false, None);
        var parked = Assert.Single(harness.Log.Of(LogLevel.Error));
        Assert.Contains("poisoned is parked", parked, StringComparison.Ordinal);
        Assert.Contains("t.poisoned.000000 is missing", parked, StringComparison.Ordinal);
        await harness.RestartAsync();
        await harness.SettleAsync();
        Assert.Single(harness.Log.Of(LogLevel.Error)); // not tried again by itself
    }

    [Fact]
    public async Task A_parked_instance_goes_on_when_it_is_repaired_and_resumed()
    {
        var (harness, tables, _) = await MemoryHarness.StartAsync();
        await using var ending = harness;
        await StartAsync(harness, "parked", WaitAsync);
        await harness.SettleAsync();
        var table = harness.Options.Prefix + "instances";
        var row = await tables.GetAsync(table, "parked", "t.parked.000000", None);
        await tables.SubmitAsync(table, TableWrite.DeleteAny("parked", "t.parked.000000"), None);
        await harness.RestartAsync();
        await harness.Client.RaiseEventAsync("parked", "Go", "kept", None);
        await tables.SubmitAsync(table, TableWrite.Upsert(row!), None);
        await harness.Client.ResumeAsync("parked", "repaired", None);
        var finished = await harness.Client.WaitForCompletionAsync("parked", true, None);
        Assert.Equal("\"kept\"", finished.Output);
    }

    [Fact]
    public async Task A_parked_instance_can_be_terminated()
    {
        var (harness, tables, _) = await MemoryHarness.StartAsync();
        await using var ending = harness;
        await StartAsync(harness, "parked", WaitAsync);
        await harness.SettleAsync();
        await tables.SubmitAsync(harness.Options.Prefix + "instances", TableWrite.DeleteAny("parked", "t.parked.000000"), None);
        await harness.RestartAsync();
        await harness.Client.RaiseEventAsync("parked", "Go", null, None);
        await harness.Client.TerminateAsync("parked", "beyond repair", None);
        Assert.Equal(OrchestrationStatus.Terminated, (await harness.Client.WaitForCompletionAsync("parked", false, None)).Status);
    }

    [Fact]
    public async Task An_instance_that_needs_a_newer_version_waits_for_a_host_of_it()
    {
        var (harness, _, _) = await MemoryHarness.StartAsync(options => options.Version = "2.10");
        await using var ending = harness;
        await StartAsync(harness, "newer", WaitAsync);
        await harness.RestartAsync("2.9");
        await harness.Client.RaiseEventAsync("newer", "Go", "kept", None);
        await harness.SettleAsync();
        Assert.Equal(OrchestrationStatus.Running, (await harness.Client.GetInstanceAsync("newer", false, None))!.Status);
        Assert.Contains(harness.Log.Of(LogLevel.Warning), line => line.Contains("waits for a host of that version", StringComparison.Ordinal));
        await harness.RestartAsync("2.10");
        Assert.Equal("\"kept\"", (await harness.Client.WaitForCompletionAsync("newer", true, None)).Output);
    }

    [Fact]
    public async Task When_the_store_loses_acknowledged_writes_the_host_says_so_and_goes_on_from_what_is_there()
    {
        var (harness, tables, _) = await MemoryHarness.StartAsync();
        await using var ending = harness;
        await StartAsync(harness, "old", async (context, _) => $"{await WaitAsync(context, null)},{await WaitAsync(context, null)}");
        await harness.SettleAsync();
        var saved = tables.Save();
        await harness.Client.RaiseEventAsync("old", "Go", "lost", None);
        await StartAsync(harness, "lost", WaitAsync);
        tables.Restore(saved);
        await harness.Client.RaiseEventAsync("old", "Go", "one", None);
        Assert.Contains(harness.Log.Of(LogLevel.Error), line => line.Contains("lost acknowledged writes", StringComparison.Ordinal) && line.Contains("old", StringComparison.Ordinal));
        await harness.Client.RaiseEventAsync("old", "Go", "two", None);
        Assert.Equal("\"one,two\"", (await harness.Client.WaitForCompletionAsync("old", true, None)).Output);
        await Assert.ThrowsAsync<InstanceNotFoundException>(() => harness.Client.RaiseEventAsync("lost", "Go", null, None));
    }

    [Fact]
    public async Task Work_that_the_store_forgot_is_done_again()
    {
        var (harness, tables, _) = await MemoryHarness.StartAsync();
        await using var ending = harness;
        var key = Guid.NewGuid().ToString();
        await StartAsync(harness, "other", async (context, _) => $"{await WaitAsync(context, null)},{await WaitAsync(context, null)}");
        await StartAsync(harness, "forgotten", async (context, _) =>
        {
            await context.CreateTimerAsync(context.CurrentUtcDateTime.AddMinutes(5), "a test");
            return $"{await Count.CallAsync(context, key)}";
        });
        await harness.SettleAsync();
        var saved = tables.Save();
        await harness.Client.RaiseEventAsync("other", "Go", null, None);
        await harness.PassAsync(TimeSpan.FromMinutes(6));
        Assert.Equal(1, Effects.RunsOf(key));
        tables.Restore(saved);
        await harness.Client.RaiseEventAsync("other", "Go", null, None); // the host notices
        await harness.Client.WaitForCompletionAsync("forgotten", false, None).WaitAsync(TimeSpan.FromSeconds(10));
        Assert.Equal(2, Effects.RunsOf(key));
    }

    [Fact]
    public async Task A_purged_instance_leaves_no_row_and_no_blob()
    {
        var memory = await MemoryHarness.StartAsync();
        await using var harness = memory.Harness;
        var (rows, blobs) = (memory.Tables.Rows(memory.InstancesTable), memory.Blobs.Count);
        await StartAsync(harness, "large", async (context, _) =>
        {
            for (var i = 0; i < 250; i++)
            {
                await Echo.CallAsync(context, "work");
            }

            return $"{(await Inflate.CallAsync(context, 400_000)).Length}";
        });
        await harness.Client.WaitForCompletionAsync("large", false, None);
        Assert.True(memory.Tables.Rows(memory.InstancesTable) > rows + 200 && memory.Blobs.Count > blobs);
        Assert.True(await harness.Client.PurgeAsync("large", None));
        Assert.Equal((rows, blobs), (memory.Tables.Rows(memory.InstancesTable), memory.Blobs.Count));
    }

    [Fact]
    public async Task An_eternal_orchestration_leaves_no_more_rows_and_blobs_than_its_first_generation()
    {
        var memory = await MemoryHarness.StartAsync();
        await using var harness = memory.Harness;
        Scenarios.Set("eternal", async (context, input) =>
        {
            for (var i = 0; i < (input == "0" ? 120 : 1); i++)
            {
                await context.CreateTimerAsync(context.CurrentUtcDateTime.AddMinutes(1), "a step");
            }

            await Inflate.CallAsync(context, 300_000);
            context.ContinueAsNew(new ScenarioInput("eternal", string.Create(CultureInfo.InvariantCulture, $"{int.Parse(input!, CultureInfo.InvariantCulture) + 1}")));
            return null;
        });
        await ScenarioOrchestration.ScheduleAsync(harness.Client, new ScenarioInput("eternal", "0"), new StartOptions { InstanceId = "eternal" }, None);
        await harness.PassAsync(TimeSpan.FromMinutes(400));
        Assert.InRange(memory.Tables.Rows(memory.InstancesTable), 2, 5);
        Assert.InRange(memory.Blobs.Count, 1, 2); // the lease's, and at most the turn's
        var input = OrchestrationJson.Deserialize<ScenarioInput>((await harness.Client.GetInstanceAsync("eternal", true, None))!.Input).Input;
        Assert.InRange(int.Parse(input!, CultureInfo.InvariantCulture), 250, 300);
    }

    [Fact]
    public async Task No_message_of_a_foreign_exception_reaches_the_store_or_the_log()
    {
        var memory = await MemoryHarness.StartAsync();
        await using var harness = memory.Harness;
        await StartAsync(harness, "failing", (context, _) => Fail.CallAsync(context, "foreign"));
        await StartAsync(harness, "nested", (context, _) => Fail.CallAsync(context, "nested"));
        await StartAsync(harness, "direct", (_, _) => throw new FormatException("the value 'Ellen Example' is malformed"));
        await harness.SettleAsync();
        Assert.DoesNotContain("Ellen", memory.Tables.Dump(), StringComparison.Ordinal);
        Assert.Contains("FormatException in TfFlow.TestKit.Durable.Fail.", memory.Tables.Dump(), StringComparison.Ordinal);
        Assert.DoesNotContain(Enum.GetValues<LogLevel>().SelectMany(harness.Log.Of), line => line.Contains("Ellen", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Seven_years_pass_with_every_timer_in_order_across_restarts()
    {
        var (harness, _, _) = await MemoryHarness.StartAsync();
        await using var ending = harness;
        var fired = new List<(DateTimeOffset At, string Instance)>();
        for (var i = 0; i < 5; i++)
        {
            var days = 20 + (7 * i);
            var code = $"years {i}";
            Scenarios.Set(code, async (context, input) =>
            {
                await context.CreateTimerAsync(context.CurrentUtcDateTime.AddDays(days), "the next look");
                if (!context.IsReplaying)
                {
                    fired.Add((context.CurrentUtcDateTime, context.InstanceId));
                }

                context.ContinueAsNew(new ScenarioInput(code, null));
                return null;
            });
            await ScenarioOrchestration.ScheduleAsync(harness.Client, new ScenarioInput(code, null), new StartOptions { InstanceId = $"years-{i}" }, None);
        }

        for (var year = 0; year < 7; year++)
        {
            await harness.PassAsync(TimeSpan.FromDays(365));
            await harness.RestartAsync();
            Assert.Equal(LocalHarness.Start.AddDays(365 * (year + 1)), harness.Now);
        }

        Assert.Equal(fired.Select(one => one.At).Order(), fired.Select(one => one.At));
        for (var i = 0; i < 5; i++)
        {
            Assert.Equal(7 * 365 / (20 + (7 * i)), fired.Count(one => one.Instance == $"years-{i}"));
        }
    }

    [Fact]
    public async Task Virtual_time_never_goes_back()
    {
        var (harness, _, _) = await MemoryHarness.StartAsync();
        await using var ending = harness;
        await harness.PassAsync(TimeSpan.FromDays(100));
        await harness.RestartAsync();
        Assert.Equal(LocalHarness.Start.AddDays(100), harness.Now);
        await harness.Host.AdvanceToAsync(LocalHarness.Start, None);
        Assert.Equal(LocalHarness.Start.AddDays(100), harness.Now);
    }

    [Fact]
    public async Task Code_that_awaits_what_is_not_durable_fails_and_does_not_hang()
    {
        var (harness, _, _) = await MemoryHarness.StartAsync();
        await using var ending = harness;
        await StartAsync(harness, "undurable", async (context, _) =>
        {
            using var cancel = new CancellationTokenSource();
            var timer = context.CreateTimerAsync(context.CurrentUtcDateTime.AddDays(9), "a test", cancel.Token);
            await cancel.CancelAsync();
            await timer;
            return null;
        });
        var finished = await harness.Client.WaitForCompletionAsync("undurable", true, None).WaitAsync(TimeSpan.FromSeconds(10));
        Assert.Contains("not durable", finished.Failure!.ErrorMessage, StringComparison.Ordinal);
    }

    private static Task<string?> WaitAsync(OrchestrationContext context, string? input) =>
        context.WaitForExternalEventAsync<string?>("Go", TimeSpan.FromDays(30), "a test");

    private static Task<string> StartAsync(LocalHarness harness, string id, ScenarioCode code)
    {
        var key = $"{harness.Options.Prefix} {id}";
        Scenarios.Set(key, code);
        return ScenarioOrchestration.ScheduleAsync(harness.Client, new ScenarioInput(key, null), new StartOptions { InstanceId = id }, None);
    }
}
