using System.Globalization;
using TfFlow.Programme.Extracts;
using TfFlow.Programme.Extracts.Preparation;
using static TfFlow.Cli.Demo.CsvBuilder;

namespace TfFlow.Cli.Demo;

/// <summary>A household of the invented authority and what is true of it.</summary>
/// <param name="Problems">Criteria of the programme that are met in truth.</param>
internal sealed record SyntheticHousehold(int Number, IReadOnlyList<SyntheticPerson> Adults, IReadOnlyList<SyntheticPerson> Children, IReadOnlySet<string> Problems)
{
    /// <summary>In truth a family of phase 2: a child, and two of the six problems.</summary>
    public bool IsFamily => Children.Count > 0 && Problems.Count >= 2;
}

/// <summary>A file of the authority's month, and whose household each of its rows is about.</summary>
/// <param name="HouseholdOf">By row number, the header being row 1; empty where rows are households themselves.</param>
internal sealed record AuthorityExtract(SyntheticExtract File, IReadOnlyDictionary<long, int> HouseholdOf);

/// <summary>An authority of invented people with known truth, seen through the files of its agencies, each of which writes names, dates and addresses its own way and now and then wrongly.</summary>
/// <remarks>The same seed makes the same people and the same bytes.</remarks>
internal sealed class SyntheticAuthority
{
    private static readonly string[] Nda = ["Surname", "Forenames", "Date of birth", "Address", "Postcode"];
    private static readonly string[] Disposals = ["youth-caution", "YCC", "referral order", "fine", "community-sentence"];
    private static readonly string[] Benefits = ["JSA", "ESA", "Income Support", "carer's allowance"];
    private static readonly string[] Nominated = ["children-need-help", "health"];

    private readonly Random random;
    private readonly DateOnly today;
    private readonly double guessed;
    private readonly IReadOnlyList<SyntheticPerson> canaries;
    private readonly Dictionary<SyntheticPerson, Life> lives = new(ReferenceEqualityComparer.Instance);
    private readonly List<SyntheticHousehold> households = [];
    private readonly Dictionary<int, int> nominations = [];

    /// <param name="people">How many people live there, about.</param>
    /// <param name="troubled">Share of households with several problems at once.</param>
    /// <param name="guessed">Share of children who moved whose date of birth the other schools guessed: whether they are the same child is then uncertain.</param>
    /// <param name="canaries">People whose names must be found nowhere afterwards; they live in a family and in a household below the threshold.</param>
    public SyntheticAuthority(int seed, DateOnly today, int people, double troubled, IReadOnlyList<SyntheticPerson> canaries, double guessed = 0.3)
    {
        this.guessed = guessed;
        random = new(seed);
        this.today = today;
        this.canaries = canaries;
        var population = new SyntheticPopulation(seed, today);
        var addresses = new HashSet<(string, string)>();
        var living = 0;
        for (var canary = 0; living < people; canary++)
        {
            var members = population.NextHousehold();
            if (canary < canaries.Count)
            {
                members = [.. members.Select(member => member with { Address = canaries[canary].Address, Postcode = canaries[canary].Postcode }), canaries[canary]];
            }

            // Three in a thousand have no fixed abode; every other address is one household's.
            if (members[0].Postcode.StartsWith("ZZ", StringComparison.Ordinal) ? random.Next(3) == 0 : addresses.Add((members[0].Address, members[0].Postcode)))
            {
                living += members.Count;
                households.Add(Live(members, canary < canaries.Count ? canary == 0 : random.NextDouble() < troubled));
            }
        }
    }

    public IReadOnlyList<SyntheticHousehold> Households => households;

    public int People => households.Sum(household => household.Adults.Count + household.Children.Count);

    /// <summary>The month's files of all agencies.</summary>
    /// <param name="secret">What police and authority share to compute household pseudonyms by.</param>
    public async Task<IReadOnlyList<AuthorityExtract>> MonthAsync(ReadOnlyMemory<byte> secret, CancellationToken cancellationToken) =>
    [
        Census(),
        Attendance("northmere-schools", away: false),
        Attendance("eastmere-schools", away: true),
        Offences(),
        Asb(),
        Nominations(),
        OutOfWork(),
        await HouseholdListAsync(secret, cancellationToken),
    ];

    /// <summary>The month after: what is sent monthly comes again.</summary>
    public IReadOnlyList<AuthorityExtract> NextMonth() => [Offences(), Asb(), OutOfWork()];

    private SyntheticHousehold Live(IReadOnlyList<SyntheticPerson> members, bool troubled)
    {
        var children = members.Where(member => Age(member) < 18).ToList();
        var adults = members.Except(children).ToList();
        foreach (var member in members)
        {
            lives[member] = new();
        }

        double Chance(double usually) => troubled ? 0.42 : usually;
        var pupils = children.Where(child => Age(child) is >= 5 and < 16).ToList();
        foreach (var pupil in pupils)
        {
            var life = lives[pupil];
            life.Moved = random.Next(5) == 0;
            life.Unauthorised = random.NextDouble() < Chance(0.02) ? random.Next(17, 40) : random.Next(0, 14);
            life.Exclusions = random.NextDouble() < Chance(0.01) / 2 ? random.Next(3, 6) : random.Next(15) == 0 ? random.Next(1, 3) : 0;
        }

        foreach (var youth in children.Where(child => Age(child) is >= 12 and < 17))
        {
            lives[youth].Offended = random.NextDouble() < Chance(0.01) / 2;
        }

        foreach (var adult in adults)
        {
            lives[adult].Incidents = random.NextDouble() < Chance(0.008) / 2 ? random.Next(3, 14) : random.Next(60) == 0 ? random.Next(1, 3) : 0;
            lives[adult].Claims = random.NextDouble() < Chance(0.10);
            lives[adult].Claimed = !lives[adult].Claims && random.Next(12) == 0;
        }

        var household = new SyntheticHousehold(households.Count, adults, children, new HashSet<string>());
        var listed = random.NextDouble() < Chance(0.012);
        var nominated = random.NextDouble() < Chance(0.008) / 2 ? random.Next(Nominated.Length) : -1;
        var problems = new HashSet<string>();
        void Meets(bool met, string problem)
        {
            if (met)
            {
                problems.Add(problem);
            }
        }

        Meets(children.Any(child => lives[child].Offended) || adults.Any(adult => lives[adult].Incidents >= 3), "crime");
        Meets(pupils.Any(child => lives[child].Unauthorised >= 15 || lives[child].Exclusions >= 3), "attendance");
        Meets(adults.Any(adult => lives[adult].Claims), "work");
        Meets(listed, "domestic-abuse");
        Meets(nominated == 0 && adults.Count > 0, "children-needing-help");
        Meets(nominated == 1 && adults.Count > 0, "health");
        nominations.Add(household.Number, nominated);
        return household with { Problems = problems };
    }

    private AuthorityExtract Census() => Write(
        "Schools' census, the authority's own", DemoAuthority.Id, "northmere-census", [.. Nda, "Sex", "On roll"],
        from household in households
        from child in household.Children
        select (household, (IEnumerable<string>)[.. Clerk(child), "0", "yes"]));

    /// <summary>Children who moved have their first term with the neighbour's schools, and two with their own.</summary>
    private AuthorityExtract Attendance(string agency, bool away)
    {
        var terms = DemoAuthority.TermStarts(today);
        return Write(
            away ? "School attendance of children who went to school next door" : "School attendance, three terms",
            agency,
            "northmere-attendance",
            [.. Nda, "Term starts", "Possible sessions", "Unauthorised sessions", "Authorised sessions", "Fixed exclusions", "Permanent exclusion", "Provision", "Previously excluded"],
            from household in households
            from child in household.Children
            where Age(child) is >= 5 and < 16 && (!away || lives[child].Moved)
            let life = lives[child]
            let clerk = Clerk(child, badDate: away && random.NextDouble() < guessed).ToList()
            from term in Enumerable.Range(0, 3)
            where life.Moved ? (term == 0) == away : !away
            select (household, (IEnumerable<string>)
            [
                .. clerk,
                Date(terms[term]),
                "120",
                Number(life.Unauthorised * 120 / 100),
                Number(random.Next(8)),
                Number((life.Exclusions + 2 - term) / 3),
                "no",
                "school",
                "",
            ]));
    }

    private AuthorityExtract Offences() => Write(
        "Young people with a proven offence", "northmere-yos", "northmere-offences",
        [.. Nda, "Offence", "Offence date", "Disposal", "Disposal date", "Panel decision", "Managed as"],
        from household in households
        from child in household.Children
        where lives[child].Offended
        let outcome = today.AddDays(-random.Next(10, 300))
        select (household, (IEnumerable<string>)[.. Clerk(child), "Criminal damage under £5,000", Date(outcome.AddDays(-20)), Disposals[random.Next(Disposals.Length)], Date(outcome), "", "none"]));

    private AuthorityExtract Asb() => Write(
        "Perpetrators of anti-social behaviour, by month", "northmere-police", "northmere-asb",
        [.. Nda, "Incidents 12 months", .. Enumerable.Range(1, 12).Select(month => $"Month {month}")],
        from household in households
        from adult in household.Adults
        where lives[adult].Incidents > 0
        select (household, (IEnumerable<string>)
            [.. Clerk(adult), Number(lives[adult].Incidents), .. Enumerable.Range(0, 12).Select(month => Number((lives[adult].Incidents + month) / 12))]));

    private AuthorityExtract Nominations() => Write(
        "Families that schools put forward", "northmere-schools", "northmere-nominations", [.. Nda, "Criterion", "Reason", "Nominated on"],
        from household in households
        where nominations[household.Number] >= 0 && household.Adults.Count > 0
        select (household, (IEnumerable<string>)
            [.. Clerk(household.Adults[0]), Nominated[nominations[household.Number]], "Parents ask for help", Date(today.AddDays(-random.Next(1, 200)))]));

    private AuthorityExtract OutOfWork() => Write(
        "Out-of-work benefits, under the DWP's own agreement", "northmere-jobcentre", "northmere-benefits", [.. Nda, "Benefit", "Claim started", "Claim ended"],
        from household in households
        from adult in household.Adults
        where lives[adult].Claims || lives[adult].Claimed
        let started = today.AddDays(-random.Next(200, 1500))
        select (household, (IEnumerable<string>)
            [.. Clerk(adult), Benefits[random.Next(Benefits.Length)], Date(started), lives[adult].Claims ? "" : Date(started.AddDays(random.Next(20, 180)))]));

    /// <summary>The police's own list names households by pseudonym: made on their side, by the command that ships for it.</summary>
    private async Task<AuthorityExtract> HouseholdListAsync(ReadOnlyMemory<byte> secret, CancellationToken cancellationToken)
    {
        var csv = new CsvBuilder().Row("Address", "Postcode", "Crime or ASB", "Domestic violence", "Under 18 proven offence", "Persistent ASB");
        foreach (var household in households.Where(household => household.Problems.Contains("domestic-abuse")))
        {
            var person = household.Adults.Concat(household.Children).First();
            csv.Row(person.Address, person.Postcode, "no", "yes", "no", "no");
        }

        using var list = new MemoryStream();
        var (_, written) = await HouseholdListPreparation.PrepareAsync(
            new MemoryStream(csv.ToUtf8()), DatasetCatalogue.Find("household-list")!, new ExtractReadOptions { AsOf = today }, secret, list, cancellationToken);
        return new(
            new("The police's anonymous list of households", "northmere-police", "northmere-households", list.ToArray(), written, Refused: 0),
            new Dictionary<long, int>());
    }

    private static AuthorityExtract Write(
        string story, string agency, string exchange, IEnumerable<string> header, IEnumerable<(SyntheticHousehold Household, IEnumerable<string> Cells)> rows)
    {
        var (csv, owners) = (new CsvBuilder().Row(header), new Dictionary<long, int>());
        foreach (var (household, cells) in rows)
        {
            csv.Row(cells);
            owners.Add(csv.Rows + 1, household.Number);
        }

        return new(new(story, agency, exchange, csv.ToUtf8(), csv.Rows, Refused: 0), owners);
    }

    /// <summary>How one agency has one person: capitals, blanks, a slip in a name, day and month changed, now and then the wrong house.</summary>
    /// <param name="badDate">Its date of birth was guessed.</param>
    internal IEnumerable<string> Clerk(SyntheticPerson person, bool badDate = false)
    {
        if (canaries.Contains(person))
        {
            return [person.Surname, person.Forenames, person.BornUk, person.Address, person.Postcode];
        }

        var forenames = random.Next(40) == 0 && person.Forenames.Length > 3 ? person.Forenames[..^2] + person.Forenames[^1] : person.Forenames;
        var surname = random.Next(60) == 0 ? person.Surname[..^2] + person.Surname[^1] + person.Surname[^2] : person.Surname;
        var born = badDate ? person.Born.AddDays(-random.Next(400, 900))
            : random.Next(120) == 0 && person.Born.Day <= 12 ? new DateOnly(person.Born.Year, person.Born.Day, person.Born.Month)
            : person.Born;
        return
        [
            random.Next(6) == 0 ? surname.ToUpperInvariant() : surname,
            random.Next(20) == 0 ? $" {forenames} " : forenames,
            Date(born),
            random.Next(8) == 0 ? person.Address.ToUpperInvariant().Replace(", LEICESTER", "", StringComparison.Ordinal)
                : random.Next(250) == 0 ? "1" + person.Address
                : person.Address,
            random.Next(5) == 0 ? person.Postcode.Replace(" ", "", StringComparison.Ordinal).ToLower(CultureInfo.InvariantCulture) : person.Postcode,
        ];
    }

    private int Age(SyntheticPerson person) => Programme.Eligibility.Age.On(person.Born, today);

    /// <summary>What is true of a person.</summary>
    private sealed class Life
    {
        /// <summary>Per cent of sessions.</summary>
        public int Unauthorised { get; set; }

        public int Exclusions { get; set; }

        /// <summary>Went to the neighbour's schools before.</summary>
        public bool Moved { get; set; }

        public bool Offended { get; set; }

        public int Incidents { get; set; }

        public bool Claims { get; set; }

        /// <summary>Once, no more.</summary>
        public bool Claimed { get; set; }
    }
}
