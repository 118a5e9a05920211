using TfFlow.Lifecycle.Retention;
using TfFlow.Programme.Extracts;
using TfFlow.Vault.Registers;

namespace TfFlow.Lifecycle.Intake;

/// <summary>A correction takes the place of the extract accepted before it, or of the one it names: that one is matched no more and is erased, with a certificate.</summary>
/// <remarks>seeds/000 §3.2: each agency is responsible for the accuracy of what it discloses. How is ours.</remarks>
public sealed class Corrections(Registers registers, EraseExtract erasing, TimeProvider time)
{
    /// <summary>Why what a correction names cannot be replaced by it; null where it can, or where it names none.</summary>
    public async Task<Refusal?> RefusalAsync(GrantApplication application, CancellationToken cancellationToken)
    {
        if (application.Corrects.Length == 0)
        {
            return null;
        }

        var named = (await registers.Extracts.FindAsync(application.Corrects, cancellationToken))?.Row;
        return named is null || named.Agency != application.Agency || named.Organisation != application.Organisation || named.Exchange != application.Exchange
            ? new("correction.unknown", "There is no such extract of this exchange among what you sent. 'tfflow extracts' lists what you sent, each with its reference.")
            : named.SupersededBy.Length > 0
                ? new("correction.corrected", $"Extract {named.Id} was corrected before: {named.SupersededBy} took its place. Correct that one.")
                : Replaceable(named) ? null : new("correction.not-accepted", $"Extract {named.Id} was not accepted: there is nothing to replace. Send the file as a first one.");
    }

    /// <summary>What a correction takes the place of: the extract it names, or the last accepted before it of the same agency, organisation and exchange; null where there is none.</summary>
    public async Task<Registered<Extract>?> FindAsync(Extract correction, string corrects, CancellationToken cancellationToken)
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

            if (Replaceable(extract.Row) && (corrects.Length > 0 ? extract.Row.Id == corrects : last is null || extract.Row.ClaimedAt > last.Row.ClaimedAt))
            {
                last = extract;
            }
        }

        return last;
    }

    /// <summary>Marks what the correction takes the place of. Run again, it marks no other.</summary>
    public async Task SupersedeAsync(Extract correction, string corrects, CancellationToken cancellationToken)
    {
        if (await FindAsync(correction, corrects, cancellationToken) is not { Row.SupersededBy: "" } last)
        {
            return;
        }

        // One that a round has read is erased already, or is being erased by its own rule: families found on it are looked at again (LookAgain).
        var superseded = last.Row with { SupersededBy = correction.Id };
        await registers.Extracts.ChangeAsync(
            last,
            last.Row.State is ExtractStage.Kept
                ? superseded with { KeptUntil = time.GetUtcNow(), RetentionRule = $"its agency corrected it by {correction.Id}, which takes its place (UK GDPR Article 5(1)(d), accuracy)" }
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

    private static bool Replaceable(Extract extract) => extract is { State: ExtractStage.Kept or ExtractStage.Erasing or ExtractStage.Erased, SupersededBy: "" };
}
