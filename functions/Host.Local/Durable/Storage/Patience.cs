using TfFlow.Vault.Storage;

namespace TfFlow.Host.Local.Durable.Storage;

/// <summary>Waits while the store is away, says so once, and goes on when it is back.</summary>
/// <param name="away">Told when the store stops answering (true) and when it answers again (false); null does not wait.</param>
internal sealed class Patience(Action<bool, StorageException?>? away)
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);
    private int isAway;

    public async Task<T> TryAsync<T>(Func<int, Task<T>> operation, CancellationToken cancellationToken)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                var result = await operation(attempt);
                Answered();
                return result;
            }
            catch (StorageException e) when (e.IsTransient && away is not null)
            {
                if (Interlocked.Exchange(ref isAway, 1) == 0)
                {
                    away(true, e);
                }

                // The store is a real thing: it is waited for in real time whatever the orchestrations' clock.
                await Task.Delay(TimeSpan.FromMilliseconds(Math.Min(50 * Math.Pow(2, Math.Min(attempt, 10)), Longest.TotalMilliseconds)), TimeProvider.System, cancellationToken);
            }
            catch
            {
                Answered();
                throw;
            }
        }
    }

    public Task TryAsync(Func<Task> operation, CancellationToken cancellationToken) => TryAsync(
        async _ =>
        {
            await operation();
            return true;
        },
        cancellationToken);

    private void Answered()
    {
        if (isAway == 1 && Interlocked.Exchange(ref isAway, 0) == 1)
        {
            away!(false, null);
        }
    }
}
