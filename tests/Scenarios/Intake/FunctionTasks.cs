using System.Reflection;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;
using TfFlow.Host.Azure.Functions;
using RetryContext = Microsoft.Azure.Functions.Worker.RetryContext;

namespace TfFlow.Scenarios.Intake;

/// <summary>The durable functions, called with what the Functions worker binds to their parameters.</summary>
internal static class FunctionTasks
{
    public static void Register(DurableTaskRegistry tasks)
    {
        foreach (var (name, function) in In(typeof(OrchestratorFunctions)))
        {
            tasks.AddOrchestrator(name, () => new OrchestratorFunction(function));
        }

        foreach (var (name, function) in In(typeof(ActivityFunctions)))
        {
            tasks.AddActivity(name, services => new ActivityFunction(function, services));
        }
    }

    private static IEnumerable<(string Name, MethodInfo Function)> In(Type type) =>
        from method in type.GetMethods()
        let function = method.GetCustomAttribute<FunctionAttribute>()
        where function is not null
        select (function.Name, method);

    private static async Task<object?> CallAsync(MethodInfo function, object? target, params object?[] bound)
    {
        var called = (Task)function.Invoke(target, BindingFlags.DoNotWrapExceptions, binder: null, bound, culture: null)!;
        await called;
        return ((dynamic)called).Result;
    }

    private sealed class OrchestratorFunction(MethodInfo function) : ITaskOrchestrator
    {
        public Type InputType => function.GetParameters()[1].ParameterType;

        public Type OutputType => typeof(object);

        public Task<object?> RunAsync(TaskOrchestrationContext context, object? input) => CallAsync(function, target: null, context, input);
    }

    private sealed class ActivityFunction(MethodInfo function, IServiceProvider services) : ITaskActivity
    {
        public Type InputType => function.GetParameters()[0].ParameterType;

        public Type OutputType => typeof(object);

        public Task<object?> RunAsync(TaskActivityContext context, object? input) => CallAsync(
            function,
            ActivatorUtilities.CreateInstance<ActivityFunctions>(services),
            input,
            services.GetRequiredService<DurableTaskClient>(),
            new Invocation(services));
    }

    /// <summary>As much of an invocation as functions ask for.</summary>
    private sealed class Invocation(IServiceProvider services) : FunctionContext
    {
        public override IServiceProvider InstanceServices { get; set; } = services;

        public override CancellationToken CancellationToken => CancellationToken.None;

        public override IDictionary<object, object> Items { get; set; } = new Dictionary<object, object>();

        public override string InvocationId => throw new NotSupportedException();

        public override string FunctionId => throw new NotSupportedException();

        public override TraceContext TraceContext => throw new NotSupportedException();

        public override BindingContext BindingContext => throw new NotSupportedException();

        public override RetryContext RetryContext => throw new NotSupportedException();

        public override FunctionDefinition FunctionDefinition => throw new NotSupportedException();

        public override IInvocationFeatures Features => throw new NotSupportedException();
    }
}
