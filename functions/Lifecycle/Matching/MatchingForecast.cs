using System.Globalization;
using TfFlow.Lifecycle.Agreements;
using TfFlow.Lifecycle.People;
using TfFlow.Programme.Agreements;
using TfFlow.Programme.Eligibility;
using TfFlow.Programme.Extracts;
using TfFlow.Vault.Ledger;

namespace TfFlow.Lifecycle.Matching;

/// <summary>What a round would find now, by facts alone: counts, and nobody's name is opened.</summary>
/// <param name="Households">By how many problems could be shown, the most first: what turns on people, who are not opened, is taken as possible.</param>
/// <param name="CouldBeFamilies">Of them, those whose people a round would open.</param>
/// <param name="Known">Of them, those in the cohort or in review already.</param>
/// <param name="ErasedRows">Rows of partners about the others that would be erased as soon as the round is completed.</param>
/// <param name="Terms">For what is counted by term, what is in of each term.</param>
public sealed record MatchingForecastView(
    IReadOnlyList<ProblemCount> Households, long CouldBeFamilies, long Known, long ErasedRows, IReadOnlyList<TermCoverage> Terms);

/// <param name="Problems">Criteria of the programme that could be shown.</param>
public sealed record ProblemCount(int Problems, long Households);

/// <param name="Rows">None: the term is missing, and what needs it is not seen.</param>
public sealed record TermCoverage(string Dataset, Term Term, long Rows);

/// <summary>Counts what a round would find, before anything is matched or erased: each look opens the facts of the waiting extracts, and is in the ledger.</summary>
public sealed class MatchingForecast(Registers registers, MatchingGate gate, Notices notices, PartitionFacts facts, HouseholdIndex index, MatchingPlan plan, Acts acts, TimeProvider time)
{
    public async Task<MatchingForecastView> LookAsync(string account, string role, CancellationToken cancellationToken)
    {
        var standing = await notices.StandingAsync(cancellationToken);
        var licences = await registers.Extracts.ListAsync(cancellationToken)
            .Where(extract => extract.Row.State is ExtractStage.Kept)
            .Select(extract => gate.Find(extract.Row, plan.Authority, standing))
            .OfType<MatchingLicence>()
            .ToListAsync(cancellationToken);
        var run = new EligibilityRun { On = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime), Terms = plan.Terms, Received = [.. licences.Select(licence => licence.Source)] };
        var known = await index.ListAsync(plan.Programme.Name, cancellationToken);
        using var tokens = await index.OpenAsync(cancellationToken);
        var withheld = await registers.WithheldRowsAsync(Use.Identification, cancellationToken);
        var (partitions, look, count) = (BeginMatching.PartitionsOf(plan, licences.Sum(licence => licence.Extract.RowsAccepted)), Reference.New(), new Count(plan, run));
        for (var partition = 0; partition < partitions; partition++)
        {
            var work = new PartitionAtWork(look, partitions, partition) { Withheld = withheld };
            work.Licences.AddRange(licences);
            var id = string.Create(CultureInfo.InvariantCulture, $"{look}.{partition}");
            await Openings.PerformAsync(
                acts,
                [
                    .. from licence in work.InOrder
                       let act = licence.Extract.Act("match.preview", account) with
                       {
                           ActId = $"match.preview.{id}.{licence.Extract.Id}",
                           Role = role,
                           AgreementVersion = licence.Decision.Version,
                           Basis = licence.Decision.Basis,
                           Purpose = licence.Decision.Purpose,
                       }
                       select new Opening(act, token => facts.ReadAsync(work, licence, token)),
                ],
                _ =>
                {
                    foreach (var group in work.InGroups().Where(group => group.IsNew))
                    {
                        foreach (var household in group.Households)
                        {
                            household.IsKnown = known.ContainsKey(tokens.Of(plan.Programme.Name, household.Pseudonym));
                        }

                        count.Add(group, row => gate.NotMeeting(row.Licence.Extract, plan.Authority)?.Rule.Period.IsZero == true);
                    }

                    return Task.CompletedTask;
                },
                cancellationToken);
        }

        return count.View;
    }

    private sealed class Count(MatchingPlan plan, EligibilityRun run)
    {
        private readonly SortedDictionary<int, long> byProblems = [];
        private readonly Dictionary<(string Dataset, Term Term), long> byTerm = Expected(plan, run);
        private readonly ILookup<string, string> termFields = TermFields(plan);
        private long families;
        private long known;
        private long erased;

        public MatchingForecastView View => new(
            [.. byProblems.Reverse().Select(pair => new ProblemCount(pair.Key, pair.Value))],
            families,
            known,
            erased,
            [.. byTerm.OrderBy(pair => pair.Key.Dataset, StringComparer.Ordinal).ThenBy(pair => pair.Key.Term.Start).Select(pair => new TermCoverage(pair.Key.Dataset, pair.Key.Term, pair.Value))]);

        public void Add(GroupAtWork group, Func<RowAtWork, bool> erasedAtOnce)
        {
            var seen = group.Facts;
            var outcome = EligibilityRules.Evaluate(plan.Programme, seen, run);
            var problems = plan.Programme.Criteria.Zip(outcome.Criteria).Count(pair => !pair.First.Filter && pair.Second.Met >= Met.Possible);
            byProblems[problems] = byProblems.GetValueOrDefault(problems) + 1;
            if (group.IsKnown)
            {
                known++;
            }
            else if (CohortRules.CouldBeFamily(plan, seen, run))
            {
                families++;
            }
            else
            {
                erased += group.Households.Sum(household => household.Rows.LongCount(erasedAtOnce));
            }

            foreach (var fact in seen.Facts)
            {
                AddTerm(fact);
            }
        }

        private void AddTerm(Fact fact)
        {
            foreach (var field in termFields[fact.Source.Dataset])
            {
                if (DateOnly.TryParseExact(fact.Field(field), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var start)
                    && plan.Terms.StartingAt(start) is { } term && byTerm.ContainsKey((fact.Source.Dataset, term)))
                {
                    byTerm[(fact.Source.Dataset, term)]++;
                }
            }
        }

        private static ILookup<string, string> TermFields(MatchingPlan plan) => TermMeasures(plan)
            .Select(pair => (pair.Dataset, pair.Measure.TermField)).Distinct().ToLookup(pair => pair.Dataset, pair => pair.TermField);

        private static Dictionary<(string, Term), long> Expected(MatchingPlan plan, EligibilityRun run) => TermMeasures(plan)
            .SelectMany(pair => run.Terms.Last(pair.Measure.Terms, run.On).SelectMany(terms => terms).Select(term => (pair.Dataset, term))).Distinct().ToDictionary(pair => pair, _ => 0L);

        private static IEnumerable<(string Dataset, TermMeasure Measure)> TermMeasures(MatchingPlan plan) =>
            from criterion in plan.Programme.Criteria
            from indicator in criterion.Indicators
            where indicator.Measure is TermMeasure
            select (indicator.Dataset, (TermMeasure)indicator.Measure!);
    }
}
