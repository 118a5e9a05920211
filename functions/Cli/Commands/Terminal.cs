using Spectre.Console;

namespace TfFlow.Cli.Commands;

/// <summary>The console commands write to: colours and wrapping on a terminal, plain lines into a pipe or file.</summary>
internal static class Terminal
{
    /// <param name="plain">Null: plain unless the output is this process's own terminal.</param>
    public static IAnsiConsole Create(TextWriter output, bool? plain = null)
    {
        plain ??= Console.IsOutputRedirected || output != Console.Out;
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(output),
            Ansi = plain.Value ? AnsiSupport.No : AnsiSupport.Detect,
            ColorSystem = plain.Value ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
        });
        if (plain.Value)
        {
            console.Profile.Width = int.MaxValue;
        }

        return console;
    }
}
