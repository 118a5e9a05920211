using System.CommandLine;
using TfFlow.Api.Access;
using TfFlow.Host.Local.Hosting;

namespace TfFlow.Cli.Commands;

/// <summary><c>tfflow token</c>: mints a bearer token for the local host's API. <c>tfflow console</c>: makes a link that signs in to its pages.</summary>
internal static class TokenCommand
{
    public static Command Create(Option<string> folder, TimeProvider time)
    {
        var (role, account, agency) = (Options.Role(), Account(), Agency());
        var hours = new Option<int>("--hours") { Description = "How long it is good for.", DefaultValueFactory = _ => 8 };
        var command = new Command("token", "Mint a bearer token for the API of the local host on --folder.") { role, account, agency, hours };
        command.SetAction(arguments =>
        {
            var caller = new Caller(arguments.GetValue(account)!, arguments.GetValue(role), arguments.GetValue(agency)!);
            var tokens = Options.Existing(arguments.GetValue(folder)!).Tokens(time);
            Console.WriteLine(tokens.Mint(caller, TimeSpan.FromHours(arguments.GetValue(hours))));
            return ExitCode.Done;
        });
        return command;
    }

    public static Command CreateConsole(Option<string> folder, TimeProvider time)
    {
        var (role, account, agency) = (Options.Role(), Account(), Agency());
        var command = new Command("console", "Make a link that signs in to the web console of the host that runs on --folder: once, within ten minutes, for an hour.")
        {
            role, account, agency,
        };
        command.SetAction(arguments =>
        {
            var work = Options.Existing(arguments.GetValue(folder)!);
            var address = work.FindAddress() ?? throw new CommandException(
                ExitCode.Unavailable, $"No host runs on {work.Path}. Start one with 'tfflow up', and ask for the link then.");
            var caller = new Caller(arguments.GetValue(account)!, arguments.GetValue(role), arguments.GetValue(agency)!);
            arguments.InvocationConfiguration.Output.WriteLine($"{address}console/sign-in?link={work.Tokens(time).MintLink(caller)}");
            return ExitCode.Done;
        });
        return command.WithExample("tfflow console --role agency-submitter --agency school-7 --account office-1");
    }

    private static Option<string> Account() => new("--account") { Description = "An account name for the ledger; not a person's name.", Required = true };

    private static Option<string> Agency() => new("--agency")
    {
        Description = "The agency the account belongs to; none for the authority's own staff.",
        DefaultValueFactory = _ => "",
    };
}
