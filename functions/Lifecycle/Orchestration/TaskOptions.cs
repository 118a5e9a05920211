namespace TfFlow.Lifecycle.Orchestration;

/// <summary>How a failed activity or sub-orchestration is tried again.</summary>
public sealed record TaskOptions(RetryPolicy? Retry)
{
    public static implicit operator TaskOptions(RetryPolicy policy) => new(policy);
}

/// <summary>Another attempt after each failure, later and later. What is not registered is never tried again.</summary>
public sealed record RetryPolicy
{
    /// <param name="maxNumberOfAttempts">First attempt included; at least 1.</param>
    /// <param name="firstRetryInterval">Between the first failure and the second attempt; more than zero.</param>
    public RetryPolicy(int maxNumberOfAttempts, TimeSpan firstRetryInterval)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxNumberOfAttempts, 1);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(firstRetryInterval, TimeSpan.Zero);
        MaxNumberOfAttempts = maxNumberOfAttempts;
        FirstRetryInterval = firstRetryInterval;
    }

    public int MaxNumberOfAttempts { get; }

    public TimeSpan FirstRetryInterval { get; }

    /// <summary>Each interval is the one before times this; at least 1, by default 1.</summary>
    public double BackoffCoefficient
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            field = value;
        }
    } = 1;

    /// <summary>No interval is longer; at least the first interval, by default one hour.</summary>
    public TimeSpan MaxRetryInterval
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, FirstRetryInterval);
            field = value;
        }
    } = TimeSpan.FromHours(1);

    /// <summary>A failure this long after the first attempt began is the last; null for no such limit.</summary>
    public TimeSpan? RetryTimeout
    {
        get;
        init
        {
            if (value is { } timeout)
            {
                ArgumentOutOfRangeException.ThrowIfLessThan(timeout, FirstRetryInterval);
            }

            field = value;
        }
    }

    /// <summary>Whether a failure is worth another attempt; null: all are. Must be deterministic.</summary>
    public Func<TaskFailureDetails, bool>? Handle { get; init; }

    /// <summary>How long to wait before the next attempt.</summary>
    /// <param name="failedAttempts">Attempts made so far; at least 1.</param>
    /// <param name="sinceFirst">Time since the first attempt began.</param>
    /// <returns>Null when there is no next attempt.</returns>
    public TimeSpan? NextInterval(int failedAttempts, TimeSpan sinceFirst, TaskFailureDetails failure)
    {
        if (failedAttempts >= MaxNumberOfAttempts || failure.IsNonRetriable || sinceFirst >= RetryTimeout || Handle?.Invoke(failure) == false)
        {
            return null;
        }

        var interval = FirstRetryInterval.TotalMilliseconds * Math.Pow(BackoffCoefficient, failedAttempts - 1);
        return interval < MaxRetryInterval.TotalMilliseconds ? TimeSpan.FromMilliseconds(interval) : MaxRetryInterval;
    }
}
