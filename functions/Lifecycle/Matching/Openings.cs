using TfFlow.Programme.Ledger;
using TfFlow.Vault.Ledger;

namespace TfFlow.Lifecycle.Matching;

/// <param name="Read">Opens it, and says how many rows or households that took.</param>
public sealed record Opening(LedgerAct Act, Func<CancellationToken, Task<long>> Read);

/// <summary>Opens several things, each an act of its own, for one piece of work.</summary>
/// <remarks>All intents are written together, and nothing is opened before each of them stands. One thing after the other is opened, the last act does the work, then all outcomes are written together.
/// An act has its outcome only when the work is done: after a crash everything is opened again by the next attempt, under the same acts.</remarks>
public static class Openings
{
    /// <summary>Runs the work once everything is open. An opening that has its outcome says that an earlier attempt did the work.</summary>
    public static async Task PerformAsync(Acts acts, IReadOnlyList<Opening> openings, Func<CancellationToken, Task> work, CancellationToken cancellationToken)
    {
        if (openings.Count == 0)
        {
            await work(cancellationToken);
            return;
        }

        var steps = openings.Select(opening => new Step(opening)).ToList();
        var begun = Task.WhenAll(steps.Select(step => step.Begun.Task));
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var others = steps.SkipLast(1).Select((step, i) => OpenAsync(acts, step, Before(i), _ => done.Task, cancellationToken)).ToList();
        try
        {
            await OpenAsync(acts, steps[^1], Before(steps.Count - 1), WorkAsync, cancellationToken);
            done.TrySetResult();
        }
        catch (Exception failure)
        {
            if (!done.TrySetException(failure))
            {
                throw;
            }
        }

        await Task.WhenAll([done.Task, .. others]);

        Task Before(int i) => i == 0 ? begun : steps[i - 1].Opened.Task;

        async Task WorkAsync(CancellationToken token)
        {
            var all = await Task.WhenAll(steps.Select(step => step.Opened.Task));
            if (Array.TrueForAll(all, isOpen => isOpen))
            {
                await work(token);
            }

            done.SetResult();
        }
    }

    /// <param name="before">What goes before it.</param>
    /// <param name="then">What its act does when it is open.</param>
    private static async Task OpenAsync(Acts acts, Step step, Task before, Func<CancellationToken, Task> then, CancellationToken cancellationToken)
    {
        try
        {
            await acts.PerformAsync(
                step.Opening.Act,
                async token =>
                {
                    step.Begun.TrySetResult();
                    await before;
                    var count = await step.Opening.Read(token);
                    step.Opened.TrySetResult(true);
                    await then(token);
                    return new ActResult { Count = count };
                },
                cancellationToken);
            step.Opened.TrySetResult(false);
        }
        catch (Exception failure)
        {
            step.Opened.TrySetException(failure);
            throw;
        }
        finally
        {
            step.Begun.TrySetResult();
        }
    }

    private sealed record Step(Opening Opening)
    {
        /// <summary>Its intent stands, or it will not be opened.</summary>
        public TaskCompletionSource Begun { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        /// <summary>Whether it was opened, or had its outcome.</summary>
        public TaskCompletionSource<bool> Opened { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
