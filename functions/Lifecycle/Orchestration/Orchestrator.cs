namespace TfFlow.Lifecycle.Orchestration;

/// <summary>An orchestrator: orders activities, waits and times out. No fields, no constructor parameters, no I/O, no rules.</summary>
public abstract class Orchestrator<TSelf, TInput, TOutput> : IOrchestrator
    where TSelf : Orchestrator<TSelf, TInput, TOutput>, new()
{
    public static string Name => typeof(TSelf).Name;

    /// <summary>Runs this orchestration as a child of the caller's.</summary>
    public static Task<TOutput> CallAsync(OrchestrationContext context, TInput input, string? instanceId = null, TaskOptions? options = null) =>
        context.CallSubOrchestratorAsync<TOutput>(Name, input, instanceId, options);

    /// <summary>Starts this orchestration on its own.</summary>
    public static Task<string> ScheduleAsync(IOrchestrationClient client, TInput input, StartOptions? options, CancellationToken cancellationToken) =>
        client.ScheduleNewInstanceAsync(Name, input, options, cancellationToken);

    public abstract Task<TOutput> RunAsync(OrchestrationContext context, TInput input);

    string IOrchestrator.Name => Name;

    Type IOrchestrator.InputType => typeof(TInput);

    Type IOrchestrator.OutputType => typeof(TOutput);

    async Task<object?> IOrchestrator.RunAsync(OrchestrationContext context, object? input)
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

/// <summary>An orchestrator as a host sees it.</summary>
public interface IOrchestrator
{
    string Name { get; }

    Type InputType { get; }

    Type OutputType { get; }

    Task<object?> RunAsync(OrchestrationContext context, object? input);
}
