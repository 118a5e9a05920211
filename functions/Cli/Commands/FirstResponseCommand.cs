using System.CommandLine;
using System.Text.Json;
using TfFlow.Api.Access;
using TfFlow.Api.Endpoints;
using TfFlow.Lifecycle.Cases;

namespace TfFlow.Cli.Commands;

/// <summary><c>tfflow first-response</c>: what a call handler sees of a person's family.</summary>
internal static class FirstResponseCommand
{
    public static Command Create(Option<string> folder)
    {
        var calls = new ApiCalls(folder);
        var person = new Option<FileInfo?>("--person")
        {
            Description = "Whom it is about, as JSON (surname, forenames, dateOfBirth, address, postcode). Default: read from the standard "
                + "input, so that no name stands in the command line.",
        };
        var command = new Command(
            "first-response",
            "As a call handler: whether somebody supports a person's family, who, and which services, with whom to ask. "
            + "Each look is in the ledger.")
        {
            person, calls.Server, calls.Token, calls.Json,
        };
        command.SetAction(async (arguments, cancellationToken) =>
        {
            var request = await ReadAsync(arguments.GetValue(person), cancellationToken);
            using var api = calls.Open(arguments, Role.CallHandler);
            return calls.Print(arguments, await api.PostAsync<FirstResponseView>("/first-response/looks", request, cancellationToken));
        });
        return command;
    }

    private static async Task<FirstResponseRequest> ReadAsync(FileInfo? file, CancellationToken cancellationToken)
    {
        try
        {
            await using var text = file?.OpenRead() ?? Console.OpenStandardInput();
            return (await JsonSerializer.DeserializeAsync<FirstResponseRequest>(text, Lifecycle.Outbox.Json, cancellationToken))!;
        }
        catch (Exception e) when (e is IOException or JsonException)
        {
            // The parser's own message quotes what it met.
            var where = file?.Name ?? "The standard input";
            throw new CommandException(
                ExitCode.Refused, $"{where} does not say in JSON whom it is about: see 'tfflow first-response --help'.");
        }
    }
}
