using DurableTask.Core;
using DurableTask.Core.Exceptions;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Worker;
using Microsoft.DurableTask.Worker.Shims;
using Microsoft.Extensions.DependencyInjection;
using CoreTaskFailedException = DurableTask.Core.Exceptions.TaskFailedException;

namespace TfFlow.Host.Local.Engine;

/// <summary>Makes whatever name the engine asks for: that nothing is registered under it is known when it runs.</summary>
internal sealed class ByName<T>(Func<string, T> create) : INameVersionObjectManager<T>
{
    public void Add(ObjectCreator<T> creator) => throw new NotSupportedException();

    public T GetObject(string name, string? version) => create(name);
}

/// <summary>An orchestrator that is made at its first turn: its shim must know the parent, of which the engine tells late.</summary>
internal sealed class LateOrchestration(string name, IDurableTaskFactory factory, DurableTaskShimFactory shims, IServiceProvider services) : TaskOrchestration
{
    private TaskOrchestration? shim;

    public ParentOrchestrationInstance? Parent { get; set; }

    public override Task<string?> Execute(OrchestrationContext context, string input)
    {
        if (!factory.TryCreateOrchestrator(name, services, out var orchestrator))
        {
            var missing = NotRegistered.Orchestrator(name);
            return Task.FromException<string?>(new CoreTaskFailedException(missing.ErrorMessage) { FailureDetails = missing });
        }

        shim = shims.CreateOrchestration(name, orchestrator, Parent);
        return shim.Execute(context, input);
    }

    public override void RaiseEvent(OrchestrationContext context, string name, string input) => shim?.RaiseEvent(context, name, input);

    public override string? GetStatus() => shim?.GetStatus();
}

/// <summary>One run of an activity, in a scope of its own. One that fails while the host stops is not a failure: it runs again.</summary>
internal sealed class LateActivity(
    string name, IDurableTaskFactory factory, DurableTaskShimFactory shims, IServiceProvider services, PrepareActivity? prepare, CancellationToken stopping) : TaskActivity
{
    /// <summary>Set by a run that found nothing to run.</summary>
    public FailureDetails? Missing { get; private set; }

    public override string Run(TaskContext context, string input) => throw new NotSupportedException();

    public override async Task<string> RunAsync(TaskContext context, string input)
    {
        if (stopping.IsCancellationRequested)
        {
            throw RunsAgain();
        }

        await using var scope = services.CreateAsyncScope();
        if (!factory.TryCreateActivity(name, scope.ServiceProvider, out var activity))
        {
            Missing = NotRegistered.Activity(name);
            return "";
        }

        prepare?.Invoke(activity, stopping);
        try
        {
            return await shims.CreateActivity(name, activity).RunAsync(context, input);
        }
        catch (Exception) when (stopping.IsCancellationRequested)
        {
            throw RunsAgain();
        }
    }

    private static SessionAbortedException RunsAgain() => new("The host stops. The activity runs again.");
}

/// <summary>Told of every activity before it runs.</summary>
/// <param name="stopping">Cancelled when the host stops.</param>
public delegate void PrepareActivity(ITaskActivity activity, CancellationToken stopping);

/// <summary>The engine tries for ever what it does not know. Here that is a failure, once and for all.</summary>
internal static class NotRegistered
{
    public const string ErrorType = "NotRegistered";

    public static FailureDetails Orchestrator(string name) => About($"This host has no orchestrator '{name}'.");

    public static FailureDetails Activity(string name) => About($"This host has no activity '{name}'.");

    private static FailureDetails About(string message) => new(ErrorType, message, stackTrace: null, innerFailure: null, isNonRetriable: true);
}
