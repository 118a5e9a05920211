using TfFlow.TestKit;
using TfFlow.TestKit.Durable;

namespace TfFlow.Host.Local.Tests.Durable;

[Collection(AzuriteFixture.Collection)]
public sealed class LocalActivities(AzuriteFixture azurite) : ActivitySemantics
{
    protected override Task<DurableHarness> StartHarnessAsync() => LocalHarness.StartAsync(azurite);
}

[Collection(AzuriteFixture.Collection)]
public sealed class LocalRetries(AzuriteFixture azurite) : RetrySemantics
{
    protected override Task<DurableHarness> StartHarnessAsync() => LocalHarness.StartAsync(azurite);
}

[Collection(AzuriteFixture.Collection)]
public sealed class LocalTimers(AzuriteFixture azurite) : TimerSemantics
{
    protected override Task<DurableHarness> StartHarnessAsync() => LocalHarness.StartAsync(azurite);
}

[Collection(AzuriteFixture.Collection)]
public sealed class LocalEvents(AzuriteFixture azurite) : EventSemantics
{
    protected override Task<DurableHarness> StartHarnessAsync() => LocalHarness.StartAsync(azurite);
}

[Collection(AzuriteFixture.Collection)]
public sealed class LocalSubOrchestrations(AzuriteFixture azurite) : SubOrchestrationSemantics
{
    protected override Task<DurableHarness> StartHarnessAsync() => LocalHarness.StartAsync(azurite);
}

[Collection(AzuriteFixture.Collection)]
public sealed class LocalContinueAsNew(AzuriteFixture azurite) : ContinueAsNewSemantics
{
    protected override Task<DurableHarness> StartHarnessAsync() => LocalHarness.StartAsync(azurite);
}

[Collection(AzuriteFixture.Collection)]
public sealed class LocalReplay(AzuriteFixture azurite) : ReplaySemantics
{
    protected override Task<DurableHarness> StartHarnessAsync() => LocalHarness.StartAsync(azurite);
}

[Collection(AzuriteFixture.Collection)]
public sealed class LocalControl(AzuriteFixture azurite) : ControlSemantics
{
    protected override Task<DurableHarness> StartHarnessAsync() => LocalHarness.StartAsync(azurite);
}

[Collection(AzuriteFixture.Collection)]
public sealed class LocalInstances(AzuriteFixture azurite) : InstanceSemantics
{
    protected override Task<DurableHarness> StartHarnessAsync() => LocalHarness.StartAsync(azurite);
}

[Collection(AzuriteFixture.Collection)]
public sealed class LocalLaterStarts(AzuriteFixture azurite) : LaterStartSemantics
{
    protected override Task<DurableHarness> StartHarnessAsync() => LocalHarness.StartAsync(azurite);
}

[Collection(AzuriteFixture.Collection)]
public sealed class LocalVersions(AzuriteFixture azurite) : VersionSemantics
{
    protected override Task<DurableHarness> StartHarnessAsync() => LocalHarness.StartAsync(azurite);
}
