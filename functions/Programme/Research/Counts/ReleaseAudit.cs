using System.Numerics;

namespace TfFlow.Programme.Research.Counts;

/// <summary>What a reader can work out of a new table and every earlier one. See <see cref="Differencing"/>.</summary>
internal sealed class ReleaseAudit
{
    private readonly CountedTable next;
    private readonly CountRules rules;
    private readonly CountedTable[] tables;

    /// <summary>How many are in each part: those whom exactly the same cells count.</summary>
    private readonly long[] truth;

    /// <summary>The parts of each cell, table after table; the new one first.</summary>
    private readonly int[][][] parts;
    private readonly Target[] targets;
    private readonly PossibleCounts earlier;

    /// <summary>Sets of counts that were found on the way: looked at again before new ones are looked for.</summary>
    private readonly List<long[]> found = [];

    public ReleaseAudit(CountedTable next, IReadOnlyList<CountedTable> earlier, CountRules rules)
    {
        (this.next, this.rules, tables) = (next, rules, [next, .. earlier]);
        var counting = new Dictionary<string, List<int>>(StringComparer.Ordinal);
        foreach (var (cell, i) in tables.SelectMany(table => table.Cells).Select((cell, i) => (cell, i)))
        {
            foreach (var member in cell.Members)
            {
                (counting.TryGetValue(member, out var cells) ? cells : counting[member] = []).Add(i);
            }
        }

        var all = counting.Values.GroupBy(cells => string.Join(',', cells), StringComparer.Ordinal)
            .OrderBy(part => part.Key, StringComparer.Ordinal)
            .Select(part => (Cells: part.First(), Count: (long)part.Count())).ToArray();
        truth = [.. all.Select(part => part.Count)];
        var ofCell = all.SelectMany((part, i) => part.Cells.Select(cell => (Cell: cell, Part: i)))
            .ToLookup(pair => pair.Cell, pair => pair.Part);
        var first = 0;
        parts = new int[tables.Length][][];
        for (var table = 0; table < tables.Length; table++)
        {
            var begin = first;
            parts[table] = [.. tables[table].Cells.Select((_, i) => ofCell[begin + i].ToArray())];
            first += tables[table].Cells.Count;
        }

        found.Add(truth);
        targets = [.. Targets()];
        this.earlier = new(truth,
            [.. Enumerable.Range(1, tables.Length - 1).SelectMany(table => Sums(table, cell => tables[table].Cells[cell].Published))]);

        // What is surely given away without the new table is not laid to it; but the new one tells no more.
        var known = GivenAway(this.earlier, (target, value, _) => !IsExcluded(target, value)).ToHashSet();
        targets = [.. targets.Select(target => known.Contains(target) ? Narrowed(target) : target)];
    }

    /// <param name="published">What the new table would publish of each of its cells; null: suppressed.</param>
    /// <returns>What it would give away.</returns>
    public IReadOnlyList<Difference> Find(Func<int, long?> published)
    {
        var counts = new PossibleCounts(truth, [.. Sums(0, published), .. earlier.Sums]);
        var given = GivenAway(counts, (target, value, possible) => Reaches(target, value, counts, possible));
        return [.. given.Select(target => new Difference(
            (int)target.In(truth), [.. target.Tables.Select(table => tables[table].Release)], target.IsSuppressed))];
    }

    /// <summary>What no sets of counts that a reader cannot exclude have at both ends.</summary>
    /// <param name="reaches">Whether a reader must reckon with so many.</param>
    private List<Target> GivenAway(PossibleCounts counts, Func<Target, long, List<long[]>, bool> reaches)
    {
        var possible = found.Where(counts.Allows).ToList();
        return [.. targets.Where(target => !IsHidden(target))];

        bool IsHidden(Target target) =>
            (!target.IsSuppressed && (reaches(target, rules.SmallestHidden + 1, possible) || reaches(target, 0, possible)))
            || (reaches(target, target.High, possible) && reaches(target, target.Low, possible));
    }

    /// <summary>Whether the earlier tables alone tell that there are not so many. What is only not found stays to be hidden: else the new
    /// table could tell what they do not.</summary>
    private bool IsExcluded(Target target, long value) => earlier.Excludes(target.Parts, up: value >= target.In(truth), value);

    /// <summary>With the ends that the earlier tables leave it.</summary>
    private Target Narrowed(Target target)
    {
        var now = target.In(truth);
        var (low, high) = (1L, rules.SmallestHidden);
        while (low < now && IsExcluded(target, low))
        {
            low++;
        }

        while (high > now && IsExcluded(target, high))
        {
            high--;
        }

        return target with { Low = low, High = high, IsSuppressed = true };
    }

    /// <summary>Whether a reader must reckon with so many, or with still more on that side of the truth.</summary>
    private bool Reaches(Target target, long value, PossibleCounts counts, List<long[]> possible)
    {
        var up = value >= target.In(truth);
        if (possible.Exists(tried => up ? target.In(tried) >= value : target.In(tried) <= value))
        {
            return true;
        }

        if (counts.Reach(target.Parts, up, value) is not { } reached)
        {
            return false;
        }

        found.Add(reached);
        possible.Add(reached);
        return true;
    }

    /// <summary>Small counts that a table suppresses, and small numbers between counts: what is in one cell and not in another, in both,
    /// and every part of up to three tables and of all of them.</summary>
    private IEnumerable<Target> Targets()
    {
        var suppressed = tables.SelectMany((_, table) => parts[table].Select(cell => new Target(cell, [table], IsSuppressed: true, rules.SmallestHidden)));
        var others = Enumerable.Range(1, tables.Length - 1).ToArray();
        var few = others.SelectMany(one => others.Where(other => other >= one).Select(other => (int[])[0, one, other]))
            .Append([0, .. others])
            .SelectMany(some => PartsOf([.. some.Distinct()]));
        return suppressed.Concat(Pairs()).Concat(few).Where(target => rules.IsSmall(target.In(truth))).DistinctBy(target => target.Key);
    }

    /// <summary>Of every two cells that share somebody: who is in one alone, in the other alone, and in both, where they are few. Two
    /// earlier tables too: the new one may say more of what is between them.</summary>
    private IEnumerable<Target> Pairs()
    {
        var cells = tables.SelectMany((_, table) => parts[table].Select(cell => (Table: table, Bits: Bits(cell)))).ToArray();
        for (var one = 0; one < cells.Length; one++)
        {
            for (var other = one + 1; other < cells.Length; other++)
            {
                var (a, b) = (cells[one], cells[other]);
                if (!a.Bits.Zip(b.Bits).Any(words => (words.First & words.Second) != 0))
                {
                    continue;
                }

                int[] between = [.. new[] { 0, a.Table, b.Table }.Distinct()];
                foreach (var apart in (int[]?[])[Few(a.Bits, b.Bits, (x, y) => x & ~y), Few(a.Bits, b.Bits, (x, y) => y & ~x),
                    Few(a.Bits, b.Bits, (x, y) => x & y)])
                {
                    if (apart is not null)
                    {
                        yield return new(apart, between, IsSuppressed: false, rules.SmallestHidden);
                    }
                }
            }
        }
    }

    private ulong[] Bits(int[] cell)
    {
        var bits = new ulong[(truth.Length + 63) / 64];
        foreach (var part in cell)
        {
            bits[part / 64] |= 1UL << (part % 64);
        }

        return bits;
    }

    /// <returns>The parts, if they have few people in all; null: nobody, or more.</returns>
    private int[]? Few(ulong[] one, ulong[] other, Func<ulong, ulong, ulong> combine)
    {
        var (some, people) = (new List<int>(), 0L);
        for (var word = 0; word < one.Length; word++)
        {
            for (var bits = combine(one[word], other[word]); bits != 0; bits &= bits - 1)
            {
                var part = (word * 64) + BitOperations.TrailingZeroCount(bits);
                if ((people += truth[part]) > rules.SmallestHidden)
                {
                    return null;
                }

                some.Add(part);
            }
        }

        return people > 0 ? [.. some] : null;
    }

    /// <summary>The parts that some of the tables alone tell apart, where the new table counts them.</summary>
    private IEnumerable<Target> PartsOf(int[] some)
    {
        var cells = new List<int>[truth.Length];
        foreach (var (cell, i) in some.SelectMany(table => parts[table]).Select((cell, i) => (cell, i)))
        {
            foreach (var part in cell)
            {
                (cells[part] ??= []).Add(i);
            }
        }

        return cells.Index().Where(part => part.Item is not null)
            .GroupBy(part => string.Join(',', part.Item), part => part.Index, StringComparer.Ordinal)
            .Select(part => new Target([.. part], some, IsSuppressed: false, rules.SmallestHidden));
    }

    /// <summary>What a reader knows of a table: each cell, and each total as the rules say.</summary>
    private IEnumerable<KnownSum> Sums(int table, Func<int, long?> published)
    {
        var (cells, columns) = (parts[table], tables[table].Columns);
        var rows = cells.Length / columns;
        foreach (var (cell, i) in cells.Select((cell, i) => (cell, i)))
        {
            var (low, high) = published(i) is { } count ? rules.Behind(count) : (1, KnownSum.Unbounded);
            yield return KnownSum.Of([cell], low, high);
        }

        var totals = (columns > 1 ? Enumerable.Range(0, rows).Select(row => cells[(row * columns)..((row + 1) * columns)]) : [])
            .Concat(rows > 1 ? Enumerable.Range(0, columns).Select(column => cells.Where((_, i) => i % columns == column).ToArray()) : [])
            .Concat(rows > 1 && columns > 1 ? [cells] : []);
        foreach (var total in totals)
        {
            if (rules.BehindTotal(total.Sum(cell => cell.Sum(part => truth[part]))) is (var low, var high))
            {
                yield return KnownSum.Of(total, low, high);
            }
        }
    }

    private sealed record Target(int[] Parts, int[] Tables, bool IsSuppressed, long High)
    {
        /// <summary>The reader must reckon with no more than this, and with no fewer than <see cref="High"/>.</summary>
        public long Low { get; init; } = 1;

        public string Key { get; } = string.Join(',', Parts.Order());

        public long In(long[] counts) => Parts.Sum(part => counts[part]);
    }
}
