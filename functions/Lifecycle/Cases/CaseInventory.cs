using System.Runtime.CompilerServices;
using TfFlow.Lifecycle.Intake;
using TfFlow.Lifecycle.Retention;
using TfFlow.Programme.Cases;
using TfFlow.Programme.Research.Release;
using TfFlow.Programme.Research.Study;
using TfFlow.Vault;

namespace TfFlow.Lifecycle.Cases;

/// <summary>The part of cases and research in the inventory: what they keep, what they owe the ledger, and that no marker is without a live case.</summary>
public sealed class CaseInventory(Stores stores, StoreNames names, Registers registers)
{
    /// <summary>The sealed documents that cases and research keep.</summary>
    /// <param name="covered">References under a legal hold: what was to be erased of them is there as it was.</param>
    /// <returns>Held: written whole, and to be there. Passing: being written or erased.</returns>
    public async Task<(IReadOnlyList<string> Held, IReadOnlyList<string> Passing)> BlobsAsync(IReadOnlySet<string> covered, CancellationToken cancellationToken)
    {
        var (held, passing) = (new List<string>(), new List<string>());
        await foreach (var row in registers.Cases.ListAsync(cancellationToken))
        {
            foreach (var blob in row.Row.State is FamilyCaseState.Erased ? Enumerable.Empty<SealedBlob>() : row.Row.Blobs)
            {
                ((row.Row.State is FamilyCaseState.Erasing && !covered.Contains(row.Row.Id)) || blob.Sha256.Length == 0 ? passing : held).Add(blob.Name);
            }
        }

        await foreach (var row in registers.Research.ListAsync(cancellationToken))
        {
            passing.AddRange(row.Row.Left.Select(blob => blob.Name));
            if (row.Row is { Draft: { } draft, State: ResearchExtractState.Approved or ResearchExtractState.Built or ResearchExtractState.Released or ResearchExtractState.Destroying })
            {
                (row.Row.State is ResearchExtractState.Built || (row.Row.State is not ResearchExtractState.Approved && covered.Contains(row.Row.Id)) ? held : passing).Add(draft.Name);
            }
        }

        await foreach (var (row, _) in registers.Studies.ListAsync(cancellationToken).Where(round => round.Row.State is not StudyRoundState.Destroyed))
        {
            foreach (var blob in row.Blobs)
            {
                ((row.State is StudyRoundState.Destroying && !covered.Contains(row.Id)) || blob.Sha256.Length == 0 ? passing : held).Add(blob.Name);
            }
        }

        await foreach (var row in registers.Governance.ListAsync(cancellationToken))
        {
            foreach (var blob in row.Row.Blobs)
            {
                (row.Row.Entry.IsOver || blob.Sha256.Length == 0 || row.Row.Left.Contains(blob) ? passing : held).Add(blob.Name);
            }
        }

        return (held, passing);
    }

    /// <param name="done">Ids of the acts that have an outcome and did not fail.</param>
    public async IAsyncEnumerable<Discrepancy> FindAsync(IReadOnlySet<string> done, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var instructions = await registers.Markers.ListAsync(cancellationToken).Select(row => row.Row).ToListAsync(cancellationToken);
        await foreach (var (row, _) in registers.Cases.ListAsync(cancellationToken))
        {
            foreach (var act in row.ActIds.Where(act => !done.Contains(act)))
            {
                yield return new("ledger.missing", row.Id, $"The case says that {act[..act.IndexOf('.', StringComparison.Ordinal)]}… changed it, and the ledger has no outcome of {act}.");
            }

            var shown = instructions.LastOrDefault(instruction => instruction.Id == row.Instruction?.Id);
            if (MarkerRules.MustGo(row.Family) || (row.Marker is not MarkerStanding.Off && shown is null))
            {
                yield return new("marker.without-case", row.Id, "A marker is or may be there, the case it rests on is not live, and no removal is under way.");
            }
        }

        await foreach (var discrepancy in CompareFilesAsync(instructions, cancellationToken))
        {
            yield return discrepancy;
        }
    }

    /// <summary>A file that names people lies in an outbox only while its instruction is open.</summary>
    private async IAsyncEnumerable<Discrepancy> CompareFilesAsync(List<MarkerInstruction> instructions, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var police in instructions.GroupBy(instruction => instruction.Police))
        {
            // From its first sign of sending a file may lie there; once it is sent it must.
            var open = police.Where(instruction => instruction.IsOpen && instruction.Change.SentAt is not null).ToList();
            var allowed = open.Select(instruction => instruction.FileName).ToHashSet();
            var expected = open.Where(instruction => instruction.State is not MarkerChangeState.Instructed).Select(instruction => instruction.FileName).ToHashSet();
            var there = await stores.Blobs.ListAsync(names.Outbox(police.Key), "markers/", cancellationToken)
                .Select(blob => blob.Blob.Name).Where(name => name.EndsWith(".sealed", StringComparison.Ordinal)).ToHashSetAsync(cancellationToken: cancellationToken);
            foreach (var name in there.Except(allowed))
            {
                yield return new("outbox.left", name, "A sealed file lies in an outbox, and no open instruction accounts for it.");
            }

            foreach (var name in expected.Except(there))
            {
                yield return new("outbox.missing", name, "An instruction is open, and its file is not in the outbox.");
            }
        }
    }
}
