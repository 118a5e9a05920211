using System.CommandLine;

namespace TfFlow.Cli.Tests.Ledger;

/// <summary>Runs a command line and keeps what it said.</summary>
internal sealed record CommandRun(int ExitCode, string Output, string Error)
{
    public static async Task<CommandRun> RunAsync(Command command, params string[] arguments)
    {
        var (output, error) = (new StringWriter(), new StringWriter());
        var root = new RootCommand { command };
        var exitCode = await root.Parse([command.Name, .. arguments])
            .InvokeAsync(new InvocationConfiguration { Output = output, Error = error, EnableDefaultExceptionHandler = false });
        return new(exitCode, output.ToString(), error.ToString());
    }
}
