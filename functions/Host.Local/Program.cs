using System.CommandLine;

var root = new RootCommand("TfFlow: share data about families lawfully, and be able to prove it.");

root.Add(TfFlow.Host.Local.Commands.LinkCommand.Create());

return await root.Parse(args).InvokeAsync();
