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

    public Command Get<T>(string name, string description, Func<string, string> path, Role role = Role.Coordinator)
    {
        var id = Id();
        var command = new Command(name, description) { id, Server, Token, Json };
        command.SetAction(async (arguments, cancellationToken) =>
        {
            using var api = Open(arguments, role);
            return Print(arguments, await api.GetAsync<T>(path(Segment(arguments.GetValue(id)!)), cancellationToken));
        });
        return command;
    }

    public Command Post<T>(
        string name, string description, Func<string, string> path, IReadOnlyList<Option> options, Func<ParseResult, object?> body, Role role = Role.Coordinator)
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
            return Print(arguments, await api.PostAsync<T>(path(Segment(arguments.GetValue(id)!)), body(arguments), cancellationToken));
        });
        return command;
    }

    public int Print<T>(ParseResult arguments, T answer)
    {
        var output = arguments.InvocationConfiguration.Output;
        if (arguments.GetValue(Json))
        {
            output.WriteLine(JsonSerializer.Serialize(answer, Lifecycle.Outbox.Json));
        }
        else
        {
            AnswerText.Write(output, answer);
        }

        return ExitCode.Done;
    }

    private static Argument<string> Id() => new("ID") { Description = "The reference." };
}
