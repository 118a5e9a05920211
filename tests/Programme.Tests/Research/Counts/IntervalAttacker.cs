using TfFlow.Programme.Research.Counts;

namespace TfFlow.Programme.Tests.Research.Counts;

/// <summary>Somebody who has every released table, knows the rules, and knows which families each count counts; who adds, subtracts and
/// narrows bounds until nothing narrows any more. Written apart from what protects the tables.</summary>
internal sealed class IntervalAttacker
{
    private const int Small = 7;
    private const int Endless = 1_000_000;

    private readonly string[][] signs;
    private readonly int[] low;
    private readonly int[] high;
    private readonly List<(int[] Parts, int Low, int High)> facts = [];
    private readonly Dictionary<string, int> partOf = new(StringComparer.Ordinal);

    /// <param name="unread">A table that is announced and not out: whom each of its cells counts is known, how many they are is not.</param>
    public IntervalAttacker(IReadOnlyList<CountedTable> tables, CountedTable? unread = null)
    {
        var cells = tables.Concat(unread is null ? [] : [unread]).SelectMany((table, t) => table.Cells.Select((cell, c) => (Name: $"{t}.{c}", cell))).ToArray();
        var people = cells.SelectMany(cell => cell.cell.Members).Distinct().ToArray();
        var groups = people.GroupBy(person => string.Join(' ', cells.Where(cell => cell.cell.Members.Contains(person))
            .Select(cell => cell.Name))).ToArray();
        signs = [.. groups.Select(group => group.Key.Split(' '))];
        foreach (var (group, i) in groups.Select((group, i) => (group, i)))
        {
            foreach (var person in group)
            {
                partOf[person] = i;
            }
        }

        (low, high) = (new int[groups.Length], [.. groups.Select(_ => Endless)]);
        foreach (var (table, t) in tables.Select((table, t) => (table, t)))
        {
            foreach (var (cell, c) in table.Cells.Select((cell, c) => (cell, c)))
            {
                facts.Add((PartsOf(t, c), Lowest(cell.Published), Highest(cell.Published)));
            }

            // The rounded totals of rows, of columns and of all, from elsewhere.
            var (rows, columns) = (table.Cells.Count / table.Columns, table.Columns);
            IEnumerable<int[]> totals = [Everything(table)];
            totals = totals.Concat(columns > 1 ? Enumerable.Range(0, rows)
                .Select(row => Enumerable.Range(row * columns, columns).ToArray()) : [])
                .Concat(rows > 1 ? Enumerable.Range(0, columns)
                    .Select(column => Enumerable.Range(0, rows).Select(row => (row * columns) + column).ToArray()) : []);
            foreach (var total in totals.Where(total => total.Length > 1))
            {
                var rounded = (total.Sum(cell => table.Cells[cell].Members.Count) + 2) / 5 * 5;
                facts.Add(([.. total.SelectMany(cell => PartsOf(t, cell))], Math.Max(rounded - 2, 0), rounded + 2));
            }
        }

        while (Narrow())
        {
        }
    }

    /// <summary>What is left open of the number of some people.</summary>
    public (int Low, int High) Of(IReadOnlyCollection<string> people)
    {
        if (people.Any(person => !partOf.ContainsKey(person)))
        {
            return (0, Endless);
        }

        var wanted = people.Select(person => partOf[person]).Distinct().ToArray();
        var (least, most) = (wanted.Sum(part => low[part]), wanted.Sum(part => high[part]));
        foreach (var fact in facts.Where(fact => wanted.All(part => fact.Parts.Count(of => of == part) == 1)))
        {
            var rest = fact.Parts.Except(wanted).ToArray();
            if (rest.Length + wanted.Length == fact.Parts.Length)
            {
                least = Math.Max(least, fact.Low - rest.Sum(part => high[part]));
                most = Math.Min(most, fact.High - rest.Sum(part => low[part]));
            }
        }

        return (least, most);
    }

    /// <summary>What an attacker learns by the tables together: of a suppressed count more than that it is small, where the tables before
    /// its own did not say so, to somebody who knows whom it counts; or that between two counts there is somebody and few.</summary>
    public static IEnumerable<string> Learnt(List<CountedTable> released)
    {
        var (attacker, cells) = (new IntervalAttacker(released), released.SelectMany(table => table.Cells).ToArray());
        foreach (var (number, table) in released.Index())
        {
            var before = new IntervalAttacker(released[..number], unread: table);
            foreach (var cell in table.Cells.Where(cell => cell.Members.Count is > 0 and <= Small))
            {
                var ((low, high), (least, most)) = (attacker.Of([.. cell.Members]), before.Of([.. cell.Members]));
                if (low > Math.Max(1, least) || high < Math.Min(Small, most))
                {
                    yield return $"{cell.Name} is {low} to {high}";
                }
            }
        }

        foreach (var few in cells.SelectMany(one => cells.Where(other => other != one)
            .Select(other => one.Members.Except(other.Members).ToArray()))
            .Where(few => few.Length is > 0 and <= Small))
        {
            if (attacker.Of(few) is var (low, high) && low >= 1 && high <= Small && (low, high) != (1, Small))
            {
                yield return $"{few.Length} between counts are {low} to {high}";
            }
        }
    }

    private int[] PartsOf(int table, int cell) => [.. signs.Index().Where(part => part.Item.Contains($"{table}.{cell}"))
        .Select(part => part.Index)];

    private static int[] Everything(CountedTable table) => [.. Enumerable.Range(0, table.Cells.Count)];

    private static int Lowest(long? published) => published switch { null => 1, 0 => 0, var count => Math.Max((int)count - 2, Small + 1) };

    private static int Highest(long? published) => published switch { null => Endless, 0 => 0, var count => (int)count + 2 };

    private bool Narrow()
    {
        var narrower = false;
        foreach (var (parts, least, most) in facts)
        {
            var (lows, highs) = (parts.Sum(part => (long)low[part]), parts.Sum(part => (long)high[part]));
            foreach (var (part, times) in parts.CountBy(part => part))
            {
                var up = (int)Math.Max(low[part], Divide(least - (highs - (times * (long)high[part])), times, up: true));
                var down = (int)Math.Min(high[part], Divide(most - (lows - (times * (long)low[part])), times, up: false));
                narrower |= up > low[part] || down < high[part];
                lows += (long)times * (up - low[part]);
                highs += (long)times * (down - high[part]);
                (low[part], high[part]) = (up, down);
            }
        }

        return narrower;
    }

    private static long Divide(long sum, int times, bool up) => up ? (long)Math.Ceiling((double)sum / times)
        : (long)Math.Floor((double)sum / times);
}
