using System.Globalization;

namespace TfFlow.Cli.Demo;

/// <summary>An invented person at an invented address.</summary>
internal sealed record SyntheticPerson(string Surname, string Forenames, DateOnly Born, string Address, string Postcode)
{
    public string BornUk => Born.ToString("dd/MM/yyyy", CultureInfo.InvariantCulture);
}

/// <summary>Draws households of invented people; the same seed draws the same people.</summary>
internal sealed class SyntheticPopulation(int seed, DateOnly today)
{
    // Postcode districts of no real place would be refused; these are real districts with invented ends.
    private static readonly string[] Districts = ["LE1", "LE2", "LE3", "LE4", "LE5", "LE10", "LE11", "LE67"];
    private const string InwardLetters = "ABDEFGHJLNPQRSTUWXYZ";

    private readonly Random random = new(seed);

    public Random Random => random;

    /// <summary>A household: one or two adults and up to four children, one surname for most of them.</summary>
    public IReadOnlyList<SyntheticPerson> NextHousehold()
    {
        var surname = Pick(Names.Family);
        var address = $"{(random.Next(12) == 0 ? $"Flat {random.Next(1, 30)}, " : "")}{random.Next(1, 220)} {Pick(Names.Streets)}, Leicester";
        var postcode = random.Next(100) == 0
            ? "ZZ99 3VZ"
            : $"{Pick(Districts)} {random.Next(10)}{InwardLetters[random.Next(InwardLetters.Length)]}{InwardLetters[random.Next(InwardLetters.Length)]}";
        var adults = 1 + random.Next(2);
        var children = random.Next(5);
        return
        [
            .. Enumerable.Range(0, adults).Select(_ => Person(random.Next(8) == 0 ? Pick(Names.Family) : surname, 22, 58, address, postcode)),
            .. Enumerable.Range(0, children).Select(_ => Person(surname, 5, 17, address, postcode)),
        ];
    }

    public IEnumerable<SyntheticPerson> Adults() => Everyone().Where(person => Age(person) >= 18);

    public IEnumerable<SyntheticPerson> Children() => Everyone().Where(person => Age(person) < 17);

    public DateOnly DayBefore(int mostDays) => today.AddDays(-random.Next(1, mostDays));

    public T Pick<T>(IReadOnlyList<T> from) => from[random.Next(from.Count)];

    private IEnumerable<SyntheticPerson> Everyone()
    {
        while (true)
        {
            foreach (var person in NextHousehold())
            {
                yield return person;
            }
        }
    }

    private int Age(SyntheticPerson person) => (today.DayNumber - person.Born.DayNumber) / 366;

    private SyntheticPerson Person(string surname, int youngest, int oldest, string address, string postcode) => new(
        surname, Pick(Names.Given), today.AddDays(-random.Next(youngest * 366, oldest * 366)), address, postcode);
}
