using System.Globalization;
using static TfFlow.Cli.Demo.CsvBuilder;

namespace TfFlow.Cli.Demo;

/// <summary>A department's own people and what it knows of them.</summary>
/// <param name="Identifiers">Surnames and local numbers: what may not be in a return.</param>
internal sealed record DepartmentData(byte[] PeopleCsv, byte[] OutcomesCsv, int People, IReadOnlyList<string> Identifiers);

/// <summary>What comes after matching: information for key workers, incidents, and a department's own data.</summary>
internal sealed class SyntheticSupport(SyntheticAuthority authority, int seed)
{
    private static readonly string[] Nda = ["Surname", "Forenames", "Date of birth", "Address", "Postcode"];
    private readonly Random random = new(seed + 11);

    /// <summary>What police and schools hold about households with problems, families of the cohort or not.</summary>
    public IReadOnlyList<SyntheticExtract> Packs(DateOnly today) =>
    [
        Pack("Police information for key workers", "northmere-police", today, "anti-social-behaviour", "Words of advice given at home", household => household.Problems.Overlaps(["crime", "domestic-abuse"])),
        Pack("Schools' information for key workers", "northmere-schools", today, "other", "The school has met the parents twice this term", household => household.Problems.Contains("attendance")),
    ];

    /// <summary>Incidents at households that are supported, and at others: nothing of those may be kept.</summary>
    public SyntheticExtract Incidents(IEnumerable<SyntheticHousehold> supported, DateOnly today)
    {
        var csv = new CsvBuilder().Row([.. Nda, "Subject role", "Incident date", "Incident type", "Summary"]);
        foreach (var household in supported.Where(_ => random.Next(4) == 0).Concat(authority.Households.Where(household => !household.IsFamily && household.Adults.Count > 0).Take(40)))
        {
            csv.Row([.. authority.Clerk(household.Adults[0]), "perpetrator", Date(today.AddDays(-random.Next(1, 20))), "call-out", "Noise late at night, words of advice given"]);
        }

        return new("Further incidents", "northmere-police", "northmere-incidents", csv.ToUtf8(), csv.Rows, Refused: 0);
    }

    /// <summary>Everyone, as the department has them, and the quarters of almost two years: work is a little more frequent where support was
    /// given, from then on.</summary>
    public DepartmentData Department(IReadOnlyList<SyntheticHousehold> supported, DateOnly began, DateOnly today)
    {
        var quarters = Enumerable.Range(-3, 8).Select(ahead => new DateOnly(began.Year, ((began.Month - 1) / 3 * 3) + 1, 1).AddMonths(3 * ahead))
            .Where(quarter => quarter.AddMonths(3) <= today).ToList();
        var took = supported.ToHashSet();
        var (people, outcomes, identifiers) = (new CsvBuilder().Row(["local_id", .. Nda]), new CsvBuilder().Row("local_id", "Quarter starts", "Weeks on out-of-work benefits", "Weeks in work"), new HashSet<string>());
        foreach (var household in authority.Households)
        {
            foreach (var person in household.Adults.Concat(household.Children))
            {
                var id = string.Create(CultureInfo.InvariantCulture, $"local-{people.Rows}");
                people.Row([id, .. authority.Clerk(person)]);
                foreach (var quarter in quarters)
                {
                    var works = random.Next(10) < (took.Contains(household) && quarter > began ? 6 : 4);
                    outcomes.Row(id, Date(quarter), works ? "0" : "13", works ? Number(random.Next(4, 13)) : "0");
                }

                identifiers.UnionWith([id, person.Surname]);
            }
        }

        return new(people.ToUtf8(), outcomes.ToUtf8(), people.Rows, [.. identifiers]);
    }

    private SyntheticExtract Pack(string story, string agency, DateOnly today, string subject, string information, Func<SyntheticHousehold, bool> about)
    {
        var csv = new CsvBuilder().Row([.. Nda, "Subject role", "Date", "Subject", "Information"]);
        foreach (var household in authority.Households.Where(household => household.Adults.Count > 0 && about(household)))
        {
            csv.Row([.. authority.Clerk(household.Adults[0]), "member", Date(today.AddDays(-random.Next(5, 60))), subject, information]);
        }

        return new(story, agency, "northmere-pack", csv.ToUtf8(), csv.Rows, Refused: 0);
    }
}
