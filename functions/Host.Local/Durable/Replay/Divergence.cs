namespace TfFlow.Host.Local.Durable.Replay;

/// <summary>Compares what the code decided on replay with what history says it decided.</summary>
internal static class Divergence
{
    /// <exception cref="NonDeterministicOrchestrationException">They differ in number, kind or name.</exception>
    public static void Check(string orchestrator, int firstStep, IReadOnlyList<HistoryEvent> history, IReadOnlyList<HistoryEvent> code, Outcome? outcome)
    {
        for (var i = 0; i < Math.Max(history.Count, code.Count); i++)
        {
            var before = i < history.Count ? Describe(history[i]) : "it decided nothing more in that turn";
            var now = i < code.Count ? Describe(code[i]) : null;
            if (before != now)
            {
                throw new NonDeterministicOrchestrationException(
                    orchestrator, firstStep + i, before, now is not null ? $"did this: {now}" : outcome is null ? "waits" : "ended");
            }
        }

        if (outcome is not null)
        {
            throw new NonDeterministicOrchestrationException(orchestrator, firstStep + history.Count, "it went on", "ended");
        }
    }

    private static string Describe(HistoryEvent decision) => decision switch
    {
        TaskScheduled activity => $"activity '{activity.Name}'",
        SubOrchestrationCreated child => $"sub-orchestration '{child.Name}' as '{child.InstanceId}'",
        TimerCreated => "a timer",
        EventSent sent => $"event '{sent.Name}' to '{sent.InstanceId}'",
        _ => decision.GetType().Name,
    };
}
