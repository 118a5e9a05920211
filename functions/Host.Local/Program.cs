using System.CommandLine;
using TfFlow.Host.Local.Azurite;
using TfFlow.Host.Local.Commands;

var console = Terminal.Create(Console.Out, Console.IsOutputRedirected);
var folder = Options.Folder();
var root = new RootCommand("""
    TfFlow: share data about families lawfully, and be able to prove it.

    On the authority's machine: 'tfflow up' serves the API and watches for drops; 'tfflow demo' shows a whole life in a minute.
    On an agency's machine: 'tfflow validate' checks a file without sending it; 'tfflow drop' seals it and drops it.

    Exit codes: 0 done; 1 it ran and the answer is no; 2 the command line is wrong; 3 something it needs is not there.
    """);
root.Options.Add(folder);
root.Subcommands.Add(UpCommand.Create(folder));
root.Subcommands.Add(DemoCommand.Create());
root.Subcommands.Add(DropCommand.Create(folder, console));
root.Subcommands.Add(ExtractsCommand.CreateList(folder, console));
root.Subcommands.Add(ExtractsCommand.CreateShow(folder, console));
root.Subcommands.Add(TokenCommand.Create(folder, TimeProvider.System));
root.Subcommands.Add(ValidateCommand.Create(console, Console.Out, TimeProvider.System));

try
{
    return await root.Parse(args).InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
}
catch (CommandException e)
{
    Console.Error.WriteLine(e.Message);
    return e.ExitCode;
}
catch (AzuriteException e)
{
    Console.Error.WriteLine(e.Message);
    return ExitCode.Unavailable;
}
catch (OperationCanceledException)
{
    Console.Error.WriteLine("Interrupted.");
    return ExitCode.Refused;
}
