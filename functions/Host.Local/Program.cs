using System.CommandLine;
using TfFlow.Host.Local.Commands;

var root = new RootCommand("TfFlow: share data about families lawfully, and be able to prove it.");
root.Subcommands.Add(ValidateCommand.Create(TimeProvider.System));
root.Subcommands.Add(PrepareCommand.Create(TimeProvider.System));
root.Subcommands.Add(TemplateCommand.Create(TimeProvider.System));
root.Subcommands.Add(AgreementCommand.Create());

var parsed = root.Parse(args);
var exit = await parsed.InvokeAsync();
return parsed.Errors.Count > 0 ? 2 : exit;
