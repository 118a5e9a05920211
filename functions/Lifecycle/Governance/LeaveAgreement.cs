using TfFlow.Lifecycle.Disclosures;
using TfFlow.Lifecycle.Intake;
using TfFlow.Lifecycle.Matching;
using TfFlow.Lifecycle.Retention;
using TfFlow.Programme;
using TfFlow.Programme.Agreements;
using TfFlow.Programme.Eligibility;
using TfFlow.Programme.Extracts;
using TfFlow.Programme.Governance;
using TfFlow.Vault.Ledger;
using TfFlow.Vault.Registers;

namespace TfFlow.Lifecycle.Governance;

/// <summary>What follows when a partner leaves an agreement, or it ends: what came under it is due, and erased, with a certificate to who
/// sent it.</summary>
/// <remarks>Ours, after seeds/002 §10 and §15: nothing may be opened under it any more, so nothing is kept for it. What was sent is a copy:
/// there is nothing to give back.</remarks>
public sealed class LeaveAgreement(Registers registers, GivenFiles given, LegalHolds holds, Erasure erasure, Outbox outbox, Acts acts,
    TimeProvider time)
{
    /// <returns>False while a legal hold keeps some of it.</returns>
    public async Task<bool> RunAsync(RegisterRow notice, CancellationToken cancellationToken)
    {
        var rule = $"{(notice.Entry.Kind is RegisterKind.Termination ? "the agreement was terminated" : "its sender withdrew")} with effect from {notice.Entry.EffectAt:yyyy-MM-dd}; what came under it is then erased";
        await MakeDueAsync(notice, rule, cancellationToken);
        await given.WithdrawUnderAsync(notice.Entry, cancellationToken);
        var held = await holds.CoveredAsync(cancellationToken);
        var whole = true;
        foreach (var family in await registers.Families.ListAsync(cancellationToken).Where(family =>
            HasRecords(family.Row, notice.Entry)).ToListAsync(cancellationToken))
        {
            if (held.Contains(family.Row.Id))
            {
                whole = false;
                continue;
            }

            whole &= await EraseAsync(family, notice, rule, cancellationToken);
        }

        return whole;
    }

    // The extracts themselves the sweep erases next: they are due from now on.
    private Task MakeDueAsync(RegisterRow notice, string rule, CancellationToken cancellationToken) => acts.PerformAsync(
        notice.Act("register.make-due", nameof(RetentionSweepOrchestration)),
        async token =>
        {
            var kept = await registers.Extracts.ListAsync(token)
                .Where(extract => extract.Row.State is ExtractStage.Kept && notice.Entry.Takes(extract.Row.Agreement, extract.Row.Agency))
                .ToListAsync(token);
            foreach (var extract in kept)
            {
                await registers.Extracts.ChangeAsync(extract, extract.Row with { KeptUntil = time.GetUtcNow(), RetentionRule = rule },
                    token);
            }

            return new ActResult { Count = kept.Count };
        },
        cancellationToken);

    private static bool HasRecords(Family family, RegisterEntry notice) =>
        family.State is CohortState.InCohort or CohortState.InReview && family.Records.Any(record => notice.Takes(record.Agreement, record.Originator));

    /// <summary>A family keeps what came under other agreements; people decide what follows for it.</summary>
    private async Task<bool> EraseAsync(Registered<Family> family, RegisterRow notice, string rule, CancellationToken cancellationToken)
    {
        var goes = family.Row.Records.Where(record => notice.Entry.Takes(record.Agreement, record.Originator)).ToList();
        var act = family.Row.Act("family.withdraw-records", nameof(RetentionSweepOrchestration)) with
        {
            ActId = $"family.withdraw-records.{family.Row.Id}.{notice.Id}",
            Agreement = notice.Entry.Agreement,
            References = [family.Row.Id, notice.Id],
            Count = goes.Count,
        };
        return await Erasure.UnlessHeldAsync(acts.PerformAsync(
            act,
            async token =>
            {
                await erasure.EraseAsync(family.Row.Id, [.. goes.Select(record => record.Blob)], token);
                var erasedAt = time.GetUtcNow();
                foreach (var record in goes)
                {
                    var certificate = EraseFamily.Certify(family.Row with { DueAt = notice.Entry.EffectAt }, record, rule, act.ActId,
                        erasedAt);
                    await outbox.PutOnceAsync(record.Originator, $"certificates/{record.ExtractId}.{family.Row.Id}.json", certificate,
                        token);
                }

                await registers.Families.ChangeAsync(family, family.Row with { Records = [.. family.Row.Records.Except(goes)] }, token);
            },
            cancellationToken));
    }
}
