using Microsoft.DurableTask.Client;
using TfFlow.Lifecycle.Agreements;
using TfFlow.Lifecycle.Durable;
using TfFlow.Lifecycle.Intake;
using TfFlow.Programme;
using TfFlow.Programme.Agreements;
using TfFlow.Programme.Cases;
using TfFlow.Programme.Documents;
using TfFlow.Programme.Eligibility;
using TfFlow.Vault.Ledger;
using TfFlow.Vault.Registers;

namespace TfFlow.Lifecycle.Matching;

/// <summary>What one extract says of a family, for whoever must decide. Personal data.</summary>
public sealed record ShownRecords(string Dataset, Id<Party> Originator, Id<Exchange> Exchange, DateOnly AsAt, IReadOnlyList<FamilyRow> Rows);

/// <summary>What is shown of a family: why, what is uncertain, and, in review, the records it rests on. Personal data.</summary>
public sealed record ShownFamily(Family Family, FamilyExplanation Explanation, IReadOnlyList<ShownRecords> Records);

/// <summary>Clerical review: uncertain households are looked at and decided, until their deadline.</summary>
public sealed class Reviews(
    Registers registers, FamilyVault vault, FamilyKeeper keeper, MatchingGate gate, Notices notices, DurableTaskClient orchestrations, Acts acts, TimeProvider time)
{
    /// <summary>Who waits, the nearest deadline first.</summary>
    public async Task<IReadOnlyList<Family>> ListAsync(CancellationToken cancellationToken) =>
        await registers.Families.ListAsync(cancellationToken)
            .Where(family => family.Row.State is CohortState.InReview)
            .Select(family => family.Row)
            .OrderBy(family => family.DueAt)
            .ToListAsync(cancellationToken);

    /// <summary>Opens a family's explanation and, while it is in review, its records: each opening is an act of its own, under the exchange it came by.</summary>
    /// <returns>Null when there is no such family in the cohort or in review.</returns>
    public async Task<ShownFamily?> ShowAsync(string id, string account, string role, CancellationToken cancellationToken)
    {
        if (await registers.Families.FindAsync(id, cancellationToken) is not { Row: { State: CohortState.InCohort or CohortState.InReview, Explanation: { } sealedExplanation } family })
        {
            return null;
        }

        var standing = await notices.StandingAsync(cancellationToken);
        var look = Reference.New();
        FamilyExplanation? explanation = null;
        var records = new List<ShownRecords>();
        var shown = from blob in family.State is CohortState.InReview ? family.Records : []
                    let decision = gate.Check(blob.Exchange, family.Authority, standing)
                    where decision.Allowed && blob.Blob.Sha256.Length > 0
                    select (Blob: blob, Decision: decision);
        using var open = vault.Open([.. shown.Select(record => record.Blob)]);
        await Openings.PerformAsync(
            acts,
            [
                new(
                    family.Act("family.show", account) with { ActId = $"family.show.{id}.{look}", Role = role },
                    async token =>
                    {
                        explanation = await vault.ReadExplanationAsync(sealedExplanation, token);
                        return 1;
                    }),
                .. from record in shown
                   let blob = record.Blob
                   let decision = record.Decision
                   select new Opening(
                       family.Act("family.show", account) with
                       {
                           ActId = $"family.show.{id}.{look}.{blob.Blob.Name}",
                           Role = role,
                           Agreement = decision.Agreement,
                           AgreementVersion = decision.Version,
                           Exchange = blob.Exchange,
                           Basis = decision.Basis,
                           Purpose = decision.Purpose,
                       },
                       async token =>
                       {
                           var rows = await open.ReadAsync(blob, token);
                           records.Add(new(blob.Dataset, blob.Originator, blob.Exchange, blob.AsAt, rows));
                           return rows.Count;
                       }),
            ],
            _ => Task.CompletedTask,
            cancellationToken);
        return new(family, explanation!, records);
    }

    /// <summary>Decides: into the cohort, or erased. The register first; then the round is woken.</summary>
    /// <param name="pairs">Who of the household is one person under two references, or two people: its case takes that over.</param>
    /// <returns>Null when it is done; otherwise why not.</returns>
    public async Task<Refusal?> DecideAsync(
        string id, bool include, IReadOnlyList<PersonPair> pairs, string account, string role, CancellationToken cancellationToken)
    {
        if (await registers.Families.FindAsync(id, cancellationToken) is not { Row.State: CohortState.InReview } family)
        {
            return new("review.not-waiting", "No household of that reference waits for a decision: it was decided, or its deadline is over.");
        }

        if (family.Row.DueAt <= time.GetUtcNow())
        {
            return new("review.lapsed", "Its deadline is over: it is not in the cohort, and is being erased.");
        }

        if (PersonPairRules.ToSayInReview(family.Row.Members, pairs) is { Count: > 0 } obstacles)
        {
            return new("review.people", $"This needs {string.Join("; ", obstacles.Select(obstacle => obstacle.What))}.");
        }

        await acts.PerformAsync(
            family.Row.Act("review.decide", account) with
            {
                ActId = $"review.decide.{id}.{Reference.New()}",
                Role = role,
                References = [id, .. pairs.SelectMany(pair => (string[])[pair.One, pair.Other, Kebab.Of(pair.State)])],
            },
            async token =>
            {
                await ChangeAsync(family, include, pairs, account, token);
                return new ActResult { Result = include ? "included" : "excluded" };
            },
            cancellationToken);
        await WakeAsync(family.Row, cancellationToken);
        return null;
    }

    private Task ChangeAsync(Registered<Family> family, bool include, IReadOnlyList<PersonPair> pairs, string account, CancellationToken cancellationToken)
    {
        var decided = family.Row with
        {
            DecidedBy = account,
            DecidedAt = time.GetUtcNow(),
            Pairs = pairs.Aggregate(family.Row.Pairs, PersonPairRules.With),
        };
        return registers.Families.ChangeAsync(
            family,
            include ? keeper.InCohort(decided) : decided with { State = CohortState.Erasing, RetentionRule = FamilyKeeper.ReviewRule, DueAt = time.GetUtcNow() },
            cancellationToken);
    }

    /// <summary>An event lost is no harm: the sweep finds in the register what the round would have done.</summary>
    private Task WakeAsync(Family family, CancellationToken cancellationToken) =>
        orchestrations.TryRaiseEventAsync(Matchings.InstanceOf(family.RunId), MatchingRunOrchestration.ReviewDecided, cancellationToken);
}
