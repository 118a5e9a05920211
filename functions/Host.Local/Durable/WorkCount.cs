namespace TfFlow.Host.Local.Durable;

/// <summary>Counts what is under way; idle when nothing is.</summary>
internal sealed class WorkCount
{
    private readonly Lock gate = new();
    private TaskCompletionSource idle = Completed();
    private int count;

    public Task WhenIdle
    {
        get
        {
            lock (gate)
            {
                return idle.Task;
            }
        }
    }

    public void Begin()
    {
        lock (gate)
        {
            if (count++ == 0)
            {
                idle = new(TaskCreationOptions.RunContinuationsAsynchronously);
            }
        }
    }

    public void End()
    {
        lock (gate)
        {
            if (--count == 0)
            {
                idle.SetResult();
            }
        }
    }

    private static TaskCompletionSource Completed()
    {
        var source = new TaskCompletionSource();
        source.SetResult();
        return source;
    }
}
