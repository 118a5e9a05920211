using Microsoft.DurableTask.Client;
using TfFlow.Lifecycle.Cases;
using TfFlow.Lifecycle.Durable;
using TfFlow.Programme.Cases;
using TfFlow.Vault.Keys;
using TfFlow.Vault.Ledger;

namespace TfFlow.Lifecycle.Retention;

/// <param name="InstanceIds">The orchestrations that do it, one an agency.</param>
public sealed record KeyRotationsStarted(IReadOnlyList<string> InstanceIds);

/// <summary>Starts the rotation of key-encryption keys. The secrets by which households are named and people looked up are no part of it: what they made could not be found again.</summary>
public sealed class KeyRotations(DurableTaskClient orchestrations, DataKeys keys, IKeyRing ring, Acts acts)
{
    /// <param name="by">Who orders it.</param>
    /// <param name="originator">Whose keys; null for everybody's.</param>
    /// <param name="cancellationToken">Stops the start, and nothing that is started.</param>
    public async Task<Answer<KeyRotationsStarted>> StartAsync(CaseCaller by, string? originator, CancellationToken cancellationToken)
    {
        var owners = await keys.OriginatorsAsync(cancellationToken);
        if (owners.Count == 0 || (originator is not null && !owners.Contains(originator)))
        {
            return new(null, [Obstacle.Refusal(
                owners.Count == 0 ? "No data key is kept here, so there is nothing to wrap anew." : $"Nothing of '{originator}' is kept here. There are keys of: {string.Join(", ", owners)}.", "ours")]);
        }

        var started = new List<string>();
        foreach (var owner in originator is null ? owners : [originator])
        {
            await acts.PerformAsync(
                new() { ActId = $"key-rotation.order.{Reference.New()}", Act = "key-rotation.order", Actor = by.Account, Role = by.Role, References = [owner] },
                async token =>
                {
                    using var current = await ring.GetCurrentAsync(owner, token);
                    var next = new KeyRotation(owner, current.Id.Epoch + 1);
                    started.Add($"key-rotation-{owner}-{next.Epoch}");
                    await orchestrations.TryStartAsync(nameof(KeyRotationOrchestration), next, started[^1], token);
                },
                cancellationToken);
        }

        return new(new(started), []);
    }
}
