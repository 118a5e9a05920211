using TfFlow.Lifecycle.Orchestration;
using Xunit;

namespace TfFlow.TestKit.Durable;

/// <summary>Starts for later. Apart from the rest because the Durable Task in-process host starts everything at once.</summary>
public abstract class LaterStartSemantics : DurableSemantics
{
    [Fact]
    public async Task A_start_for_later_waits_for_its_time()
    {
        var key = Key();
        var id = await StartAsync(
            async (context, _) => $"{await Count.CallAsync(context, key)}", options: new StartOptions { StartAt = Harness.Now + Minutes(10) });
        await Harness.SettleAsync();
        await PassAsync(8);
        Assert.Equal((0, OrchestrationStatus.Pending), (Effects.RunsOf(key), (await GetAsync(id)).Status));
        await PassAsync(4);
        Assert.Equal("1", OutputOf(await FinishAsync(id)));
    }

    [Fact]
    public async Task Events_before_a_later_start_are_kept()
    {
        var id = await StartAsync((context, _) => context.WaitForExternalEventAsync<string?>("Go", Minutes(60), "a test"), options: new StartOptions { StartAt = Harness.Now + Minutes(10) });
        await Client.RaiseEventAsync(id, "Go", "early", None);
        await PassAsync(12);
        Assert.Equal("early", OutputOf(await FinishAsync(id)));
    }

    [Fact]
    public async Task A_later_start_survives_a_restart()
    {
        var id = await StartAsync((context, _) => Echo.CallAsync(context, "done"), options: new StartOptions { StartAt = Harness.Now + Minutes(10) });
        await Harness.RestartAsync();
        await PassAsync(12);
        Assert.Equal("done", OutputOf(await FinishAsync(id)));
    }
}
