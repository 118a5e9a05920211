namespace TfFlow.Lifecycle.Orchestration;

/// <summary>How a failed activity or sub-orchestration is tried again.</summary>
public sealed record TaskOptions(RetryPolicy? Retry)
{
    public static implicit operator TaskOptions(RetryPolicy policy) => new(policy);
}

/// <param name="MaxNumberOfAttempts">First attempt included; at least 1.</param>
/// <param name="FirstRetryInterval">More than zero.</param>
public sealed record RetryPolicy(int MaxNumberOfAttempts, TimeSpan FirstRetryInterval)
{
    /// <summary>Each interval is the one before times this; at least 1.</summary>
    public double BackoffCoefficient { get; init; } = 1;

    public TimeSpan? MaxRetryInterval { get; init; }

    /// <summary>No attempt starts later than this after the first.</summary>
    public TimeSpan? RetryTimeout { get; init; }

    /// <summary>Whether a failure is worth another attempt; null: all are. Must be deterministic.</summary>
    public Func<TaskFailureDetails, bool>? Handle { get; init; }
}

/// <summary>A failure as history keeps it: the type's full name and a message without personal data.</summary>
public sealed record TaskFailureDetails(string ErrorType, string ErrorMessage, TaskFailureDetails? InnerFailure = null)
{
    /// <summary>True when the failure, or one behind it, is of that exception type.</summary>
    public bool IsCausedBy<TException>() where TException : Exception =>
        ErrorType == typeof(TException).FullName || InnerFailure?.IsCausedBy<TException>() == true;

    public static TaskFailureDetails From(Exception exception) => new(
        exception.GetType().FullName!,
        exception.Message,
        exception.InnerException is { } inner ? From(inner) : null);
}

/// <summary>An activity or sub-orchestration failed.</summary>
public sealed class TaskFailedException(string taskName, TaskFailureDetails failureDetails)
    : Exception($"Task '{taskName}' failed: {failureDetails.ErrorMessage}")
{
    public string TaskName { get; } = taskName;

    public TaskFailureDetails FailureDetails { get; } = failureDetails;
}
