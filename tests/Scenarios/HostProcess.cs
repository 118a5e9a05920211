using System.Diagnostics;
using TfFlow.Api.Access;
using TfFlow.Cli.Commands;
using TfFlow.Host.Local.Hosting;

namespace TfFlow.Scenarios;

/// <summary>A host in a process of its own, to be killed.</summary>
internal sealed class HostProcess : IAsyncDisposable
{
    private readonly Process process;

    private HostProcess(Process process, Uri address)
    {
        this.process = process;
        Address = address;
    }

    public Uri Address { get; }

    /// <summary>Starts <c>tfflow up</c> and returns once it serves.</summary>
    public static Task<HostProcess> StartAsync(World world, params (string Name, string Value)[] environment) =>
        StartAsync(world, ["--agreements", World.AgreementFolder, "--organisation", World.Council.Organisation], environment);

    /// <param name="documents">The options that name agreements and matching plan.</param>
    public static async Task<HostProcess> StartAsync(World world, string[] documents, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            ArgumentList =
            {
                Path.Combine(AppContext.BaseDirectory, "tfflow.dll"), "up", "--port", "0", "--folder", world.WorkFolder,
                "--storage", world.ConnectionString,
            },
        };
        // It lives for seconds: measuring code to compile it again would cost it more than it gains, as in tests/Directory.Build.props.
        start.Environment["DOTNET_TieredPGO"] = "0";
        foreach (var argument in documents)
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        var process = Process.Start(start)!;
        process.ErrorDataReceived += (_, line) => world.Heard(line.Data);
        process.BeginErrorReadLine();
        while (await process.StandardOutput.ReadLineAsync(World.Patience) is { } line)
        {
            world.Heard(line);
            if (line.StartsWith("TfFlow is up: ", StringComparison.Ordinal))
            {
                _ = HearAsync(process.StandardOutput, world);
                return new(process, new Uri(line.Split(' ')[3]));
            }
        }

        await process.WaitForExitAsync(World.Patience);
        throw new InvalidOperationException($"tfflow up ended with {process.ExitCode}: {world.LastHeard}");
    }

    /// <summary>As the agency's submitter, with a token from the work folder.</summary>
    public ApiClient As(World world, string agency, Role role = Role.AgencySubmitter) => ApiClient.At(
        Address, new WorkFolder(world.WorkFolder).Tokens(TimeProvider.System).Mint(new Caller("scenario", role, agency), TimeSpan.FromHours(1)));

    private static async Task HearAsync(StreamReader output, World world)
    {
        while (await output.ReadLineAsync() is { } line)
        {
            world.Heard(line);
        }
    }

    /// <summary>SIGKILL: nothing is finished, nothing is handed over.</summary>
    public async Task KillAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
    }

    /// <summary>SIGTERM: the host ends in order.</summary>
    public async Task StopAsync()
    {
        using var request = Process.Start("kill", ["-TERM", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        await process.WaitForExitAsync(World.Patience);
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            await KillAsync();
        }

        process.Dispose();
    }
}
