using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace TfFlow.Cli.Commands;

/// <summary>The help of a command, with one example of its use at the end.</summary>
internal sealed class ExampleHelp(string example) : SynchronousCommandLineAction
{
    private readonly HelpAction help = new();

    /// <summary>A whole command line, from <c>tfflow</c> on.</summary>
    public string Example { get; } = example;

    public override bool Terminating => help.Terminating;

    public override bool ClearsParseErrors => help.ClearsParseErrors;

    public override int Invoke(ParseResult parseResult)
    {
        var code = help.Invoke(parseResult);
        parseResult.InvocationConfiguration.Output.WriteLine($"Example:{Environment.NewLine}  {Example}{Environment.NewLine}");
        return code;
    }
}

internal static class ExampleHelps
{
    /// <summary>The same command, whose <c>--help</c> ends with an example.</summary>
    public static Command WithExample(this Command command, string example)
    {
        command.Options.Add(new HelpOption { Action = new ExampleHelp(example) });
        return command;
    }
}
