using System.CommandLine;
using TfFlow.Programme.Agreements;
using TfFlow.Programme.Documents;

namespace TfFlow.Cli.Commands;

/// <summary><c>tfflow agreement list|show|compare|check|schema</c>: agreements as the gate reads them.</summary>
public static class AgreementCommand
{
    public static Command Create() => new("agreement", "Read, publish, check and compare agreements.")
    {
        List(), Show(), Compare(), Check(), Schema(),
    };

    private static Command List()
    {
        var command = new Command("list", "Every agreement in every version.");
        command.SetAction(parsed =>
        {
            foreach (var agreement in AgreementCatalogue.Shipped.Versions)
            {
                parsed.InvocationConfiguration.Output.WriteLine($"{agreement.Name}  {agreement.Title}");
            }

            return 0;
        });
        return command;
    }

    private static Command Show()
    {
        var name = NameArgument("NAME");
        var command = new Command("show", "Print one version as a web page, to publish beside the signed paper.") { name };
        command.SetAction(parsed => WithAgreement(parsed, parsed.GetValue(name)!, agreement => parsed.InvocationConfiguration.Output.Write(AgreementHtml.Render(agreement))));
        return command;
    }

    private static Command Compare()
    {
        var (earlier, later) = (NameArgument("EARLIER"), NameArgument("LATER"));
        var command = new Command("compare", "Say what a later version allows that an earlier one refused, and the other way round.") { earlier, later };
        command.SetAction(parsed => WithAgreement(parsed, parsed.GetValue(earlier)!, before => WithAgreement(parsed, parsed.GetValue(later)!, after =>
        {
            foreach (var change in AgreementComparison.Compare(before, after))
            {
                parsed.InvocationConfiguration.Output.WriteLine($"{Kebab.Of(change.Kind)}  {change.Subject}  {change.Words}");
            }
        })));
        return command;
    }

    private static Command Check()
    {
        var files = new Argument<FileInfo[]>("FILE") { Description = "Agreement documents; one that amends another comes with it.", Arity = ArgumentArity.OneOrMore };
        var command = new Command("check", "Read agreement documents as the gate would, and name file and line of what is wrong.") { files };
        command.SetAction(parsed =>
        {
            try
            {
                var catalogue = AgreementCatalogue.Load(parsed.GetValue(files)!.Select(file => (file.Name, (TextReader)new StringReader(File.ReadAllText(file.FullName)))));
                foreach (var agreement in catalogue.Versions)
                {
                    parsed.InvocationConfiguration.Output.WriteLine($"{agreement.Name}  {agreement.Exchanges.Count} exchanges");
                }

                return 0;
            }
            catch (Exception e) when (e is DocumentException or IOException)
            {
                parsed.InvocationConfiguration.Error.WriteLine(e.Message);
                return 1;
            }
        });
        return command;
    }

    private static Command Schema()
    {
        var command = new Command("schema", "Print the JSON Schema of agreement documents.");
        command.SetAction(parsed =>
        {
            parsed.InvocationConfiguration.Output.Write(AgreementSchema.Read());
            return 0;
        });
        return command;
    }

    private static Argument<string> NameArgument(string name) => new(name) { Description = "Id and version, like leicestershire@2013-10-14." };

    private static int WithAgreement(ParseResult parsed, string name, Action<Agreement> act) => WithAgreement(parsed, name, agreement =>
    {
        act(agreement);
        return 0;
    });

    private static int WithAgreement(ParseResult parsed, string name, Func<Agreement, int> act)
    {
        if (AgreementCatalogue.Shipped.Find(name) is { } agreement)
        {
            return act(agreement);
        }

        parsed.InvocationConfiguration.Error.WriteLine($"There is no agreement '{name}': tfflow agreement list shows them.");
        return 2;
    }
}
