using System.CommandLine;
using TfFlow.Programme.Agreements;
using TfFlow.Programme.Documents;

namespace TfFlow.Cli.Commands;

/// <summary><c>tfflow agreement list|show|exchanges|compare|check|start|schema</c>: agreements as the gate reads them.</summary>
public static class AgreementCommand
{
    /// <param name="folder">The work folder whose host the acts are for; null where only documents are read.</param>
    public static Command Create(TimeProvider time, Option<string>? folder = null)
    {
        var command = new Command("agreement", "Read, write, check, compare and publish agreements; suspend, leave and review them.")
        {
            List(), Show(), AgreementExchangesCommand.Create(time), Compare(), AgreementCheckCommand.Create(time), AgreementStartCommand.Create(), Schema(),
        };
        foreach (var act in folder is null ? [] : AgreementActs.Create(folder))
        {
            command.Subcommands.Add(act);
        }

        return command;
    }

    private static Command List()
    {
        var (agreements, json) = (LibraryFolder.Option(), Options.Json());
        var command = new Command("list", "Every agreement in every version, with the SHA-256 of what it says.") { agreements, json };
        command.SetAction(parsed => LibraryFolder.Run(parsed, agreements, library => Printing.Print(
            parsed,
            json,
            library.Agreements.Versions.Select(agreement => new { agreement.Name, agreement.Title, agreement.Sha256 }),
            () =>
            {
                foreach (var agreement in library.Agreements.Versions)
                {
                    parsed.InvocationConfiguration.Output.WriteLine($"{agreement.Name}  {agreement.Title}  {agreement.Sha256}");
                }
            })));
        return command;
    }

    private static Command Show()
    {
        var (name, agreements) = (NameArgument("NAME"), LibraryFolder.Option());
        var command = new Command("show", "Print one version as a web page, to publish beside the signed paper.") { name, agreements };
        command.SetAction(parsed => LibraryFolder.Run(parsed, agreements, library => With(parsed, library.Agreements, parsed.GetValue(name)!, agreement =>
        {
            parsed.InvocationConfiguration.Output.Write(AgreementHtml.Render(agreement));
            return ExitCode.Done;
        })));
        return command;
    }

    private static Command Compare()
    {
        var (earlier, later, agreements, json) = (NameArgument("EARLIER"), NameArgument("LATER"), LibraryFolder.Option(), Options.Json());
        var command = new Command("compare", "Say what a later version allows that an earlier one refused, and the other way round.")
        {
            earlier, later, agreements, json,
        };
        command.SetAction(parsed => LibraryFolder.Run(parsed, agreements, library =>
            With(parsed, library.Agreements, parsed.GetValue(earlier)!, before => With(parsed, library.Agreements, parsed.GetValue(later)!, after =>
            {
                var output = parsed.InvocationConfiguration.Output;
                var changes = AgreementComparison.Compare(before, after)
                    .Select(change => new { Kind = Kebab.Of(change.Kind), change.Subject, change.Words }).ToList();
                return Printing.Print(
                    parsed,
                    json,
                    changes,
                    () => changes.ForEach(change => output.WriteLine($"{change.Kind}  {change.Subject}  {change.Words}")));
            }))));
        return command;
    }

    private static Command Schema()
    {
        var command = new Command("schema", "Print the JSON Schema of agreement documents.");
        command.SetAction(parsed =>
        {
            parsed.InvocationConfiguration.Output.Write(AgreementSchema.Read());
            return ExitCode.Done;
        });
        return command;
    }

    private static Argument<string> NameArgument(string name) => new(name) { Description = "Id and version, like leicestershire@2013-10-14; without a version the newest." };

    private static int With(ParseResult parsed, AgreementCatalogue catalogue, string name, Func<Agreement, int> act)
    {
        // Without a version: the newest.
        if ((catalogue.Find(name) ?? catalogue.Versions.Where(version => version.Id == name).MaxBy(version => version.InForceFrom)) is { } agreement)
        {
            return act(agreement);
        }

        parsed.InvocationConfiguration.Error.WriteLine($"There is no agreement '{name}': tfflow agreement list shows them.");
        return ExitCode.Usage;
    }
}
