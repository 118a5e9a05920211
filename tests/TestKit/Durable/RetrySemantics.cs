using System.Globalization;
using TfFlow.Lifecycle.Orchestration;
using Xunit;

namespace TfFlow.TestKit.Durable;

public abstract class RetrySemantics : DurableSemantics
{
    [Fact]
    public async Task A_failing_activity_is_tried_again_until_it_succeeds()
    {
        var key = Key();
        var id = await StartAsync(async (context, _) =>
            (await FailOften.CallAsync(context, new(key, 2), new RetryPolicy(5, Minutes(1)))).ToString(CultureInfo.InvariantCulture));
        await PassAsync(10);
        Assert.Equal("3", OutputOf(await FinishAsync(id)));
    }

    [Fact]
    public async Task After_its_last_attempt_an_activity_has_failed()
    {
        var key = Key();
        var id = await StartAsync(async (context, _) => $"{await FailOften.CallAsync(context, new(key, 9), new RetryPolicy(3, Minutes(1)))}");
        await PassAsync(10);
        var finished = await FinishAsync(id);
        Assert.Equal(OrchestrationStatus.Failed, finished.Status);
        Assert.Equal(3, Effects.RunsOf(key));
        Assert.Contains(": 3", finished.Failure!.ErrorMessage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_policy_of_one_attempt_does_not_try_again()
    {
        var key = Key();
        var id = await StartAsync(async (context, _) => $"{await FailOften.CallAsync(context, new(key, 1), new RetryPolicy(1, Minutes(1)))}");
        Assert.Equal(OrchestrationStatus.Failed, (await FinishAsync(id)).Status);
        Assert.Equal(1, Effects.RunsOf(key));
    }

    [Fact]
    public async Task The_next_attempt_waits_for_the_interval()
    {
        var key = Key();
        await StartAsync(async (context, _) => $"{await FailOften.CallAsync(context, new(key, 1), new RetryPolicy(2, Minutes(10)))}");
        await Harness.SettleAsync();
        await PassAsync(8);
        Assert.Equal(1, Effects.RunsOf(key));
        await PassAsync(4);
        Assert.Equal(2, Effects.RunsOf(key));
    }

    [Fact]
    public async Task Intervals_grow_by_the_coefficient_up_to_the_longest()
    {
        var intervals = await IntervalsAsync(new RetryPolicy(6, Minutes(1)) { BackoffCoefficient = 2, MaxRetryInterval = Minutes(6) }, failures: 5);
        Assert.Equal([1, 2, 4, 6, 6], intervals);
    }

    [Fact]
    public async Task Without_a_coefficient_intervals_stay_the_same() =>
        Assert.Equal([3, 3, 3], await IntervalsAsync(new RetryPolicy(4, Minutes(3)), failures: 3));

    [Fact]
    public async Task After_the_timeout_no_further_attempt_is_made()
    {
        var key = Key();
        var id = await StartAsync(async (context, _) => $"{await FailOften.CallAsync(context, new(key, 99), new RetryPolicy(99, Minutes(4)) { RetryTimeout = Minutes(10) })}");
        await PassAsync(60);
        Assert.Equal(OrchestrationStatus.Failed, (await FinishAsync(id)).Status);
        Assert.Equal(4, Effects.RunsOf(key)); // at 0, 4, 8 and 12: the failure at 12 is past the timeout
    }

    [Fact]
    public async Task A_handler_decides_which_failures_are_tried_again()
    {
        var key = Key();
        var id = await StartAsync(async (context, _) =>
        {
            var policy = new RetryPolicy(9, Minutes(1)) { Handle = failure => failure.IsCausedBy<BrokenException>() && failure.ErrorMessage != "2" };
            return $"{await FailOften.CallAsync(context, new(key, 99), policy)}";
        });
        await PassAsync(10);
        Assert.Equal(OrchestrationStatus.Failed, (await FinishAsync(id)).Status);
        Assert.Equal(2, Effects.RunsOf(key));
    }

    [Fact]
    public async Task A_failing_sub_orchestration_is_tried_again_under_the_same_id()
    {
        var key = Key();
        var seen = Key("seen");
        var child = Child(async (context, _) =>
        {
            await Count.CallAsync(context, $"{seen} {context.InstanceId}");
            return $"{await FailOften.CallAsync(context, new(key, 2))}";
        });
        var childId = Key("own");
        var id = await StartAsync((context, _) => CallChildAsync(context, child, instanceId: childId, options: new RetryPolicy(3, Minutes(1))));
        await PassAsync(10);
        Assert.Equal("3", OutputOf(await FinishAsync(id)));
        Assert.Equal(3, Effects.RunsOf($"{seen} {childId}"));
    }

    [Fact]
    public async Task Several_activities_are_tried_again_each_by_itself()
    {
        var (one, two) = (Key(), Key());
        var id = await StartAsync(async (context, _) =>
        {
            var runs = await Task.WhenAll(
                FailOften.CallAsync(context, new(one, 1), new RetryPolicy(5, Minutes(1))),
                FailOften.CallAsync(context, new(two, 3), new RetryPolicy(5, Minutes(2))));
            return string.Join(',', runs);
        });
        await PassAsync(20);
        Assert.Equal("2,4", OutputOf(await FinishAsync(id)));
    }

    [Theory]
    [InlineData(0, 1, 1, 60)]
    [InlineData(1, 0, 1, 60)]
    [InlineData(1, 1, 0.5, 60)]
    [InlineData(1, 2, 1, 1)]
    public void A_policy_that_makes_no_sense_is_refused(int attempts, int interval, double coefficient, int longest) =>
        Assert.Throws<ArgumentOutOfRangeException>(() =>
            new RetryPolicy(attempts, TimeSpan.FromMinutes(interval)) { BackoffCoefficient = coefficient, MaxRetryInterval = TimeSpan.FromMinutes(longest) });

    /// <returns>Minutes between the attempts, rounded, by the orchestration's clock.</returns>
    private async Task<IReadOnlyList<int>> IntervalsAsync(RetryPolicy policy, int failures)
    {
        var key = Key();
        var times = new List<DateTimeOffset>();
        var id = await StartAsync(async (context, _) =>
        {
            var attempts = 0;
            times.Clear();
            var observed = policy with
            {
                Handle = _ =>
                {
                    attempts++;
                    times.Add(context.CurrentUtcDateTime);
                    return true;
                },
            };
            var result = await FailOften.CallAsync(context, new(key, failures), observed);
            times.Add(context.CurrentUtcDateTime);
            return $"{result}";
        });
        await PassAsync(60);
        OutputOf(await FinishAsync(id));
        return [.. times.Zip(times.Skip(1), (one, next) => (int)Math.Round((next - one) / Harness.Minute))];
    }
}
