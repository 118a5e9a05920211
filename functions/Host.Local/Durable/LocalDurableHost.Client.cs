using TfFlow.Host.Local.Durable.Replay;
using TfFlow.Host.Local.Durable.Storage;
using TfFlow.Lifecycle.Orchestration;

namespace TfFlow.Host.Local.Durable;

public sealed partial class LocalDurableHost
{
    public async Task<string> ScheduleNewInstanceAsync(string name, object? input, StartOptions? options, CancellationToken cancellationToken)
    {
        var instanceId = options?.InstanceId ?? Guid.NewGuid().ToString("N");
        var started = new ExecutionStarted(name, options?.Version ?? this.options.Version, OrchestrationJson.Serialize(input)) { StartAt = options?.StartAt?.ToUniversalTime() };
        await TellAsync(instanceId, new Start(started, null, DurableTelemetry.NewTraceParent()) { IsFresh = options?.InstanceId is null }, cancellationToken);
        return instanceId;
    }

    public Task RaiseEventAsync(string instanceId, string name, object? payload, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        return TellAsync(instanceId, Arrive(new EventRaised(name, OrchestrationJson.Serialize(payload))), cancellationToken);
    }

    public Task TerminateAsync(string instanceId, string reason, CancellationToken cancellationToken) =>
        TellAsync(instanceId, Arrive(new ExecutionTerminated(reason)), cancellationToken);

    public Task SuspendAsync(string instanceId, string reason, CancellationToken cancellationToken) =>
        TellAsync(instanceId, Arrive(new ExecutionSuspended(reason)), cancellationToken);

    public Task ResumeAsync(string instanceId, string reason, CancellationToken cancellationToken) =>
        TellAsync(instanceId, Arrive(new ExecutionResumed(reason)), cancellationToken);

    public async Task<OrchestrationMetadata?> GetInstanceAsync(string instanceId, bool getInputsAndOutputs, CancellationToken cancellationToken)
    {
        InstanceIds.Check(instanceId);
        return await store.FindAsync(instanceId, cancellationToken) is { } head ? await DescribeAsync(head, getInputsAndOutputs, cancellationToken) : null;
    }

    public async Task<OrchestrationMetadata> WaitForCompletionAsync(string instanceId, bool getInputsAndOutputs, CancellationToken cancellationToken)
    {
        while (true)
        {
            var runtime = await ActiveAsync(cancellationToken);
            var finished = runtime.Finished(instanceId);
            if (!runtime.IsActive(instanceId))
            {
                var instance = await GetInstanceAsync(instanceId, getInputsAndOutputs, cancellationToken);
                if (instance is null or { IsFinished: true })
                {
                    runtime.LookAgain(instanceId);
                    return instance ?? throw new InstanceNotFoundException(instanceId);
                }
            }

            await Task.WhenAny(finished, running).WaitAsync(cancellationToken);
            stopping.Token.ThrowIfCancellationRequested();
            if (finished.IsCompletedSuccessfully && finished.Result is { } head)
            {
                return await DescribeAsync(head, getInputsAndOutputs, cancellationToken);
            }
        }
    }

    public async Task<OrchestrationPage> QueryAsync(OrchestrationQuery query, string? continuation, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(query.PageSize);
        var found = new List<OrchestrationMetadata>();
        do
        {
            (var heads, continuation) = await store.ListAsync(
                Rows.ActiveFrom, Rows.HeadsBefore, query.InstanceIdPrefix, Math.Min(query.PageSize - found.Count, 1000), continuation, cancellationToken);
            found.AddRange(heads.Where(head => Matches(head, query.Statuses, query.CreatedFrom, query.CreatedTo)).Select(head => head.ToMetadata()));
        }
        while (continuation is not null && found.Count < query.PageSize);
        return new OrchestrationPage(found, continuation);
    }

    public async Task<bool> PurgeAsync(string instanceId, CancellationToken cancellationToken)
    {
        InstanceIds.Check(instanceId);
        if (await store.FindAsync(instanceId, cancellationToken) is not { IsFinished: true } head)
        {
            return false;
        }

        if (head.Parent is not null)
        {
            // Its caller must have the result: it would start the child again to ask for it.
            var turn = await store.ReadTurnAsync(head, head.Turns - 1, cancellationToken);
            var told = Completion.ForParent(turn.Decisions.OfType<ExecutionCompleted>().Single(), head.Parent.TaskId);
            await TellQuietlyAsync(head.Parent, told, cancellationToken);
        }

        return await TellAsync(instanceId, new Purge(), cancellationToken);
    }

    public async Task<int> PurgeAsync(PurgeFilter filter, CancellationToken cancellationToken)
    {
        var purged = 0;
        string? continuation = null;
        do
        {
            (var heads, continuation) = await store.ListAsync(Rows.RestingFrom, Rows.HeadsBefore, null, 1000, continuation, cancellationToken);
            foreach (var head in heads.Where(head => Matches(head, filter.Statuses, filter.CreatedFrom, filter.CreatedTo)))
            {
                purged += await PurgeAsync(head.InstanceId, cancellationToken) ? 1 : 0;
            }
        }
        while (continuation is not null);
        return purged;
    }

    private static bool Matches(Head head, IReadOnlyList<OrchestrationStatus>? statuses, DateTimeOffset? from, DateTimeOffset? to) =>
        (statuses is null || statuses.Contains(head.Status)) && !(head.CreatedAt < from) && !(head.CreatedAt > to);

    private async Task<OrchestrationMetadata> DescribeAsync(Head head, bool inputsAndOutputs, CancellationToken cancellationToken)
    {
        if (head is { Status: OrchestrationStatus.Failed } || inputsAndOutputs)
        {
            try
            {
                var first = await store.ReadTurnAsync(head, 0, cancellationToken);
                var last = head.IsFinished ? await store.ReadTurnAsync(head, head.Turns - 1, cancellationToken) : null;
                var completion = last?.Decisions.OfType<ExecutionCompleted>().SingleOrDefault();
                return inputsAndOutputs
                    ? head.ToMetadata(first.Arrivals.OfType<ExecutionStarted>().First().Input, completion?.Output, completion?.Failure)
                    : head.ToMetadata(failure: completion?.Failure);
            }
            catch (InvalidDataException) when (head.Parked is null && !head.IsFinished)
            {
                // It moved on to another generation between the reads: what it was is as true as what it is.
            }
        }

        return head.ToMetadata();
    }

    private Arrival Arrive(HistoryEvent arrived) => new(arrived, time.GetUtcNow());

    private async Task<bool> TellAsync(string instanceId, Message message, CancellationToken cancellationToken)
    {
        InstanceIds.Check(instanceId);
        var runtime = await ActiveAsync(cancellationToken);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, stopping.Token);
        return await runtime.Post(instanceId, message).WaitAsync(either.Token);
    }

    private async Task TellQuietlyAsync(Origin parent, HistoryEvent told, CancellationToken cancellationToken)
    {
        try
        {
            await TellAsync(parent.InstanceId, new Arrival(told, time.GetUtcNow()) { For = (parent.ExecutionId, parent.Generation) }, cancellationToken);
        }
        catch (InstanceNotFoundException)
        {
            // The caller is gone and waits for nothing.
        }
    }
}
