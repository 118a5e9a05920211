using TfFlow.Linkage.Tests.Population;

namespace TfFlow.TestKit.Authority;

/// <summary>An authority of invented people: who lives with whom, who moved, whose parents live apart, and which problems they have. It knows nothing of how families are found.</summary>
public sealed class InventedAuthority
{
    private static readonly string[] Nominated = ["children-need-help", "health"];

    private readonly Random random;
    private readonly AuthorityOptions options;
    private readonly Places places;
    private readonly List<InventedFamily> families = [];
    private readonly Dictionary<int, string> nominations = [];
    private readonly HashSet<int> left = [];
    private readonly int[] homes;
    private int settled;

    public InventedAuthority(AuthorityOptions options)
    {
        this.options = options;
        random = new(options.Seed);
        places = new(random);
        places.Build(options.People / 2);
        homes = [.. Enumerable.Range(0, places.All.Count)];
        random.Shuffle(homes);
        for (var living = 0; living < options.People; living += families[^1].Members.Count())
        {
            families.Add(Next());
        }
    }

    public IReadOnlyList<InventedFamily> Families => families;

    public AuthorityOptions Options => options;

    /// <summary>What somebody nominated a family for; null: nobody did.</summary>
    internal string? NominationOf(InventedFamily family) => nominations.GetValueOrDefault(family.Number);

    internal Dwelling DwellingAt(int home) => places.All[home];

    /// <summary>A dwelling's address, as who lives there writes it.</summary>
    public (string Address, string Postcode) AddressOf(int home)
    {
        var dwelling = DwellingAt(home);
        var flat = dwelling.Flat == 0 ? "" : $"Flat {dwelling.Flat}, {(dwelling.Building.Length > 0 ? dwelling.Building + ", " : "")}";
        return ($"{flat}{dwelling.Number} {dwelling.Street}, {dwelling.Town}", dwelling.Postcode);
    }

    /// <summary>The authority's files, as its agencies write them.</summary>
    public IReadOnlyList<AuthorityFile> Month() => new AuthorityFiles(this).Write();

    /// <summary>Further files about the same people: what else the authority and the police have of them. What they say is in no family's
    /// <see cref="InventedFamily.Problems"/>.</summary>
    public IReadOnlyList<AuthorityFile> More() => new AuthorityFiles(this).WriteMore();

    private InventedFamily Next()
    {
        var kinds = FamilyKinds.None;
        int? oldHome = null;
        int home;
        if (left.Count > 0 && random.NextDouble() < 0.25)
        {
            home = left.First();
            left.Remove(home);
            kinds |= FamilyKinds.Newcomers;
        }
        else
        {
            home = homes[settled++];
            if (random.NextDouble() < options.Movers)
            {
                kinds |= FamilyKinds.Moved;
                oldHome = homes[settled++];
                if (random.NextDouble() < options.Reoccupied)
                {
                    left.Add(oldHome.Value);
                }
            }
        }

        var family = Found(home, oldHome, ref kinds);
        var troubled = random.NextDouble() < options.Troubled;
        return family with { Kinds = kinds, Problems = Live(family, troubled) };
    }

    private InventedFamily Found(int home, int? oldHome, ref FamilyKinds kinds)
    {
        var origin = Origin();
        var surname = NamePools.Surname(random, origin, narrow: false);
        var partner = random.NextDouble() < options.TwoSurnames ? NamePools.Surname(random, random.Next(4) == 0 ? Origin() : origin, narrow: false) : surname;
        var children = random.NextDouble() < 0.4 ? 0 : 1 + Math.Min(random.Next(4), random.Next(4));
        var couple = random.NextDouble() < (children == 0 ? 0.55 : 0.7);
        var apart = children > 0 && !couple && random.NextDouble() < options.Separated / 0.3;
        int? other = apart ? homes[settled++] : null;
        kinds |= apart ? FamilyKinds.Separated : FamilyKinds.None;
        kinds |= (couple || apart) && partner != surname ? FamilyKinds.TwoSurnames : FamilyKinds.None;

        // Of a couple she comes first; children bear his name, or hers where both parents kept theirs.
        var mother = Adult(partner, origin, woman: true, home);
        var father = Adult(surname, origin, woman: false, other ?? home);
        var adults = new List<Inhabitant> { mother };
        if (couple || apart)
        {
            adults.Add(father);
        }

        var named = !couple && !apart ? partner : random.Next(4) == 0 ? partner : surname;
        var young = new List<Inhabitant>();
        for (var child = 0; child < children; child++)
        {
            var born = options.Today.AddDays(-random.Next(200, (17 * 365) + 300));
            var forename = "";
            var woman = random.Next(2) == 0;
            if (child == 1 && random.NextDouble() < options.Twins)
            {
                kinds |= FamilyKinds.Twins;
                born = young[0].Born;
            }
            else if (child == 0 && (couple || apart) && named == surname && random.NextDouble() < options.Namesakes)
            {
                kinds |= FamilyKinds.Namesakes;
                (forename, woman) = (father.Forename, false);
            }

            while (forename.Length == 0 || young.Any(sibling => sibling.Forename == forename))
            {
                forename = NamePools.Given(random, origin, woman, young: true, narrow: false);
            }

            young.Add(new() { Forename = forename, Surname = named, Born = born, Woman = woman, Home = home, OtherHome = other });
        }

        return new(families.Count, adults, young, new HashSet<string>(), kinds, oldHome);
    }

    private Inhabitant Adult(string surname, NameOrigin origin, bool woman, int home) => new()
    {
        Forename = NamePools.Given(random, origin, woman, young: random.Next(2) == 0, narrow: false),
        Surname = surname,
        Born = options.Today.AddDays(-random.Next(21 * 365, 62 * 365)),
        Woman = woman,
        Home = home,
    };

    private HashSet<string> Live(InventedFamily family, bool troubled)
    {
        double Chance(double usually) => troubled ? 0.4 : usually;
        var pupils = family.Children.Where(child => AgeOf(child) is >= 5 and < 16).ToList();
        foreach (var pupil in pupils)
        {
            pupil.Unauthorised = random.NextDouble() < Chance(0.02) ? random.Next(18, 40) : random.Next(0, 9);
            pupil.Exclusions = random.NextDouble() < Chance(0.01) / 2 ? random.Next(3, 6) : 0;
        }

        foreach (var youth in family.Children.Where(child => AgeOf(child) is >= 12 and < 17))
        {
            youth.Offended = random.NextDouble() < Chance(0.01) / 2;
        }

        foreach (var adult in family.Adults)
        {
            adult.Incidents = random.NextDouble() < Chance(0.008) / 2 ? random.Next(3, 14) : random.Next(60) == 0 ? random.Next(1, 3) : 0;
            adult.Claims = random.NextDouble() < Chance(0.09);
            adult.Claimed = !adult.Claims && random.Next(12) == 0;
        }

        if (random.NextDouble() < Chance(0.008) / 2)
        {
            nominations.Add(family.Number, Nominated[random.Next(Nominated.Length)]);
        }

        var problems = new HashSet<string>();
        void Meets(bool met, string problem)
        {
            if (met)
            {
                problems.Add(problem);
            }
        }

        Meets(family.Children.Any(child => child.Offended) || family.Adults.Any(adult => adult.Incidents >= 3), "crime");
        Meets(pupils.Any(child => child.Unauthorised >= 15 || child.Exclusions >= 3), "attendance");
        Meets(family.Adults.Any(adult => adult.Claims), "work");
        Meets(nominations.ContainsKey(family.Number), nominations.GetValueOrDefault(family.Number, ""));
        return problems;
    }

    internal int AgeOf(Inhabitant person)
    {
        var years = options.Today.Year - person.Born.Year;
        return person.Born.AddYears(years) > options.Today ? years - 1 : years;
    }

    private NameOrigin Origin()
    {
        var draw = random.NextDouble();
        for (var i = 0; i < NamePools.Shares.Length; i++)
        {
            if ((draw -= NamePools.Shares[i]) < 0)
            {
                return NamePools.Origins[i];
            }
        }

        return NamePools.Origins[0];
    }
}
