using TfFlow.Programme.Ledger;
using TfFlow.Vault.Ledger;

namespace TfFlow.Lifecycle.Matching;

/// <param name="Read">Opens it, and says how many rows or households that took.</param>
public sealed record Opening(LedgerAct Act, Func<CancellationToken, Task<long>> Read);

/// <summary>Opens several things, each an act of its own, for one piece of work.</summary>
/// <remarks>The acts stand within each other, the work in the innermost: an act has its outcome only when the work is done, so that what was opened is opened
/// again by whoever takes the work up after a crash, under the same acts.</remarks>
public static class Openings
{
    public static Task PerformAsync(Acts acts, IReadOnlyList<Opening> openings, Func<CancellationToken, Task> work, CancellationToken cancellationToken) =>
        PerformAsync(acts, openings, 0, work, cancellationToken);

    private static async Task PerformAsync(Acts acts, IReadOnlyList<Opening> openings, int next, Func<CancellationToken, Task> work, CancellationToken cancellationToken)
    {
        if (next == openings.Count)
        {
            await work(cancellationToken);
            return;
        }

        await acts.PerformAsync(
            openings[next].Act,
            async token =>
            {
                var count = await openings[next].Read(token);
                await PerformAsync(acts, openings, next + 1, work, token);
                return new ActResult { Count = count };
            },
            cancellationToken);
    }
}
