using System.Globalization;
using System.Text;

namespace TfFlow.Linkage.Tests.Population;

/// <summary>
/// One file of people long dead, as a biographical index has them: about ten records a person, in few fields, gathered from books that spell, shorten and leave out as they like.
/// Nobody's home is known beyond a postcode area, families do not appear, and a person may be filed under a title's name as well as a surname.
/// </summary>
/// <remarks>Made from its own rates alone. It knows nothing of how records are compared.</remarks>
internal sealed class HistoricalRegister
{
    private static readonly string[] Counties =
        "Devon Kent Norfolk Suffolk Essex Sussex Surrey Dorset Somerset Cornwall Durham Cumberland Lancashire Yorkshire Cheshire Shropshire Hereford Warwick Stafford Derby Nottingham Lincoln Rutland Leicester Bedford Oxford Berkshire Wiltshire Hampshire London Edinburgh Glasgow Perth Fife Cardiff Pembroke Anglesey Dublin Cork Galway".Split(' ');

    private static readonly string[] Occupations = "politician writer painter clergyman officer lawyer physician botanist architect composer engineer merchant actor historian cricketer poet engraver astronomer".Split(' ');

    private readonly Random random;
    private readonly Clerk clerk;
    private double wrong = 1;
    private readonly StringBuilder csv = new("unique_id,cluster,first_name,surname,dob,birth_place,postcode,gender,occupation\n");

    private HistoricalRegister(int seed)
    {
        random = new(seed);
        clerk = new(random, 1);
    }

    /// <summary>A file of at least so many records; the column <c>cluster</c> is the truth.</summary>
    /// <param name="seed">Another seed, another register.</param>
    /// <param name="records">Records at least.</param>
    /// <param name="each">Records a person has on average.</param>
    public static string Invent(int seed, int records, int each = 10)
    {
        var register = new HistoricalRegister(seed);
        for (var (person, written) = (0, 0); written < records; person++)
        {
            written += register.Person(person, each, written);
        }

        return register.csv.ToString();
    }

    private int Person(int number, int each, int before)
    {
        var woman = random.NextDouble() < 0.15;
        var origin = random.NextDouble() < 0.9 ? NameOrigin.British : NameOrigin.Irish;
        var (given, second) = (NamePools.Given(random, origin, woman, false, true), NamePools.Given(random, origin, woman, false, false));
        var surname = NamePools.Surname(random, origin, false);
        var title = random.NextDouble() < 0.3 ? NamePools.OfPlace(random) : surname;
        var born = new DateOnly(1600, 1, 1).AddDays(random.Next(330 * 365));
        var county = random.Next(Counties.Length);
        var (district, unit) = ($"{Counties[county][..2].ToUpperInvariant()}{1 + random.Next(30)} {random.Next(10)}", Letters());
        var (trade, other) = (Trade(), Trade());
        var count = 1 + (int)Math.Min(5 * each, -Math.Log(1 - random.NextDouble()) * (each - 1));
        for (var record = 0; record < count; record++)
        {
            // Some sources are careful, some are not.
            wrong = 0.5 + (1.5 * random.NextDouble());
            string[] cells =
            [
                $"H{before + record:D6}", $"P{number:D5}",
                Given(given, second), Surname(random.NextDouble() < 0.4 ? title : surname), Birth(born),
                Chance(0.15) ? "" : Chance(0.08) ? Counties[random.Next(Counties.Length)] : Counties[county],
                Chance(0.2) ? "" : Chance(0.25) ? $"{district}{Letters()}" : Chance(0.06) ? Elsewhere() : $"{district}{unit}",
                Chance(0.2) ? "" : woman ? "female" : "male",
                Chance(0.2) ? "" : Chance(0.1) ? other : trade,
            ];
            csv.AppendJoin(',', cells).Append('\n');
        }

        return count;
    }

    private string Given(string given, string second)
    {
        var its = Chance(0.1) ? second : Chance(0.15) ? clerk.Short(given) : Chance(0.05) ? given[..1] : given;
        return Chance(0.1) ? "" : Chance(0.1) ? clerk.Slip(its) : its;
    }

    private string Surname(string surname) => Chance(0.06) ? "" : Chance(0.15) ? clerk.Slip(surname) : Chance(0.04) ? clerk.Slip(clerk.Slip(surname)) : surname;

    private string Birth(DateOnly born) => Chance(0.25) ? ""
        : Chance(0.15) ? $"{born.Year}-01-01"
        : Chance(0.04) && born.Day <= 12 ? $"{born.Year}-{born.Day:D2}-{born.Month:D2}"
        : Chance(0.08) ? Text(born.AddYears(random.Next(2) == 0 ? 1 : -1))
        : Chance(0.08) ? Text(born.AddDays(random.Next(2) == 0 ? 1 : -10))
        : Text(born);

    private bool Chance(double rate) => random.NextDouble() < rate * wrong;

    private static string Text(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private string Trade() => Occupations[Math.Min(random.Next(Occupations.Length), random.Next(Occupations.Length))];

    private string Elsewhere() => $"{Counties[random.Next(Counties.Length)][..2].ToUpperInvariant()}{1 + random.Next(30)} {random.Next(10)}{Letters()}";

    private string Letters() => $"{(char)('A' + random.Next(26))}{(char)('A' + random.Next(26))}";
}
