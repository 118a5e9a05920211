using System.Text;
using Microsoft.DurableTask;
using TfFlow.Lifecycle;
using TfFlow.Lifecycle.Durable;

namespace TfFlow.Host.Azure.Tests.Functions;

/// <summary>Writes the functions of orchestrators and activities: Functions finds them by attribute, so each needs a method of its own.</summary>
internal static class Stubs
{
    public static string Write()
    {
        var orchestrators = LifecycleServices.Orchestrators.Select(type => (Type: type, Arguments: ArgumentsOf(type, typeof(TaskOrchestrator<,>)))).ToList();
        var activities = LifecycleServices.Activities.Select(type => (Type: type, Arguments: ArgumentsOf(type, typeof(Activity<,,>))[1..])).ToList();
        var namespaces = orchestrators.Concat(activities)
            .SelectMany(task => task.Arguments.Append(task.Type))
            .Select(type => type.Namespace!)
            .Where(name => name.StartsWith("TfFlow", StringComparison.Ordinal))
            .Concat(["Microsoft.Azure.Functions.Worker", "Microsoft.DurableTask", "Microsoft.DurableTask.Client"])
            .Distinct()
            .Order(StringComparer.Ordinal);
        return new StringBuilder()
            .Append("// Written from the lifecycle's orchestrators and activities by StubsTest: TFFLOW_WRITE_STUBS=1 dotnet test tests/Host.Azure.Tests writes it anew.\n")
            .AppendJoin("", namespaces.Select(name => $"using {name};\n"))
            .Append("\nnamespace TfFlow.Host.Azure.Functions;\n\n")
            .Append("public static class OrchestratorFunctions\n{\n")
            .AppendJoin("\n", orchestrators.Select(task => Orchestrator(task.Type.Name, Name(task.Arguments[0]), Name(task.Arguments[1]))))
            .Append("}\n\npublic sealed partial class ActivityFunctions\n{\n")
            .AppendJoin("\n", activities.Select(task => Activity(task.Type.Name, Name(task.Arguments[0]), NameOfOutput(task.Arguments[1]))))
            .Append("}\n")
            .ToString();
    }

    private static string Orchestrator(string name, string input, string output) => $"""
            [Function(nameof({name}))]
            public static Task<{output}> {name}([OrchestrationTrigger] TaskOrchestrationContext context, {input} input) => new {name}().RunAsync(context, input);

        """;

    private static string Activity(string name, string input, string output) => $"""
            [Function(nameof({name}))]
            public Task<{output}> {name}([ActivityTrigger] {input} input, [DurableClient] DurableTaskClient client, FunctionContext function) => RunAsync<{name}, {input}, {output}>(input, client, function);

        """;

    private static string Name(Type type) => type switch
    {
        _ when type == typeof(string) => "string",
        _ when type == typeof(bool) => "bool",
        _ when type == typeof(int) => "int",
        _ => type.Name,
    };

    private static string NameOfOutput(Type output) => output == typeof(Waiting) ? $"{nameof(Waiting)}?" : Name(output);

    private static Type[] ArgumentsOf(Type type, Type definition)
    {
        var ancestor = type;
        while (!ancestor!.IsGenericType || ancestor.GetGenericTypeDefinition() != definition)
        {
            ancestor = ancestor.BaseType;
        }

        return ancestor.GetGenericArguments();
    }
}
