using System.CommandLine;
using TfFlow.Api.Access;
using TfFlow.Host.Local.Hosting;

namespace TfFlow.Cli.Commands;

/// <summary><c>tfflow token</c>: mints a bearer token for the local host's API.</summary>
internal static class TokenCommand
{
    public static Command Create(Option<string> folder, TimeProvider time)
    {
        var role = Options.Role();
        var account = new Option<string>("--account") { Description = "An account name for the ledger; not a person's name.", Required = true };
        var agency = new Option<string>("--agency") { Description = "The agency the account belongs to; none for the authority's own staff.", DefaultValueFactory = _ => "" };
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
}
