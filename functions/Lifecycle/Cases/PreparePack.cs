using System.Text.Json;
using TfFlow.Lifecycle.Agreements;
using TfFlow.Lifecycle.Intake;
using TfFlow.Lifecycle.Matching;
using TfFlow.Lifecycle.Retention;
using TfFlow.Programme;
using TfFlow.Programme.Agreements;
using TfFlow.Programme.Cases;
using TfFlow.Programme.Ledger;
using TfFlow.Vault.Envelope;
using TfFlow.Vault.Ledger;
using TfFlow.Vault.Registers;

namespace TfFlow.Lifecycle.Cases;

/// <summary>What one source said of a family, with when it said it. Personal data.</summary>
/// <param name="Source">The agency it came from.</param>
/// <param name="AsAt">The day it describes.</param>
/// <param name="Advisory">A model predicted it: it is of its day and decides nothing.</param>
public sealed record PackItem(
    string Source,
    Id<Exchange> Exchange,
    Id<Extract> ExtractId,
    DateOnly AsAt,
    string Dataset,
    IReadOnlyDictionary<string, string> Fields,
    bool Advisory = false)
{
    /// <summary>The reference of the member it is about; empty where the records do not say.</summary>
    public string Member { get; init; } = "";

    /// <summary>What it was opened for.</summary>
    public Use Use { get; init; } = Use.KeyWorker;
}

/// <summary>A family's information pack. Personal data.</summary>
/// <remarks>seeds/001 3 Final suitability and pre-intervention intelligence package.</remarks>
public sealed record InformationPack(DateOnly PreparedOn, IReadOnlyList<PackItem> Items);

/// <summary>Puts a family's information pack together from what came for its key worker, and asks each source whether that is still current.</summary>
public sealed class PreparePack(Registers registers, CaseBook book, CaseOpenings openings, SealedDocuments documents, Erasure erasure, SourceQuestions questions, TimeProvider time)
{
    /// <returns>False when it was prepared before, or is not to be.</returns>
    public async Task<bool> RunAsync(CaseReference input, CancellationToken cancellationToken)
    {
        var current = await registers.Cases.GetAsync(input.CaseId, cancellationToken);
        if (!CaseClock.NeedsPack(current.Row))
        {
            return false;
        }

        var act = current.Row.Act("case.pack", nameof(FamilyCaseOrchestration), current.Row.Again);
        await book.PerformAsync(current, act, (before, token) => PrepareAsync(before, act, token), cancellationToken);
        return true;
    }

    private async Task<Registered<Case>> PrepareAsync(Registered<Case> current, LedgerAct act, CancellationToken cancellationToken)
    {
        // The row first: from then on a run that still goes on elsewhere cannot commit, so nothing is erased that a row will name.
        var name = SealedBlob.Of(current.Row.Id).Name;
        IReadOnlyList<SealedBlob> left = [.. current.Row.Left, .. SealedBlob.IfAny(current.Row.Pack)];
        current = await book.NoteAsync(current, current.Row with { Pack = new(name), Left = left }, cancellationToken);
        await erasure.EraseAsync(current.Row.Id, left, cancellationToken);
        var (items, sources) = await openings.ReadAsync(
            current.Row, record => record.Uses.Contains(Use.KeyWorker) ? Use.KeyWorker : null, $"case.open.{current.Row.Id}.{name}", nameof(FamilyCaseOrchestration), "", cancellationToken);
        var content = JsonSerializer.SerializeToUtf8Bytes(new InformationPack(book.Today, items), Outbox.Json);
        var (sha256, length) = await documents.SealAsync(name, current.Row.Authority, content, cancellationToken);
        var checks = new List<CurrencyCheck>();
        foreach (var source in sources)
        {
            checks.Add(await AskAsync(current.Row, source, cancellationToken));
        }

        // A source that tells of a risk to a worker has told it: nobody need see it to flag it.
        var risk = items.Where(item => LoneWorkerRules.IsToldBy(item.Fields)).MaxBy(item => item.AsAt);
        return await book.ChangeAsync(
            current,
            act,
            current.Row with
            {
                State = FamilyCaseState.PackPrepared,
                Pack = new SealedBlob(name, sha256, length),
                Left = [],
                PackOn = book.Today,
                Currency = checks,
                Risk = current.Row.Risk ?? (risk is null ? null : new(risk.AsAt, risk.Source, nameof(PreparePack), book.Today)),
            },
            cancellationToken);
    }

    /// <summary>The authority knows of its own records whether they are current; a partner is asked.</summary>
    private async Task<CurrencyCheck> AskAsync(Case row, FamilyBlob source, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var check = new CurrencyCheck(source.Originator, source.Exchange, source.ExtractId, now);
        if (source.Originator == row.Authority)
        {
            return check with { AnsweredAt = now, Current = true };
        }

        await questions.AskForCaseAsync(row, source, cancellationToken);
        return check;
    }
}
