using System.CommandLine;
using TfFlow.Api.Access;
using TfFlow.Api.Endpoints;

namespace TfFlow.Cli.Commands;

/// <summary><c>tfflow marker</c>: what a police operator does with instructions about markers.</summary>
internal static class MarkerCommand
{
    public static Command Create(Option<string> folder)
    {
        var calls = new ApiCalls(folder);
        return new Command("marker", "Instructions to a police force about markers.") { List(calls), Confirm(calls) };
    }

    private static Command List(ApiCalls calls)
    {
        var agency = Options.Agency();
        var command = new Command("list", "List the instructions to a force and where they stand.") { agency, calls.Server, calls.Token, calls.Json };
        command.SetAction(async (arguments, cancellationToken) =>
        {
            using var api = calls.Open(arguments, Role.PoliceOperator, arguments.GetValue(agency)!);
            return calls.Print(arguments, await api.GetAsync<MarkerView[]>($"/agencies/{ApiCalls.Segment(arguments.GetValue(agency)!)}/markers", cancellationToken));
        });
        return command;
    }

    private static Command Confirm(ApiCalls calls)
    {
        var id = new Argument<string>("ID") { Description = "The instruction, or how its reference begins." };
        var agency = Options.Agency();
        var command = new Command("confirm", "Confirm that an instruction is carried out.") { id, agency, calls.Server, calls.Token, calls.Json };
        command.SetAction(async (arguments, cancellationToken) =>
        {
            var police = arguments.GetValue(agency)!;
            using var api = calls.Open(arguments, Role.PoliceOperator, police);
            var instruction = await api.FullAsync(ReferenceKind.Marker(police), arguments.GetValue(id)!, cancellationToken);
            var path = $"/agencies/{ApiCalls.Segment(police)}/markers/{ApiCalls.Segment(instruction)}/confirmation";
            return calls.Print(arguments, await api.PostAsync<MarkerView>(path, null, cancellationToken));
        });
        return command;
    }
}
