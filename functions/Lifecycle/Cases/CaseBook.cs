using System.Text.Json;
using TfFlow.Lifecycle.Intake;
using TfFlow.Lifecycle.Retention;
using TfFlow.Programme.Cases;
using TfFlow.Programme.Ledger;
using TfFlow.Vault.Envelope;
using TfFlow.Vault.Ledger;
using TfFlow.Vault.Registers;

namespace TfFlow.Lifecycle.Cases;

/// <summary>The one way a case's row changes: as an act, which the row then names.</summary>
public sealed class CaseBook(Registers registers, SealedDocuments documents, Erasure erasure, Acts acts, TimeProvider time)
{
    public DateOnly Today => DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);

    /// <summary>Performs an act whose whole effect is a change of the row.</summary>
    /// <exception cref="LostUpdateException">Somebody else changed the case since it was read.</exception>
    public Task<Registered<Case>> PerformAsync(Registered<Case> current, LedgerAct act, Func<Case, Case> change, CancellationToken cancellationToken) =>
        PerformAsync(current, act, (before, token) => ChangeAsync(before, act, change(before.Row), token), cancellationToken);

    /// <summary>Performs an act that does more than change the row; its last step is <see cref="ChangeAsync"/>.</summary>
    public async Task<Registered<Case>> PerformAsync(
        Registered<Case> current, LedgerAct act, Func<Registered<Case>, CancellationToken, Task<Registered<Case>>> effect, CancellationToken cancellationToken)
    {
        Registered<Case>? changed = null;
        await acts.PerformAsync(
            act,
            async token =>
            {
                // The act took effect, and its outcome could not be written.
                changed = current.Row.ActIds.Contains(act.ActId) ? current : await effect(current, token);
            },
            cancellationToken);
        return changed ?? await registers.Cases.GetAsync(current.Row.Id, cancellationToken);
    }

    /// <summary>Performs an act that keeps a document: named in the row, then sealed, then the row says what it says.</summary>
    /// <param name="earlier">What it replaces; null: nothing.</param>
    /// <param name="name">Names the document in the row.</param>
    /// <param name="change">What else the row says.</param>
    public Task<Registered<Case>> PerformAsync<T>(
        Registered<Case> current,
        LedgerAct act,
        T content,
        Func<Case, SealedBlob?> earlier,
        Func<Case, SealedBlob, Case> name,
        Func<Case, Case> change,
        CancellationToken cancellationToken) => PerformAsync(
        current,
        act,
        async (before, token) =>
        {
            // The row first: from then on a run that still goes on elsewhere cannot commit, so nothing is erased that a row will name.
            var blob = SealedBlob.Of(before.Row.Id);
            IReadOnlyList<SealedBlob> left = [.. before.Row.Left, .. SealedBlob.IfAny(earlier(before.Row))];
            before = await NoteAsync(before, name(before.Row, blob) with { Left = left }, token);
            await erasure.EraseAsync(before.Row.Id, left, token);
            var (sha256, length) = await documents.SealAsync(blob.Name, before.Row.Authority, JsonSerializer.SerializeToUtf8Bytes(content, Outbox.Json), token);
            return await ChangeAsync(before, act, change(name(before.Row, blob with { Sha256 = sha256, Length = length })) with { Left = [] }, token);
        },
        cancellationToken);

    /// <summary>Changes the row by an act, and lets follow what follows at once.</summary>
    public Task<Registered<Case>> ChangeAsync(Registered<Case> current, LedgerAct act, Case next, CancellationToken cancellationToken) =>
        registers.Cases.ChangeAsync(current, Settle(next) with { ActIds = [.. current.Row.ActIds, act.ActId] }, cancellationToken);

    /// <summary>Changes the row within an act that is not done yet.</summary>
    public Task<Registered<Case>> NoteAsync(Registered<Case> current, Case next, CancellationToken cancellationToken) =>
        registers.Cases.ChangeAsync(current, next, cancellationToken);

    private Case Settle(Case next)
    {
        var state = FamilyCaseRules.Settle(next.Family);
        return next with
        {
            State = state,
            EndedOn = state is FamilyCaseState.Withdrawn or FamilyCaseState.Completed ? next.EndedOn ?? Today : next.EndedOn,
            Withdrew = next.Withdrew || state is FamilyCaseState.Withdrawn,
            ChangedAt = time.GetUtcNow(),
        };
    }
}
