using TfFlow.Lifecycle.Orchestration;

namespace TfFlow.Bench;

internal sealed class BenchEcho : Activity<BenchEcho, int, int>
{
    public override Task<int> RunAsync(ActivityContext context, int input) => Task.FromResult(input);
}

internal sealed class BenchSequenceOrchestration : Orchestrator<BenchSequenceOrchestration, int, int>
{
    public override async Task<int> RunAsync(OrchestrationContext context, int input)
    {
        input = await BenchEcho.CallAsync(context, input);
        input = await BenchEcho.CallAsync(context, input);
        return await BenchEcho.CallAsync(context, input);
    }
}

internal sealed class BenchFanOutOrchestration : Orchestrator<BenchFanOutOrchestration, int, int>
{
    public override async Task<int> RunAsync(OrchestrationContext context, int input) =>
        (await Task.WhenAll(Enumerable.Range(0, input).Select(i => BenchEcho.CallAsync(context, i)))).Length;
}

internal sealed class BenchWaitOrchestration : Orchestrator<BenchWaitOrchestration, int, int>
{
    public override Task<int> RunAsync(OrchestrationContext context, int input) =>
        context.WaitForExternalEventAsync<int>("Never", TimeSpan.FromDays(80), "nothing");
}

internal sealed class BenchEternalOrchestration : Orchestrator<BenchEternalOrchestration, int, int>
{
    public override async Task<int> RunAsync(OrchestrationContext context, int input)
    {
        if (input > 0)
        {
            await BenchEcho.CallAsync(context, input);
            context.ContinueAsNew(input - 1);
        }

        return input;
    }
}
