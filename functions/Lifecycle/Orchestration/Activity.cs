namespace TfFlow.Lifecycle.Orchestration;

/// <summary>An activity: does I/O, is idempotent, may run twice. Its dependencies come through its constructor.</summary>
public abstract class Activity<TSelf, TInput, TOutput> : IActivity
    where TSelf : Activity<TSelf, TInput, TOutput>
{
    public static string Name => typeof(TSelf).Name;

    /// <summary>Runs this activity from an orchestrator.</summary>
    public static Task<TOutput> CallAsync(OrchestrationContext context, TInput input, TaskOptions? options = null) =>
        context.CallActivityAsync<TOutput>(Name, input, options);

    public abstract Task<TOutput> RunAsync(ActivityContext context, TInput input);

    string IActivity.Name => Name;

    Type IActivity.InputType => typeof(TInput);

    Type IActivity.OutputType => typeof(TOutput);

    async Task<object?> IActivity.RunAsync(ActivityContext context, object? input)
    {
        try
        {
            return await RunAsync(context, (TInput)input!);
        }
        catch (Exception e) when (!UnexpectedFailureException.IsOurs(e))
        {
            throw new UnexpectedFailureException(e);
        }
    }
}

/// <summary>An activity as a host sees it.</summary>
public interface IActivity
{
    string Name { get; }

    Type InputType { get; }

    Type OutputType { get; }

    Task<object?> RunAsync(ActivityContext context, object? input);
}

/// <param name="InstanceId">The orchestration that called.</param>
/// <param name="CancellationToken">The host is stopping; the activity will run again.</param>
public sealed record ActivityContext(string InstanceId, CancellationToken CancellationToken);
