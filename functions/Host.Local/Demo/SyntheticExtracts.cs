using static TfFlow.Host.Local.Demo.CsvBuilder;

namespace TfFlow.Host.Local.Demo;

/// <summary>Extracts in the shapes of four exchanges, dirty as real ones are. The same seed makes the same bytes.</summary>
internal sealed class SyntheticExtracts(int seed, DateOnly today)
{
    private static readonly string[] Nda = ["Surname", "Forenames", "Date of birth", "Address", "Postcode"];
    private static readonly string[] Offences = ["Criminal damage under £5,000", "Theft from a shop", "Common assault", "Possession of cannabis", "Burglary, dwelling"];
    private static readonly string[] Outcomes = ["youth-caution", "YCC", "referral order", "fine", "community-sentence"];
    private static readonly string[] Benefits = ["JSA", "ESA", "Income Support", "carer's allowance", "IB"];

    /// <summary>A month's drops from police, youth offending, schools and DWP; <paramref name="scale"/> rows in the largest.</summary>
    /// <param name="canaries">People nobody is, whose names must be found nowhere afterwards; they go into every accepted file.</param>
    public IEnumerable<SyntheticExtract> Month(int scale, IReadOnlyList<SyntheticPerson> canaries) =>
    [
        AsbPerpetrators(scale / 50, canaries),
        YouthOffences(Math.Max(scale / 300, 120), canaries),
        SchoolAttendance(scale / 5, canaries),
        OutOfWorkBenefits(scale, canaries),
        AsbWithComplainants(),
        AttendanceFromASpreadsheet(),
        BenefitsWithAnUnlistedColumn(),
    ];

    public SyntheticExtract AsbPerpetrators(int rows, IReadOnlyList<SyntheticPerson> canaries)
    {
        var people = new SyntheticPopulation(seed + 1, today);
        var csv = new CsvBuilder().Row([.. Nda, "Total incidents", .. Enumerable.Range(1, 12).Select(month => $"M{month}")]);
        var refused = 0;
        foreach (var person in canaries.Concat(people.Adults().Take(rows)))
        {
            var months = Enumerable.Range(0, 12).Select(_ => people.Random.Next(4)).ToArray();
            var broken = !canaries.Contains(person) && people.Random.Next(40) == 0;
            refused += broken ? 1 : 0;
            csv.Row([.. Identity(people, person), Number(months.Sum() + (broken ? 1 : 0)), .. months.Select(Number)]);
        }

        return new("ASB perpetrators by month; some totals do not add up", "leicestershire-police", "leicestershire-2", csv.ToUtf8(), csv.Rows, refused);
    }

    public SyntheticExtract YouthOffences(int rows, IReadOnlyList<SyntheticPerson> canaries)
    {
        var people = new SyntheticPopulation(seed + 2, today);
        var csv = new CsvBuilder().Row([.. Nda, "Offence", "Offence date", "Disposal", "Disposal date", "Panel decision", "Managed as"]);
        var refused = 0;
        foreach (var person in canaries.Concat(people.Youths().Take(rows)))
        {
            var outcome = people.DayBefore(300);
            var informal = !canaries.Contains(person) && people.Random.Next(30) == 0;
            refused += informal ? 1 : 0;
            csv.Row(
            [
                .. Identity(people, person),
                people.Pick(Offences),
                Date(outcome.AddDays(-people.Random.Next(5, 60))),
                informal ? "Restorative justice" : people.Pick(Outcomes),
                Date(outcome),
                people.Random.Next(3) == 0 ? "Referral to parenting programme,\nreviewed in six weeks" : "",
                people.Random.Next(10) == 0 ? "PPO" : "none",
            ]);
        }

        return new("Youth offences; informal disposals among them", "leicester-city-yos", "leicestershire-4", csv.ToUtf8(), csv.Rows, refused);
    }

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

    public SyntheticExtract OutOfWorkBenefits(int rows, IReadOnlyList<SyntheticPerson> canaries)
    {
        var people = new SyntheticPopulation(seed + 4, today);
        var csv = new CsvBuilder().Row([.. Nda, "Benefit type", "Start date", "End date"]);
        var refused = 0;
        foreach (var person in canaries.Concat(people.Adults().Take(rows)))
        {
            var started = people.DayBefore(2000);
            var backwards = !canaries.Contains(person) && people.Random.Next(150) == 0;
            refused += backwards ? 1 : 0;
            csv.Row([.. Identity(people, person), people.Pick(Benefits), Date(started), backwards ? Date(started.AddDays(-3)) : ""]);
        }

        return new("Out-of-work benefits; claims that end before they begin", "dwp", "dwp-benefits", csv.ToUtf8(), csv.Rows, refused);
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
