using TfFlow.Lifecycle.Matching;
using TfFlow.Lifecycle.Retention;
using TfFlow.Programme;
using TfFlow.Programme.Cases;
using TfFlow.Programme.Eligibility;
using TfFlow.Programme.Ledger;
using TfFlow.Programme.Retention;
using TfFlow.Vault.Ledger;
using TfFlow.Vault.Registers;

namespace TfFlow.Lifecycle.Cases;

/// <summary>Erases a case's own documents, has its family's records erased, and ends the case.</summary>
/// <remarks>seeds/002 §10.</remarks>
public sealed class EraseCase(Registers registers, CaseBook book, Erasure erasure, EraseFamily family, RetentionLines lines, Outbox outbox, TimeProvider time)
{
    private const string Rule = "Reviewed without an indication of further risk, or did not take part";

    /// <returns>True once it is erased; false when it may not be yet, or is held.</returns>
    public async Task<bool> RunAsync(CaseReference input, CancellationToken cancellationToken)
    {
        var current = await registers.Cases.GetAsync(input.CaseId, cancellationToken);
        if (current.Row.State is not (FamilyCaseState.Erasing or FamilyCaseState.Erased) && Obstacles(current.Row, time.GetUtcNow()).Count > 0)
        {
            return false;
        }

        var act = current.Row.Act("case.erase", nameof(FamilyCaseOrchestration)) with { Count = current.Row.Blobs.Count() };
        var erased = await Erasure.UnlessHeldAsync(book.PerformAsync(current, act, (before, token) => EraseAsync(before, act, token), cancellationToken));

        // What partners sent about the family goes with its case where it is due now, and does not wait for the night.
        if (await registers.Families.FindAsync(current.Row.Id, cancellationToken) is not null)
        {
            await family.RunAsync(new(current.Row.Id), cancellationToken);
        }

        return erased;
    }

    /// <summary>Why a case may not be erased yet.</summary>
    internal static IReadOnlyList<Obstacle> Obstacles(Case row, DateTimeOffset now) =>
        FamilyCaseRules.Obstacles(row.Family, FamilyCaseState.Erasing, DateOnly.FromDateTime(now.UtcDateTime));

    private async Task<Registered<Case>> EraseAsync(Registered<Case> current, LedgerAct act, CancellationToken cancellationToken)
    {
        if (current.Row.State is not FamilyCaseState.Erasing)
        {
            current = await book.NoteAsync(current, current.Row with { State = FamilyCaseState.Erasing, ChangedAt = time.GetUtcNow() }, cancellationToken);
        }

        await HandOverAsync(current.Row.Id, time.GetUtcNow(), cancellationToken);
        await erasure.EraseAsync(current.Row.Id, [.. current.Row.Blobs], cancellationToken);
        var now = time.GetUtcNow();
        await outbox.PutOnceAsync(current.Row.Authority, $"certificates/case-{current.Row.Id}.json", Certify(current.Row, act.ActId, now), cancellationToken);
        return await book.ChangeAsync(
            current,
            act,
            current.Row with
            {
                State = FamilyCaseState.Erased,
                ErasedAt = now,
                Forms = [.. current.Row.Forms.Select(form => form with { Token = null })],
            },
            cancellationToken);
    }

    /// <summary>What partners sent about the family is due at once, or on the day before which an agreement keeps it: the sweep erases it, with a certificate for each of them.</summary>
    /// <remarks>seeds/002 §10: assessed within the period and then deleted, but "at least until".</remarks>
    private async Task HandOverAsync(Id<Family> familyId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (await registers.Families.FindAsync(familyId, cancellationToken) is { Row: { State: CohortState.InCohort, RetentionRule: not Rule } } family)
        {
            var floor = family.Row.Records
                .Select(blob => lines.At(RetentionPoint.OnProgramme, $"{blob.Agreement}@{blob.AgreementVersion}", blob.Exchange, blob.Originator, family.Row.Authority, RetentionClocks.None)?.Rule.NotBefore)
                .Max() is { } day ? new DateTimeOffset(day, TimeOnly.MinValue, TimeSpan.Zero) : now;
            await registers.Families.ChangeAsync(family, family.Row with { DueAt = floor > now ? floor : now, RetentionRule = Rule }, cancellationToken);
        }
    }

    private static ErasureCertificate Certify(Case row, string actId, DateTimeOffset now) =>
        Certificates.Of(actId, row.Id, row.Blobs, row.Blobs.Count(), Rule, row.DueAt, now, row.Review?.By);
}
