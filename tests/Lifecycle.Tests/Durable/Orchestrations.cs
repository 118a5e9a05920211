using System.Runtime.CompilerServices;
using Microsoft.DurableTask;
using TfFlow.Lifecycle.Durable;

namespace TfFlow.Lifecycle.Tests.Durable;

/// <summary>Every orchestrator and activity of TfFlow, found by reflection, and the sources they are written in.</summary>
public static class Orchestrations
{
    public static IReadOnlyList<Type> Orchestrators => LifecycleServices.Orchestrators;

    public static IReadOnlyList<Type> Activities => LifecycleServices.Activities;

    /// <summary>The files of functions/Lifecycle.</summary>
    public static IReadOnlyList<(string Path, string Text)> Sources { get; } =
    [
        .. Directory.EnumerateFiles(Path.Combine(Root(), "functions", "Lifecycle"), "*.cs", SearchOption.AllDirectories)
            .Where(path => !path.Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj"))
            .Select(path => (Path.GetRelativePath(Root(), path), File.ReadAllText(path))),
    ];

    public static IEnumerable<Type> InputAndOutput(Type task)
    {
        var type = task;
        while (type is not { IsGenericType: true } || (type.GetGenericTypeDefinition() != typeof(TaskOrchestrator<,>) && type.GetGenericTypeDefinition() != typeof(TaskActivity<,>)))
        {
            type = type.BaseType!;
        }

        return type.GetGenericArguments();
    }

    public static Type? FindType(string name) => name.Split('.')[^1] switch
    {
        "bool" => typeof(bool),
        "int" => typeof(int),
        "string" => typeof(string),
        "object" => typeof(object),
        var simple => AppDomain.CurrentDomain.GetAssemblies()
            .Where(assembly => assembly.GetName().Name!.StartsWith("TfFlow", StringComparison.Ordinal))
            .SelectMany(assembly => assembly.GetTypes())
            .FirstOrDefault(type => type.Name == simple),
    };

    private static string Root([CallerFilePath] string path = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(path)!, "..", "..", ".."));
}
