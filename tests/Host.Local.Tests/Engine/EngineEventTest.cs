using Microsoft.DurableTask;
using TfFlow.TestKit;

namespace TfFlow.Host.Local.Tests.Engine;

[Collection(AzuriteFixture.Collection)]
public sealed class EngineEventTest(EngineHost host) : IClassFixture<EngineHost>
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    [Fact]
    public async Task An_event_that_comes_before_the_wait_is_kept_for_it()
    {
        var id = await host.BeginAsync(async (context, _) =>
        {
            await context.CreateTimer(Hour, CancellationToken.None);
            return await context.WaitForExternalEvent<string>("word");
        });
        await host.Client.RaiseEventAsync(id, "word", "early");
        await host.SettleAsync();
        await host.PassAsync(Hour);
        Assert.Equal("early", await host.OutputAsync(id));
    }

    [Fact]
    public async Task Events_of_one_name_come_in_the_order_in_which_they_were_sent()
    {
        var id = await host.BeginAsync(async (context, _) => await context.WaitForExternalEvent<string>("word") + await context.WaitForExternalEvent<string>("word"));
        await host.Client.RaiseEventAsync(id, "word", "one");
        await host.Client.RaiseEventAsync(id, "word", "two");
        Assert.Equal("onetwo", await host.OutputAsync(id));
    }

    [Fact]
    public async Task A_wait_ends_when_its_time_is_over_and_the_next_wait_gets_the_event()
    {
        var id = await host.BeginAsync(async (context, _) =>
        {
            try
            {
                return await context.WaitForExternalEvent<string>("word", Hour);
            }
            catch (OperationCanceledException)
            {
                return "late: " + await context.WaitForExternalEvent<string>("word");
            }
        });
        await host.SettleAsync();
        await host.PassAsync(Hour);
        await host.Client.RaiseEventAsync(id, "word", "after");
        Assert.Equal("late: after", await host.OutputAsync(id));
    }

    [Fact]
    public async Task Events_that_nobody_waited_for_are_there_for_the_next_generation_whose_history_is_empty()
    {
        var id = await host.BeginAsync(async (context, input) =>
        {
            if (input is null)
            {
                await context.EchoAsync("first generation");
                await context.CreateTimer(Hour, CancellationToken.None);
                context.Continue("next");
                return null;
            }

            return await context.WaitForExternalEvent<string>("word") + await context.WaitForExternalEvent<string>("word");
        });
        await host.SettleAsync();
        await host.Client.RaiseEventAsync(id, "word", "one");
        await host.Client.RaiseEventAsync(id, "word", "two");
        await host.SettleAsync();
        await host.PassAsync(Hour);
        Assert.Equal("onetwo", await host.OutputAsync(id));
        Assert.DoesNotContain("first generation", await host.HistoryAsync(id), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_event_to_nobody_is_refused()
    {
        var finished = await host.BeginAsync((_, _) => Task.FromResult<string?>("done"));
        await host.SettleAsync();
        await Assert.ThrowsAsync<InvalidOperationException>(() => host.Client.RaiseEventAsync(finished, "word"));
        await Assert.ThrowsAsync<InvalidOperationException>(() => host.Client.RaiseEventAsync("unknown", "word"));
        await Assert.ThrowsAsync<InvalidOperationException>(() => host.Client.TerminateInstanceAsync("unknown"));
    }
}
