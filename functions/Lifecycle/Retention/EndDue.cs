using System.Globalization;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using TfFlow.Lifecycle.Durable;
using TfFlow.Lifecycle.Intake;
using TfFlow.Lifecycle.Matching;
using TfFlow.Vault.Keys;
using TfFlow.Vault.Storage;

namespace TfFlow.Lifecycle.Retention;

/// <param name="Erased">Extracts and families.</param>
/// <param name="Failed">What could not be ended, for another reason than that the store or the key ring is away.</param>
/// <param name="StillDue">Extracts that stay due: those that failed, and those whose intake was begun anew.</param>
public sealed record EndedItems(int Erased, int Failed, int StillDue);

/// <summary>Ends what a sweep found due: extracts and families erased in parallel, unused grants expired, intakes that were cut short begun anew.</summary>
/// <remarks>One that cannot be ended keeps no other from its end.</remarks>
public sealed partial class EndDue(EraseExtract extracts, EraseFamily families, ExpireGrant grants, DurableTaskClient orchestrations, ILogger<EndDue> log)
    : Activity<EndDue, DueItems, EndedItems>
{
    private const int AtOnce = 8;

    public override async Task<EndedItems> RunAsync(DueItems input, CancellationToken cancellationToken)
    {
        var extractsEnded = await EndAllAsync(input.Extracts, (id, token) => extracts.RunAsync(new(id), token), cancellationToken);
        var familiesEnded = await EndAllAsync(input.FamilyIds, (id, token) => families.RunAsync(new(id), token), cancellationToken);
        var grantsEnded = await EndAllAsync(input.Grants, (id, token) => grants.RunAsync(new(id), token), cancellationToken);
        foreach (var id in input.Intakes)
        {
            // Refused when an earlier run of this activity started it.
            var instanceId = $"intake-{id}-{input.AsOf.ToString("yyyyMMdd'T'HHmmss", CultureInfo.InvariantCulture)}";
            await orchestrations.TryStartAsync(nameof(ExtractIntakeOrchestration), new ExtractReference(id), instanceId, cancellationToken);
        }

        return new(
            extractsEnded.Done + familiesEnded.Done,
            extractsEnded.Failed + familiesEnded.Failed + grantsEnded.Failed,
            extractsEnded.Failed + input.Intakes.Count);
    }

    /// <exception cref="StorageException">The store is away: all of it is tried again.</exception>
    /// <exception cref="KeyRingException">The key ring is away.</exception>
    private async Task<(int Done, int Failed)> EndAllAsync(IReadOnlyList<string> ids, Func<string, CancellationToken, Task<bool>> end, CancellationToken cancellationToken)
    {
        var (done, failed) = (0, 0);
        await Parallel.ForEachAsync(ids, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken }, async (id, token) =>
        {
            try
            {
                if (await end(id, token))
                {
                    Interlocked.Increment(ref done);
                }
            }
            catch (Exception e) when (e is not (OperationCanceledException or StorageException { IsTransient: true } or KeyRingException))
            {
                Interlocked.Increment(ref failed);
                LogNotEnded(id, UnexpectedFailureException.IsOurs(e) ? e.Message : new UnexpectedFailureException(e).Message);
            }
        });
        return (done, failed);
    }

    [LoggerMessage(LogLevel.Error, "{Id} is due and could not be ended: {Reason} It stays due; the next sweep tries again.")]
    private partial void LogNotEnded(string id, string reason);
}
