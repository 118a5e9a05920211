using System.Globalization;
using TfFlow.Lifecycle.Orchestration;
using Xunit;

namespace TfFlow.TestKit.Durable;

/// <summary>What orchestrations do, whatever host runs them. Scenarios are written against <see cref="Lifecycle.Orchestration"/> and the harness alone.</summary>
public abstract class DurableSemantics : IAsyncLifetime
{
    private static int keys;
    private DurableHarness? harness;

    protected DurableHarness Harness => harness!;

    protected IOrchestrationClient Client => Harness.Client;

    protected static CancellationToken None => CancellationToken.None;

    protected abstract Task<DurableHarness> StartHarnessAsync();

    public async Task InitializeAsync() => harness = await StartHarnessAsync();

    public async Task DisposeAsync() => await Harness.DisposeAsync();

    /// <summary>A key that no other scenario of this run uses.</summary>
    protected static string Key(string name = "key") => string.Create(CultureInfo.InvariantCulture, $"{name}-{Interlocked.Increment(ref keys)}");

    protected TimeSpan Minutes(double minutes) => minutes * Harness.Minute;

    protected Task PassAsync(double minutes) => Harness.PassAsync(Minutes(minutes));

    protected async Task<string> StartAsync(ScenarioCode code, string? input = null, StartOptions? options = null)
    {
        var key = Key("scenario");
        Scenarios.Set(key, code);
        return await StartKeyAsync(key, input, options);
    }

    protected Task<string> StartKeyAsync(string key, string? input = null, StartOptions? options = null) =>
        ScenarioOrchestration.ScheduleAsync(Client, new ScenarioInput(key, input), options, None);

    protected static Task<string?> CallChildAsync(OrchestrationContext context, string key, string? input = null, string? instanceId = null, TaskOptions? options = null) =>
        ScenarioOrchestration.CallAsync(context, new ScenarioInput(key, input), instanceId, options);

    /// <summary>Registers code to be called as a child.</summary>
    protected static string Child(ScenarioCode code)
    {
        var key = Key("child");
        Scenarios.Set(key, code);
        return key;
    }

    protected async Task<OrchestrationMetadata> FinishAsync(string instanceId)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        return await Client.WaitForCompletionAsync(instanceId, getInputsAndOutputs: true, patience.Token);
    }

    /// <summary>Runs code to its end.</summary>
    /// <returns>Its output.</returns>
    protected async Task<string?> RunAsync(ScenarioCode code, string? input = null) => OutputOf(await FinishAsync(await StartAsync(code, input)));

    protected static string? OutputOf(OrchestrationMetadata finished)
    {
        Assert.True(finished.Status == OrchestrationStatus.Completed, $"{finished.Status}: {finished.Failure}");
        return OrchestrationJson.Deserialize<string?>(finished.Output);
    }

    protected async Task<OrchestrationMetadata> GetAsync(string instanceId) =>
        await Client.GetInstanceAsync(instanceId, getInputsAndOutputs: true, None) ?? throw new InstanceNotFoundException(instanceId);

    /// <summary>Waits until something outside the orchestrations' control is so.</summary>
    protected static async Task UntilAsync(Func<bool> so)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!so())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, patience.Token);
        }
    }

    protected async Task UntilStatusAsync(string instanceId, OrchestrationStatus status)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while ((await GetAsync(instanceId)).Status != status)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, patience.Token);
        }
    }
}
