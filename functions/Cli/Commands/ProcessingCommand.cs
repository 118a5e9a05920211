using System.CommandLine;
using TfFlow.Api.Access;
using TfFlow.Lifecycle.Retention;

namespace TfFlow.Cli.Commands;

/// <summary><c>tfflow processing-ended AGREEMENT</c>: only people know when a processing is over.</summary>
internal static class ProcessingCommand
{
    public static Command Create(Option<string> folder)
    {
        var calls = new ApiCalls(folder);
        var agreement = new Argument<string>("AGREEMENT") { Description = "The agreement's id: hackney-csps." };
        var command = new Command("processing-ended", "As a processor: say that the processing is over. The next sweep erases what it was kept for.") { agreement, calls.Server, calls.Token, calls.Json };
        command.SetAction(async (arguments, cancellationToken) =>
        {
            using var api = calls.Open(arguments, Role.InformationGovernance);
            return calls.Print(arguments, await api.PostAsync<ProcessingEnded>($"/agreements/{ApiCalls.Segment(arguments.GetValue(agreement)!)}/processing-end", null, cancellationToken));
        });
        return command;
    }
}
