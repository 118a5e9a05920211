using Microsoft.DurableTask;

namespace TfFlow.Lifecycle.Retention;

/// <param name="OriginatorId">Whose keys.</param>
/// <param name="Epoch">The least epoch they shall stand under.</param>
public sealed record KeyRotation(string OriginatorId, int Epoch);

/// <summary>Wraps an agency's data keys under a new key-encryption key and deletes the earlier ones.</summary>
public sealed class KeyRotationOrchestration : TaskOrchestrator<KeyRotation, long>
{
    /// <returns>How many data keys stand under the new key.</returns>
    public override Task<long> RunAsync(TaskOrchestrationContext context, KeyRotation input) => RotateKeys.CallAsync(context, input);
}
