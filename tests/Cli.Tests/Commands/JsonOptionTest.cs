using System.CommandLine;
using System.Reflection;
using Spectre.Console;
using TfFlow.Cli.Commands;

namespace TfFlow.Cli.Tests.Commands;

/// <summary>There is one way to have an answer for machines.</summary>
public class JsonOptionTest
{
    // What they answer with is a sentence, or a file in the format that its name says.
    private static readonly HashSet<string> Acts = ["ledger fetch", "fetch", "cohort remove", "instances terminate", "instances resume", "instances purge"];

    // A page to publish or to print, a form filled in, a schema: each is a document of its own format.
    private static readonly HashSet<string> Documents = ["agreement show", "agreement schema", "notice show", "case caf"];

    [Fact]
    public void Every_command_that_asks_a_host_or_lists_something_prints_json()
    {
        var commands = Commands().SelectMany(command => Under(command, "")).ToList();
        Assert.True(commands.Count > 60, $"{commands.Count} were found");

        Assert.Empty(commands
            .Where(found => Has(found.Command, "--server") || found.Path.Split(' ')[^1] is "list" or "show" or "exchanges" or "compare")
            .Where(found => !Acts.Contains(found.Path) && !Documents.Contains(found.Path) && !Has(found.Command, "--json"))
            .Select(found => found.Path));
    }

    private static bool Has(Command command, string option) => command.Options.Any(given => given.Name == option);

    private static IEnumerable<(string Path, Command Command)> Under(Command command, string above)
    {
        var path = $"{above} {command.Name}".Trim();
        return command.Subcommands.SelectMany(under => Under(under, path))
            .Concat(command.Action is null ? [] : [(path, command)]);
    }

    private static IEnumerable<Command> Commands() =>
        from type in typeof(CaseCommand).Assembly.GetTypes()
        where type.Name.EndsWith("Command", StringComparison.Ordinal)
        from method in type.GetMethods(BindingFlags.Static | BindingFlags.Public)
        where method.Name.StartsWith("Create", StringComparison.Ordinal) && method.ReturnType == typeof(Command)
        let arguments = method.GetParameters().Select(Argument).ToArray()
        select (Command)method.Invoke(null, arguments)!;

    private static object? Argument(ParameterInfo parameter) =>
        parameter.ParameterType == typeof(Option<string>) ? Options.Folder()
        : parameter.ParameterType == typeof(IAnsiConsole) ? Terminal.Create(TextWriter.Null)
        : parameter.ParameterType == typeof(TextWriter) ? TextWriter.Null
        : parameter.ParameterType == typeof(TimeProvider) ? TimeProvider.System
        : null;
}
