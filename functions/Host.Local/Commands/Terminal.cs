using Spectre.Console;

namespace TfFlow.Host.Local.Commands;

/// <summary>The console commands write to: colours and wrapping on a terminal, plain lines into a pipe or file.</summary>
internal static class Terminal
{
    public static IAnsiConsole Create(TextWriter output, bool plain)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(output),
            Ansi = plain ? AnsiSupport.No : AnsiSupport.Detect,
            ColorSystem = plain ? ColorSystemSupport.NoColors : ColorSystemSupport.Detect,
        });
        if (plain)
        {
            console.Profile.Width = int.MaxValue;
        }

        return console;
    }
}
