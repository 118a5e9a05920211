using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.DurableTask.Client;
using TfFlow.TestKit;

namespace TfFlow.Host.Local.Tests.Engine;

[Collection(AzuriteFixture.Collection)]
public sealed class EngineTimeTest(EngineHost host) : IClassFixture<EngineHost>
{
    [Fact]
    public async Task Timers_fire_in_the_order_of_their_time_each_at_its_own()
    {
        var start = host.Now;
        var fired = new ConcurrentQueue<string>();
        foreach (var days in (int[])[30, 10, 20])
        {
            await host.BeginAsync(async (context, _) =>
            {
                await context.CreateTimer(TimeSpan.FromDays(days), CancellationToken.None);
                fired.Enqueue($"{(context.CurrentUtcDateTime - start.UtcDateTime).TotalDays}");
                return null;
            });
        }

        await host.SettleAsync();
        await host.PassAsync(TimeSpan.FromDays(30));
        Assert.Equal(["10", "20", "30"], fired);
    }

    [Fact]
    public async Task Timers_of_the_clock_fire_between_those_of_orchestrations()
    {
        var fired = new ConcurrentQueue<string>();
        await using var timer = host.Clock.CreateTimer(_ => fired.Enqueue("clock"), null, TimeSpan.FromHours(2), Timeout.InfiniteTimeSpan);
        foreach (var hours in (int[])[1, 3])
        {
            await host.BeginAsync(async (context, _) =>
            {
                await context.CreateTimer(TimeSpan.FromHours(hours), CancellationToken.None);
                fired.Enqueue($"orchestration {hours}");
                return null;
            });
        }

        await host.PassAsync(TimeSpan.FromHours(3));
        Assert.Equal(["orchestration 1", "clock", "orchestration 3"], fired);
    }

    [Fact]
    public async Task Seven_years_pass_in_seconds()
    {
        var start = host.Now;
        var id = await host.BeginAsync(async (context, input) =>
        {
            var years = int.Parse(input!, CultureInfo.InvariantCulture);
            for (var quarter = 0; quarter < 4; quarter++)
            {
                await context.CreateTimer(TimeSpan.FromDays(90), CancellationToken.None);
            }

            if (years > 1)
            {
                context.Continue($"{years - 1}");
            }

            return $"{context.CurrentUtcDateTime:O}";
        }, "7");
        await host.PassAsync(TimeSpan.FromDays(7 * 360) - TimeSpan.FromTicks(1));
        Assert.Equal(OrchestrationRuntimeStatus.Running, (await host.ShowAsync(id)).RuntimeStatus);
        await host.PassAsync(TimeSpan.FromTicks(1));
        Assert.Equal($"{start.UtcDateTime.AddDays(7 * 360):O}", await host.OutputAsync(id));
        Assert.Equal(0, host.Engine.KeptTimers);
    }

    [Fact]
    public async Task What_is_shown_of_an_instance_is_dated_by_the_virtual_clock()
    {
        var id = await host.BeginAsync((_, _) => Task.FromResult<string?>(null));
        await host.SettleAsync();
        var shown = await host.ShowAsync(id);
        Assert.Equal((host.Now, host.Now), (shown.CreatedAt, shown.LastUpdatedAt));
    }
}
