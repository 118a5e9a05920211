using static TfFlow.Cli.Demo.CsvBuilder;

namespace TfFlow.Cli.Demo;

/// <summary>Extracts dirty as real ones are. The same seed makes the same bytes.</summary>
internal sealed class SyntheticExtracts(int seed, DateOnly today)
{
    private static readonly string[] Nda = ["Surname", "Forenames", "Date of birth", "Address", "Postcode"];

    /// <summary>Three files that must be quarantined whole.</summary>
    public IEnumerable<SyntheticExtract> Refused(string police, string asb, string schools, string attendance, string dwp, string benefits) =>
    [
        AsbWithComplainants() with { Agency = police, Exchange = asb },
        AttendanceFromASpreadsheet() with { Agency = schools, Exchange = attendance },
        BenefitsWithAnUnlistedColumn() with { Agency = dwp, Exchange = benefits },
    ];

    public SyntheticExtract SchoolAttendance(int rows, IReadOnlyList<SyntheticPerson> canaries)
    {
        var people = new SyntheticPopulation(seed + 3, today);
        var csv = AttendanceHeader();
        var refused = 0;
        foreach (var person in canaries.Concat(people.Children().Take(rows)))
        {
            var lost = !canaries.Contains(person) && people.Random.Next(60) == 0;
            refused += lost ? 1 : 0;
            AttendanceRow(csv, people, lost ? person with { Postcode = "LE1 1A" } : person);
        }

        return new("School attendance, one term; postcodes cut short", "leicestershire-county", "leicestershire-10", csv.ToUtf8(), csv.Rows, refused);
    }

    private SyntheticExtract AsbWithComplainants()
    {
        var people = new SyntheticPopulation(seed + 5, today);
        var csv = new CsvBuilder().Row([.. Nda, "Role", "Incidents 12 months", .. Enumerable.Range(1, 12).Select(month => $"Month {month}")]);
        foreach (var (person, index) in people.Adults().Take(30).Select((person, index) => (person, index)))
        {
            csv.Row([.. Identity(people, person), index == 17 ? "Complainant" : "Perpetrator", "12", .. Enumerable.Repeat("1", 12)]);
        }

        return new("ASB list with a complainant in it", "leicestershire-police", "leicestershire-2", csv.ToUtf8(), csv.Rows, Refused: null);
    }

    private SyntheticExtract AttendanceFromASpreadsheet()
    {
        var people = new SyntheticPopulation(seed + 6, today);
        var csv = AttendanceHeader();
        foreach (var person in people.Children().Take(25))
        {
            AttendanceRow(csv, people, person);
        }

        return new("Attendance saved as UTF-16 by a spreadsheet", "leicestershire-county", "leicestershire-10", csv.ToUtf16(), csv.Rows, Refused: null);
    }

    private SyntheticExtract BenefitsWithAnUnlistedColumn()
    {
        var people = new SyntheticPopulation(seed + 7, today);
        var csv = new CsvBuilder().Row([.. Nda, "Benefit", "Claim started", "Claim ended", "National Insurance number"]);
        foreach (var person in people.Adults().Take(25))
        {
            csv.Row([.. Identity(people, person), "JSA", Date(people.DayBefore(900)), "", "QQ123456A"]);
        }

        return new("Benefits with a column nobody agreed", "dwp", "dwp-benefits", csv.ToUtf8(), csv.Rows, Refused: null);
    }

    private static CsvBuilder AttendanceHeader() => new CsvBuilder().Row(
    [
        "Legal surname", "Legal forename", "DOB", "Home address", "Post code", "Term start", "Sessions possible", "Unauthorised absence",
        "Authorised absence", "Suspensions", "Permanently excluded", "Provision", "Previously excluded",
    ]);

    private void AttendanceRow(CsvBuilder csv, SyntheticPopulation people, SyntheticPerson person)
    {
        var unauthorised = people.Random.Next(8) == 0 ? people.Random.Next(15, 50) : people.Random.Next(6);
        var pru = people.Random.Next(50) == 0;
        csv.Row(
        [
            .. Identity(people, person),
            Date(today.AddMonths(-3)),
            "130",
            Number(unauthorised),
            Number(people.Random.Next(8)),
            Number(people.Random.Next(15) == 0 ? people.Random.Next(1, 4) : 0),
            people.Random.Next(200) == 0 ? "Y" : "N",
            pru ? "PRU" : "mainstream",
            pru ? "Y" : "",
        ]);
    }

    /// <summary>As different hands type it: capitals, blanks around, postcodes without their space.</summary>
    private static IEnumerable<string> Identity(SyntheticPopulation people, SyntheticPerson person) =>
    [
        people.Random.Next(6) == 0 ? person.Surname.ToUpperInvariant() : person.Surname,
        people.Random.Next(20) == 0 ? $" {person.Forenames} " : person.Forenames,
        person.BornUk,
        person.Address,
        people.Random.Next(5) == 0 ? person.Postcode.Replace(" ", "", StringComparison.Ordinal).ToLowerInvariant() : person.Postcode,
    ];
}
