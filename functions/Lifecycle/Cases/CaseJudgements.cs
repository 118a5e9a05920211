using System.Text.Json;
using TfFlow.Lifecycle.Intake;
using TfFlow.Programme.Agreements;
using TfFlow.Programme.Cases;
using TfFlow.Vault.Envelope;
using TfFlow.Vault.Ledger;

namespace TfFlow.Lifecycle.Cases;

/// <summary>An organisation's judgement as the case's row has it.</summary>
/// <param name="Said">What it said, sealed; null until it has.</param>
public sealed record CaseJudgement(Judgement Judgement, SealedBlob? Said = null);

/// <summary>What an organisation said of a family. Personal data.</summary>
/// <param name="Words">Empty until it has answered.</param>
public sealed record ShownJudgement(string Reference, string Organisation, DateOnly AskedOn, DateOnly? SaidOn, string Words);

/// <summary>Asks organisations for their professional judgement of a family, and keeps what they say.</summary>
/// <remarks>docs/cases.md. seeds/001 3 Final suitability.</remarks>
public sealed class CaseJudgements(
    Registers registers, CaseBook book, CaseDesk desk, AgreementCatalogue agreements, SealedDocuments documents, Acts acts)
{
    /// <summary>An organisation was asked.</summary>
    public Task<Answer<Case>> AskAsync(CaseCaller by, string id, string organisation, DateOnly on, CancellationToken cancellationToken)
    {
        var asked = new Judgement(Reference.New(), organisation, on, by.Account);
        return desk.ChangeAsync(
            by,
            id,
            "case.ask-judgement",
            row => JudgementRules.ToAsk(
                row.Family, [.. row.Judgements.Select(one => one.Judgement)], organisation, [.. agreements.Parties.Select(party => party.Text)], on, book.Today),
            row => row with { Judgements = [.. row.Judgements, new(asked)] },
            cancellationToken,
            organisation);
    }

    /// <summary>An organisation answered: what it said is sealed.</summary>
    public async Task<Answer<Case>> RecordAsync(
        CaseCaller by, string id, string reference, DateOnly on, string words, CancellationToken cancellationToken)
    {
        if (await registers.Cases.FindAsync(id, cancellationToken) is not { } current)
        {
            return new(null, []);
        }

        var asked = current.Row.Judgements.FirstOrDefault(one => one.Judgement.Reference == reference);
        if (JudgementRules.ToRecord(current.Row.Family, asked?.Judgement, on, words, book.Today) is { Count: > 0 } obstacles)
        {
            return new(current.Row, obstacles);
        }

        Case Said(Case row, SealedBlob? blob) => row with
        {
            Judgements =
            [
                .. row.Judgements.Select(one => one.Judgement.Reference != reference
                    ? one : new(one.Judgement with { SaidOn = on, RecordedBy = by.Account }, blob ?? one.Said)),
            ],
        };
        var act = by.Act(current.Row, "case.record-judgement") with { References = [id, reference, asked!.Judgement.Organisation] };
        var changed = await book.PerformAsync(
            current, act, words, row => row.Judgements.FirstOrDefault(one => one.Judgement.Reference == reference)?.Said, Said, row => row, cancellationToken);
        return new(changed.Row, []);
    }

    /// <summary>Shows which organisations were asked and what they said. Every look is an act.</summary>
    public async Task<IReadOnlyList<ShownJudgement>> ReadAsync(CaseCaller by, Case row, CancellationToken cancellationToken)
    {
        var shown = new List<ShownJudgement>();
        await acts.PerformAsync(
            by.Act(row, "case.read-judgements"),
            async token =>
            {
                foreach (var (judgement, said) in row.State is FamilyCaseState.Erasing or FamilyCaseState.Erased ? [] : row.Judgements)
                {
                    var words = said is { Sha256.Length: > 0 } ? JsonSerializer.Deserialize<string>(await documents.OpenAsync(said.Name, token))! : "";
                    shown.Add(new(judgement.Reference, judgement.Organisation, judgement.AskedOn, judgement.SaidOn, words));
                }

                return new ActResult { Count = shown.Count };
            },
            cancellationToken);
        return shown;
    }
}
