using System.CommandLine;
using TfFlow.Api.Access;
using TfFlow.Lifecycle.Retention;

namespace TfFlow.Cli.Commands;

/// <summary><c>tfflow inventory</c>: whether everything in the store is accounted for. Exit code 1 where something is not.</summary>
internal static class InventoryCommand
{
    public static Command Create(Option<string> folder)
    {
        var calls = new ApiCalls(folder);
        return calls.Command(
            "inventory",
            "Hold blobs, keys, registers and ledger against each other, and list what nobody accounts for. Nothing is removed.",
            "tfflow inventory --json",
            [],
            async (arguments, cancellationToken) =>
            {
                using var api = calls.Open(arguments, Role.InformationGovernance);
                var found = await api.GetAsync<Discrepancy[]>("/inventory", cancellationToken);
                calls.Print(arguments, found, found.Length > 0 ? null : () =>
                    arguments.InvocationConfiguration.Output.WriteLine("Everything is accounted for."));
                return found.Length == 0 ? ExitCode.Done : ExitCode.Refused;
            });
    }
}
