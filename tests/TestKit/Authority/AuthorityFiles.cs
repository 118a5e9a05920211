using System.Globalization;
using System.Text;
using TfFlow.Linkage.Tests.Population;

namespace TfFlow.TestKit.Authority;

/// <summary>A file of the authority's month, and whose family each of its rows is about.</summary>
/// <param name="FamilyOf">By row number, the header being row 1.</param>
/// <param name="PersonOf">Likewise, whom it is about.</param>
public sealed record AuthorityFile(
    string Agency, string Exchange, byte[] Csv, int Rows, IReadOnlyDictionary<long, int> FamilyOf, IReadOnlyDictionary<long, Inhabitant> PersonOf);

/// <summary>Writes what each agency has of the people of an authority: old addresses, the other parent's, slips, capitals, dates changed.</summary>
internal sealed class AuthorityFiles(InventedAuthority authority)
{
    private static readonly string[] Nda = ["Surname", "Forenames", "Date of birth", "Address", "Postcode"];
    private static readonly string[] Disposals = ["youth-caution", "YCC", "referral order", "fine", "community-sentence"];
    private static readonly string[] Benefits = ["JSA", "ESA", "Income Support", "carer's allowance"];

    private readonly AuthorityOptions options = authority.Options;
    private readonly Random random = new(authority.Options.Seed + 7_919);

    public IReadOnlyList<AuthorityFile> Write() => [Census(), ChildHealth(), Attendance(), Offences(), Asb(), Nominations(), OutOfWork()];

    public IReadOnlyList<AuthorityFile> WriteMore() => [SocialCare(), Finance(), DomesticViolence(), AdultsSocialCare(), PolicePersons()];

    private AuthorityFile SocialCare() => File("northmere", "northmere-childrens-social-care", ["Status", "Started"], (family, records) =>
        from child in family.Children
        where random.Next(family.Problems.Count > 0 ? 12 : 60) == 0
        select (IEnumerable<string>)[.. records.Of(child), "child-in-need", Date(options.Today.AddDays(-random.Next(30, 700)))]);

    private AuthorityFile Finance() => File("northmere", "northmere-household-finance", ["Council tax arrears", "Other debt", "Housing benefit"], (family, records) =>
        from adult in family.Adults
        where random.Next(adult.Claims ? 2 : 12) == 0
        select (IEnumerable<string>)[.. records.Of(adult), random.Next(6) == 0 ? "yes" : "no", random.Next(10) == 0 ? "yes" : "no", adult.Claims ? "yes" : "no"]);

    private AuthorityFile DomesticViolence() => File("northmere", "northmere-domestic-violence", ["Subject role", "Incidents 12 months"], (family, records) =>
        from child in family.Children
        where random.Next(family.Problems.Count > 0 ? 20 : 200) == 0
        select (IEnumerable<string>)[.. records.Of(child), "child-of-household", Number(random.Next(1, 6))]);

    private AuthorityFile AdultsSocialCare() => File("northmere", "northmere-adults-social-care", ["Support"], (family, records) =>
        from adult in family.Adults
        where random.Next(family.Problems.Count > 0 ? 25 : 80) == 0
        select (IEnumerable<string>)[.. records.Of(adult), "mental-health"]);

    private AuthorityFile PolicePersons() => File(
        "northmere-police", "northmere-persons", ["Proven offence 12 months", "Persistent ASB", "Arrests", "Convictions", "Call outs"], (family, records) =>
            from adult in family.Adults
            where random.Next(adult.Incidents > 0 ? 2 : 40) == 0
            select (IEnumerable<string>)[.. records.Of(adult), random.Next(8) == 0 ? "yes" : "no", "no", Number(random.Next(4)), random.Next(12) == 0 ? "1" : "0", Number(random.Next(9))]);

    /// <summary>The first days of the last three school terms, the running one included, the earliest first.</summary>
    private IReadOnlyList<DateOnly> Terms =>
    [
        .. Enumerable.Range(options.Today.Year - 2, 3)
            .SelectMany(year => (DateOnly[])[new(year, 4, 1), new(year, 8, 1), new(year, 12, 1)])
            .Where(start => start <= options.Today)
            .TakeLast(3),
    ];

    private AuthorityFile Census() => File("northmere", "northmere-census", ["Sex", "On roll"], (family, records) =>
        from child in family.Children
        where authority.AgeOf(child) >= 3
        select (IEnumerable<string>)[.. records.Of(child), child.Woman ? "2" : "1", "yes"]);

    /// <summary>Who is too young for a school is known to the health visitors.</summary>
    private AuthorityFile ChildHealth() => File("northmere", "northmere-child-health", ["Sex"], (family, records) =>
        from child in family.Children
        where authority.AgeOf(child) < 6
        select (IEnumerable<string>)[.. records.Of(child), child.Woman ? "2" : "1"]);

    private AuthorityFile Attendance() => File(
        "northmere-schools",
        "northmere-attendance",
        ["Term starts", "Possible sessions", "Unauthorised sessions", "Authorised sessions", "Fixed exclusions", "Permanent exclusion", "Provision", "Previously excluded"],
        (family, records) =>
            from child in family.Children
            where authority.AgeOf(child) is >= 5 and < 16
            let record = records.Of(child)
            from term in Enumerable.Range(0, 3)
            select (IEnumerable<string>)
            [
                .. record, Date(Terms[term]), "120", Number(child.Unauthorised * 120 / 100), Number(random.Next(8)), Number((child.Exclusions + 2 - term) / 3), "no", "school", "",
            ]);

    private AuthorityFile Offences() => File(
        "northmere-yos", "northmere-offences", ["Offence", "Offence date", "Disposal", "Disposal date", "Panel decision", "Managed as"], (family, records) =>
            from child in family.Children
            where child.Offended
            let outcome = options.Today.AddDays(-random.Next(10, 300))
            select (IEnumerable<string>)[.. records.Of(child), "Criminal damage under £5,000", Date(outcome.AddDays(-20)), Disposals[random.Next(Disposals.Length)], Date(outcome), "", "none"]);

    private AuthorityFile Asb() => File(
        "northmere-police", "northmere-asb", ["Incidents 12 months", .. Enumerable.Range(1, 12).Select(month => $"Month {month}")], (family, records) =>
            from adult in family.Adults
            where adult.Incidents > 0
            select (IEnumerable<string>)[.. records.Of(adult), Number(adult.Incidents), .. Enumerable.Range(0, 12).Select(month => Number((adult.Incidents + month) / 12))]);

    private AuthorityFile Nominations() => File("northmere-schools", "northmere-nominations", ["Criterion", "Reason", "Nominated on"], (family, records) =>
        from criterion in new[] { authority.NominationOf(family) }.OfType<string>()
        let person = family.Children.Count > 0 && random.Next(2) == 0 ? family.Children[0] : family.Adults[0]
        select (IEnumerable<string>)[.. records.Of(person), criterion, "Parents ask for help", Date(options.Today.AddDays(-random.Next(1, 200)))]);

    private AuthorityFile OutOfWork() => File("northmere-jobcentre", "northmere-benefits", ["Benefit", "Claim started", "Claim ended"], (family, records) =>
        from adult in family.Adults
        where adult.Claims || adult.Claimed
        let started = options.Today.AddDays(-random.Next(200, 1500))
        select (IEnumerable<string>)[.. records.Of(adult), Benefits[random.Next(Benefits.Length)], Date(started), adult.Claims ? "" : Date(started.AddDays(random.Next(20, 180)))]);

    private AuthorityFile File(string agency, string exchange, IEnumerable<string> header, Func<InventedFamily, FamilyRecords, IEnumerable<IEnumerable<string>>> rowsOf)
    {
        var (csv, owners, people) = (new StringBuilder(), new Dictionary<long, int>(), new Dictionary<long, Inhabitant>());
        csv.AppendJoin(',', Nda.Concat(header).Select(Quoted)).Append("\r\n");
        foreach (var family in authority.Families)
        {
            // Whether a file knows of a move is the family's, as a rule; some tell for one of them and forget the others.
            var records = new FamilyRecords(this, family, stale: random.NextDouble() < options.Stale);
            foreach (var row in rowsOf(family, records))
            {
                csv.AppendJoin(',', row.Select(Quoted)).Append("\r\n");
                people.Add(owners.Count + 2, records.Last!);
                owners.Add(owners.Count + 2, family.Number);
            }
        }

        return new(agency, exchange, Encoding.UTF8.GetBytes(csv.ToString()), owners.Count, owners, people);
    }

    /// <summary>How one file has the people of one family.</summary>
    private sealed class FamilyRecords(AuthorityFiles files, InventedFamily family, bool stale)
    {
        /// <summary>Whom the record that was made last is of.</summary>
        public Inhabitant? Last { get; private set; }

        public IEnumerable<string> Of(Inhabitant person)
        {
            Last = person;
            var random = files.random;
            var old = family.OldHome is { } before && (random.NextDouble() < 0.1 ? !stale : stale) && person.Home == family.Adults[0].Home ? before : (int?)null;
            var home = person.OtherHome is { } other && random.NextDouble() < files.options.OtherHome ? other : old ?? person.Home;
            return files.Clerk(person, files.DwellingAt(home));
        }
    }

    private Dwelling DwellingAt(int home) => authority.DwellingAt(home);

    /// <summary>How one record has one person.</summary>
    private string[] Clerk(Inhabitant person, Dwelling home)
    {
        var surname = random.NextDouble() < options.NameSlip / 2 ? Slip(person.Surname) : person.Surname;
        var forename = random.NextDouble() < options.NameSlip / 2 ? Slip(person.Forename) : person.Forename;
        var postcode = random.NextDouble() < options.MistypedPostcode ? Mistyped(home.Postcode) : home.Postcode;
        var address = random.NextDouble() < options.NoAddress ? "" : Address(home, random.NextDouble() < options.WrongHouse);
        return
        [
            random.Next(6) == 0 ? surname.ToUpperInvariant() : surname,
            random.Next(20) == 0 ? $" {forename} " : forename,
            Date(Born(person.Born)),
            random.Next(8) == 0 ? address.ToUpperInvariant() : address,
            address.Length == 0 ? "ZZ99 3WZ" : random.Next(5) == 0 ? postcode.Replace(" ", "", StringComparison.Ordinal).ToLower(CultureInfo.InvariantCulture) : postcode,
        ];
    }

    private string Address(Dwelling home, bool wrong)
    {
        var street = random.Next(6) == 0 ? Short(home.Street) : home.Street;
        var number = wrong ? home.Number + 2 : home.Number;
        var flat = home.Flat == 0 ? "" : $"{(random.Next(4) == 0 ? "Apartment" : "Flat")} {home.Flat}, {(home.Building.Length > 0 ? home.Building + ", " : "")}";
        return $"{flat}{number} {street}{(random.Next(4) == 0 ? "" : ", " + home.Town)}";
    }

    private static string Short(string street) => street
        .Replace(" Street", " St", StringComparison.Ordinal).Replace(" Road", " Rd", StringComparison.Ordinal).Replace(" Avenue", " Ave", StringComparison.Ordinal);

    private DateOnly Born(DateOnly born)
    {
        if (random.NextDouble() >= options.WrongBirth)
        {
            return born;
        }

        return born.Day <= 12 && random.Next(2) == 0 ? new(born.Year, born.Day, born.Month) : born.AddYears(random.Next(2) == 0 ? 1 : -1);
    }

    /// <summary>One sign of it another, or two neighbours changed; still of the form of a postcode.</summary>
    private string Mistyped(string postcode)
    {
        const string Letters = "ABDEFGHJLNPQRSTUWXYZ";
        var typed = postcode.ToCharArray();
        var last = typed.Length - 1;
        switch (random.Next(4))
        {
            case 0:
                typed[last] = Letters[random.Next(Letters.Length)];
                break;
            case 1:
                typed[last - 1] = Letters[random.Next(Letters.Length)];
                break;
            case 2 when typed[last] != typed[last - 1]:
                (typed[last], typed[last - 1]) = (typed[last - 1], typed[last]);
                break;
            default:
                typed[last - 2] = (char)('1' + ((typed[last - 2] - '1' + 1 + random.Next(8)) % 9));
                break;
        }

        return new(typed);
    }

    private string Slip(string name)
    {
        if (name.Length < 4)
        {
            return name;
        }

        var at = random.Next(1, name.Length - 1);
        return random.Next(3) switch
        {
            0 => name.Remove(at, 1),
            1 => name[..at] + name[at + 1] + name[at] + name[(at + 2)..],
            _ => name[..at] + name[at] + name[at..],
        };
    }

    private static string Date(DateOnly date) => date.ToString("dd/MM/yyyy", CultureInfo.InvariantCulture);

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Quoted(string cell) => cell.AsSpan().ContainsAny(",\"\r\n") ? $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : cell;
}
