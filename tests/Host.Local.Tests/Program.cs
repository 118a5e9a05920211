using TfFlow.Host.Local.Tests.Azurite;

return args is ["azurite", var folder] ? await AzuriteParent.RunAsync(folder) : 2;
