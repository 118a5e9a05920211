using System.Globalization;

namespace TfFlow.Linkage.Tests.Population;

/// <summary>What two people of one home are to each other.</summary>
public enum CoResidentKind
{
    TwinsSameSex,
    TwinsOfBothSexes,
    FatherAndSonOfOneName,
    BrothersOfOneFirstName,
    MotherAndDaughter,
}

/// <summary>Pairs of co-residents who are two people, planted in two registers: one on each, or both on both. It knows names, dates and addresses, and no rule of the linker.</summary>
internal static class CoResidents
{
    private static readonly (string One, string Other)[] Boys = Pairs("Jack,Thomas Daniel,Samuel Ethan,Oscar Ibrahim,Yusuf Noah,Arthur Reuben,Logan Harvey,Dylan Luca,Felix Rhys,Owen Kamil,Szymon");
    private static readonly (string One, string Other)[] Girls = Pairs("Emily,Sophie Grace,Chloe Hannah,Lucy Ruby,Freya Isla,Poppy Zara,Amina Megan,Holly Alice,Martha Maja,Zofia Naomi,Esther");
    private static readonly (string One, string Other)[] AlikeBoys = Pairs("Hassan,Hussein Jayden,Hayden Joel,Noel Ayaan,Rayaan Aidan,Nathan Harley,Harvey Kian,Rian Reece,Reuben Tyler,Taylor Kayden,Jayden");
    private static readonly (string One, string Other)[] AlikeGirls = Pairs("Tia,Mia Ellie,Elsie Amelia,Emilia Lila,Layla Anna,Hannah Sara,Zara Maria,Mariam Evie,Effie Isla,Iyla Carla,Clara");
    private static readonly (string One, string Other)[] AlikeBoth = Pairs("Alexander,Alexandra Daniel,Danielle Oliver,Olivia Louis,Louise Gabriel,Gabrielle Joseph,Josephine Paul,Paula Julian,Juliana Henry,Harriet Charlie,Charlotte");
    private static readonly string[] Called = "Omar Ali Hassan Ibrahim Yusuf Bilal Hamza Zaid Idris Khalid Tariq Adam Ismail Faisal Imran".Split(' ');

    /// <summary>Rows to append to a register of the first of the <see cref="Layouts"/>, and to its counterpart.</summary>
    /// <param name="kind">What they are to each other.</param>
    /// <param name="count">How many pairs.</param>
    /// <param name="alike">Whether twins' names resemble each other.</param>
    /// <param name="both">Whether both are on both registers; else one on each.</param>
    /// <param name="seed">Of the random numbers.</param>
    public static (string Left, string Right) Rows(CoResidentKind kind, int count, bool alike, bool both, int seed)
    {
        var random = new Random(seed);
        var (left, right) = (new List<string>(), new List<string>());
        for (var i = 0; i < count; i++)
        {
            var (one, other) = Two(kind, i, alike, random);
            var surname = Surnames[random.Next(Surnames.Length)];
            var address = string.Create(CultureInfo.InvariantCulture, $"{random.Next(200, 400)} {Streets[random.Next(Streets.Length)]}");
            var postcode = string.Create(CultureInfo.InvariantCulture, $"LE{random.Next(20, 60)} {random.Next(1, 9)}{(char)('A' + random.Next(2))}B");
            left.Add(Row($"coX{i}", one, surname, $"{address},Hexford,{postcode}"));
            right.Add(Row($"coY{i}", other, surname, $"{address},Hexford,{postcode}"));
            if (both)
            {
                left.Add(Row($"coY{i}", other, surname, $"{address},Hexford,{postcode}"));
                right.Add(Row($"coX{i}", one, surname, $"{address},Hexford,{postcode}"));
            }
        }

        return (string.Join('\n', left) + '\n', string.Join('\n', right) + '\n');
    }

    private static string Row(string id, Birth person, string surname, string rest) =>
        string.Create(CultureInfo.InvariantCulture, $"{id},{person.Name.Split(' ')[0]},{string.Join(' ', person.Name.Split(' ').Skip(1))},{surname},{person.Date:yyyy-MM-dd},{person.Sex},{rest}");

    private sealed record Birth(string Name, string Sex, DateOnly Date);

    private static (Birth One, Birth Other) Two(CoResidentKind kind, int i, bool alike, Random random)
    {
        var born = new DateOnly(2008, 1, 1).AddDays(random.Next(5000));
        static Birth Person(string name, string sex, DateOnly date) => new(name, sex, date);
        switch (kind)
        {
            case CoResidentKind.TwinsSameSex:
                var girls = i % 2 == 0;
                var (twin, sibling) = (alike ? girls ? AlikeGirls : AlikeBoys : girls ? Girls : Boys)[i / 2 % 10];
                return (Person(twin, girls ? "F" : "M", born), Person(sibling, girls ? "F" : "M", born));
            case CoResidentKind.TwinsOfBothSexes:
                var (brother, sister) = alike ? AlikeBoth[i % 10] : (Boys[i % 10].One, Girls[(i + 3) % 10].Other);
                return (Person(brother, "M", born), Person(sister, "F", born));
            case CoResidentKind.FatherAndSonOfOneName:
                var name = Boys[random.Next(10)].One;
                return (Person(name, "M", born.AddDays(-random.Next(7300, 13_000))), Person(name, "M", born));
            case CoResidentKind.BrothersOfOneFirstName:
                var first = random.Next(Called.Length);
                return (Person($"Mohammed {Called[first]}", "M", born), Person($"Mohammed {Called[(first + 1 + random.Next(Called.Length - 1)) % Called.Length]}", "M", born.AddDays(random.Next(330, 1800))));
            default:
                var (mother, daughter) = alike ? AlikeGirls[random.Next(10)] : Girls[random.Next(10)];
                return (Person(mother, "F", born.AddDays(-random.Next(7300, 13_000))), Person(daughter, "F", born));
        }
    }

    private static readonly string[] Surnames = "Marlowe Hartside Pemberley Okonjo Szymanski Asante Arming Kaur Khan Begum Ruthering Dunmore Ashgrove Patel Calder Whitlock Fenwick Osei Nowak Lockyer Brannon Tierney".Split(' ');
    private static readonly string[] Streets = ["Elm Road", "Canal Street", "High Street", "Mill Lane", "Meadow Way", "Primrose Hill", "Station Road", "Grove Street"];

    private static (string, string)[] Pairs(string text) => [.. text.Split(' ').Select(p => p.Split(',')).Select(p => (p[0], p[1]))];
}
