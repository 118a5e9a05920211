using System.CommandLine;

var root = new RootCommand("TfFlow: share data about families lawfully, and be able to prove it.");

return await root.Parse(args).InvokeAsync();
