using TfFlow.Linkage;

namespace TfFlow.Programme.Eligibility;

/// <summary>Forms the families of one group of households.</summary>
internal sealed class FamilyForming
{
    /// <summary>What the authority's own record of where somebody lives weighs beside a partner's.</summary>
    private const double OwnWeight = 1.5;

    /// <summary>What speaks against a home of somebody known at two: children of another name live there and nowhere else.</summary>
    private const double Taken = 3;

    /// <summary>So many times more must speak for one of two homes than for the other, or who lives there under another name may be somebody who moved in.</summary>
    private const double Plainly = 2;

    private readonly IReadOnlyList<LocatedRecord> records;
    private readonly PeopleOfGroup people;
    private readonly int childUnder;
    private readonly DateOnly on;
    private readonly Dwellings dwellings;
    private readonly Dictionary<int, Resident> residents = [];
    private readonly Dictionary<int, List<(int Other, string Why)>> doubts = [];

    public FamilyForming(IReadOnlyList<LocatedRecord> records, PeopleOfGroup people, int childUnder, DateOnly on)
    {
        (this.records, this.people, this.childUnder, this.on) = (records, people, childUnder, on);
        dwellings = new(records);
        foreach (var person in Enumerable.Range(0, records.Count).Where(record => people.Persons[record] >= 0).GroupBy(record => people.Persons[record]))
        {
            residents.Add(person.Key, ResidentOf(person.Key, [.. person]));
        }

        foreach (var resident in residents.Values.Where(resident => resident.Lived.Count > 1))
        {
            foreach (var dwelling in resident.Lived.Keys.Where(dwelling => IsTaken(resident, dwelling)).ToList())
            {
                resident.Lived[dwelling] -= Taken;
            }

            resident.Home = resident.Lived.OrderByDescending(dwelling => dwelling.Value).ThenBy(dwelling => dwelling.Key).First().Key;
        }
    }

    public IReadOnlyList<FormedFamily> Form()
    {
        foreach (var home in residents.Values.GroupBy(resident => resident.Home))
        {
            Live(home.ToList());
        }

        var moved = residents.Values.Where(resident => resident.Lived.Count > 1).ToList();
        for (var one = 0; one < moved.Count; one++)
        {
            // Who is known at the same two homes moved together.
            moved.Skip(one + 1).Where(other => other.Lived.Keys.Count(moved[one].Lived.ContainsKey) > 1).ToList().ForEach(other => Join(moved[one], other));
        }

        foreach (var resident in moved)
        {
            foreach (var dwelling in resident.Lived.Keys.Where(dwelling => dwelling != resident.Home))
            {
                Left(resident, dwelling);
            }
        }

        foreach (var ((one, other), probability) in people.Likely.Where(pair => pair.Value >= FamilyFormation.Possible))
        {
            var (a, b) = (people.Persons[one], people.Persons[other]);
            if (a != b && residents[a].Home != residents[b].Home)
            {
                Doubt(a, b, FormattableString.Invariant($"{Place(one)} and {Place(other)}: one person who lived in two homes, or two? As likely as {probability:0.00}."));
            }
        }

        return Families();
    }

    /// <summary>Who lives behind one door is one household; but where all who bear a name are known at another home too, who bears another may have moved in after them.</summary>
    private void Live(List<Resident> together)
    {
        var between = together.Where(resident => resident.Lived.Count > 1 && !IsPlain(resident)).ToList();
        var settled = together.Except(between).ToList();
        var apart = settled.Where(resident => !between.Exists(other => Kin(other, resident))).ToList();
        if (between.Count == 0 || apart.Count < settled.Count || apart.Exists(resident => resident.IsChild))
        {
            together.ForEach(resident => Join(together[0], resident));
            return;
        }

        between.ForEach(resident => Join(between[0], resident));
        foreach (var resident in apart)
        {
            Join(apart[0], resident);
            Doubt(between[0].Person, resident.Person, $"{Place(resident.Records[0])}: of the family of {Place(between[0].Records[0])}, which is known at another home too, or somebody who moved in after it?");
        }
    }

    private bool IsTaken(Resident resident, int dwelling) =>
        residents.Values.Any(other => other.IsChild && other.Lived.Count == 1 && other.Home == dwelling && !Kin(other, resident));

    private static bool IsPlain(Resident resident) =>
        resident.Lived.Where(dwelling => dwelling.Key != resident.Home).All(dwelling => resident.Lived[resident.Home] >= Plainly * dwelling.Value);

    /// <summary>What becomes of the others of a home that somebody is known at who lives elsewhere: of their family, or who lives there now.</summary>
    private void Left(Resident leaver, int dwelling)
    {
        var others = residents.Values.Where(resident => resident.Home == dwelling && resident.Root != leaver.Root).ToList();
        var theirs = others.Where(other => Related(other, leaver)).ToList();
        var children = others.Where(other => other.IsChild).ToList();

        // Children who are of no kin to who left, and their kin, are who lives there now. Where no child lives, a stranger in name may be the other parent.
        var now = others.Except(theirs).Where(other => children.Exists(child => !theirs.Contains(child) && (child == other || Kin(child, other)))).ToList();
        foreach (var other in theirs.Where(other => !now.Exists(newcomer => Kin(newcomer, other))))
        {
            Part(other);
            Join(leaver, other);
        }

        foreach (var other in others.Except(theirs).Except(now).Where(other => !other.IsChild))
        {
            Doubt(leaver.Person, other.Person, $"{Place(other.Records[0])}: of the family that lives elsewhere now ({Place(leaver.Records[0])}), or somebody who lives at its old address?");
        }
    }

    /// <summary>One surname, or a part of it, with whoever left or with somebody of the same home.</summary>
    private bool Related(Resident other, Resident leaver) => residents.Values.Any(member => member.Root == leaver.Root && Kin(other, member));

    private static bool Kin(Resident one, Resident other) => one.Surnames.Overlaps(other.Surnames);

    private void Doubt(int one, int other, string why)
    {
        foreach (var (from, to) in ((int, int)[])[(one, other), (other, one)])
        {
            if (!doubts.TryGetValue(from, out var of))
            {
                doubts.Add(from, of = []);
            }

            of.Add((to, why));
        }
    }

    private void Join(Resident one, Resident other)
    {
        var (to, from) = (one.Root, other.Root);
        foreach (var member in residents.Values.Where(member => member.Root == from))
        {
            member.Root = to;
        }
    }

    /// <summary>Takes somebody out of the home their records give: they left with the others.</summary>
    private void Part(Resident one)
    {
        if (one.Root == one.Person && residents.Values.FirstOrDefault(member => member != one && member.Root == one.Person) is { } next)
        {
            foreach (var member in residents.Values.Where(member => member != one && member.Root == one.Person).ToList())
            {
                member.Root = next.Person;
            }
        }

        one.Root = one.Person;
    }

    private IReadOnlyList<FormedFamily> Families()
    {
        var families = residents.Values.GroupBy(resident => resident.Root).Select(family => family.ToList()).ToList();
        var ownerOf = OwnersOf(families);
        foreach (var homeless in families.Where(family => !ownerOf.ContainsValue(family)))
        {
            // Two streets of one postcode and number, or a postcode that was mistyped into another: one household key is both.
            var owner = ownerOf[records[homeless[0].Records[0]].Household];
            Doubt(owner[0].Person, homeless[0].Person, $"{Place(homeless[0].Records[0])}: the same postcode and number as {Place(owner[0].Records[0])} and another street. Of this family, or is the postcode mistyped?");
        }

        var formed = new List<FormedFamily>();
        foreach (var family in families)
        {
            int[] households = [.. ownerOf.Where(owner => owner.Value == family).Select(owner => owner.Key)];
            int[] certain = [.. Enumerable.Range(0, records.Count).Where(record => people.Persons[record] is >= 0 and var person
                ? residents[person].Root == family[0].Root
                : households.Contains(records[record].Household))];
            var others = family.SelectMany(member => doubts.GetValueOrDefault(member.Person, []))
                .Where(doubt => residents[doubt.Other].Root != family[0].Root).ToList();
            int[] perhaps = [.. others.SelectMany(doubt => residents[doubt.Other].Records).Distinct().Order()];
            if (households.Length > 0)
            {
                formed.Add(new(households[0], households, certain, perhaps, [.. Links(family)], [.. others.Select(doubt => doubt.Why).Distinct()]));
            }
        }

        // Rows that name households alone.
        formed.AddRange(records.Select(record => record.Household).Distinct().Where(household => !ownerOf.ContainsKey(household))
            .Select(household => new FormedFamily(household, [household], [.. Enumerable.Range(0, records.Count).Where(record => records[record].Household == household && people.Persons[record] < 0)], [], [], []))
            .Where(family => family.Certain.Count > 0));
        return formed;
    }

    /// <summary>Whose each household is: theirs who have their home there, else theirs who were known there. Of several it is theirs of whom there are most.</summary>
    private Dictionary<int, List<Resident>> OwnersOf(List<List<Resident>> families)
    {
        var owners = new Dictionary<int, List<Resident>>();
        var wanted = families.SelectMany(family => family.SelectMany(member => member.Records.Select(record => (
            records[record].Household, Family: family, AtHome: dwellings.Of(record) == member.Home, member.Person))));
        foreach (var household in wanted.GroupBy(claim => claim.Household))
        {
            owners.Add(household.Key, household.GroupBy(claim => claim.Family)
                .MaxBy(claims => (claims.Where(claim => claim.AtHome).Select(claim => claim.Person).Distinct().Count(), claims.Count(), -claims.Key[0].Person))!.Key);
        }

        // Their home first: it is what they are found by.
        return owners.OrderByDescending(owner => owner.Value.SelectMany(member => member.Records).Count(record => records[record].Household == owner.Key && dwellings.Of(record) == residents[people.Persons[record]].Home))
            .ThenBy(owner => owner.Key).ToDictionary();
    }

    private IEnumerable<string> Links(List<Resident> family)
    {
        foreach (var member in family)
        {
            var home = member.Records.FirstOrDefault(record => dwellings.Of(record) == member.Home, member.Records[0]);
            foreach (var record in member.Records.Where(record => record != home && records[record].Household != records[home].Household).DistinctBy(record => (records[record].Household, records[record].Record.Fact.Source.Extract)))
            {
                yield return !records[record].Placed
                    ? $"{Place(record)}: its address was not understood and places nobody. It is here because its person is{Likely(home, record)}: {Agreement(home, record)}."
                    : dwellings.Of(record) == member.Home
                        ? $"{Place(record)}: its postcode is a slip away from that of {Place(home)}, at the same house and street. The address of most records is taken."
                        : $"{Place(record)} and {Place(home)}: one person with two addresses{Likely(home, record)}: {Agreement(home, record)}. The address of {Place(home)} is taken for the home.";
            }
        }
    }

    private string Likely(int one, int other) => people.Likely.TryGetValue((Math.Min(one, other), Math.Max(one, other)), out var probability)
        ? FormattableString.Invariant($", as likely as {probability:0.000}")
        : "";

    private string Agreement(int one, int other)
    {
        var (a, b) = (records[one].Record.Person!, records[other].Record.Person!);
        return $"surname {Word(Folding.Fold(a.Surname) == Folding.Fold(b.Surname))}, forenames {Word(Folding.Fold(a.Forenames) == Folding.Fold(b.Forenames))}, date of birth {Word(a.Born == b.Born)}";

        static string Word(bool same) => same ? "the same" : "alike";
    }

    private string Place(int record)
    {
        var fact = records[record].Record.Fact;
        return $"Row {fact.Row} of {fact.Source.Dataset} ({fact.Source.Extract})";
    }

    /// <summary>Where somebody lives: where most extracts have them, the authority's own weighing more.</summary>
    private Resident ResidentOf(int person, int[] of)
    {
        var lived = of.Where(record => records[record].Placed)
            .GroupBy(dwellings.Of)
            .ToDictionary(dwelling => dwelling.Key, dwelling => dwelling.DistinctBy(record => records[record].Record.Fact.Source.Extract).Sum(record => records[record].Own ? OwnWeight : 1));
        var home = lived.Count == 0 ? dwellings.Of(of[0]) : lived.OrderByDescending(dwelling => dwelling.Value).ThenBy(dwelling => dwelling.Key).First().Key;
        return new(
            person,
            of,
            home,
            lived,
            [.. of.SelectMany(record => Folding.Fold(records[record].Record.Person!.Surname).Split(' ', StringSplitOptions.RemoveEmptyEntries))],
            of.Select(record => records[record].Record.Person!.Born).OfType<DateOnly>().Select(born => Age.On(born, on) < childUnder).FirstOrDefault());
    }

    private sealed class Resident(int person, int[] records, int home, Dictionary<int, double> lived, HashSet<string> surnames, bool isChild)
    {
        public int Person { get; } = person;

        public int[] Records { get; } = records;

        public int Home { get; set; } = home;

        /// <summary>The homes their records give, and how much speaks for each.</summary>
        public Dictionary<int, double> Lived { get; } = lived;

        public HashSet<string> Surnames { get; } = surnames;

        public bool IsChild { get; } = isChild;

        /// <summary>The same for everybody of a family.</summary>
        public int Root { get; set; } = person;
    }

    /// <summary>Which records give one home: the same household and street, or a postcode that is a slip away at the same house and street.</summary>
    private sealed class Dwellings
    {
        private const int Misspelt = 2;

        private readonly int[] of;

        public Dwellings(IReadOnlyList<LocatedRecord> records)
        {
            of = [.. Enumerable.Range(0, records.Count)];
            var read = records.Select(record => record.Placed ? HouseholdAddress.Within(record.Address, record.Postcode.Replace(" ", "", StringComparison.Ordinal)) : ("", "")).ToArray();
            for (var one = 0; one < of.Length; one++)
            {
                for (var other = 0; other < one; other++)
                {
                    if (of[one] != of[other] && IsOne(records, read, one, other))
                    {
                        var (to, from) = (Math.Min(of[one], of[other]), Math.Max(of[one], of[other]));
                        for (var i = 0; i <= one; i++)
                        {
                            of[i] = of[i] == from ? to : of[i];
                        }
                    }
                }
            }
        }

        public int Of(int record) => of[record];

        private static bool IsOne(IReadOnlyList<LocatedRecord> records, (string Home, string Street)[] read, int one, int other)
        {
            var (a, b) = (read[one].Street, read[other].Street);
            var known = a.Length > 0 && b.Length > 0;
            return records[one].Household == records[other].Household
                ? !known || DamerauLevenshtein.Distance(a, b) <= Misspelt
                : known && a == b && read[one].Home == read[other].Home && HouseholdAddress.IsSlip(records[one].Postcode, records[other].Postcode);
        }
    }
}
