using System.CommandLine;
using TfFlow.Host.Local.Hosting;

namespace TfFlow.Host.Local.Commands;

/// <summary><c>tfflow up</c>: serves the API and watches for drops until it is told to end.</summary>
internal static class UpCommand
{
    public static Command Create(Option<string> folder)
    {
        var port = new Option<int>("--port") { Description = "Where the API listens on 127.0.0.1; 0 takes a free one.", DefaultValueFactory = _ => 7080 };
        var storage = new Option<string?>("--storage")
        {
            Description = "Connection string of a running Azurite or storage account, used instead of starting one (or TFFLOW_STORAGE).",
        };
        var command = new Command("up", "Serve the API and watch for drops, until Ctrl-C.") { port, storage };
        command.SetAction(async (arguments, cancellationToken) =>
        {
            await using var host = await LocalHost.StartAsync(
                new LocalHostOptions
                {
                    Folder = arguments.GetValue(folder)!,
                    Port = arguments.GetValue(port),
                    ConnectionString = arguments.GetValue(storage) ?? Environment.GetEnvironmentVariable("TFFLOW_STORAGE"),
                    Progress = new Progress<string>(Console.Error.WriteLine),
                },
                cancellationToken);
            Console.WriteLine($"TfFlow is up: {host.Address} (its interface: {host.Address}openapi/tfflow.json)");
            Console.WriteLine("End it with Ctrl-C.");
            await host.WaitForShutdownAsync(cancellationToken);
            return ExitCode.Done;
        });
        return command;
    }
}
