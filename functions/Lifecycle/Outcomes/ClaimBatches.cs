using TfFlow.Lifecycle.Cases;
using TfFlow.Lifecycle.Matching;
using TfFlow.Programme.Outcomes;
using TfFlow.Programme.Research.Counts;
using TfFlow.Vault.Ledger;
using TfFlow.Vault.Registers;

namespace TfFlow.Lifecycle.Outcomes;

/// <summary>Claims that go together: the internal audit's sample, and the return to the Department.</summary>
/// <remarks>docs/outcomes.md. seeds/002 §4.3.3. The next sample or return finishes an interrupted one of its kind; otherwise the
/// sweep does.</remarks>
public sealed class ClaimBatches(Registers registers, Cohort cohort, Outbox outbox, CaseBook book, Acts acts, TimeProvider time)
{
    /// <summary>Draws the claims that the internal audit looks at, of those that no return has counted and no sample has drawn.</summary>
    /// <param name="seed">Goes into the ledger with what was drawn: the same seed draws the same.</param>
    /// <returns>The sample; one that was begun before and not ended, where there is one.</returns>
    public async Task<Answer<ClaimSample>> SampleAsync(CaseCaller by, int seed, int percent, CancellationToken cancellationToken)
    {
        if (await FindBegunAsync(ClaimBatchKind.Sample, cancellationToken) is { } begun)
        {
            await EndAsync(begun, cancellationToken);
            return new(begun.Row.Sample, []);
        }

        var open = await OpenAsync(claim => claim.State is ClaimState.Made, cancellationToken);
        if (ClaimRules.ToSample(open.Count, percent) is { Count: > 0 } obstacles)
        {
            return new(null, obstacles);
        }

        var drawn = ClaimRules.Sample(seed, percent, [.. open.Select(claim => claim.Id)]);
        await BeginAsync(by, ClaimBatchKind.Sample, open[0], drawn, new(seed, percent, open.Count), cancellationToken);
        return new(new(seed, percent, open.Count, drawn), []);
    }

    /// <summary>Makes the anonymous return of every claim that none has counted, into the authority's outbox.</summary>
    /// <returns>The return; one that was begun before and not ended, where there is one.</returns>
    public async Task<Answer<ClaimReturn>> ReturnAsync(CaseCaller by, CancellationToken cancellationToken)
    {
        if (await FindBegunAsync(ClaimBatchKind.Return, cancellationToken) is { } begun)
        {
            return new(await EndAsync(begun, cancellationToken), []);
        }

        var open = await OpenAsync(claim => claim.Return is null, cancellationToken);
        return ClaimRules.ToReturn([.. open.Select(claim => claim.State)]) is { Count: > 0 } obstacles
            ? new(null, obstacles)
            : new(await BeginAsync(by, ClaimBatchKind.Return, open[0], [.. open.Select(claim => claim.Id)], null, cancellationToken), []);
    }

    /// <summary>Finishes the batches that were interrupted over an hour ago.</summary>
    public async Task EndDueAsync(DateTimeOffset asOf, CancellationToken cancellationToken)
    {
        await foreach (var id in registers.ClaimBatches.DueAsync(asOf, cancellationToken))
        {
            await EndAsync(await registers.ClaimBatches.GetAsync(id, cancellationToken), cancellationToken);
        }
    }

    private async Task<List<OutcomeClaim>> OpenAsync(Func<OutcomeClaim, bool> isOpen, CancellationToken cancellationToken) =>
        await registers.Claims.ListAsync(cancellationToken).Select(claim => claim.Row).Where(isOpen).Take(ClaimRules.MostTogether)
            .ToListAsync(cancellationToken);

    private async Task<Registered<ClaimBatch>?> FindBegunAsync(ClaimBatchKind kind, CancellationToken cancellationToken) =>
        await registers.ClaimBatches.ListAsync(cancellationToken)
            .FirstOrDefaultAsync(batch => batch.Row.State is ClaimBatchState.Begun && batch.Row.Kind == kind, cancellationToken);

    private async Task<ClaimReturn?> BeginAsync(
        CaseCaller by, ClaimBatchKind kind, OutcomeClaim first, IReadOnlyList<string> claims, ClaimDraw? draw,
        CancellationToken cancellationToken)
    {
        var batch = new ClaimBatch
        {
            Id = Reference.New(),
            State = ClaimBatchState.Begun,
            Kind = kind,
            Authority = first.Authority,
            BegunAt = time.GetUtcNow(),
            By = by.Account,
            Role = by.Role,
            Claims = claims,
            Draw = draw,
        };
        ClaimReturn? made = null;
        await acts.PerformAsync(
            batch.Act,
            async token =>
            {
                var begun = await registers.ClaimBatches.TryAddAsync(batch, token) ?? await registers.ClaimBatches.GetAsync(batch.Id, token);
                made = await ApplyAsync(begun, token);
            },
            cancellationToken);
        return made;
    }

    private async Task<ClaimReturn?> EndAsync(Registered<ClaimBatch> begun, CancellationToken cancellationToken)
    {
        ClaimReturn? made = null;
        await acts.PerformAsync(begun.Row.Act, async token => made = await ApplyAsync(begun, token), cancellationToken);
        return made;
    }

    /// <summary>Changes each claim that is not changed yet, writes the return, and only then is the batch ended.</summary>
    /// <returns>The return; null: it is a sample.</returns>
    private async Task<ClaimReturn?> ApplyAsync(Registered<ClaimBatch> batch, CancellationToken cancellationToken)
    {
        var claims = new List<OutcomeClaim>();
        foreach (var id in batch.Row.Claims)
        {
            var claim = await registers.Claims.GetAsync(id, cancellationToken);
            var next = Next(batch.Row, claim.Row);
            claims.Add(next == claim.Row ? next : (await registers.Claims.ChangeAsync(claim, next, cancellationToken)).Row);
        }

        var made = batch.Row.Kind is ClaimBatchKind.Return ? await ReturnOfAsync(batch.Row, claims, cancellationToken) : null;
        if (made is not null)
        {
            await outbox.PutOnceAsync(batch.Row.Authority, $"claims/return-{made.Return}.json", made, cancellationToken);
        }

        await registers.ClaimBatches.ChangeAsync(batch, batch.Row with { State = ClaimBatchState.Ended }, cancellationToken);
        return made;
    }

    /// <summary>What the audit rejected is looked at by this return as well, and not counted.</summary>
    private static OutcomeClaim Next(ClaimBatch batch, OutcomeClaim claim) => (batch.Kind, claim.State) switch
    {
        (ClaimBatchKind.Sample, ClaimState.Made) => claim with { State = ClaimState.Drawn },
        (ClaimBatchKind.Return, ClaimState.Made or ClaimState.Confirmed) => claim with { State = ClaimState.Returned, Return = batch.Id },
        (ClaimBatchKind.Return, ClaimState.Rejected) => claim with { Return = batch.Id },
        _ => claim,
    };

    private async Task<ClaimReturn> ReturnOfAsync(ClaimBatch batch, IReadOnlyList<OutcomeClaim> claims, CancellationToken cancellationToken)
    {
        var table = ClaimRules.Table([.. claims.Where(claim => claim.State is ClaimState.Returned)
            .Select(claim => new CountedClaim(claim.MadeOn, claim.Outcome.Result))]);
        var (places, rounding) = (await cohort.PlacesAsync(cancellationToken), CountRounding.ToFive);
        return new(
            batch.Id,
            book.Today,
            places.Agreed?.Families,
            rounding.Apply(places.Taken),
            rounding.Apply(claims.Count(claim => claim.AuditedBy is not null)),
            [.. table.Source.Cells.Select(cell =>
                new ReturnCount(table.Source.Rows[cell.Row], table.Source.Columns[cell.Column], table[cell]))]);
    }
}
