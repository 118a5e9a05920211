using System.Globalization;
using TfFlow.Programme;
using TfFlow.Programme.Eligibility;
using TfFlow.Programme.Ledger;
using TfFlow.Vault.Ledger;

namespace TfFlow.Lifecycle.Retention;

/// <summary>What this deployment's own people find in their outbox when the store holds something that nobody accounts for, or lacks
/// something.</summary>
/// <param name="Found">The first of them.</param>
public sealed record InventoryFindings(DateTimeOffset TakenAt, int Number, IReadOnlyList<Discrepancy> Found) : IReadableDocument
{
    public IReadOnlyList<string> Sentences =>
    [
        $"On {TakenAt.InWords()} the store was held against the registers, and {Number} {(Number == 1 ? "thing does" : "things do")} not agree.",
        .. Found.Select(found => $"{found.Reference}: {found.Meaning} ({found.Code})"),
        "'tfflow inventory' looks again.",
    ];
}

/// <summary>The sweep's inventory: once a month the store is held against the registers. What is found is told and never removed by
/// itself.</summary>
public sealed class TakeInventory(Inventory inventory, Deployment deployment, MatchingPlan plan, Outbox outbox, Acts acts)
{
    /// <summary>How many discrepancies a notice names.</summary>
    public const int Named = 100;

    public Task RunAsync(SweepRequest input, CancellationToken cancellationToken)
    {
        var month = input.AsOf.UtcDateTime.ToString("yyyyMM", CultureInfo.InvariantCulture);
        var act = new LedgerAct
        {
            ActId = $"inventory.take.{month}",
            Act = "inventory.take",
            Actor = nameof(RetentionSweepOrchestration),
            Agency = deployment.OwnerOr(plan.Authority),
        };
        return acts.PerformAsync(
            act,
            async token =>
            {
                var found = await LookAsync(token);
                if (found.Count > 0)
                {
                    await outbox.PutAsync(
                        deployment.OwnerOr(plan.Authority), $"escalations/inventory-{month}.json",
                            new InventoryFindings(input.AsOf, found.Count, [.. found.Take(Named)]), token);
                }

                return new ActResult { Count = found.Count };
            },
            cancellationToken);
    }

    /// <summary>Looks twice: what was being written or erased while it looked is in order when it looks again.</summary>
    private async Task<IReadOnlyList<Discrepancy>> LookAsync(CancellationToken cancellationToken)
    {
        var first = await inventory.FindInStoreAsync(cancellationToken).ToHashSetAsync(cancellationToken: cancellationToken);
        return first.Count == 0 ? [] : await inventory.FindInStoreAsync(cancellationToken).Where(first.Contains)
            .ToListAsync(cancellationToken);
    }
}
