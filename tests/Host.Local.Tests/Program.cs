using TfFlow.Host.Local.Tests.Azurite;
using TfFlow.Host.Local.Tests.Engine;

return args switch
{
    ["azurite", var folder] => await AzuriteParent.RunAsync(folder),
    ["engine", var connection, var hub] => await EngineStory.RunAsync(connection, hub),
    _ => 2,
};
