using TfFlow.Lifecycle.Cases;
using TfFlow.Programme;
using TfFlow.Programme.Agreements;
using TfFlow.Programme.Cases;
using TfFlow.Programme.Documents;
using TfFlow.Programme.Governance;
using TfFlow.Vault.Ledger;

namespace TfFlow.Lifecycle.Governance;

/// <summary>What people record in the governance registers, and the steps they take with it. What follows by itself, the sweep does: <see
/// cref="SweepRegisters"/>.</summary>
/// <remarks>docs/governance.md.</remarks>
public sealed class GovernanceRegisters(Registers registers, AgreementCatalogue agreements, Outbox outbox, AccessRegister access,
    StaffContacts contacts, RowActs rows, Acts acts, TimeProvider time)
{
    /// <summary>Records an entry. Every other signatory of the agreement is told of a notice in its outbox.</summary>
    /// <param name="entry">Without its state and the moment: it is recorded now.</param>
    public async Task<Answer<RegisterRow>> RecordAsync(CaseCaller by, RegisterEntry entry, CancellationToken cancellationToken)
    {
        var row = new RegisterRow
        {
            Id = Reference.New(),
            Entry = entry with { State = RegisterState.Recorded, RecordedAt = time.GetUtcNow() },
            RecordedBy = by.Account,
            RoleCode = by.Role,
        };
        var obstacles = row.Entry.ToRecord(agreements);
        if (obstacles.Count > 0)
        {
            return new(null, obstacles);
        }

        await acts.PerformAsync(
            row.Act("register.record", by.Account, by.Role) with { Count = entry.Told.Count },
            async token =>
            {
                await registers.Governance.TryAddAsync(row, token);
                await TellAsync(row, token);
            },
            cancellationToken);
        access.Forget();
        return new(row, []);
    }

    /// <summary>Takes a step with an entry.</summary>
    /// <param name="hash">SHA-256 of the paper it rests on; empty for none.</param>
    /// <param name="until">With a review: the new last day, where the register has one.</param>
    /// <param name="reviewOn">With a review: the day of the next, where the register has one.</param>
    public async Task<Answer<RegisterRow>> TakeAsync(
        CaseCaller by, RegisterKind kind, string id, RegisterStep step, string hash, DateOnly? until, DateOnly? reviewOn,
            CancellationToken cancellationToken)
    {
        if (await registers.Governance.FindAsync(id, cancellationToken) is not { Row: var found } || found.Entry.Kind != kind)
        {
            return new(null, []);
        }

        var now = time.GetUtcNow();
        RegisterEntry Next(RegisterEntry entry) => entry with
        {
            State = entry.Definition.After(step, entry.State) ?? entry.State,
            Until = step is RegisterStep.Review ? until : entry.Until,
            ReviewOn = step is RegisterStep.Review ? reviewOn : entry.ReviewOn,
            EndedAt = step is RegisterStep.End or RegisterStep.Refuse ? now : entry.EndedAt,
        };
        var answer = await rows.PerformAsync(
            registers.Governance,
            id,
            row => row.Act(ActOf(step), by.Account, by.Role, Reference.New()[..8]) with { Hash = hash },
            row => row.Entry.ToTake(step, by.Account, row.Accounts, now, agreements, Next(row.Entry)),
            async (current, token) =>
            {
                var row = current.Row;
                var next = row with
                {
                    Entry = Next(row.Entry),
                    Steps = [.. row.Steps, new(step, by.Account, by.Role, now, hash)],
                    RemindedAt = step is RegisterStep.Review ? null : row.RemindedAt,
                };
                await registers.Governance.ChangeAsync(current, next, token);
                await contacts.EraseAsync(id, token);
                await TellAsync(next, token);
            },
            cancellationToken);
        access.Forget();
        return answer;
    }

    private static string ActOf(RegisterStep step) => step switch
    {
        RegisterStep.Authorise => "register.authorise",
        RegisterStep.Grant => "register.grant",
        RegisterStep.Refuse => "register.refuse",
        RegisterStep.Review => "register.review",
        _ => "register.end",
    };

    // A notice of which nobody is told is none.
    private async Task TellAsync(RegisterRow row, CancellationToken cancellationToken)
    {
        if (row.Entry.Definition.Transitions != RegisterStates.Notice)
        {
            return;
        }

        foreach (var party in agreements.Signatories(row.Entry.Agreement, DateOnly.FromDateTime(row.Entry.RecordedAt.UtcDateTime)))
        {
            await outbox.PutAsync(
                party,
                $"governance/{Kebab.Of(row.Entry.Kind)}-{row.Id}.json",
                RegisterNotice.Of(row, row.Entry.EndedAt is { } ended
                    ? $"It was taken back on {ended.InWords()}, and has no effect."
                    : $"It takes effect on {row.Entry.EffectAt.InWords()}. {row.Entry.Definition.Consequence}"),
                cancellationToken);
        }
    }
}
