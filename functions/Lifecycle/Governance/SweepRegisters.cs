using System.Globalization;
using TfFlow.Lifecycle.Retention;
using TfFlow.Programme;
using TfFlow.Programme.Agreements;
using TfFlow.Programme.Documents;
using TfFlow.Programme.Eligibility;
using TfFlow.Programme.Governance;
using TfFlow.Vault.Ledger;
using TfFlow.Vault.Registers;

namespace TfFlow.Lifecycle.Governance;

/// <summary>The sweep's part in the governance registers: what has its day is carried out, what lapsed is marked so, whose review is
/// overdue is reminded of.</summary>
public sealed class SweepRegisters(
    Registers registers, LeaveAgreement leaving, AccessRegister access, StaffContacts contacts, AgreementCatalogue agreements, Deployment deployment,
        MatchingPlan plan, Outbox outbox, Acts acts, TimeProvider time)
{
    public async Task RunAsync(SweepRequest input, CancellationToken cancellationToken)
    {
        foreach (var id in await registers.Governance.DueAsync(input.AsOf, cancellationToken).ToListAsync(cancellationToken))
        {
            var current = await registers.Governance.GetAsync(id, cancellationToken);
            if (current.Row.DueAt <= input.AsOf)
            {
                await RunAsync(current, input.AsOf, cancellationToken);
            }
        }
    }

    private Task RunAsync(Registered<RegisterRow> current, DateTimeOffset asOf, CancellationToken cancellationToken)
    {
        var (row, entry) = (current.Row, current.Row.Entry);
        return entry.Definition.Transitions == RegisterStates.Notice && entry.EffectAt <= asOf ? CarryOutAsync(current, cancellationToken)
            : entry.LapsesAt <= asOf ? PerformAsync(
                current,
                row.Act("register.lapse", nameof(RetentionSweepOrchestration)),
                row with { Entry = entry with { State = RegisterState.Lapsed } },
                $"Its last day was {entry.Until!.Value.InWords()}, and it stands no more. {entry.Definition.Consequence} Record a new entry if it is still needed.",
                cancellationToken)
            : PerformAsync(
                current,

                // Named by the day it was due, so that a run cut short and its repetition are one reminder.
                row.Act("register.remind", nameof(RetentionSweepOrchestration),
                    more: row.RemindAt!.Value.ToString("yyyyMMdd", CultureInfo.InvariantCulture)),
                row with { RemindedAt = asOf },
                $"It was to be looked at again by {entry.ReviewOn!.Value.InWords()}, and was not. {entry.Definition.Consequence}",
                cancellationToken);
    }

    private async Task CarryOutAsync(Registered<RegisterRow> current, CancellationToken cancellationToken)
    {
        var (row, entry) = (current.Row, current.Row.Entry);
        if (entry.Kind is RegisterKind.Withdrawal or RegisterKind.Termination && !await leaving.RunAsync(row, cancellationToken))
        {
            // What a legal hold covers is erased once it is released: the notice stays due until then.
            return;
        }

        await acts.PerformAsync(
            row.Act("register.carry-out", nameof(RetentionSweepOrchestration)),
            async token =>
            {
                foreach (var party in agreements.Signatories(entry.Agreement, DateOnly.FromDateTime(entry.RecordedAt.UtcDateTime)))
                {
                    await outbox.PutAsync(
                        party,
                        $"governance/{Kebab.Of(entry.Kind)}-{row.Id}-effect.json",
                        RegisterNotice.Of(row, $"It took effect on {entry.EffectAt.InWords()}. {entry.Definition.Consequence}"),
                        token);
                }

                await registers.Governance.ChangeAsync(current, row with
                {
                    Entry = entry with
                    {
                        State = RegisterState.CarriedOut,
                        EndedAt = time.GetUtcNow()
                    }
                }, token);
            },
            cancellationToken);
    }

    private Task PerformAsync(Registered<RegisterRow> current, Programme.Ledger.LedgerAct act, RegisterRow next, string words,
        CancellationToken cancellationToken) => acts.PerformAsync(
        act,
        async token =>
        {
            await outbox.PutAsync(deployment.OwnerOr(plan.Authority), $"escalations/register-{current.Row.Id}.json",
                RegisterNotice.Of(current.Row, words), token);
            await registers.Governance.ChangeAsync(current, next, token);
            await contacts.EraseAsync(current.Row.Id, token);
            access.Forget();
        },
        cancellationToken);
}
