using System.Globalization;

namespace TfFlow.Linkage.Tests.Population;

/// <summary>People in households, and what a few years do to them.</summary>
internal sealed class Society
{
    private static readonly DateOnly Start = new(2021, 6, 30);
    private readonly PopulationOptions options;
    private readonly Random random;
    private readonly Places places;
    private readonly Queue<int> vacant = new();
    private readonly List<int> free = [];
    private int nextPerson;

    public Society(PopulationOptions options)
    {
        this.options = options;
        random = new Random(options.Seed);
        places = new Places(random);
    }

    public Dictionary<int, Person> People { get; private set; } = [];

    public Dwelling Home(Person person) => places.All[person.Dwelling];

    public void Found()
    {
        while (People.Count < options.People)
        {
            Settle(Start, NewDwelling());
        }
    }

    /// <summary>Moves, marriages, births, deaths, leavings, newcomers into the homes left empty.</summary>
    public void Age()
    {
        var now = Start.AddYears(options.YearsBetween);
        var before = People.Count;
        var people = new Dictionary<int, Person>(People.Count);
        foreach (var household in People.Values.GroupBy(p => p.Dwelling).OrderBy(g => g.Key))
        {
            var members = household.ToList();
            var wholeMoves = random.NextDouble() < options.Movers * 0.65;
            var target = wholeMoves ? NewDwelling() : household.Key;
            if (wholeMoves && random.NextDouble() < 0.8)
            {
                vacant.Enqueue(household.Key);
            }

            foreach (var member in members)
            {
                if (random.NextDouble() < (Years(member, now) > 75 ? 0.04 : 0.012) * options.YearsBetween)
                {
                    continue;
                }

                people[member.Id] = Change(member with { Dwelling = target, Story = member.Story + (wholeMoves ? " moved" : "") }, now, wholeMoves);
            }

            if (members.Any(p => p.Woman && Years(p, now) is > 20 and < 42) && random.NextDouble() < 0.06 * options.YearsBetween)
            {
                var parent = members.First(p => p.Woman && Years(p, now) is > 20 and < 42);
                var child = Child(now.AddDays(-random.Next(1, 365 * options.YearsBetween)), members[0].Surname, parent.Origin, target, []);
                people[child.Id] = child;
            }
        }

        People = people;
        while (People.Count < before)
        {
            Settle(now, vacant.Count > 0 ? vacant.Dequeue() : NewDwelling());
        }
    }

    private Person Change(Person person, DateOnly now, bool moved)
    {
        var age = Years(person, now);
        var woman = person.Woman && age is > 20 and < 60;
        if (woman && random.NextDouble() < 0.012 * options.YearsBetween)
        {
            var surname = NamePools.Surname(random, person.Origin, options.NarrowNames);
            person = person with
            {
                Surname = random.NextDouble() < 0.2 ? $"{person.Surname}-{surname}" : surname,
                Story = person.Story + " married",
            };
            if (!moved && random.NextDouble() < 0.5)
            {
                return person with { Dwelling = NewDwelling(), Story = person.Story + " moved", Mobile = random.NextDouble() < 0.3 ? Mobile() : person.Mobile };
            }
        }
        else if (age is > 17 and < 35 && !moved && random.NextDouble() < options.Movers * 1.6)
        {
            return person with { Dwelling = NewDwelling(), Story = person.Story + " left", Mobile = random.NextDouble() < 0.3 ? Mobile() : person.Mobile };
        }
        else if (!moved && random.NextDouble() < options.Movers * 0.12)
        {
            return person with { Dwelling = NewDwelling(), Story = person.Story + (age < 18 ? " care" : " left") };
        }

        return random.NextDouble() < 0.15 ? person with { Mobile = Mobile() } : person;
    }

    private void Settle(DateOnly now, int dwelling)
    {
        var origin = NamePools.Origins[Pick(NamePools.Shares)];
        var kind = random.NextDouble();
        if (kind < 0.26)
        {
            Join(Adult(now, random.Next(19, 92), random.NextDouble() < 0.5, origin, NamePools.Surname(random, origin, options.NarrowNames), dwelling));
        }
        else if (kind < 0.32)
        {
            var sharers = 3 + random.Next(random.NextDouble() < 0.1 ? 14 : 4);
            for (var i = 0; i < sharers; i++)
            {
                var theirs = random.NextDouble() < 0.5 ? origin : NamePools.Origins[Pick(NamePools.Shares)];
                Join(Adult(now, random.Next(18, 45), random.NextDouble() < 0.5, theirs, NamePools.Surname(random, theirs, options.NarrowNames), dwelling));
            }
        }
        else
        {
            Family(now, origin, dwelling, couple: kind < 0.87, children: kind is >= 0.5);
        }
    }

    private void Family(DateOnly now, NameOrigin origin, int dwelling, bool couple, bool children)
    {
        var surname = NamePools.Surname(random, origin, options.NarrowNames);
        var age = children ? random.Next(21, 56) : random.Next(22, 88);
        var married = random.NextDouble() < 0.7;
        var mother = Adult(now, age, true, origin, married ? surname : NamePools.Surname(random, origin, options.NarrowNames), dwelling);
        Join(mother);
        Person? father = null;
        if (couple)
        {
            father = Adult(now, Math.Max(19, age + random.Next(-3, 8)), false, origin, surname, dwelling);
            Join(father);
        }

        if (!children)
        {
            return;
        }

        var childSurname = !married && random.NextDouble() < 0.12 ? $"{mother.Surname}-{surname}"
            : !married && (!couple || random.NextDouble() < 0.3) ? mother.Surname : surname;
        var names = new HashSet<string>();
        var wanted = 1 + (random.NextDouble() < 0.55 ? 1 : 0) + (random.NextDouble() < 0.22 ? 1 : 0) + (random.NextDouble() < 0.1 ? random.Next(1, 4) : 0);
        for (var i = 0; i < wanted; i++)
        {
            var childAge = random.Next(0, Math.Min(22, age - 17));
            var born = Born(now, childAge);
            var namesake = father is not null && random.NextDouble() < 0.02;
            var child = Child(born, childSurname, origin, dwelling, names);
            if (namesake)
            {
                child = child with { Woman = false, Given = father!.Given, Middle = random.NextDouble() < 0.5 ? father.Middle : child.Middle, Surname = father.Surname, Story = " namesake" };
                People[father.Id] = father with { Story = " namesake" };
            }

            Join(child);
            if (random.NextDouble() < 0.03)
            {
                var twin = Child(born, childSurname, origin, dwelling, names);
                if (random.NextDouble() < 0.35)
                {
                    twin = twin with { Given = Rhyme(child, twin, names) };
                }

                Join(twin with { Story = " twin" });
                People[child.Id] = People[child.Id] with { Story = " twin" };
            }
        }

        if (random.NextDouble() < 0.04)
        {
            Join(Adult(now, Math.Min(95, age + random.Next(20, 34)), random.NextDouble() < 0.7, origin, surname, dwelling));
        }
    }

    /// <summary>Twins are often named alike: the same first letter, where the pool has one.</summary>
    private string Rhyme(Person child, Person twin, HashSet<string> names)
    {
        for (var attempt = 0; attempt < 60; attempt++)
        {
            var name = NamePools.Given(random, child.Origin, twin.Woman, true, options.NarrowNames);
            if (name[0] == child.Given[0] && names.Add(name))
            {
                return name;
            }
        }

        return twin.Given;
    }

    private Person Adult(DateOnly now, int age, bool woman, NameOrigin origin, string surname, int dwelling)
    {
        var young = age < 45;
        var given = NamePools.Given(random, origin, woman, young, options.NarrowNames);
        return new Person
        {
            Id = nextPerson++,
            Given = given,
            Middle = Middle(origin, woman, young),
            Surname = surname,
            Born = Born(now, age),
            Woman = woman,
            Origin = origin,
            Dwelling = dwelling,
            Mobile = Mobile(),
            Email = Email(given, surname),
            Nhs = Nhs(),
        };
    }

    private Person Child(DateOnly born, string surname, NameOrigin origin, int dwelling, HashSet<string> taken)
    {
        var woman = random.NextDouble() < 0.49;
        string given;
        do
        {
            given = NamePools.Given(random, origin, woman, true, options.NarrowNames);
        }
        while (!taken.Add(given));

        return new Person { Id = nextPerson++, Given = given, Middle = Middle(origin, woman, true), Surname = surname, Born = born, Woman = woman, Origin = origin, Dwelling = dwelling, Nhs = Nhs() };
    }

    private string Middle(NameOrigin origin, bool woman, bool young) =>
        random.NextDouble() < (origin is NameOrigin.British or NameOrigin.Irish or NameOrigin.Caribbean ? 0.7 : 0.3)
            ? NamePools.Given(random, origin, woman, young, false) : "";

    private DateOnly Born(DateOnly now, int age) => now.AddYears(-age).AddDays(-random.Next(0, 365));

    private string Mobile() => $"07700{random.Next(100_000, 1_000_000)}";

    private string Email(string given, string surname) =>
        string.Create(CultureInfo.InvariantCulture, $"{given}.{surname}{random.Next(1, 100)}@example.{(random.Next(2) == 0 ? "com" : "org")}").ToLowerInvariant().Replace("'", "", StringComparison.Ordinal);

    private string Nhs()
    {
        while (true)
        {
            var digits = string.Create(CultureInfo.InvariantCulture, $"{random.Next(400_000_000, 799_999_999)}");
            var sum = 0;
            for (var i = 0; i < 9; i++)
            {
                sum += (10 - i) * (digits[i] - '0');
            }

            if ((11 - (sum % 11)) % 11 is var check and not 10)
            {
                return digits + check.ToString(CultureInfo.InvariantCulture);
            }
        }
    }

    private int NewDwelling()
    {
        if (free.Count < 50)
        {
            var built = places.All.Count;
            places.Build(Math.Max(2_000, options.People / 2));
            free.AddRange(Enumerable.Range(built, places.All.Count - built));
        }

        var at = random.Next(free.Count);
        var dwelling = free[at];
        free[at] = free[^1];
        free.RemoveAt(free.Count - 1);
        return dwelling;
    }

    private void Join(Person person) => People[person.Id] = person;

    private int Pick(double[] shares)
    {
        var x = random.NextDouble() * shares.Sum();
        for (var i = 0; i < shares.Length; i++)
        {
            if ((x -= shares[i]) < 0)
            {
                return i;
            }
        }

        return 0;
    }

    private static int Years(Person person, DateOnly now) => (now.DayNumber - person.Born.DayNumber) / 365;
}
