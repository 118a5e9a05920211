using TfFlow.Programme.Ledger;
using TfFlow.Vault.Ledger;

namespace TfFlow.Lifecycle.Matching;

/// <param name="Read">Opens it, and says how many rows or households that took.</param>
public sealed record Opening(LedgerAct Act, Func<CancellationToken, Task<long>> Read);

/// <summary>Opens several things, each an act of its own, for one piece of work.</summary>
/// <remarks>All intents are written together. One thing after the other is opened, the last act does the work, then all outcomes are written together.
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

        var opened = openings.Select(_ => new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously)).ToList();
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var others = openings.SkipLast(1).Select((opening, i) => OpenAsync(acts, opening, Before(i), opened[i], _ => done.Task, cancellationToken)).ToList();
        try
        {
            await OpenAsync(acts, openings[^1], Before(openings.Count - 1), opened[^1], WorkAsync, cancellationToken);
            done.SetResult();
        }
        catch (Exception failure)
        {
            done.SetException(failure);
        }

        await Task.WhenAll([done.Task, .. others]);

        Task Before(int i) => i == 0 ? Task.CompletedTask : opened[i - 1].Task;

        async Task WorkAsync(CancellationToken token)
        {
            var all = await Task.WhenAll(opened.Select(one => one.Task));
            if (Array.TrueForAll(all, isOpen => isOpen))
            {
                await work(token);
            }
        }
    }

    /// <param name="before">What is opened before it.</param>
    /// <param name="opened">Whether it was opened, or had its outcome.</param>
    /// <param name="then">What its act does when it is open.</param>
    private static async Task OpenAsync(
        Acts acts, Opening opening, Task before, TaskCompletionSource<bool> opened, Func<CancellationToken, Task> then, CancellationToken cancellationToken)
    {
        try
        {
            await acts.PerformAsync(
                opening.Act,
                async token =>
                {
                    await before;
                    var count = await opening.Read(token);
                    opened.TrySetResult(true);
                    await then(token);
                    return new ActResult { Count = count };
                },
                cancellationToken);
            opened.TrySetResult(false);
        }
        catch (Exception failure)
        {
            opened.TrySetException(failure);
            throw;
        }
    }
}
