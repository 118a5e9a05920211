namespace TfFlow.Lifecycle.Orchestration;

/// <summary>A failure as history keeps it: the type's full name and a message without personal data.</summary>
public sealed record TaskFailureDetails(string ErrorType, string ErrorMessage, TaskFailureDetails? InnerFailure = null)
{
    /// <summary>True when no retry policy applies: nothing of that name is registered.</summary>
    public bool IsNonRetriable { get; init; }

    /// <summary>True when the failure, or one behind it, is of that exception type or derives from it.</summary>
    public bool IsCausedBy<TException>() where TException : Exception =>
        (ErrorType == typeof(TException).FullName || FindType(ErrorType)?.IsAssignableTo(typeof(TException)) == true)
        || InnerFailure?.IsCausedBy<TException>() == true;

    /// <summary>Keeps the messages of our own exceptions and withholds those of others: they may carry a value they met.</summary>
    public static TaskFailureDetails From(Exception exception) => new(
        exception.GetType().FullName!,
        UnexpectedFailureException.IsOurs(exception) ? exception.Message : "Message withheld.",
        exception switch
        {
            TaskFailedException failed => failed.FailureDetails,
            { InnerException: { } inner } => From(inner),
            _ => null,
        })
    {
        IsNonRetriable = exception is TaskNotFoundException,
    };

    private static Type? FindType(string name) =>
        AppDomain.CurrentDomain.GetAssemblies().Select(assembly => assembly.GetType(name, throwOnError: false)).FirstOrDefault(type => type is not null);
}

/// <summary>An activity or sub-orchestration failed.</summary>
public sealed class TaskFailedException(string taskName, TaskFailureDetails failureDetails, Exception? inner = null)
    : Exception($"Task '{taskName}' failed: {failureDetails.ErrorMessage}", inner)
{
    public string TaskName { get; } = taskName;

    public TaskFailureDetails FailureDetails { get; } = failureDetails;
}

/// <summary>No orchestrator or activity of that name is registered in this host.</summary>
public sealed class TaskNotFoundException(string kind, string name) : Exception($"No {kind} '{name}' is registered.");

/// <summary>A sub-orchestration was terminated: it has no failure of its own.</summary>
public sealed class OrchestrationTerminatedException() : Exception("The sub-orchestration was terminated.");

/// <summary>An exception that is not ours left an activity or orchestrator: its type and place are kept, its message is not (law 1).</summary>
public sealed class UnexpectedFailureException(Exception exception) : Exception($"{exception.GetType().Name} in {PlaceOf(exception)}.")
{
    /// <summary>True for exceptions whose messages we write, and so know to carry no personal data.</summary>
    public static bool IsOurs(Exception exception) =>
        exception is OperationCanceledException || exception.GetType().Namespace?.StartsWith("TfFlow", StringComparison.Ordinal) == true;

    private static string PlaceOf(Exception exception)
    {
        foreach (var frame in new System.Diagnostics.StackTrace(exception).GetFrames())
        {
            var type = frame.GetMethod()?.DeclaringType;
            if (type?.Namespace?.StartsWith("TfFlow", StringComparison.Ordinal) == true)
            {
                return (type.IsNested ? type.DeclaringType! : type).FullName!;
            }
        }

        return "code outside TfFlow";
    }
}
