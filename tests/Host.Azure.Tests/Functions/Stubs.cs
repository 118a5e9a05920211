using System.Text;
using TfFlow.Lifecycle.Orchestration;

namespace TfFlow.Host.Azure.Tests.Functions;

/// <summary>Writes the functions of orchestrators and activities: Functions finds them by attribute, so each needs a method of its own.</summary>
internal static class Stubs
{
    public static string Write(OrchestrationRegistry registry)
    {
        var services = new ServiceList(registry);
        var text = new StringBuilder()
            .Append("// Written from LifecycleServices.Registry by StubsTest: TFFLOW_WRITE_STUBS=1 dotnet test tests/Host.Azure.Tests writes it anew.\n")
            .AppendJoin("", services.Namespaces.Select(name => $"using {name};\n"))
            .Append("\nnamespace TfFlow.Host.Azure.Functions;\n\n")
            .Append("public static partial class OrchestratorFunctions\n{\n")
            .AppendJoin("\n", services.Orchestrators.Select(Orchestrator))
            .Append("}\n\npublic sealed partial class ActivityFunctions\n{\n")
            .AppendJoin("\n", services.Activities.Select(Activity))
            .Append("}\n");
        return text.ToString();
    }

    private static string Orchestrator((Type Type, Type Input) function) => $"""
            [Function("{function.Type.Name}")]
            public static Task<object?> {function.Type.Name}([OrchestrationTrigger] TaskOrchestrationContext context, {Name(function.Input)} input) =>
                RunAsync(new {function.Type.Name}(), context, input);

        """;

    private static string Activity((Type Type, Type Input) function) => $"""
            [Function("{function.Type.Name}")]
            public Task<object?> {function.Type.Name}([ActivityTrigger] {Name(function.Input)} input, string instanceId, [DurableClient] DurableTaskClient client, FunctionContext function) =>
                RunAsync("{function.Type.Name}", input, instanceId, client, function);

        """;

    private static string Name(Type type) => type switch
    {
        _ when type == typeof(string) => "string",
        _ when type == typeof(bool) => "bool",
        _ when type == typeof(int) => "int",
        _ when type == typeof(long) => "long",
        { IsGenericType: true } => $"{type.Name[..type.Name.IndexOf('`', StringComparison.Ordinal)]}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>",
        _ => type.Name,
    };

    private sealed class ServiceList(OrchestrationRegistry registry)
    {
        public IReadOnlyList<(Type Type, Type Input)> Orchestrators { get; } = Sorted(registry.Orchestrators.Values, typeof(Orchestrator<,,>));

        public IReadOnlyList<(Type Type, Type Input)> Activities { get; } = Sorted(registry.Activities.Values, typeof(Activity<,,>));

        public IEnumerable<string> Namespaces => Orchestrators.Concat(Activities)
            .SelectMany(function => new[] { function.Type, function.Input })
            .Select(type => type.Namespace!)
            .Where(name => name.StartsWith("TfFlow", StringComparison.Ordinal))
            .Concat(["Microsoft.Azure.Functions.Worker", "Microsoft.DurableTask", "Microsoft.DurableTask.Client"])
            .Distinct()
            .Order(StringComparer.Ordinal);

        private static List<(Type Type, Type Input)> Sorted(IEnumerable<Type> types, Type definition) =>
            [.. types.Select(type => (type, InputOf(type, definition))).OrderBy(pair => pair.type.Name, StringComparer.Ordinal)];

        private static Type InputOf(Type type, Type definition)
        {
            var ancestor = type;
            while (!ancestor!.IsGenericType || ancestor.GetGenericTypeDefinition() != definition)
            {
                ancestor = ancestor.BaseType;
            }

            return ancestor.GetGenericArguments()[1];
        }
    }
}
