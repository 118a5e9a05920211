using TfFlow.TestKit.Durable;

namespace TfFlow.Host.Azure.Tests.Sdk.Durable;

public sealed class InProcessActivities : ActivitySemantics
{
    protected override Task<DurableHarness> StartHarnessAsync() => InProcessHarness.StartAsync();
}

public sealed class InProcessRetries : RetrySemantics
{
    protected override Task<DurableHarness> StartHarnessAsync() => InProcessHarness.StartAsync();
}

public sealed class InProcessTimers : TimerSemantics
{
    protected override Task<DurableHarness> StartHarnessAsync() => InProcessHarness.StartAsync();
}

public sealed class InProcessEvents : EventSemantics
{
    protected override Task<DurableHarness> StartHarnessAsync() => InProcessHarness.StartAsync();
}

public sealed class InProcessSubOrchestrations : SubOrchestrationSemantics
{
    protected override Task<DurableHarness> StartHarnessAsync() => InProcessHarness.StartAsync();
}

public sealed class InProcessContinueAsNew : ContinueAsNewSemantics
{
    protected override Task<DurableHarness> StartHarnessAsync() => InProcessHarness.StartAsync();
}

public sealed class InProcessReplay : ReplaySemantics
{
    protected override Task<DurableHarness> StartHarnessAsync() => InProcessHarness.StartAsync();
}

public sealed class InProcessControl : ControlSemantics
{
    protected override Task<DurableHarness> StartHarnessAsync() => InProcessHarness.StartAsync();
}

public sealed class InProcessInstances : InstanceSemantics
{
    protected override Task<DurableHarness> StartHarnessAsync() => InProcessHarness.StartAsync();
}

public sealed class InProcessVersions : VersionSemantics
{
    protected override Task<DurableHarness> StartHarnessAsync() => InProcessHarness.StartAsync();
}
