using TfFlow.Lifecycle.Retention;
using TfFlow.Programme.Extracts;
using TfFlow.Vault.Registers;

namespace TfFlow.Lifecycle.Intake;

/// <summary>A correction takes the place of the extract accepted before it: that one is matched no more and is erased, with a certificate.</summary>
/// <remarks>seeds/000 §3.2: each agency is responsible for the accuracy of what it discloses. How is ours.</remarks>
public sealed class Corrections(Registers registers, EraseExtract erasing, TimeProvider time)
{
    /// <summary>What a correction takes the place of: the last extract accepted before it of the same agency, organisation and exchange; null where there is none.</summary>
    public async Task<Registered<Extract>?> FindAsync(Extract correction, CancellationToken cancellationToken)
    {
        Registered<Extract>? last = null;
        await foreach (var extract in registers.Extracts.ListAsync(cancellationToken)
            .Where(extract => extract.Row.Agency == correction.Agency && extract.Row.Organisation == correction.Organisation
                && extract.Row.Exchange == correction.Exchange && extract.Row.ClaimedAt < correction.ClaimedAt))
        {
            if (extract.Row.SupersededBy == correction.Id)
            {
                return extract;
            }

            last = extract.Row is { State: ExtractStage.Kept or ExtractStage.Erasing or ExtractStage.Erased, SupersededBy: "" } && (last is null || extract.Row.ClaimedAt > last.Row.ClaimedAt) ? extract : last;
        }

        return last;
    }

    /// <summary>Marks what the correction takes the place of. Run again, it marks no other.</summary>
    public async Task SupersedeAsync(Extract correction, CancellationToken cancellationToken)
    {
        if (await FindAsync(correction, cancellationToken) is not { Row.SupersededBy: "" } last)
        {
            return;
        }

        // One that a round has read is erased already, or is being erased by its own rule: families found on it are looked at again (LookAgain).
        var superseded = last.Row with { SupersededBy = correction.Id };
        await registers.Extracts.ChangeAsync(
            last,
            last.Row.State is ExtractStage.Kept
                ? superseded with { KeptUntil = time.GetUtcNow(), RetentionRule = $"its agency corrected it by {correction.Id}, which takes its place (ours, after seeds/000 §3.2)" }
                : superseded,
            cancellationToken);
    }

    /// <summary>Erases what a correction took the place of. What a hold keeps, the sweep erases later.</summary>
    public async Task EraseAsync(string correctionId, CancellationToken cancellationToken)
    {
        var superseded = await registers.Extracts.ListAsync(cancellationToken).Where(extract => extract.Row.SupersededBy == correctionId).Select(extract => extract.Row.Id).ToListAsync(cancellationToken);
        foreach (var id in superseded)
        {
            await erasing.RunAsync(new(id), cancellationToken);
        }
    }
}
