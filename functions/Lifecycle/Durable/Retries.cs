using Microsoft.DurableTask;

namespace TfFlow.Lifecycle.Durable;

/// <summary>The one retry policy of the house.</summary>
internal static class Retries
{
    /// <summary>A step that fails because the store or the key ring is away is tried for about a day. Then it fails, and an operator is asked.</summary>
    public static TaskOptions ForADay { get; } = TaskOptions.FromRetryPolicy(new RetryPolicy(
        maxNumberOfAttempts: 100,
        firstRetryInterval: TimeSpan.FromSeconds(1),
        backoffCoefficient: 2,
        maxRetryInterval: TimeSpan.FromMinutes(15)));
}
