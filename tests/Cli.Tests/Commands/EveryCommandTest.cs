using System.CommandLine;
using System.CommandLine.Help;
using System.Reflection;
using Spectre.Console;
using TfFlow.Cli.Commands;

namespace TfFlow.Cli.Tests.Commands;

/// <summary>Every command there is: each of its options takes a value and gives it back, and the example that its help shows is a command line.</summary>
public sealed class EveryCommandTest : IDisposable
{
    /// <summary>Groups whose every command teaches with an example.</summary>
    private static readonly string[] Governance = ["breach", "hold", "request", "foi", "register", "access", "sweep"];

    private static readonly string[] Acts =
    [
        "agreement suspend", "agreement meeting", "agreement lift", "agreement withdraw", "agreement terminate", "agreement review", "agreement publish",
        "breach open", "breach report", "breach assess", "breach conclude", "hold place", "hold review", "hold release",
        "request open", "request find", "request consult", "request exempt", "request decide", "request read", "request release", "request export", "request close",
        "foi open", "foi find", "foi consult", "foi exempt", "foi decide", "foi respond", "foi close",
        "research request", "research approve", "research return", "research record", "research release", "research collect", "research destroy",
        "study list", "study submit", "sweep run", "key rotate", "access grant", "access review", "access revoke", "register record", "register end",
    ];

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("tfflow-");
    private readonly RootCommand root = new("all");

    public EveryCommandTest()
    {
        var work = Options.Folder();
        root.Options.Add(work);
        root.Options.Add(Options.Storage());
        foreach (var command in typeof(ExitCode).Assembly.GetTypes().Where(type => type.Namespace == typeof(ExitCode).Namespace).SelectMany(type => Created(type, work)))
        {
            if (root.Subcommands.All(there => there.Name != command.Name))
            {
                root.Subcommands.Add(command);
            }
        }
    }

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void Every_option_of_every_command_takes_a_value_and_gives_it_back()
    {
        var commands = Leaves(root, []).ToList();
        Assert.True(commands.Count > 100, $"only {commands.Count} were found");
        Assert.Empty(
            from leaf in commands
            from option in leaf.Command.Options.Where(option => option is not HelpOption)
            where !Values(option).Any(value => IsTaken(leaf.Path, option, value))
            select $"tfflow {string.Join(' ', leaf.Path)} {option.Name}");
    }

    /// <summary>A mistyped value is a wrong command line, told in words: exit code 2.</summary>
    [Fact]
    public void No_value_of_any_option_crashes_a_command() => Assert.Empty(
        from leaf in Leaves(root, [])
        from option in leaf.Command.Options.Where(option => option is not HelpOption)
        from value in Values(option)
        where Crashes([.. leaf.Path, option.Name, .. value])
        select $"tfflow {string.Join(' ', leaf.Path)} {option.Name} {string.Join(' ', value)}");

    private bool Crashes(string[] arguments)
    {
        try
        {
            root.Parse(arguments);
            return false;
        }
        catch (InvalidOperationException)
        {
            return true;
        }
    }

    [Fact]
    public void Every_act_of_governance_is_a_command_with_an_example()
    {
        var leaves = Leaves(root, []).ToList();
        Assert.Empty(Acts.Except(leaves.Select(leaf => string.Join(' ', leaf.Path))));
        Assert.Empty(leaves.Where(leaf => Governance.Contains(leaf.Path[0]) || Acts.Contains(string.Join(' ', leaf.Path))).Where(leaf => ExampleOf(leaf.Command) is null).Select(leaf => string.Join(' ', leaf.Path)));
    }

    [Fact]
    public void Every_example_is_a_command_line_of_its_own_command()
    {
        foreach (var (path, command) in Leaves(root, []))
        {
            if (ExampleOf(command) is not { } example)
            {
                continue;
            }

            var words = example.Split(' ');
            if (path is [var alone] && words[2] == alone)
            {
                // A part of a group, met on its own here: it is looked at in its group.
                continue;
            }

            Assert.Equal(["tfflow", .. path], words[..(path.Length + 1)]);
            var parsed = root.Parse(words[1..]);
            Assert.True(parsed.Errors.Count == 0, $"{example}: {string.Join(' ', parsed.Errors.Select(error => error.Message))}");
            Assert.Same(command, parsed.CommandResult.Command);
            Assert.All(command.Options.Where(option => parsed.GetResult(option) is { Implicit: false }), option => ValueOf(parsed, option));
        }
    }

    [Fact]
    public void Help_ends_with_the_example()
    {
        using var output = new StringWriter();
        Assert.Equal(0, root.Parse(["hold", "place", "--help"]).Invoke(new InvocationConfiguration { Output = output }));
        Assert.Contains("--review-on", output.ToString(), StringComparison.Ordinal);
        Assert.Matches(@"Example:\r?\n  tfflow hold place 0123456789abcdef0123 --reason court-order --review-on 2026-09-01 --paper order.pdf\s+\z", output.ToString());
    }

    private static string? ExampleOf(Command command) => command.Options.OfType<HelpOption>().Select(help => help.Action).OfType<ExampleHelp>().SingleOrDefault()?.Example;

    // Some value of those that options take: a word, a number, a day, an address, a file, a folder, a word of one of our lists.
    private IEnumerable<string[]> Values(Option option)
    {
        if (option.ValueType == typeof(bool))
        {
            return [[]];
        }

        var listed = option.GetCompletions(System.CommandLine.Completions.CompletionContext.Empty).Select(item => item.Label);
        var words = (option.Description ?? "").Split([' ', ',', '.', ';', ':'], StringSplitOptions.RemoveEmptyEntries);
        return [.. listed.Concat(["word", "1", "2000", "2026-03-02", "2026-03-02T09:00", "https://host.example", folder.FullName, ","]).Concat(words).Select(value => (string[])[value])];
    }

    private bool IsTaken(string[] path, Option option, string[] value)
    {
        try
        {
            var parsed = root.Parse([.. path, option.Name, .. value]);
            if (parsed.GetResult(option) is not { Implicit: false } result || result.Errors.Any())
            {
                return false;
            }

            ValueOf(parsed, option);
            return true;
        }
        catch (Exception e) when (e is InvalidOperationException or TargetInvocationException { InnerException: InvalidOperationException })
        {
            // The value cannot be made of the text: of any text, for an option that nobody can use.
            return false;
        }
    }

    private static object? ValueOf(ParseResult parsed, Option option) => typeof(ParseResult).GetMethods()
        .Single(method => method is { Name: nameof(ParseResult.GetValue), IsGenericMethod: true } && method.GetParameters()[0].ParameterType is { IsGenericType: true } type && type.GetGenericTypeDefinition() == typeof(Option<>))
        .MakeGenericMethod(option.ValueType)
        .Invoke(parsed, [option]);

    private static IEnumerable<(string[] Path, Command Command)> Leaves(Command command, string[] path) =>
        command.Subcommands.SelectMany(child => Leaves(child, [.. path, child.Name])).Concat(command is RootCommand || (command.Subcommands.Count > 0 && command.Action is null) ? [] : [(path, command)]);

    private static IEnumerable<Command> Created(Type type, Option<string> folder) =>
        from method in type.GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
        where method.Name.StartsWith("Create", StringComparison.Ordinal) && method.ReturnType == typeof(Command) && !method.IsPrivate
        let arguments = method.GetParameters().Select(parameter => Argument(parameter.ParameterType, folder)).ToArray()
        where arguments.All(argument => argument is not null)
        select (Command)method.Invoke(null, [.. arguments.Select(argument => argument is DBNull ? null : argument)])!;

    private static object? Argument(Type type, Option<string> folder) =>
        type == typeof(Option<string>) ? folder
        : type == typeof(IAnsiConsole) ? Terminal.Create(TextWriter.Null)
        : type == typeof(TextWriter) ? TextWriter.Null
        : type == typeof(TimeProvider) ? TimeProvider.System
        : typeof(Delegate).IsAssignableFrom(type) ? DBNull.Value
        : null;
}
