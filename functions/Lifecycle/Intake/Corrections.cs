using TfFlow.Lifecycle.Retention;
using TfFlow.Programme.Extracts;
using TfFlow.Vault.Registers;

namespace TfFlow.Lifecycle.Intake;

/// <summary>A correction takes the place of the extract accepted before it: that one is matched no more and is erased, with a certificate.</summary>
/// <remarks>seeds/000 §3.2: each agency is responsible for the accuracy of what it discloses. How is ours.</remarks>
public sealed class Corrections(Registers registers, EraseExtract erasing, TimeProvider time)
{
    /// <summary>Marks the last extract of the same agency and exchange that is still kept. Run again, it marks no other.</summary>
    public async Task SupersedeAsync(Extract correction, CancellationToken cancellationToken)
    {
        Registered<Extract>? last = null;
        await foreach (var extract in registers.Extracts.ListAsync(cancellationToken)
            .Where(extract => extract.Row.Agency == correction.Agency && extract.Row.Exchange == correction.Exchange && extract.Row.ClaimedAt < correction.ClaimedAt))
        {
            if (extract.Row.SupersededBy == correction.Id)
            {
                return;
            }

            last = extract.Row is { State: ExtractStage.Kept, SupersededBy: "" } && (last is null || extract.Row.ClaimedAt > last.Row.ClaimedAt) ? extract : last;
        }

        if (last is not null)
        {
            await registers.Extracts.ChangeAsync(
                last, last.Row with { SupersededBy = correction.Id, KeptUntil = time.GetUtcNow(), RetentionRule = $"its agency corrected it by {correction.Id}, which takes its place (ours, after seeds/000 §3.2)" }, cancellationToken);
        }
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
