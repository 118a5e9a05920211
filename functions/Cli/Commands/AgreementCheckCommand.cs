using System.CommandLine;
using TfFlow.Programme;
using TfFlow.Programme.Agreements;
using TfFlow.Programme.Documents;

namespace TfFlow.Cli.Commands;

/// <summary><c>tfflow agreement check FILE|DIR…</c>: all that is wrong with documents, by file and line; then what the gate says of each exchange.</summary>
internal static class AgreementCheckCommand
{
    public static Command Create()
    {
        var paths = new Argument<string[]>("PATH")
        {
            Description = "Documents, or a folder of them: agreements, datasets, programmes, a matching plan. What one of them builds on comes with it, or ships.",
            Arity = ArgumentArity.OneOrMore,
        };
        var command = new Command("check", "Tell everything that is wrong with your documents, by file and line; and of each exchange whether it can ever pass, and why not.") { paths };
        command.SetAction(parsed =>
        {
            var (output, error) = (parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);
            try
            {
                if (Library.Check(LibraryFolder.Documents(parsed.GetValue(paths)!), out var faults) is { } library)
                {
                    Write(output, library.Agreements);
                    return ExitCode.Done;
                }

                foreach (var fault in faults)
                {
                    error.WriteLine(fault.Message);
                }

                return ExitCode.Refused;
            }
            catch (CommandException e)
            {
                error.WriteLine(e.Message);
                return ExitCode.Usage;
            }
        });
        return command;
    }

    private static void Write(TextWriter output, AgreementCatalogue catalogue)
    {
        foreach (var version in ExchangeProspect.All(catalogue).GroupBy(prospect => prospect.Agreement.Name))
        {
            output.WriteLine($"{version.Key}  {version.Select(prospect => prospect.Exchange.Id).Distinct().Count()} exchanges");
            foreach (var prospect in version)
            {
                output.WriteLine($"  {prospect.Exchange.Id}{(prospect.Receiver != default ? $" at {prospect.Receiver}" : "")}: {Words(prospect)}");
            }
        }

        foreach (var empty in catalogue.Versions.Where(version => version.Exchanges.Count == 0))
        {
            output.WriteLine($"{empty.Name}  0 exchanges");
        }
    }

    private static string Words(ExchangeProspect prospect) => prospect.Kind switch
    {
        ProspectKind.Dropped => $"may be dropped ({Kebab.Of(prospect.Means!.Value)}), and is kept by {prospect.Retention!.Rule}",
        ProspectKind.ByOtherMeans => $"comes by {Kebab.Of(prospect.Means!.Value)} and is taken in with 'tfflow take' (a drop is refused), and is kept by {prospect.Retention!.Rule}",
        ProspectKind.Recorded => $"is told ({Kebab.Of(prospect.Means!.Value)}), not sent: that it was told is recorded",
        _ => $"can never pass. {prospect.Words}",
    };
}
