using TfFlow.Lifecycle.Orchestration;

namespace TfFlow.Host.Local.Durable.Replay;

/// <summary>One generation of an orchestration: arrivals in, decisions out. Pure: no clock, no store.</summary>
internal sealed class Execution
{
    private readonly OrchestrationRegistry registry;
    private readonly OrchestratorThread thread;
    private readonly ReplayContext context;
    private readonly List<HistoryEvent> held = [];
    private readonly Queue<HistoryEvent> whileSuspended = new();
    private readonly HashSet<int> answered = [];
    private Task<object?>? main;

    /// <param name="onLeftThread">Told when the code goes on outside its turn: it must take another turn, to fail.</param>
    public Execution(OrchestrationRegistry registry, string instanceId, long generation, string? parentInstanceId, Action onLeftThread)
    {
        this.registry = registry;
        thread = new OrchestratorThread(onLeftThread);
        context = new ReplayContext(instanceId, generation, parentInstanceId, thread);
    }

    public Outcome? Outcome { get; private set; }

    public bool IsSuspended { get; private set; }

    /// <summary>Arrivals were kept that the code has not seen.</summary>
    public bool HasHeld => held.Count > 0;

    /// <summary>The code awaited something that is not durable: its next turn is its last.</summary>
    public bool HasLeftThread => thread.Left;

    public string? CustomStatus => context.CustomStatus;

    /// <summary>By number; without those whose answer waits for the instance to be resumed.</summary>
    public IEnumerable<OpenTask> OpenTasks => context.Open.Where(task => !answered.Contains(task.Key)).Select(task => task.Value);

    public IEnumerable<TimerCreated> OpenTimers => OpenTasks.Select(task => task.Decision).OfType<TimerCreated>().OrderBy(timer => timer.FireAt);

    /// <summary>True while there is work that a host must have under way: anything open but timers.</summary>
    public bool HasWorkOpen => OpenTasks.Any(task => task.Decision is not TimerCreated);

    /// <summary>What is said to the instance, not to a task of the generation that ended.</summary>
    public static bool OutlivesGeneration(HistoryEvent arrival) => arrival is EventRaised or ExecutionSuspended or ExecutionResumed or ExecutionTerminated;

    public bool IsOpen(int taskId) => context.Open.ContainsKey(taskId) && !answered.Contains(taskId);

    /// <summary>The task that an arrival answers, or null.</summary>
    public static int? TaskOf(HistoryEvent arrival) => arrival switch
    {
        TaskCompleted completed => completed.TaskId,
        TaskFailed failed => failed.TaskId,
        TimerFired fired => fired.TaskId,
        _ => null,
    };

    /// <summary>Takes a turn of history again.</summary>
    /// <exception cref="NonDeterministicOrchestrationException">The code decided otherwise than history says.</exception>
    public void Replay(Turn turn)
    {
        if (!turn.Ran)
        {
            held.AddRange(turn.Arrivals);
            return;
        }

        var firstStep = context.NextTaskId;
        context.Replaying = true;
        Take(turn.At, turn.Arrivals);
        context.Replaying = false;
        Divergence.Check(context.Started?.Name ?? "", firstStep, turn.Decisions, context.Decisions, Outcome);
    }

    /// <summary>Takes a new turn.</summary>
    /// <param name="taken">How many arrivals were taken; those after an outcome are left.</param>
    /// <returns>What the code decided, in order.</returns>
    public IReadOnlyList<HistoryEvent> Run(DateTimeOffset at, IReadOnlyList<HistoryEvent> arrivals, out int taken)
    {
        taken = Take(at, arrivals);
        return [.. context.Decisions];
    }

    private int Take(DateTimeOffset at, IReadOnlyList<HistoryEvent> arrivals)
    {
        context.BeginTurn(at);
        var all = held.Concat(arrivals).ToList();
        var heldBefore = held.Count;
        held.Clear();
        if (main is null && all.OfType<ExecutionTerminated>().FirstOrDefault() is { } terminated)
        {
            Terminate(terminated); // it never ran and never will
            return arrivals.Count;
        }

        var taken = 0;
        try
        {
            ThrowIfLeft();
            while (taken < all.Count && Outcome is null)
            {
                Take(all[taken++]);
                SeeOutcome();
            }
        }
        catch (OrchestratorThreadException e)
        {
            Fail(e);
        }

        if (Outcome is ContinuedAsNew next)
        {
            var untaken = all.Take(heldBefore).Skip(taken);
            Outcome = next with { Kept = [.. next.Kept, .. whileSuspended.Concat(untaken).Where(OutlivesGeneration)] };
        }

        return Math.Max(taken - heldBefore, 0);
    }

    private void Take(HistoryEvent arrival)
    {
        if (IsSuspended && arrival is not (ExecutionResumed or ExecutionTerminated))
        {
            if (arrival is not ExecutionSuspended)
            {
                whileSuspended.Enqueue(arrival);
                if (TaskOf(arrival) is { } taskId)
                {
                    answered.Add(taskId);
                }
            }

            return;
        }

        switch (arrival)
        {
            case ExecutionStarted started:
                context.Started = started;
                thread.Run(() => main = Start(started));
                break;
            case TaskCompleted completed:
                thread.Run(() => context.Close(completed.TaskId)?.Complete(completed.Result));
                break;
            case TaskFailed failed:
                thread.Run(() => Fail(context.Close(failed.TaskId), failed.Failure));
                break;
            case TimerFired fired:
                thread.Run(() => context.Close(fired.TaskId)?.Complete(null));
                break;
            case EventRaised raised:
                thread.Run(() => context.Events.Raise(raised));
                break;
            case ExecutionSuspended:
                IsSuspended = true;
                break;
            case ExecutionResumed:
                IsSuspended = false;
                answered.Clear();
                while (!IsSuspended && Outcome is null && whileSuspended.TryDequeue(out var waiting))
                {
                    Take(waiting);
                    SeeOutcome();
                }

                break;
            case ExecutionTerminated terminated:
                Terminate(terminated);
                break;
            default:
                throw new InvalidDataException($"'{arrival.GetType().Name}' is a decision, not an arrival.");
        }

        ThrowIfLeft();
    }

    private void ThrowIfLeft()
    {
        if (thread.Left)
        {
            throw new OrchestratorThreadException(context.Started?.Name ?? "");
        }
    }

    private async Task<object?> Start(ExecutionStarted started)
    {
        var orchestrator = registry.CreateOrchestrator(started.Name);
        object? input;
        try
        {
            input = OrchestrationJson.Deserialize(started.Input, orchestrator.InputType);
        }
        catch (System.Text.Json.JsonException)
        {
            throw new PayloadException("The input", orchestrator.InputType);
        }

        return OrchestrationJson.Serialize(await orchestrator.RunAsync(context, input));
    }

    private static void Fail(OpenTask? task, TaskFailureDetails failure)
    {
        switch (task?.Decision)
        {
            case TaskScheduled activity:
                task.Fail(activity.Name, failure);
                break;
            case SubOrchestrationCreated child:
                task.Fail(child.Name, failure);
                break;
        }
    }

    /// <summary>As in Durable Task, an orchestration ends when its code has ended and nothing it began is still open.</summary>
    private void SeeOutcome()
    {
        if (Outcome is not null || main is null || IsSuspended)
        {
            return;
        }

        if (!main.IsCompleted)
        {
            if (context.Open.Count == 0)
            {
                throw new OrchestratorThreadException(context.Started!.Name);
            }

            return;
        }

        if (context.Open.Count > 0)
        {
            return;
        }

        if (!main.IsCompletedSuccessfully)
        {
            Fail(main.Exception?.InnerException ?? new TaskCanceledException(main));
        }
        else if (context.NextGeneration is (true, var input))
        {
            Outcome = new ContinuedAsNew(input, context.Events.Kept);
        }
        else
        {
            Outcome = new Finished(new ExecutionCompleted(OrchestrationStatus.Completed, (string?)main.Result, null));
        }
    }

    private void Terminate(ExecutionTerminated terminated) =>
        Outcome = new Finished(Completion.Of(terminated));

    private void Fail(Exception exception) =>
        Outcome = new Finished(Completion.Of(exception));
}
