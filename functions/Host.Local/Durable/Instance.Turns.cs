using TfFlow.Host.Local.Durable.Replay;
using TfFlow.Host.Local.Durable.Storage;
using TfFlow.Lifecycle.Orchestration;

namespace TfFlow.Host.Local.Durable;

internal sealed partial class Instance
{
    /// <summary>Generations taken in one turn by code that continues as new without waiting.</summary>
    private const int GenerationsATurn = 100;

    /// <summary>Arrivals that are in history although the instance has finished since.</summary>
    private readonly HashSet<Arrival> kept = [];

    private Execution NewExecution(Head of) =>
        new(runtime.Registry, instanceId, of.Generation, of.Parent?.InstanceId, () => runtime.Post(instanceId, new Tick()));

    /// <returns>False when the history cannot be taken again: the instance is parked, or has failed.</returns>
    private async Task<bool> TryLoadAsync(Head next, IReadOnlyList<Arrival> arrivals, CancellationToken cancellationToken)
    {
        if (execution is not null)
        {
            return true;
        }

        try
        {
            var replayed = NewExecution(head!);
            foreach (var turn in await runtime.Store.ReadTurnsAsync(head!, cancellationToken))
            {
                replayed.Replay(turn);
            }

            DurableTelemetry.Replays.Add(1);
            execution = replayed;
            return true;
        }
        catch (InvalidDataException e)
        {
            await HoldAsync(next with { Parked = e.Message }, [.. arrivals.Select(arrival => arrival.Event)], new("an operator", null, e.Message), cancellationToken);
        }
        catch (NonDeterministicOrchestrationException e)
        {
            await EndAsync(next, Completion.Of(e), runtime.Time.GetUtcNow(), cancellationToken);
        }

        return false;
    }

    private async Task TurnAsync(Head next, IReadOnlyList<Arrival> arrivals, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var events = new List<HistoryEvent>();
        var fired = new HashSet<int>();
        var takenFrom = new List<(int Before, Arrival Arrival)>();
        foreach (var arrival in arrivals)
        {
            Fire(arrival.At);
            if (Execution.TaskOf(arrival.Event) is not { } taskId || execution!.IsOpen(taskId))
            {
                events.Add(arrival.Event);
                takenFrom.Add((events.Count, arrival));
            }
        }

        Fire(now);
        if (events.Count > 0 || execution!.HasHeld || execution.HasLeftThread || next.Parked != head!.Parked)
        {
            var taken = await RunAsync(next, events, now, cancellationToken);
            kept.UnionWith(takenFrom.Where(from => from.Before <= taken).Select(from => from.Arrival));
        }
        else
        {
            runtime.Watch(next);
        }

        // In the order of time: a timer due before an event arrived fires before it.
        void Fire(DateTimeOffset until) =>
            events.AddRange(execution!.OpenTimers.TakeWhile(timer => timer.FireAt <= until).Where(timer => fired.Add(timer.TaskId)).Select(timer => new TimerFired(timer.TaskId)));
    }

    /// <summary>Runs the code on what arrived and commits what it decided.</summary>
    /// <returns>How many of the events were taken; all, unless the instance finished on the way.</returns>
    private async Task<int> RunAsync(Head next, IReadOnlyList<HistoryEvent> events, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var at = now > next.UpdatedAt ? now : next.UpdatedAt;
        var sent = new List<EventSent>();
        var generation = next.Generation;
        IReadOnlyList<HistoryEvent> decisions;
        int taken;
        while (true)
        {
            decisions = execution!.Run(at, events, out taken);
            sent.AddRange(decisions.OfType<EventSent>());
            if (execution.Outcome is not ContinuedAsNew again)
            {
                break;
            }

            events = [new ExecutionStarted(next.Name, next.Version, again.Input), .. again.Kept, .. events.Skip(taken).Where(Execution.OutlivesGeneration)];
            next = next with { Generation = next.Generation + 1, Turns = 0, CustomStatus = null };
            execution = NewExecution(next);
            if (next.Generation == generation + GenerationsATurn)
            {
                next = Send(next, sent) with { Status = OrchestrationStatus.Pending, Due = at, UpdatedAt = at };
                await HoldAsync(next, events, new("a turn", at, "continues as new"), cancellationToken);
                return int.MaxValue;
            }
        }

        next = Send(next, sent) with
        {
            UpdatedAt = at,
            CustomStatus = execution.CustomStatus,
            Status = execution.IsSuspended ? OrchestrationStatus.Suspended : OrchestrationStatus.Running,
            Due = execution.OpenTimers.FirstOrDefault()?.FireAt,
            UnderWay = execution.HasWorkOpen,
            Waits = Wait.Of(execution.OpenTasks),
            Turns = next.Turns + 1,
        };
        if (execution.Outcome is Finished(var completion))
        {
            next = next with { Status = completion.Status, Due = null, UnderWay = false, Waits = [] };
            await CommitAsync(next, new Turn(at, true, [.. events.Take(taken)], [.. decisions, completion]), cancellationToken);
            runtime.Deliver(this, head!.Outbox);
            OnFinished(completion);
        }
        else
        {
            await CommitAsync(next, new Turn(at, true, events, decisions), cancellationToken);
            Launch(decisions);
            runtime.Deliver(this, head!.Outbox); // after the launch: an event may be for a sub-orchestration that begins now
        }

        return next.Generation == generation ? taken : int.MaxValue;
    }

    private static Head Send(Head next, List<EventSent> sent) => sent.Count == 0 ? next : next with
    {
        NextSequence = next.NextSequence + sent.Count,
        Outbox = [.. next.Outbox, .. sent.Select((message, i) => new OutgoingEvent(next.ExecutionId, next.NextSequence + i, message.InstanceId, message.Name, message.Payload))],
    };

    /// <summary>Keeps what arrived for when the instance may run.</summary>
    private async Task HoldAsync(Head next, IReadOnlyList<HistoryEvent> events, Wait why, CancellationToken cancellationToken)
    {
        if (next.Parked is not null && head?.Parked is null)
        {
            DurableTelemetry.Parked.Add(1);
            runtime.Log.Parked(instanceId, next.Parked);
        }

        next = next with { Waits = [why], UnderWay = next.UnderWay || (events.Count > 0 && next.Status != OrchestrationStatus.Pending) };
        var turn = events.Count == 0 ? null : new Turn(next.UpdatedAt, false, events, []);
        await CommitAsync(turn is null ? next : next with { Turns = next.Turns + 1 }, turn, cancellationToken);
        if (turn is not null && execution is not null)
        {
            execution.Replay(turn);
        }
    }

    /// <summary>Ends the instance without its code.</summary>
    private async Task EndAsync(Head next, ExecutionCompleted completion, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var at = now > next.UpdatedAt ? now : next.UpdatedAt;
        next = next with { Status = completion.Status, UpdatedAt = at, Due = null, UnderWay = false, Waits = [], Parked = null, Turns = next.Turns + 1 };
        await CommitAsync(next, new Turn(at, true, [], [completion]), cancellationToken);
        OnFinished(completion);
    }

    private async Task CommitAsync(Head next, Turn? turn, CancellationToken cancellationToken)
    {
        next = next with { Outbox = [.. next.Outbox.Where(message => !delivered.Contains(message))] };
        next = next with { UnderWay = next.UnderWay || next.Outbox.Count > 0 };
        var before = head;
        head = await runtime.Store.CommitAsync(before, next, turn, cancellationToken);
        DurableTelemetry.Turns.Add(1);
        delivered.Clear();
        runtime.Watch(head);
        if (head.Overflowed && before is not null && (before.Generation, before.ExecutionId) != (head.Generation, head.ExecutionId))
        {
            await runtime.Store.RemoveStaleBlobsAsync(head, cancellationToken);
        }
    }

    private void OnFinished(ExecutionCompleted completion)
    {
        execution = null;
        if (completion.Failure is { } failure)
        {
            runtime.Log.Failed(head!.Name, instanceId, failure.ErrorType, failure.ErrorMessage);
        }

        runtime.UnmarkTakenUp(head!.ExecutionId);
        DurableTelemetry.RecordOrchestration(head);
        runtime.OnFinished(head);
        TellParent(completion);
    }

    private async Task TellParentAsync(CancellationToken cancellationToken)
    {
        var last = await runtime.Store.ReadTurnAsync(head!, head!.Turns - 1, cancellationToken);
        TellParent(last.Decisions.OfType<ExecutionCompleted>().Single());
    }

    private void TellParent(ExecutionCompleted completion)
    {
        if (head!.Parent is { } parent)
        {
            _ = runtime.Post(parent.InstanceId, new Arrival(Completion.ForParent(completion, parent.TaskId), runtime.Time.GetUtcNow()) { For = (parent.ExecutionId, parent.Generation) });
        }
    }

    /// <summary>Once in a host's life, launches everything that was under way.</summary>
    private void TakeUp()
    {
        if (head is null || !runtime.MarkTakenUp(head.ExecutionId))
        {
            return;
        }

        if (execution is not null)
        {
            Launch([.. execution.OpenTasks.Select(task => task.Decision)]);
        }

        runtime.Deliver(this, head.Outbox);
    }

    private void Launch(IReadOnlyList<HistoryEvent> decisions)
    {
        foreach (var decision in decisions)
        {
            switch (decision)
            {
                case TaskScheduled activity:
                    runtime.Launch(this, head!, activity);
                    break;
                case SubOrchestrationCreated child:
                    runtime.Launch(head!, child);
                    break;
            }
        }
    }
}
