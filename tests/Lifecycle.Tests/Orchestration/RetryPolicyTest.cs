using TfFlow.Lifecycle.Orchestration;

namespace TfFlow.Lifecycle.Tests.Orchestration;

public sealed class RetryPolicyTest
{
    private static readonly TaskFailureDetails Failure = new("Some.Exception", "");
    private static readonly RetryPolicy Policy = new(5, TimeSpan.FromMinutes(1)) { BackoffCoefficient = 3, MaxRetryInterval = TimeSpan.FromMinutes(20), RetryTimeout = TimeSpan.FromHours(2) };

    [Theory]
    [InlineData(1, 0, 1.0)]
    [InlineData(2, 0, 3.0)]
    [InlineData(3, 0, 9.0)]
    [InlineData(4, 0, 20.0)]
    [InlineData(4, 119, 20.0)]
    [InlineData(5, 0, null)]
    [InlineData(1, 120, null)]
    public void Intervals_are_as_Durable_Task_reckons_them(int failed, int minutesSinceFirst, double? minutes) =>
        Assert.Equal(minutes, Policy.NextInterval(failed, TimeSpan.FromMinutes(minutesSinceFirst), Failure)?.TotalMinutes);

    [Fact]
    public void What_is_not_registered_is_not_tried_again() =>
        Assert.Null(Policy.NextInterval(1, TimeSpan.Zero, TaskFailureDetails.From(new TaskNotFoundException("activity", "Nowhere"))));

    [Fact]
    public void The_handler_is_asked() => Assert.Null((Policy with { Handle = failure => failure.ErrorType != Failure.ErrorType }).NextInterval(1, TimeSpan.Zero, Failure));

    [Fact]
    public void An_interval_is_an_hour_at_most_unless_said() =>
        Assert.Equal(TimeSpan.FromHours(1), new RetryPolicy(99, TimeSpan.FromMinutes(1)) { BackoffCoefficient = 10 }.NextInterval(50, TimeSpan.Zero, Failure));
}
