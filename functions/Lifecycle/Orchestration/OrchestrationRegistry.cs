using Microsoft.Extensions.DependencyInjection;

namespace TfFlow.Lifecycle.Orchestration;

/// <summary>The orchestrators and activities a host runs, by name.</summary>
public sealed class OrchestrationRegistry
{
    private readonly Dictionary<string, Type> orchestrators = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Type> activities = new(StringComparer.Ordinal);

    public IReadOnlyDictionary<string, Type> Orchestrators => orchestrators;

    public IReadOnlyDictionary<string, Type> Activities => activities;

    public OrchestrationRegistry AddOrchestrator<T>() where T : class, IOrchestrator, new()
    {
        orchestrators.Add(typeof(T).Name, typeof(T));
        return this;
    }

    public OrchestrationRegistry AddActivity<T>() where T : class, IActivity
    {
        activities.Add(typeof(T).Name, typeof(T));
        return this;
    }

    /// <exception cref="TaskNotFoundException">No orchestrator of that name is registered.</exception>
    public IOrchestrator CreateOrchestrator(string name) => orchestrators.TryGetValue(name, out var type)
        ? (IOrchestrator)Activator.CreateInstance(type)!
        : throw new TaskNotFoundException("orchestrator", name);

    /// <exception cref="TaskNotFoundException">No activity of that name is registered.</exception>
    public IActivity CreateActivity(string name, IServiceProvider services) => activities.TryGetValue(name, out var type)
        ? (IActivity)ActivatorUtilities.CreateInstance(services, type)
        : throw new TaskNotFoundException("activity", name);
}
