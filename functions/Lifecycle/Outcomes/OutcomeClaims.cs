using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using TfFlow.Lifecycle.Cases;
using TfFlow.Lifecycle.Matching;
using TfFlow.Linkage;
using TfFlow.Programme;
using TfFlow.Programme.Agreements;
using TfFlow.Programme.Cases;
using TfFlow.Programme.Eligibility;
using TfFlow.Programme.Ledger;
using TfFlow.Programme.Outcomes;
using TfFlow.Programme.Research.Counts;
using TfFlow.Vault;
using TfFlow.Vault.Envelope;
using TfFlow.Vault.Keys;
using TfFlow.Vault.Ledger;
using TfFlow.Vault.Registers;
using TfFlow.Vault.Storage;
using Cohort = TfFlow.Lifecycle.Matching.Cohort;

namespace TfFlow.Lifecycle.Outcomes;

/// <summary>A claim for payment by results, as its register has it: references, dates and accounts. It outlives its family.</summary>
public sealed record OutcomeClaim : IRegisterRow<ClaimState>
{
    public required string Id { get; init; }

    public required ClaimState State { get; init; }

    /// <summary>The reference of the family's case; its records may be erased by now.</summary>
    public required string Case { get; init; }

    public required Id<Party> Authority { get; init; }

    public required DateOnly MadeOn { get; init; }

    /// <summary>The account that made it.</summary>
    public required string By { get; init; }

    /// <summary>What the measurement decided.</summary>
    public required CaseOutcome Outcome { get; init; }

    /// <summary>The extracts that the figures came from: who sent them, under what, of which day.</summary>
    public required IReadOnlyList<FactSource> Evidence { get; init; }

    /// <summary>The account that said what the internal audit found; null while none has.</summary>
    public string? AuditedBy { get; init; }

    /// <summary>The return that counted it; null while none has.</summary>
    public string? Return { get; init; }

    public DateTimeOffset? DueAt => null;
}

/// <summary>The evidence of a claim, for the authority's own files. It names nobody.</summary>
public sealed record ClaimDocument(
    string Claim, string Case, DateOnly MadeOn, DateOnly MeasuredOn, OutcomeResult Result, string Plan, string Measurement,
        IReadOnlyList<FactSource> Evidence) : IReadableDocument
{
    public IReadOnlyList<string> Sentences =>
    [
        $"Claim {Claim} for payment by results was made on {MadeOn.InWords()} for the family of case {Case}.",
        $"Its outcome was decided on {MeasuredOn.InWords()} by measurement {Measurement}, by the plan {Plan}: {(Result is OutcomeResult.Employment ? "continuous employment" : "significant and sustained progress")}.",
        .. Evidence.Select(source => $"The figures rest on {source.Dataset} from {source.Originator}, extract {source.Extract}, as at {source.AsAt.InWords()}, under {source.Agreement}, {source.Exchange}."),
    ];
}

/// <summary>A count of a return; null: suppressed, since it is small or would give a small one away.</summary>
public sealed record ReturnCount(string Result, string Quarter, long? Families);

/// <summary>The anonymous return to the Department.</summary>
/// <param name="Agreed">How many families were agreed; null: no number was.</param>
/// <param name="Engaged">Families that are worked with or were, to the nearest five.</param>
/// <param name="Audited">Claims that the internal audit looked at, to the nearest five.</param>
public sealed record ClaimReturn(string Return, DateOnly On, int? Agreed, long Engaged, long Audited, IReadOnlyList<ReturnCount> Claims)
    : IReadableDocument
{
    public IReadOnlyList<string> Sentences =>
    [
        $"Return {Return} of {On.InWords()}: {(Agreed is { } agreed ? string.Create(CultureInfo.InvariantCulture, $"{agreed:N0} families were agreed, ") : "")}about {Engaged.ToString("N0", CultureInfo.InvariantCulture)} are or were worked with.",
        .. Claims.Select(count => $"{count.Quarter}, {(count.Result == nameof(OutcomeResult.Employment) ? "continuous employment" : "significant and sustained progress")}: {(count.Families is { } families ? $"about {families.ToString("N0", CultureInfo.InvariantCulture)} families" : "suppressed")}."),
    ];
}

/// <summary>Payment by results: claims with their evidence, the internal audit's sample, the return.</summary>
/// <remarks>docs/outcomes.md. seeds/002 §4.3.3.</remarks>
public sealed class OutcomeClaims(
    Registers registers,
    CaseOutcomes outcomes,
    CaseOpenings openings,
    SealedDocuments documents,
    Cohort cohort,
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

    /// <summary>Draws the claims that the internal audit looks at, of those that no return has counted and no sample has drawn.</summary>
    /// <param name="seed">Goes into the ledger with what was drawn: the same seed draws the same.</param>
    public async Task<Answer<ClaimSample>> SampleAsync(CaseCaller by, int seed, int percent, CancellationToken cancellationToken)
    {
        var open = await registers.Claims.ListAsync(cancellationToken).Where(claim => claim.Row.State is ClaimState.Made)
            .ToListAsync(cancellationToken);
        if (open.Count == 0 || percent is < 1 or > 100)
        {
            return new(null, [new("claims that no return has counted and no sample has drawn, and a share of them from 1 to 100 per cent",
                "ours")]);
        }

        var drawn = ClaimRules.Sample(seed, percent, [.. open.Select(claim => claim.Row.Id)]);
        var act = new LedgerAct
        {
            ActId = $"claim.sample.{Reference.New()}",
            Act = "claim.sample",
            Actor = by.Account,
            Role = by.Role,
            Agency = open[0].Row.Authority,
            Purpose = string.Create(CultureInfo.InvariantCulture, $"seed {seed}, {percent} % of {open.Count} claims"),
            Count = drawn.Count,
            References = [.. drawn],
        };
        await acts.PerformAsync(
            act,
            async token =>
            {
                foreach (var claim in open.Where(claim => drawn.Contains(claim.Row.Id)))
                {
                    await registers.Claims.ChangeAsync(claim, claim.Row with { State = ClaimState.Drawn }, token);
                }
            },
            cancellationToken);
        return new(new(seed, percent, open.Count, drawn), []);
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

    /// <summary>Makes the anonymous return of every claim that none has counted, into the authority's outbox.</summary>
    public async Task<Answer<ClaimReturn>> ReturnAsync(CaseCaller by, CancellationToken cancellationToken)
    {
        var open = await registers.Claims.ListAsync(cancellationToken).Where(claim => claim.Row.Return is null)
            .ToListAsync(cancellationToken);
        if (ClaimRules.ToReturn([.. open.Select(claim => claim.Row.State)]) is { Count: > 0 } obstacles)
        {
            return new(null, obstacles);
        }

        var counted = open.Where(claim => claim.Row.State is ClaimState.Made or ClaimState.Confirmed).ToList();
        var table = ClaimRules.Table([.. counted.Select(claim => new CountedClaim(claim.Row.MadeOn, claim.Row.Outcome.Result))]);
        var (places, rounding) = (await cohort.PlacesAsync(cancellationToken), CountRounding.ToFive);
        var made = new ClaimReturn(
            Reference.New(),
            book.Today,
            places.Agreed?.Families,
            rounding.Apply(places.Taken),
            rounding.Apply(open.Count(claim => claim.Row.AuditedBy is not null)),
            [.. table.Source.Cells.Select(cell =>
                new ReturnCount(table.Source.Rows[cell.Row], table.Source.Columns[cell.Column], table[cell]))]);
        var act = new LedgerAct
        {
            ActId = $"claim.return.{made.Return}",
            Act = "claim.return",
            Actor = by.Account,
            Role = by.Role,
            Agency = counted[0].Row.Authority,
            Count = counted.Count,
            References = [made.Return, .. counted.Select(claim => claim.Row.Id)],
        };
        await acts.PerformAsync(
            act,
            async token =>
            {
                foreach (var claim in counted)
                {
                    await registers.Claims.ChangeAsync(claim, claim.Row with { State = ClaimState.Returned, Return = made.Return }, token);
                }

                await outbox.PutOnceAsync(counted[0].Row.Authority, $"claims/return-{made.Return}.json", made, token);
            },
            cancellationToken);
        return new(made, []);
    }

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

/// <summary>A sample for the internal audit, and by what it can be drawn again.</summary>
/// <param name="Of">Claims that could be drawn.</param>
public sealed record ClaimSample(int Seed, int Percent, int Of, IReadOnlyList<string> Drawn);

/// <summary>Knows again who was of a family that was claimed for, also once it is erased: by keyed tokens, which say nothing of
/// anybody without the key.</summary>
public sealed class ClaimedFamilies(Stores stores, StoreNames names, IKeyRing keyRing)
{
    private const string Secret = "claimed-families";
    private const string Partition = "Claimed";
    private const string ClaimColumn = "Claim";

    public Task CreateAsync(CancellationToken cancellationToken) =>
        stores.Registers.CreateTableAsync(names.ClaimedFamilies, cancellationToken);

    /// <summary>A token for every name and date of birth: letters alone count, in whatever case.</summary>
    internal async Task<IReadOnlyList<string>> TokensAsync(IReadOnlyList<PersonIdentity> people, CancellationToken cancellationToken)
    {
        var secret = await keyRing.GetSecretAsync(Secret, cancellationToken);
        try
        {
            return
            [
                .. people.Where(person => person.Born is not null)
                    .Select(person => string.Create(CultureInfo.InvariantCulture,
                        $"{Letters(person.Surname)}\n{Letters(person.Forenames)}\n{person.Born:yyyy-MM-dd}"))
                    .Select(text => Convert.ToHexStringLower(HMACSHA256.HashData(secret, Encoding.UTF8.GetBytes(text)))).Distinct(),
            ];
        }
        finally
        {
            CryptographicOperations.ZeroMemory(secret);
        }
    }

    /// <returns>The claim of the first token that is there; null: none is.</returns>
    public async Task<string?> FindAsync(IReadOnlyList<string> tokens, CancellationToken cancellationToken)
    {
        foreach (var token in tokens)
        {
            if (await stores.Registers.GetAsync(names.ClaimedFamilies, Partition, token, cancellationToken) is { } row)
            {
                return row.Get<string>(ClaimColumn);
            }
        }

        return null;
    }

    /// <summary>All of them together or none.</summary>
    /// <returns>False when one of them is there already, for another claim.</returns>
    public async Task<bool> TryAddAsync(IReadOnlyList<string> tokens, string claim, CancellationToken cancellationToken)
    {
        var missing = new List<TableWrite>();
        foreach (var token in tokens)
        {
            if (await stores.Registers.GetAsync(names.ClaimedFamilies, Partition, token, cancellationToken) is not { } row)
            {
                missing.Add(TableWrite.Insert(new TableRow(Partition, token) { [ClaimColumn] = claim }));
            }
            else if (row.Get<string>(ClaimColumn) != claim)
            {
                return false;
            }
        }

        try
        {
            if (missing.Count > 0)
            {
                await stores.Registers.SubmitAsync(names.ClaimedFamilies, missing, cancellationToken);
            }

            return true;
        }
        catch (StorageException e) when (e.Error is StorageError.AlreadyExists)
        {
            return false;
        }
    }

    private static string Letters(string name) => string.Concat(name.Where(char.IsLetter)).ToUpperInvariant();
}
