using System.Security.Cryptography;
using System.Text;
using TfFlow.Lifecycle.Agreements;
using TfFlow.Lifecycle.Durable;
using TfFlow.Lifecycle.Intake;
using TfFlow.Lifecycle.Retention;
using TfFlow.Linkage;
using TfFlow.Programme;
using TfFlow.Programme.Agreements;
using TfFlow.Programme.Eligibility;
using TfFlow.Programme.Extracts;
using TfFlow.Programme.Ledger;
using TfFlow.Vault.Keys;
using TfFlow.Vault.Ledger;

namespace TfFlow.Lifecycle.Matching;

/// <summary>Looks again at the families that were found on an extract which its agency has corrected since.</summary>
/// <remarks>seeds/000 §3.2: each agency is responsible for the accuracy of what it discloses. That a correction reaches the cohort at once is ours: UK GDPR Art 5(1)(d).</remarks>
public sealed class LookAgain(
    Registers registers,
    MatchingGate gate,
    Notices notices,
    FactsReader facts,
    PeopleReader people,
    FamilyVault vault,
    DataKeys keys,
    HouseholdSecrets secrets,
    FamilyCorrector corrector,
    EraseFamily erasing,
    LegalHolds holds,
    MatchingPlan plan,
    Acts acts) : Activity<LookAgain, ExtractReference, int>
{
    /// <summary>Looks at whatever an earlier look could not, or did not see: a round found it on an extract that was corrected meanwhile, or an agreement was suspended.</summary>
    public async Task CatchUpAsync(CancellationToken cancellationToken)
    {
        var corrections = await registers.Extracts.ListAsync(cancellationToken).Where(extract => extract.Row.SupersededBy.Length > 0)
            .ToDictionaryAsync(extract => extract.Row.Id, extract => extract.Row.SupersededBy, cancellationToken: cancellationToken);
        foreach (var correction in (await AffectedAsync([.. corrections.Keys], cancellationToken))
            .SelectMany(family => family.Records.Select(blob => corrections.GetValueOrDefault(blob.ExtractId))).OfType<string>().Distinct())
        {
            await ExecuteAsync(new(correction));
        }
    }

    /// <param name="input">The correction.</param>
    /// <returns>At how many families it looked again.</returns>
    public override async Task<int> RunAsync(ExtractReference input, CancellationToken cancellationToken)
    {
        var correction = (await registers.Extracts.GetAsync(input.ExtractId, cancellationToken)).Row;
        var corrected = await registers.Extracts.ListAsync(cancellationToken).Where(extract => extract.Row.SupersededBy == correction.Id).Select(extract => extract.Row).ToListAsync(cancellationToken);
        var families = await AffectedAsync([.. corrected.Select(extract => extract.Id)], cancellationToken);
        if (families.Count == 0)
        {
            return 0;
        }

        var standing = await notices.StandingAsync(cancellationToken);
        var licence = correction.State is ExtractStage.Kept && gate.Find(correction, plan.Authority, standing) is { } found
            ? found with { Source = found.Source with { AsAt = corrected.Min(extract => DateOnly.FromDateTime(extract.ClaimedAt.UtcDateTime)) } }
            : null;
        if (licence is null && correction.State is ExtractStage.Kept)
        {
            // It may not be read now: nothing is concluded without it. The next round looks again.
            return 0;
        }

        var work = new FamiliesAtWork(correction, corrected, licence, [.. families.Select(family => new FamilyAtWork(family))]);

        // The families are part of the id: what a killed run did not come to is an act of its own.
        var id = $"{correction.Id}.{DigestOf(work)[..16]}";
        await Openings.PerformAsync(
            acts,
            [
                // In this order: which households they are, what is known of them, and what the correction says of them.
                new(Act(work, "match.again", id) with { Hash = DigestOf(work) }, token => ReadExplanationsAsync(work, token)),
                .. from known in KnownOf(work, standing, id) select new Opening(known.Act, token => ReadKnownAsync(work, known.Records, token)),
                .. from leave in new[] { licence }.OfType<MatchingLicence>() select new Opening(Act(work, "match.facts", id), token => ReadFactsAsync(work, leave, token)),
                .. from leave in new[] { licence }.OfType<MatchingLicence>() select new Opening(Act(work, "match.people", id), token => ReadPeopleAsync(work, leave, token)),
            ],
            token => CorrectAsync(work, token),
            cancellationToken);
        foreach (var family in families)
        {
            // What is still in the cohort is not due, and stays.
            if ((await registers.Families.GetAsync(family.Id, cancellationToken)).Row.State is CohortState.Erasing)
            {
                await erasing.RunAsync(new(family.Id), cancellationToken);
            }
        }

        return families.Count;
    }

    /// <summary>Families in the cohort or in review with a record from what was corrected. What is under a legal hold stays as it is: its records are evidence.</summary>
    private async Task<List<Family>> AffectedAsync(HashSet<string> corrected, CancellationToken cancellationToken)
    {
        if (corrected.Count == 0)
        {
            return [];
        }

        var held = await holds.CoveredAsync(cancellationToken);
        return await registers.Families.ListAsync(cancellationToken)
            .Where(family => family.Row.State is CohortState.InCohort or CohortState.InReview && family.Row.Programme == plan.Programme.Name
                && family.Row.Records.Any(blob => corrected.Contains(blob.ExtractId)) && !held.Contains(family.Row.Id))
            .Select(family => family.Row)
            .ToListAsync(cancellationToken);
    }

    /// <summary>What is known of the families, by the exchange it came under, where that may be opened.</summary>
    private IEnumerable<(LedgerAct Act, IReadOnlyList<(FamilyAtWork Family, FamilyBlob Blob)> Records)> KnownOf(FamiliesAtWork work, IReadOnlyList<AgreementNotice> standing, string id) =>
        from record in work.Families.SelectMany(family => family.Family.Records.Select(blob => (Family: family, Blob: blob)))
        where record.Blob.Uses.Contains(Use.Identification)
        group record by record.Blob.Exchange into exchange
        let decision = gate.Check(exchange.Key, work.Authority, standing)
        where decision.Allowed
        select (
            Act(work, "match.known", $"{id}.{exchange.Key}") with
            {
                Agreement = decision.Agreement,
                AgreementVersion = decision.Version,
                Exchange = exchange.Key,
                Basis = decision.Basis,
                Purpose = decision.Purpose,
            },
            (IReadOnlyList<(FamilyAtWork, FamilyBlob)>)[.. exchange]);

    private static LedgerAct Act(FamiliesAtWork work, string act, string id) => work.Correction.Act(act, nameof(LookAgain)) with
    {
        ActId = $"{act}.{id}",
        Basis = work.Licence?.Decision.Basis ?? "",
        Purpose = work.Licence?.Decision.Purpose ?? "",
    };

    private async Task<long> ReadExplanationsAsync(FamiliesAtWork work, CancellationToken cancellationToken)
    {
        foreach (var family in work.Families)
        {
            var explanation = await vault.ReadExplanationAsync(family.Family.Readable, cancellationToken);
            family.Household = HouseholdPseudonym.TryParse(explanation.Household, out var household)
                ? household
                : throw new InvalidDataException($"The explanation of {family.Family.Id} does not name its household.");
            family.Explained = explanation;
        }

        return work.Families.Count;
    }

    private async Task<long> ReadKnownAsync(FamiliesAtWork work, IReadOnlyList<(FamilyAtWork Family, FamilyBlob Blob)> records, CancellationToken cancellationToken)
    {
        var rows = 0L;
        foreach (var (family, blob) in records.Where(record => record.Blob.Blob.Sha256.Length > 0))
        {
            if (work.IsCorrected(blob) && await keys.FindAsync(blob.Blob.Name, cancellationToken) is null)
            {
                // A run that was killed had erased it already.
                continue;
            }

            var read = await vault.ReadAsync(blob, cancellationToken);
            if (work.IsCorrected(blob))
            {
                family.Wrong.AddRange(read);
            }
            else
            {
                family.Known.AddRange(read.Select(row => new KnownRow(blob, row)));
            }

            rows += read.Count;
        }

        return rows;
    }

    private async Task<long> ReadFactsAsync(FamiliesAtWork work, MatchingLicence licence, CancellationToken cancellationToken)
    {
        var secret = licence.IsList ? await secrets.OpenAsync(licence.Decision.Agreement, cancellationToken) : [];
        var byHousehold = work.Families.Where(family => !family.Family.Records.Any(blob => blob.ExtractId == work.Correction.Id && blob.Blob.Sha256.Length > 0))
            .SelectMany(family => NamesOf(family, secret).Select(name => (name, family))).DistinctBy(pair => pair.name).ToDictionary(pair => pair.name, pair => pair.family);
        CryptographicOperations.ZeroMemory(secret);
        await facts.ReadAsync(
            work.Correction.Sealed!.Facts.Name,
            licence.Specification,
            byHousehold.ContainsKey,
            row => byHousehold[row.Household].Fresh.Rows.Add(new(licence, new Fact(licence.Source, row.Row, Person: null, Born: null, row.Fields)) { Given = row.Household }),
            cancellationToken);
        return work.Families.Sum(family => family.Fresh.Rows.Count);
    }

    /// <summary>What the correction calls a family's household: a partner's list has names of its own, made from the addresses that the family's records give.</summary>
    private static IEnumerable<HouseholdPseudonym> NamesOf(FamilyAtWork family, byte[] secret) => secret.Length == 0
        ? family.Households
        : family.Known.Select(known => HouseholdSecrets.Name(secret, known.Row.Fields.GetValueOrDefault(IdentityColumns.Address), known.Row.Fields.GetValueOrDefault(IdentityColumns.Postcode)))
            .OfType<HouseholdPseudonym>().Distinct();

    private async Task<long> ReadPeopleAsync(FamiliesAtWork work, MatchingLicence licence, CancellationToken cancellationToken)
    {
        HouseholdPseudonym[] named = [.. work.Families.SelectMany(family => family.Fresh.Rows).Select(row => row.Given).Distinct()];
        if (named.Length > 0)
        {
            var rows = work.Families.SelectMany(family => family.Fresh.Rows).ToDictionary(row => row.Fact.Row);
            await people.ReadAsync(work.Correction.Sealed!.Persons.Name, licence.Specification, named, (row, fields) => rows[row].Identity = fields, cancellationToken);
        }

        return named.Length;
    }

    private async Task CorrectAsync(FamiliesAtWork work, CancellationToken cancellationToken)
    {
        var rounds = await registers.Matchings.ListAsync(cancellationToken).ToDictionaryAsync(run => run.Row.Id, run => run.Row, cancellationToken: cancellationToken);
        var extracts = await registers.Extracts.ListAsync(cancellationToken).ToDictionaryAsync(extract => extract.Row.Id, extract => extract.Row, cancellationToken: cancellationToken);
        foreach (var family in work.Families)
        {
            await corrector.CorrectAsync(work, family, RunOf(work, family.Family, rounds, extracts), cancellationToken);
        }
    }

    /// <summary>As the rounds saw it that found the family and read what was corrected, had they read the correction.</summary>
    private EligibilityRun RunOf(FamiliesAtWork work, Family family, Dictionary<string, MatchingRun> rounds, Dictionary<Id<Extract>, Extract> extracts)
    {
        var seen = work.Corrected.Select(extract => extract.MatchedBy).Append(family.RunId).Select(rounds.GetValueOrDefault).OfType<MatchingRun>().ToList();
        return new()
        {
            On = seen.Max(run => run.On),
            Terms = plan.Terms,
            Received =
            [
                .. seen.SelectMany(run => run.Extracts).Distinct().Where(id => work.Corrected.All(extract => extract.Id != id))
                    .Select(id => gate.SourceOf(extracts[id])).Append(work.Licence?.Source).OfType<FactSource>(),
            ],
        };
    }

    private static string DigestOf(FamiliesAtWork work) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(string.Join('\n', work.Families.Select(family => family.Family.Id.Text).Order(StringComparer.Ordinal)))));
}
