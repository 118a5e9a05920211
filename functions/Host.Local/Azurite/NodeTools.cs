using System.Diagnostics;

namespace TfFlow.Host.Local.Azurite;

/// <summary>Node.js and npm, as found on the search path.</summary>
internal sealed record NodeTools(string Node, string Npm)
{
    public static NodeTools Find(string? searchPath)
    {
        var folders = (searchPath ?? Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        return new(Find("node", folders), Find("npm", folders));
    }

    /// <summary>Starts a program with its output redirected, to be read by the caller.</summary>
    public static Process Start(string program, IEnumerable<string> arguments, string folder, IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        // npm is a script that asks PATH for node.
        start.Environment["PATH"] = Path.GetDirectoryName(program) + Path.PathSeparator + start.Environment["PATH"];
        return Process.Start(start)!;
    }

    private static string Find(string name, string[] folders)
    {
        string[] endings = OperatingSystem.IsWindows() ? [".exe", ".cmd"] : [""];
        return folders
            .SelectMany(folder => endings.Select(ending => Path.GetFullPath(Path.Combine(folder, name + ending))))
            .FirstOrDefault(File.Exists)
            ?? throw new AzuriteException(
                AzuriteError.NodeMissing,
                $"Azurite needs Node.js 20 or later, and '{name}' is not on PATH: install it from nodejs.org, or name a running storage account by its connection string.");
    }
}
