using System.CommandLine;
using TfFlow.Api.Access;
using TfFlow.Api.Endpoints;

namespace TfFlow.Cli.Commands;

/// <summary><c>tfflow sweep run</c>: the retention sweep, now.</summary>
internal static class SweepCommand
{
    public static Command Create(Option<string> folder)
    {
        var calls = new ApiCalls(folder);
        return new Command("sweep", "Erase what is due, carry out what has its day, and chase what is overdue: it also runs every night.")
        {
            calls.Act<SweepStarted>(
                "run",
                "Start the sweep now. 'tfflow instances show ID' says how it ends.",
                "tfflow sweep run",
                Role.InformationGovernance,
                [],
                _ => "/sweeps",
                _ => null),
        };
    }
}
