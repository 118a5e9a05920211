using TfFlow.TestKit;
using TfFlow.TestKit.Durable;

namespace TfFlow.Host.Local.Tests.Durable;

// The same scenarios with nothing kept in memory: every turn is replayed from what the store has.

[Collection(AzuriteFixture.Collection)]
public sealed class ReplayedActivities(AzuriteFixture azurite) : ActivitySemantics
{
    protected override Task<DurableHarness> StartHarnessAsync() => LocalHarness.StartAsync(azurite, options => options.InstancesInMemory = 0);
}

[Collection(AzuriteFixture.Collection)]
public sealed class ReplayedRetries(AzuriteFixture azurite) : RetrySemantics
{
    protected override Task<DurableHarness> StartHarnessAsync() => LocalHarness.StartAsync(azurite, options => options.InstancesInMemory = 0);
}

[Collection(AzuriteFixture.Collection)]
public sealed class ReplayedTimers(AzuriteFixture azurite) : TimerSemantics
{
    protected override Task<DurableHarness> StartHarnessAsync() => LocalHarness.StartAsync(azurite, options => options.InstancesInMemory = 0);
}

[Collection(AzuriteFixture.Collection)]
public sealed class ReplayedEvents(AzuriteFixture azurite) : EventSemantics
{
    protected override Task<DurableHarness> StartHarnessAsync() => LocalHarness.StartAsync(azurite, options => options.InstancesInMemory = 0);
}

[Collection(AzuriteFixture.Collection)]
public sealed class ReplayedSubOrchestrations(AzuriteFixture azurite) : SubOrchestrationSemantics
{
    protected override Task<DurableHarness> StartHarnessAsync() => LocalHarness.StartAsync(azurite, options => options.InstancesInMemory = 0);
}

[Collection(AzuriteFixture.Collection)]
public sealed class ReplayedContinueAsNew(AzuriteFixture azurite) : ContinueAsNewSemantics
{
    protected override Task<DurableHarness> StartHarnessAsync() => LocalHarness.StartAsync(azurite, options => options.InstancesInMemory = 0);
}

[Collection(AzuriteFixture.Collection)]
public sealed class ReplayedReplay(AzuriteFixture azurite) : ReplaySemantics
{
    protected override Task<DurableHarness> StartHarnessAsync() => LocalHarness.StartAsync(azurite, options => options.InstancesInMemory = 0);
}

[Collection(AzuriteFixture.Collection)]
public sealed class ReplayedControl(AzuriteFixture azurite) : ControlSemantics
{
    protected override Task<DurableHarness> StartHarnessAsync() => LocalHarness.StartAsync(azurite, options => options.InstancesInMemory = 0);
}

[Collection(AzuriteFixture.Collection)]
public sealed class ReplayedInstances(AzuriteFixture azurite) : InstanceSemantics
{
    protected override Task<DurableHarness> StartHarnessAsync() => LocalHarness.StartAsync(azurite, options => options.InstancesInMemory = 0);
}

[Collection(AzuriteFixture.Collection)]
public sealed class ReplayedLaterStarts(AzuriteFixture azurite) : LaterStartSemantics
{
    protected override Task<DurableHarness> StartHarnessAsync() => LocalHarness.StartAsync(azurite, options => options.InstancesInMemory = 0);
}

[Collection(AzuriteFixture.Collection)]
public sealed class ReplayedVersions(AzuriteFixture azurite) : VersionSemantics
{
    protected override Task<DurableHarness> StartHarnessAsync() => LocalHarness.StartAsync(azurite, options => options.InstancesInMemory = 0);
}
