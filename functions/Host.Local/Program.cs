using System.CommandLine;
using TfFlow.Host.Local.Commands;

var root = new RootCommand("TfFlow: share data about families lawfully, and be able to prove it.");
root.Subcommands.Add(ValidateCommand.Create(Terminal.Create(Console.Out, Console.IsOutputRedirected), Console.Out, TimeProvider.System));

return await root.Parse(args).InvokeAsync();
