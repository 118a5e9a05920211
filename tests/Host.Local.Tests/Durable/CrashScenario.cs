using System.Globalization;
using TfFlow.Lifecycle.Orchestration;
using TfFlow.TestKit.Durable;
using TfFlow.Vault.Storage;

namespace TfFlow.Host.Local.Tests.Durable;

/// <summary>A story that uses every feature, told by a client that does each step again until it has an answer, on hosts that die.</summary>
/// <param name="run">Sets this run's effects and ids apart.</param>
public sealed class CrashScenario(string run)
{
    private string end = "";

    private string MainId => run + "-main";

    private string ChildId => run + "-child";

    private string SideId => run + "-side";

    /// <summary>Tells the story.</summary>
    /// <param name="harnessOf">A host on the store, whose n-th life ends at its crash point.</param>
    /// <returns>What can be seen at the end.</returns>
    public async Task<string> TellAsync(Func<ITableStore, IBlobStore, LocalHarness> harnessOf, ITableStore tables, IBlobStore blobs, IReadOnlyList<CrashPoint> lives)
    {
        Write();
        LocalHarness? harness = null;
        var life = 0;
        var path = "";
        try
        {
            foreach (var step in Steps())
            {
                while (true)
                {
                    var point = life < lives.Count ? lives[life] : new CrashPoint(0, false);
                    if (harness is null)
                    {
                        var crashing = new CrashingStore(tables, blobs, point);
                        harness = harnessOf(crashing, crashing);
                        path = harness.Options.LeaseFile;
                    }

                    if (await TryAsync(step, harness, point.Crashed))
                    {
                        break;
                    }

                    await harness.KillAsync();
                    harness = null;
                    life++;
                }
            }

            return end;
        }
        finally
        {
            await (harness?.KillAsync() ?? Task.CompletedTask);
            File.Delete(path);
        }
    }

    /// <returns>False when the host died on the way.</returns>
    private static async Task<bool> TryAsync(Func<LocalHarness, Task> step, LocalHarness harness, Task crashed)
    {
        var trying = harness.IsStarted ? step(harness) : StartAndTryAsync();
        if (await Task.WhenAny(trying, crashed) == trying && trying.IsCompletedSuccessfully)
        {
            return true;
        }

        if (!crashed.IsCompleted)
        {
            await trying;
        }

        _ = trying.ContinueWith(lost => lost.Exception, TaskScheduler.Default);
        return false;

        async Task StartAndTryAsync()
        {
            await harness.StartHostAsync();
            await step(harness);
        }
    }

    private IEnumerable<Func<LocalHarness, Task>> Steps()
    {
        yield return harness => StartAsync(harness, MainId, "main", "1");
        yield return harness => StartAsync(harness, SideId, "side", null);
        yield return harness => harness.Client.RaiseEventAsync(MainId, "Item", "item", default);
        yield return harness => ToAsync(harness, 10);
        yield return harness => harness.Client.SuspendAsync(MainId, "a test", default);
        yield return harness => ToAsync(harness, 20);
        yield return harness => harness.Client.ResumeAsync(MainId, "a test", default);
        yield return harness => ToAsync(harness, 40);
        yield return harness => harness.Client.RaiseEventAsync(MainId, "Go", "go", default);
        yield return harness => ToAsync(harness, 60);
        yield return harness => harness.Client.TerminateAsync(SideId, "a test", default);
        yield return harness => ToAsync(harness, 120);
        yield return harness => harness.Client.WaitForCompletionAsync(MainId, false, default);
        yield return harness => harness.Client.PurgeAsync(ChildId, default);
        yield return harness => harness.SettleAsync();
        yield return async harness => end = await DescribeAsync(harness);
    }

    private static Task ToAsync(LocalHarness harness, int minute)
    {
        var instant = LocalHarness.Start.AddMinutes(minute);
        return instant > harness.Now ? harness.PassAsync(instant - harness.Now) : harness.SettleAsync();
    }

    private async Task StartAsync(LocalHarness harness, string id, string code, string? input)
    {
        try
        {
            await ScenarioOrchestration.ScheduleAsync(harness.Client, new ScenarioInput($"{run} {code}", input), new StartOptions { InstanceId = id }, default);
        }
        catch (InstanceExistsException)
        {
            // Started before, by a host that died before it could say so.
        }
    }

    private async Task<string> DescribeAsync(LocalHarness harness)
    {
        var lines = new List<string>();
        var page = await harness.Client.QueryAsync(new OrchestrationQuery(), null, default);
        foreach (var instance in page.Instances)
        {
            var whole = await harness.Client.GetInstanceAsync(instance.InstanceId, true, default);
            var name = whole!.InstanceId.StartsWith(run, StringComparison.Ordinal) ? whole.InstanceId[run.Length..] : "other";
            lines.Add($"{name} {whole.Status} {whole.CustomStatus} {whole.Output} {whole.Failure?.ErrorMessage}");
        }

        foreach (var effect in (string[])["a", "b0", "b1", "b2", "child", "again", "second", "side"])
        {
            lines.Add($"{effect} {(Effects.RunsOf($"{run} {effect}") > 0 ? "done" : "not done")}");
        }

        return string.Join('\n', lines.Order(StringComparer.Ordinal));
    }

    private void Write()
    {
        Scenarios.Set($"{run} main", MainAsync);
        Scenarios.Set($"{run} child", ChildAsync);
        Scenarios.Set($"{run} failing", (_, _) => throw new BrokenException("as it should"));
        Scenarios.Set($"{run} side", async (context, _) =>
        {
            await Count.CallAsync(context, $"{run} side");
            return await context.WaitForExternalEventAsync<string?>("Never", TimeSpan.FromDays(80), "to be terminated");
        });
    }

    private async Task<string?> MainAsync(OrchestrationContext context, string? input)
    {
        if (input != "1")
        {
            context.SetCustomStatus("second generation");
            await Count.CallAsync(context, $"{run} second");
            return $"{input} {await context.WaitForExternalEventAsync<string?>("Item", TimeSpan.FromMinutes(5), "kept from the first generation")}";
        }

        context.SetCustomStatus("first generation");
        await Count.CallAsync(context, $"{run} a");
        await Task.WhenAll(Enumerable.Range(0, 3).Select(i => Count.CallAsync(context, $"{run} b{i}")));
        var attempts = await FailOften.CallAsync(context, new FailTimes($"{run} again", 2), new RetryPolicy(50, TimeSpan.FromMinutes(1)));
        var large = (await Inflate.CallAsync(context, 300_000)).Length;
        for (var pause = 0; pause < 8; pause++)
        {
            await context.CreateTimerAsync(context.CurrentUtcDateTime.AddSeconds(20), "a pause");
        }

        var child = ScenarioOrchestration.CallAsync(context, new ScenarioInput($"{run} child", "first"), ChildId);
        context.SendEvent(ChildId, "Note", "one");
        context.SendEvent(ChildId, "Note", "two");
        var answered = await child;
        var failed = "";
        try
        {
            await ScenarioOrchestration.CallAsync(context, new ScenarioInput($"{run} failing", null));
        }
        catch (TaskFailedException e)
        {
            failed = e.FailureDetails.ErrorMessage;
        }

        var decided = await context.WaitForExternalEventAsync<string?>("Go", TimeSpan.FromDays(1), "a decision");
        try
        {
            await context.WaitForExternalEventAsync<string?>("Never", TimeSpan.FromMinutes(10), "nothing");
        }
        catch (OperationCanceledException)
        {
            context.ContinueAsNew(new ScenarioInput($"{run} main", string.Create(CultureInfo.InvariantCulture, $"{(attempts >= 3 ? "enough" : "few")} {large} {answered} {failed} {decided}")));
        }

        return null;
    }

    private async Task<string?> ChildAsync(OrchestrationContext context, string? input)
    {
        await Count.CallAsync(context, $"{run} child");
        var note = await context.WaitForExternalEventAsync<string?>("Note", TimeSpan.FromMinutes(60), "a note");
        await context.CreateTimerAsync(context.CurrentUtcDateTime.AddMinutes(1), "a pause");
        if (input == "first")
        {
            context.ContinueAsNew(new ScenarioInput($"{run} child", note));
            return null;
        }

        return $"{input}-{note}";
    }
}
