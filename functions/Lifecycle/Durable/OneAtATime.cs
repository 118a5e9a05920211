namespace TfFlow.Lifecycle.Durable;

/// <summary>Lets one run at a time of one activity with one input go on in this process. The others wait, and then find the work done.</summary>
/// <remarks>The engine schedules a task again when a host dies after it sent the task and before it stored the turn (Microsoft.Azure.DurableTask.AzureStorage 2.11.2):
/// then two runs of it can go on at once. An activity bears to run twice, but not that another run erases what it is writing.</remarks>
internal static class OneAtATime
{
    private static readonly Lock Gate = new();
    private static readonly Dictionary<(Type, object), Turn> Turns = [];

    /// <param name="input">A record: equal inputs are one piece of work.</param>
    public static async Task<IDisposable> EnterAsync(Type activity, object input, CancellationToken cancellationToken)
    {
        Turn turn;
        lock (Gate)
        {
            if (!Turns.TryGetValue((activity, input), out turn!))
            {
                Turns.Add((activity, input), turn = new((activity, input)));
            }

            turn.Users++;
        }

        try
        {
            await turn.Semaphore.WaitAsync(cancellationToken);
            return turn;
        }
        catch
        {
            turn.Leave();
            throw;
        }
    }

    private sealed class Turn((Type, object) key) : IDisposable
    {
        public SemaphoreSlim Semaphore { get; } = new(1);

        public int Users { get; set; }

        public void Dispose()
        {
            Semaphore.Release();
            Leave();
        }

        public void Leave()
        {
            lock (Gate)
            {
                if (--Users == 0)
                {
                    Turns.Remove(key);
                    Semaphore.Dispose();
                }
            }
        }
    }
}
