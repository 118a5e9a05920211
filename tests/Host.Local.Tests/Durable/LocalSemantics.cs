using TfFlow.TestKit;
using TfFlow.TestKit.Durable;

namespace TfFlow.Host.Local.Tests.Durable;

[Collection(AzuriteFixture.Collection)]
public sealed class LocalActivities(AzuriteFixture azurite) : ActivitySemantics
{
    protected override Task<DurableHarness> StartHarnessAsync() => LocalHarness.StartAsync(azurite);
}
