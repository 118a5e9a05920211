using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;

namespace TfFlow.Host.Azure.Tests.Worker;

/// <summary>Host.Azure as the Functions host starts it: by the worker.config.json that the build wrote.</summary>
internal sealed class WorkerProcess : IDisposable
{
    private readonly ConcurrentQueue<string> printed = new();
    private readonly Process process;

    private WorkerProcess(Process process, Action ended)
    {
        this.process = process;
        process.EnableRaisingEvents = true;
        process.Exited += (_, _) => ended();
        process.OutputDataReceived += (_, line) => printed.Enqueue(line.Data ?? "");
        process.ErrorDataReceived += (_, line) => printed.Enqueue(line.Data ?? "");
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>The build's output, of the configuration that this test was built in.</summary>
    public static string Folder { get; } = Path.Combine(
        Repository.HostAzure, Path.GetRelativePath(Path.Combine(Repository.Root, "tests", "Host.Azure.Tests"), Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory)));

    public string Printed => string.Join('\n', printed);

    public bool HasExited => process.HasExited;

    /// <param name="ended">Called when the process has ended, also when it could not start up.</param>
    public static WorkerProcess Start(Uri host, string workerId, IEnumerable<KeyValuePair<string, string>> settings, Action ended)
    {
        using var config = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Folder, "worker.config.json")));
        var description = config.RootElement.GetProperty("description");
        var start = new ProcessStartInfo(description.GetProperty("defaultExecutablePath").GetString()!)
        {
            WorkingDirectory = Folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            ArgumentList =
            {
                Path.Combine(Folder, description.GetProperty("defaultWorkerPath").GetString()!),
                "--functions-uri", $"{host}",
                "--functions-request-id", "indexing",
                "--functions-worker-id", workerId,
                "--functions-grpc-max-message-length", $"{int.MaxValue}",
            },
            Environment = { ["FUNCTIONS_WORKER_DIRECTORY"] = Folder },
        };
        foreach (var (name, value) in settings)
        {
            start.Environment[name] = value;
        }

        return new(new Process { StartInfo = start }, ended);
    }

    public Task WaitForExitAsync(CancellationToken cancellationToken) => process.WaitForExitAsync(cancellationToken);

    public void Dispose()
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
        }

        process.Dispose();
    }
}
