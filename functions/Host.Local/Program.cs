using System.CommandLine;
using TfFlow.Host.Local.Commands;

var root = new RootCommand("TfFlow: share data about families lawfully, and be able to prove it.");
root.Subcommands.Add(ResearchCommand.Create());

var command = root.Parse(args);
var code = await command.InvokeAsync();
return command.Errors.Count > 0 ? ExitCode.Usage : code;
