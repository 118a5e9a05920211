using TfFlow.Lifecycle.Cases;
using TfFlow.Lifecycle.Matching;
using TfFlow.Linkage;
using TfFlow.Programme.Agreements;
using TfFlow.Programme.Ledger;
using TfFlow.Programme.Outcomes;
using TfFlow.Vault.Envelope;
using TfFlow.Vault.Ledger;

namespace TfFlow.Lifecycle.Outcomes;

/// <summary>Payment by results: claims with their evidence, and what the internal audit says of them. <see cref="ClaimBatches"/> draws and
/// returns them.</summary>
/// <remarks>docs/outcomes.md. seeds/002 §4.3.3.</remarks>
public sealed class OutcomeClaims(
    Registers registers,
    CaseOutcomes outcomes,
    CaseOpenings openings,
    SealedDocuments documents,
    ClaimedFamilies claimed,
    RowActs rows,
    Outbox outbox,
    CaseBook book,
    Acts acts)
{
    /// <summary>Claims for a family. One claim a family, ever.</summary>
    public async Task<Answer<OutcomeClaim>> MakeAsync(CaseCaller by, string caseId, CancellationToken cancellationToken)
    {
        if (await registers.Cases.FindAsync(caseId, cancellationToken) is not { Row: var row })
        {
            return new(null, []);
        }

        // Before anything is opened.
        var earlier = await registers.Claims.ListAsync(cancellationToken).AnyAsync(claim => claim.Row.Case == row.Id, cancellationToken);
        if (ClaimRules.ToMake(row.Family, named: true, earlier) is { Count: > 0 } first)
        {
            return new(null, first);
        }

        var tokens = await claimed.TokensAsync(await IdentifyAsync(by, row, cancellationToken), cancellationToken);

        // Of a run that was cut short the tokens may be there, and no claim.
        var there = await claimed.FindAsync(tokens, cancellationToken);
        var before = there is not null && await registers.Claims.FindAsync(there, cancellationToken) is not null;
        if (ClaimRules.ToMake(row.Family, tokens.Count > 0, before) is { Count: > 0 } obstacles)
        {
            return new(null, obstacles);
        }

        var measured = (await outcomes.ReadAsync(by, row, cancellationToken)).Single(one => one.Reference == row.Outcome!.Measurement);
        var claim = new OutcomeClaim
        {
            Id = there ?? Reference.New(),
            State = ClaimState.Made,
            Case = row.Id,
            Authority = row.Authority,
            MadeOn = book.Today,
            By = by.Account,
            Outcome = row.Outcome!,
            Evidence = measured.Sources,
        };
        var act = by.Act(row, "claim.make") with { References = [row.Id, claim.Id], Count = claim.Evidence.Count };
        var made = false;
        await acts.PerformAsync(
            act,
            async token =>
            {
                // The tokens first: of two who claim for one family at once, one is told that it is claimed for.
                made = await claimed.TryAddAsync(tokens, claim.Id, token);
                if (made)
                {
                    await registers.Claims.TryAddAsync(claim, token);
                    await outbox.PutOnceAsync(claim.Authority, $"claims/{claim.Id}.json", DocumentOf(claim), token);
                }

                return made ? ActResult.Done : new ActResult { Count = 0 };
            },
            cancellationToken);
        return made ? new(claim, []) : new(null, ClaimRules.ToMake(row.Family, named: true, before: true));
    }

    /// <summary>The internal audit confirms a claim that was drawn, or does not.</summary>
    public Task<Answer<OutcomeClaim>> AuditAsync(CaseCaller by, string id, bool confirmed, CancellationToken cancellationToken) =>
        rows.ChangeAsync(
        registers.Claims,
        id,
        row => new LedgerAct
        {
            ActId = $"claim.audit.{row.Id}",
            Act = confirmed ? "claim.confirm" : "claim.reject",
            Actor = by.Account,
            Role = by.Role,
            Agency = row.Authority,
            References = [row.Id, row.Case],
        },
        row => ClaimRules.ToAudit(row.State),
        row => row with { State = confirmed ? ClaimState.Confirmed : ClaimState.Rejected, AuditedBy = by.Account },
        cancellationToken);

    /// <summary>Who the people of the family are, by their signed forms and by what was sent to measure it.</summary>
    private async Task<IReadOnlyList<PersonIdentity>> IdentifyAsync(CaseCaller by, Case row, CancellationToken cancellationToken)
    {
        var known = new List<PersonIdentity>();
        var act = by.Act(row, "claim.identify");
        await acts.PerformAsync(
            act,
            async token =>
            {
                var signed = row with { Forms = [.. row.Forms.Where(form => form.Blob.Sha256.Length > 0)] };
                known.AddRange((await documents.ReadFormsAsync(signed, token)).Select(person => person.Identity));
                var (items, _) = await openings.ReadAsync(
                    row, record => record.Uses.Contains(Use.Baseline) ? Use.Baseline : null, $"{act.ActId}.open", by.Account, by.Role, token);
                known.AddRange(items.Select(item => PeopleReader.IdentityOf(item.Fields)).OfType<PersonIdentity>());
                return new ActResult { Count = known.Count };
            },
            cancellationToken);
        return known;
    }

    private static ClaimDocument DocumentOf(OutcomeClaim claim) => new(
        claim.Id, claim.Case, claim.MadeOn, claim.Outcome.On, claim.Outcome.Result, claim.Outcome.Plan, claim.Outcome.Measurement,
            claim.Evidence);
}
