using System.Globalization;
using System.Text;

namespace TfFlow.Linkage.Tests.Population;

/// <summary>A true pair of records and what is known of the person, to print quality by.</summary>
public sealed record TruePair(string Left, string Right, bool Woman, int Age, NameOrigin Origin, string Story);

/// <summary>Two registers of one invented population, a few years apart, with the truth.</summary>
public sealed class HouseholdPopulation
{
    private readonly List<TruePair> truth = [];

    private HouseholdPopulation(string left, string right)
    {
        Left = left;
        Right = right;
    }

    /// <summary>The earlier register, as CSV.</summary>
    public string Left { get; }

    /// <summary>The later register, as CSV.</summary>
    public string Right { get; }

    public IReadOnlyList<TruePair> Truth => truth;

    public static HouseholdPopulation Invent(PopulationOptions options)
    {
        var society = new Society(options);
        society.Found();
        var random = new Random(options.Seed + 1_000_003);
        var clerk = new Clerk(random, options.Noise);
        var (left, leftIds) = Register(society, options, random, clerk, options.LeftLayout, 'A');
        var earlier = society.People;
        society.Age();
        var (right, rightIds) = Register(society, options, random, clerk, options.RightLayout, 'B');
        var population = new HouseholdPopulation(left, right);
        foreach (var (person, id) in leftIds.OrderBy(p => p.Key))
        {
            if (rightIds.TryGetValue(person, out var other))
            {
                var now = society.People[person];
                population.truth.Add(new(id, other, now.Woman, 2024 - now.Born.Year, now.Origin, now.Story.Trim()));
            }
        }

        return population;
    }

    private static (string Csv, Dictionary<int, string> Ids) Register(Society society, PopulationOptions options, Random random, Clerk clerk, int layout, char letter)
    {
        var held = society.People.Values.OrderBy(p => p.Id).Where(_ => random.NextDouble() < options.Coverage).ToArray();
        random.Shuffle(held);
        var csv = new StringBuilder();
        csv.Append(Layouts.Header(layout, options)).Append('\n');
        var ids = new Dictionary<int, string>(held.Length);
        for (var i = 0; i < held.Length; i++)
        {
            var id = string.Create(CultureInfo.InvariantCulture, $"{letter}{i + 1:D7}");
            ids.Add(held[i].Id, id);
            Layouts.Row(csv, id, clerk.Record(held[i], society.Home(held[i])), layout, options);
        }

        return (csv.ToString(), ids);
    }
}
