using System.CommandLine;
using System.Text.Json;
using TfFlow.Api.Access;

namespace TfFlow.Cli.Commands;

/// <summary>Commands that are one call of the API each: they print its answer, for people or as JSON.</summary>
internal sealed class ApiCalls(Option<string> folder)
{
    public Option<Uri?> Server { get; } = Options.Server();

    public Option<string?> Token { get; } = Options.Token();

    public Option<bool> Json { get; } = Options.Json();

    public static string Segment(string text) => Uri.EscapeDataString(text);

    public ApiClient Open(ParseResult arguments, Role role, string agency = "") => ApiClient.Open(arguments, folder, Server, Token, role, agency);

    /// <param name="kind">What the id is of. Default: a case.</param>
    public Command Get<T>(
        string name, string description, Func<string, string> path, Role role = Role.Coordinator, ReferenceKind? kind = null)
    {
        var id = Id();
        var command = new Command(name, description) { id, Server, Token, Json };
        command.SetAction(async (arguments, cancellationToken) =>
        {
            using var api = Open(arguments, role);
            var full = await api.FullAsync(kind ?? ReferenceKind.Case, arguments.GetValue(id)!, cancellationToken);
            return Print(arguments, await api.GetAsync<T>(path(Segment(full)), cancellationToken));
        });
        return command;
    }

    /// <param name="kind">What the id is of. Default: a case.</param>
    public Command Post<T>(
        string name,
        string description,
        Func<string, string> path,
        IReadOnlyList<Option> options,
        Func<ParseResult, object?> body,
        Role role = Role.Coordinator,
        ReferenceKind? kind = null)
    {
        var id = Id();
        var command = new Command(name, description) { id, Server, Token, Json };
        foreach (var option in options)
        {
            command.Options.Add(option);
        }

        command.SetAction(async (arguments, cancellationToken) =>
        {
            using var api = Open(arguments, role);
            var full = await api.FullAsync(kind ?? ReferenceKind.Case, arguments.GetValue(id)!, cancellationToken);
            return Print(arguments, await api.PostAsync<T>(path(Segment(full)), body(arguments), cancellationToken));
        });
        return command;
    }

    /// <summary>Prints an answer as <see cref="Printing.Print"/> does.</summary>
    /// <param name="people">How people read it. Default: as <see cref="AnswerText"/> writes it.</param>
    public int Print<T>(ParseResult arguments, T answer, Action? people = null) => Printing.Print(arguments, Json, answer, people);

    private static Argument<string> Id() => new("ID") { Description = "The reference, or how it begins." };
}

/// <summary>The one way by which commands print what they found: text for people, JSON for machines.</summary>
internal static class Printing
{
    /// <param name="json">The command's <c>--json</c>.</param>
    /// <param name="people">How people read it. Default: as <see cref="AnswerText"/> writes it.</param>
    /// <returns><see cref="ExitCode.Done"/>.</returns>
    public static int Print<T>(ParseResult arguments, Option<bool> json, T answer, Action? people = null)
    {
        var output = arguments.InvocationConfiguration.Output;
        if (arguments.GetValue(json))
        {
            output.WriteLine(JsonSerializer.Serialize(answer, Lifecycle.Outbox.Json));
        }
        else if (people is not null)
        {
            people();
        }
        else
        {
            AnswerText.Write(output, answer);
        }

        return ExitCode.Done;
    }
}
