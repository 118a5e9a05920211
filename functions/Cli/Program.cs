using System.CommandLine;
using TfFlow.Cli.Commands;
using TfFlow.Cli.Exports;
using TfFlow.Host.Local.Azurite;
using TfFlow.Vault.Storage;

var console = Terminal.Create(Console.Out);
var folder = Options.Folder();
var storage = Options.Storage();
var root = new RootCommand("""
    TfFlow: share data about families lawfully, and be able to prove it.

    On the authority's machine: 'tfflow up' serves the API and watches for drops; 'tfflow demo' tells eight years in a few minutes.
    On an agency's machine: 'tfflow validate' checks a file without sending it; 'tfflow drop' seals it and drops it.

    Exit codes: 0 done; 1 it ran and the answer is no; 2 the command line is wrong; 3 something it needs is not there.
    """);
root.Options.Add(folder);
root.Options.Add(storage);
root.Subcommands.Add(UpCommand.Create(folder, storage));
root.Subcommands.Add(DemoCommand.Create());
root.Subcommands.Add(DropCommand.Create(folder, console, TimeProvider.System));
root.Subcommands.Add(DropCommand.CreateTake(folder, console, TimeProvider.System));
root.Subcommands.Add(ExtractsCommand.CreateList(folder, console));
root.Subcommands.Add(ExtractsCommand.CreateShow(folder, console));
root.Subcommands.Add(DiscoveryCommand.Create(folder, console));
root.Subcommands.Add(QualityCommand.Create(folder, console));
root.Subcommands.Add(MatchCommand.CreateMatch(folder, console));
root.Subcommands.Add(CohortCommand.Create(folder, console));
root.Subcommands.Add(MatchCommand.CreateReviews(folder, console));
root.Subcommands.Add(MatchCommand.CreateReview(folder, console));
root.Subcommands.Add(CalendarCommand.Create(folder, console, TimeProvider.System));
root.Subcommands.Add(OutboxCommand.Create(folder, console));
root.Subcommands.Add(CaseCommand.Create(folder, console));
root.Subcommands.Add(ClaimCommand.Create(folder));
root.Subcommands.Add(FirstResponseCommand.Create(folder));
root.Subcommands.Add(NoticeCommand.Create(folder));
root.Subcommands.Add(ObjectionCommand.Create(folder));
root.Subcommands.Add(MarkerCommand.Create(folder));
root.Subcommands.Add(QuestionCommand.Create(folder));
root.Subcommands.Add(GiveCommand.Create(folder));
root.Subcommands.Add(ProcessingCommand.Create(folder));
root.Subcommands.Add(KeyCommand.Create(folder));
root.Subcommands.Add(StudyCommand.Create(folder));
root.Subcommands.Add(BreachCommand.Create(folder));
root.Subcommands.Add(HoldCommand.Create(folder));
root.Subcommands.Add(RequestCommand.Create(folder));
root.Subcommands.Add(FoiCommand.Create(folder));
root.Subcommands.Add(RegisterCommand.Create(folder));
root.Subcommands.Add(AccessCommand.Create(folder));
root.Subcommands.Add(SweepCommand.Create(folder));
root.Subcommands.Add(InventoryCommand.Create(folder));
root.Subcommands.Add(DepartmentCommand.Create(TimeProvider.System));
root.Subcommands.Add(InstancesCommand.Create(folder, console));
root.Subcommands.Add(LinkCommand.Create());
root.Subcommands.Add(LedgerCommand.Create(new LedgerOpener(folder, storage).OpenAsync, folder));
root.Subcommands.Add(ReceiptCommand.Create());
root.Subcommands.Add(ResearchCommand.Create(console, Console.Out, folder));
root.Subcommands.Add(StatisticsCommand.Create(folder));
root.Subcommands.Add(TokenCommand.Create(folder, TimeProvider.System));
root.Subcommands.Add(TokenCommand.CreateConsole(folder, TimeProvider.System));
root.Subcommands.Add(ValidateCommand.Create(TimeProvider.System));
root.Subcommands.Add(PrepareCommand.Create(TimeProvider.System));
root.Subcommands.Add(ProfileCommand.Create(TimeProvider.System));
root.Subcommands.Add(TemplateCommand.Create(TimeProvider.System));
root.Subcommands.Add(AgreementCommand.Create(TimeProvider.System, folder));

try
{
    var command = root.Parse(args);
    var code = await command.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
    return command.Errors.Count > 0 ? ExitCode.Usage : code;
}
catch (CommandException e)
{
    Console.Error.WriteLine(e.Message);
    return e.ExitCode;
}
catch (ExportException e)
{
    Console.Error.WriteLine(e.Message);
    return ExitCode.Usage;
}
catch (Exception e) when (e is IOException or UnauthorizedAccessException)
{
    Console.Error.WriteLine($"{e.Message} Look whether it is a folder where a file is meant, or a file where a folder is meant, and whether you may write there.");
    return ExitCode.Unavailable;
}
catch (Exception e) when (e is AzuriteException or StorageException)
{
    Console.Error.WriteLine(e.Message);
    return ExitCode.Unavailable;
}
catch (OperationCanceledException)
{
    Console.Error.WriteLine("Interrupted.");
    return ExitCode.Refused;
}
