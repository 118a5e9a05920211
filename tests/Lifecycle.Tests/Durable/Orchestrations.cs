using System.Reflection;
using System.Runtime.CompilerServices;
using TfFlow.Lifecycle.Orchestration;

namespace TfFlow.Lifecycle.Tests.Durable;

/// <summary>Every orchestrator and activity of TfFlow, found by reflection, and the sources they are written in.</summary>
public static class Orchestrations
{
    private static readonly Assembly Lifecycle = typeof(IOrchestrator).Assembly;

    public static IReadOnlyList<Type> Orchestrators { get; } = Find(typeof(IOrchestrator));

    public static IReadOnlyList<Type> Activities { get; } = Find(typeof(IActivity));

    /// <summary>The files of functions/Lifecycle, without the abstractions themselves.</summary>
    public static IReadOnlyList<(string Path, string Text)> Sources { get; } =
    [
        .. Directory.EnumerateFiles(Path.Combine(Root(), "functions", "Lifecycle"), "*.cs", SearchOption.AllDirectories)
            .Where(path => !path.Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj" or "Orchestration"))
            .Select(path => (Path.GetRelativePath(Root(), path), File.ReadAllText(path))),
    ];

    public static IEnumerable<Type> InputAndOutput(Type task)
    {
        var arguments = BaseOf(task).GetGenericArguments();
        return [arguments[1], arguments[2]];
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

    private static List<Type> Find(Type kind) => [.. Lifecycle.GetTypes().Where(type => type.IsAssignableTo(kind) && type is { IsAbstract: false })];

    private static Type BaseOf(Type task)
    {
        var type = task;
        while (type is not { IsGenericType: true } || (type.GetGenericTypeDefinition() != typeof(Orchestrator<,,>) && type.GetGenericTypeDefinition() != typeof(Activity<,,>)))
        {
            type = type.BaseType!;
        }

        return type;
    }

    private static string Root([CallerFilePath] string path = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(path)!, "..", "..", ".."));
}
