namespace TfFlow.Host.Local.Durable.Replay;

/// <summary>Runs an orchestrator's code on one thread, its continuations in the order they were posted.</summary>
/// <remarks>A continuation that arrives from another thread shows that the code awaited something that is not durable; it is remembered, not run.</remarks>
/// <param name="onLeft">Told when that happens between turns, when nobody else would notice.</param>
internal sealed class OrchestratorThread(Action onLeft) : SynchronizationContext
{
    private readonly Queue<(SendOrPostCallback Callback, object? State)> continuations = new();
    private volatile int threadId;
    private volatile bool left;

    /// <summary>True once the code continued, or tried to, outside its thread.</summary>
    public bool Left => left;

    public bool IsCurrent => Environment.CurrentManagedThreadId == threadId;

    public void Run(Action code)
    {
        var outer = Current;
        SetSynchronizationContext(this);
        threadId = Environment.CurrentManagedThreadId;
        try
        {
            code();
            while (continuations.TryDequeue(out var next))
            {
                next.Callback(next.State);
            }
        }
        finally
        {
            threadId = 0;
            SetSynchronizationContext(outer);
        }
    }

    public override void Post(SendOrPostCallback d, object? state)
    {
        if (IsCurrent)
        {
            continuations.Enqueue((d, state));
        }
        else
        {
            Leave();
        }
    }

    /// <summary>Remembers that code ran, or wanted to run, outside its thread.</summary>
    public void Leave()
    {
        left = true;
        onLeft();
    }

    public override void Send(SendOrPostCallback d, object? state) => throw new NotSupportedException("An orchestrator never blocks.");

    public override SynchronizationContext CreateCopy() => this;
}
