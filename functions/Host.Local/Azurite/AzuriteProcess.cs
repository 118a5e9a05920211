using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.RegularExpressions;

namespace TfFlow.Host.Local.Azurite;

/// <summary>One running Azurite. It ends with its standard input, so it cannot outlive this process.</summary>
internal sealed partial class AzuriteProcess : IAsyncDisposable
{
    private static readonly TimeSpan SavingTime = TimeSpan.FromSeconds(30);

    private readonly Process process;
    private readonly TimeProvider time;
    private readonly Task output;
    private readonly Task errors;
    private readonly ConcurrentQueue<string> lastErrors = new();
    private readonly TaskCompletionSource ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private AzuriteProcess(Process process, TimeProvider time)
    {
        this.process = process;
        this.time = time;
        output = ReadOutputAsync();
        errors = ReadErrorsAsync();
    }

    public Process Process => process;

    public static AzuriteProcess Start(NodeTools tools, string installation, AzuriteFolder folder, AzuriteSettings settings, AzuriteOptions options)
    {
        string[] arguments =
        [
            folder.Script,
            "--silent",
            "--disableTelemetry",
            "--disableProductStyleUrl",
            .. options.InMemory ? ["--inMemoryPersistence"] : new[] { "--location", folder.Data },
            "--blobHost", "127.0.0.1", "--blobPort", $"{settings.BlobPort}",
            "--tableHost", "127.0.0.1", "--tablePort", $"{settings.TablePort}",
            "--queueHost", "127.0.0.1", "--queuePort", $"{settings.QueuePort}",
        ];

        // Keys go by the environment: a command line can be read by every user of the machine.
        var accounts = string.Join(';', settings.Accounts.Select(account => $"{account.Key}:{account.Value}"));
        var environment = new Dictionary<string, string> { ["AZURITE_ACCOUNTS"] = accounts, ["NODE_PATH"] = Path.Combine(installation, "node_modules") };
        var process = NodeTools.Start(tools.Node, arguments, folder.Data, environment);
        folder.Note(process);
        return new AzuriteProcess(process, options.Time);
    }

    /// <summary>Waits until it serves.</summary>
    public async Task WaitUntilReadyAsync(TimeSpan timeout, CancellationToken cancellationToken)
    {
        try
        {
            await ready.Task.WaitAsync(timeout, time, cancellationToken);
        }
        catch (TimeoutException exception)
        {
            throw new AzuriteException(AzuriteError.NotRunning, $"Azurite did not answer within {timeout.TotalSeconds:0} s: is the machine very busy? Run again.", exception);
        }
    }

    /// <summary>Lets it answer what is in flight, save and end.</summary>
    public async Task StopAsync()
    {
        try
        {
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It has ended already.
        }

        using var patience = new CancellationTokenSource(SavingTime, time);
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            await KillAsync();
            throw new AzuriteException(AzuriteError.NotRunning, $"Azurite did not end within {SavingTime.TotalSeconds:0} s and was killed: its last writes may be lost.");
        }
    }

    public async Task KillAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            if (!process.HasExited)
            {
                await StopAsync();
            }

            await Task.WhenAll(output, errors);
        }
        finally
        {
            process.Dispose();
        }
    }

    private async Task ReadOutputAsync()
    {
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line == "ready")
            {
                ready.TrySetResult();
            }
        }

        await errors;
        ready.TrySetException(WhyItEnded());
    }

    private async Task ReadErrorsAsync()
    {
        while (await process.StandardError.ReadLineAsync() is { } line)
        {
            lastErrors.Enqueue(line);
            if (lastErrors.Count > 20)
            {
                lastErrors.TryDequeue(out _);
            }
        }
    }

    private AzuriteException WhyItEnded()
    {
        var refused = lastErrors.Select(line => Refused().Match(line)).FirstOrDefault(match => match.Success);
        return refused is not null
            ? new(AzuriteError.PortRefused, $"Port {refused.Groups["port"].Value} is taken or not allowed ({refused.Groups["code"].Value}): end the program that uses it, or choose another (a work folder keeps its ports in azurite.json, since the upload addresses given out name them).")
            : new(AzuriteError.NotRunning, $"Azurite ended before it served: {lastErrors.FirstOrDefault(line => line.Length > 0) ?? "it gave no reason"}");
    }

    [GeneratedRegex(@"listen (?<code>EADDRINUSE|EACCES)\b.*:(?<port>[0-9]+)$")]
    private static partial Regex Refused();
}
