using System.Globalization;
using TfFlow.Programme.Eligibility;
using TfFlow.Programme.Outcomes;
using static TfFlow.Programme.Tests.Outcomes.Measured;

namespace TfFlow.Programme.Tests.Outcomes;

/// <summary>What holds of any family, as a seeded generator makes them: each seed is one family, the same at every run.</summary>
public class OutcomePropertiesTest
{
    private const int Families = 400;
    private static readonly string[] Problems = ["crime", "education", "work"];

    [Fact]
    public void A_better_figure_never_turns_yes_into_no() => ForEach((family, random) =>
    {
        var better = family.Facts.Select(fact => random.Next(2) == 0 ? Better(fact, random) : fact).ToList();

        AssertNoWorse(Measure(family), Measure(family with { Facts = better }));
    });

    [Fact]
    public void What_is_missing_never_turns_no_into_yes() => ForEach((family, random) =>
    {
        // A term of school, or a month's file, is missing whole: as if it had never come.
        var (facts, received) = (family.Facts, family.Received);
        if (random.Next(2) == 0)
        {
            var term = Starts[random.Next(Starts.Length)];
            facts = [.. facts.Where(fact => fact.Field("term_starts") != term)];
        }
        else
        {
            var gone = received[random.Next(received.Count)].Extract;
            (facts, received) = ([.. facts.Where(fact => fact.Source.Extract != gone)],
                [.. received.Where(source => source.Extract != gone)]);
        }

        AssertNoWorse(Measure(family with { Facts = facts, Received = received }), Measure(family));
    });

    [Fact]
    public void A_blank_never_turns_no_into_yes() => ForEach((family, random) =>
    {
        var place = random.Next(family.Facts.Count);
        var fields = family.Facts[place].Fields.Keys.Where(name => name != "ended").Order(StringComparer.Ordinal).ToList();
        var field = fields[random.Next(fields.Count)];
        var blank = family.Facts.Select((fact, at) => at == place
            ? fact with { Fields = fact.Fields.Where(pair => pair.Key != field).ToDictionary() } : fact).ToList();

        AssertNoWorse(Measure(family with { Facts = blank }), Measure(family));
    });

    [Fact]
    public void The_generator_makes_families_of_every_result()
    {
        var results = Enumerable.Range(0, Families).Select(seed => Measure(Made(new Random(seed))).Result).ToHashSet();
        Assert.Equal(Enum.GetValues<OutcomeResult>().ToHashSet(), results);
    }

    /// <param name="worse">What is shown with less.</param>
    private static void AssertNoWorse(FamilyMeasurement worse, FamilyMeasurement better)
    {
        Assert.True(better.Result is not OutcomeResult.NotShown || worse.Result is OutcomeResult.NotShown);
        foreach (var (less, more) in Findings(worse).Zip(Findings(better)))
        {
            Assert.True(more.Standing is OutcomeStanding.Yes || less.Standing is not OutcomeStanding.Yes, less.Outcome.Id);
        }
    }

    private static IEnumerable<OutcomeFinding> Findings(FamilyMeasurement measured) =>
        measured.Problems.SelectMany(problem => problem.Outcomes).Concat(measured.Employment is null ? [] : [measured.Employment]);

    private static FamilyMeasurement Measure(MadeFamily family) =>
        OutcomeRules.Measure(Plan, Phase1, Problems, family.Facts, Run([.. family.Received]));

    private static void ForEach(Action<MadeFamily, Random> check)
    {
        for (var seed = 0; seed < Families; seed++)
        {
            var random = new Random(seed);
            check(Made(random), random);
        }
    }

    /// <summary>A family whose sources tell the truth, each as far as its day: up to three children at two schools, offences, benefits,
    /// work.</summary>
    private static MadeFamily Made(Random random)
    {
        var facts = new List<Fact>();
        foreach (var child in Enumerable.Range(0, random.Next(1, 4)).Select(number => $"child-{number}"))
        {
            // Each is known from the year before; most have all three terms.
            facts.Add(Row(Source("school-attendance", "2025-04-10"),
                "term_starts=2025-01-06, possible_sessions=120, unauthorised_sessions=60, authorised_sessions=0", child));
            var usual = random.Next(30);
            facts.AddRange(Enumerable.Range(0, 3).Where(_ => random.Next(12) > 0)
                .Select(term => Term(term, 130, Math.Min(130, random.Next(usual + 10)), child)));
        }

        // The month of 2026 in which somebody offended, if anybody did.
        var offended = random.Next(4) == 0 ? random.Next(-3, 9) : 99;
        var received = new List<FactSource>();
        foreach (var month in Enumerable.Range(1, 8))
        {
            var police = Source("proven-offences-by-month", $"2026-{month:D2}-04", "police");
            facts.Add(Row(
                police,
                string.Join(", ", Enumerable.Range(1, 12)
                    .Select(at => string.Create(CultureInfo.InvariantCulture,
                        $"offences_month_{at}={(month + at - 12 == offended ? 1 : 0)}"))),
                "adult",
                "1990-01-01"));
            received.AddRange([police, Source("asb-perpetrators", $"2026-{month:D2}-04", "police"),
                Source("benefits", $"2026-{month:D2}-05", "dwp")]);
        }

        if (random.Next(3) == 0)
        {
            // A claim that began before the family entered; each month's list has it while it goes on.
            var last = Day("2025-12-01").AddDays(random.Next(240));
            facts.AddRange(received.Where(source => source.Dataset == "benefits").Select(source => Row(
                source,
                last <= source.AsAt ? $"started=2024-01-01, ended={last.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}"
                    : "started=2024-01-01",
                "adult",
                "1990-01-01")));
        }

        if (random.Next(2) == 0)
        {
            var from = Day("2025-09-01").AddDays(random.Next(250));
            facts.Add(Row(Source("employment-programmes", "2026-08-10", "dwp"),
                $"item=employment, started={from.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}", "adult", "1990-01-01"));
        }

        return new(facts, received);
    }

    /// <summary>One figure of a row, made better: more sessions attended, fewer offences, a claim that ended sooner, work from earlier
    /// on.</summary>
    private static Fact Better(Fact fact, Random random)
    {
        Fact With(string field, string value) => fact with { Fields = new Dictionary<string, string>(fact.Fields) { [field] = value } };
        return fact.Source.Dataset switch
        {
            "school-attendance" => With("unauthorised_sessions",
                random.Next(int.Parse(fact.Field("unauthorised_sessions")!, CultureInfo.InvariantCulture) + 1)
                    .ToString(CultureInfo.InvariantCulture)),
            "proven-offences-by-month" => With($"offences_month_{random.Next(1, 13)}", "0"),
            "benefits" => With("ended", "2024-06-30"),
            "employment-programmes" => With("started", "2025-08-01"),
            _ => fact,
        };
    }

    private sealed record MadeFamily(IReadOnlyList<Fact> Facts, IReadOnlyList<FactSource> Received);
}
