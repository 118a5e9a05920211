using Microsoft.DurableTask;
using TfFlow.Vault.Registers;

namespace TfFlow.Lifecycle.Durable;

/// <summary>What the house asks of every activity: it does I/O, is idempotent, may run twice, and lets no foreign message into history.</summary>
/// <typeparam name="TSelf">The activity itself: its name is its type's.</typeparam>
public abstract class Activity<TSelf, TInput, TOutput> : TaskActivity<TInput, TOutput>, IStoppable
    where TSelf : Activity<TSelf, TInput, TOutput>
{
    private const int Attempts = 5;

    public CancellationToken Stopping { get; set; }

    /// <summary>Runs this activity from an orchestrator, under the one retry policy.</summary>
    public static Task<TOutput> CallAsync(TaskOrchestrationContext context, TInput input) =>
        context.CallActivityAsync<TOutput>(typeof(TSelf).Name, input, Retries.ForADay);

    public sealed override Task<TOutput> RunAsync(TaskActivityContext context, TInput input) => ExecuteAsync(input);

    /// <summary>Runs the activity as a host does.</summary>
    /// <exception cref="UnexpectedFailureException">An exception that is not ours left it.</exception>
    public async Task<TOutput> ExecuteAsync(TInput input)
    {
        using var turn = await OneAtATime.EnterAsync(typeof(TSelf), input!, Stopping);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await RunAsync(input, Stopping);
            }
            catch (LostUpdateException) when (attempt < Attempts)
            {
                // Another act changed a row since this one read it. It reads the row again.
            }
            catch (Exception e) when (!UnexpectedFailureException.IsOurs(e))
            {
                throw new UnexpectedFailureException(e);
            }
        }
    }

    /// <param name="cancellationToken">Cancelled when the host stops: the activity will run again.</param>
    public abstract Task<TOutput> RunAsync(TInput input, CancellationToken cancellationToken);
}

/// <summary>What a host tells an activity that it has made.</summary>
public interface IStoppable
{
    /// <summary>Cancelled when the host stops.</summary>
    CancellationToken Stopping { get; set; }
}
