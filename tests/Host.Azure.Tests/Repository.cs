using System.Runtime.CompilerServices;

namespace TfFlow.Host.Azure.Tests;

/// <summary>The sources this test was built from.</summary>
internal static class Repository
{
    public static string Root { get; } = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(Here())!, "../.."));

    public static string HostAzure { get; } = Path.Combine(Root, "functions", "Host.Azure");

    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    /// <summary>The host's own C# files: relative path and text.</summary>
    public static IEnumerable<(string Path, string Text)> HostSources() =>
        from file in Directory.EnumerateFiles(HostAzure, "*.cs", SearchOption.AllDirectories)
        let path = Path.GetRelativePath(HostAzure, file).Replace('\\', '/')
        where !path.StartsWith("obj/", StringComparison.Ordinal) && !path.StartsWith("bin/", StringComparison.Ordinal)
        select (path, File.ReadAllText(file));

    private static string Here([CallerFilePath] string path = "") => path;
}
