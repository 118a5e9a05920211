using System.Runtime.CompilerServices;
using TfFlow.Host.Local.Durable.Replay;
using TfFlow.Host.Local.Durable.Storage;
using TfFlow.Lifecycle.Orchestration;
using TfFlow.Vault.Storage;

namespace TfFlow.Host.Local.Durable;

/// <summary>An instance as an operator looks at it.</summary>
/// <param name="Generation">Times it has continued as new.</param>
/// <param name="Waits">What it waits for and until when; the earliest deadlines first.</param>
/// <param name="Parked">Why it is not run until somebody resumes or terminates it; null when it runs.</param>
/// <param name="Undelivered">Events it has sent that are on their way.</param>
public sealed record InstanceView(OrchestrationMetadata Metadata, string Version, string? ParentInstanceId, long Generation, IReadOnlyList<Wait> Waits, string? Parked, int Undelivered);

/// <summary>Looks at instances in the store, whether a host runs or not. Changes nothing.</summary>
/// <param name="prefix">As in <see cref="LocalDurableOptions.Prefix"/>.</param>
public sealed class InstanceInspector(ITableStore tables, IBlobStore blobs, string prefix)
{
    private readonly InstanceStore store = new(tables, blobs, prefix, new Patience(null));

    /// <summary>Instances by id; those with a status, or all. Nothing when no host has ever run.</summary>
    public async IAsyncEnumerable<InstanceView> ListAsync(string? idPrefix, OrchestrationStatus? status, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string? continuation = null;
        do
        {
            (var heads, continuation) = await store.ListAsync(Rows.ActiveFrom, Rows.HeadsBefore, idPrefix, 1000, continuation, cancellationToken);
            foreach (var head in heads.Where(head => status is null || head.Status == status))
            {
                yield return ViewOf(head);
            }
        }
        while (continuation is not null);
    }

    public async Task<InstanceView?> FindAsync(string instanceId, CancellationToken cancellationToken)
    {
        InstanceIds.Check(instanceId);
        return await store.FindAsync(instanceId, cancellationToken) is { } head ? ViewOf(head) : null;
    }

    /// <summary>The turns of its present generation, oldest first; empty for an unknown instance.</summary>
    /// <exception cref="InvalidDataException">A row or blob of the history is missing or unreadable.</exception>
    public async Task<IReadOnlyList<Turn>> GetHistoryAsync(string instanceId, CancellationToken cancellationToken)
    {
        InstanceIds.Check(instanceId);
        return await store.FindAsync(instanceId, cancellationToken) is { } head ? await store.ReadTurnsAsync(head, cancellationToken) : [];
    }

    private static InstanceView ViewOf(Head head) =>
        new(head.ToMetadata(), head.Version, head.Parent?.InstanceId, head.Generation, head.Waits, head.Parked, head.Outbox.Count);
}
