using TfFlow.Lifecycle.Durable;
using TfFlow.Vault.Keys;
using TfFlow.Vault.Ledger;

namespace TfFlow.Lifecycle.Retention;

/// <summary>Wraps an agency's data keys anew and deletes what wrapped them before. Cut short, it goes on where it stopped.</summary>
public sealed class RotateKeys(DataKeys keys, Acts acts) : Activity<RotateKeys, KeyRotation, long>
{
    public override async Task<long> RunAsync(KeyRotation input, CancellationToken cancellationToken) => (await acts.PerformAsync(
        new()
        {
            ActId = $"key-rotation.run.{input.OriginatorId}.{input.Epoch}",
            Act = "key-rotation.run",
            Actor = nameof(KeyRotationOrchestration),
            References = [input.OriginatorId],
        },
        async token => new ActResult { Count = await keys.RotateAsync(input.OriginatorId, input.Epoch, token) },
        cancellationToken)).Count;
}
