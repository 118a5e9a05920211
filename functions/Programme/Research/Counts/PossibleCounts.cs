namespace TfFlow.Programme.Research.Counts;

/// <summary>A sum of parts that is known between two bounds.</summary>
/// <param name="Parts">How often each part is in it; a part that is not listed is not.</param>
internal sealed record KnownSum(IReadOnlyList<(int Part, int Times)> Parts, long Low, long High)
{
    public const long Unbounded = long.MaxValue / 4;

    public static KnownSum Of(IEnumerable<int[]> cells, long low, long high) =>
        new([.. cells.SelectMany(cell => cell).CountBy(part => part).Select(part => (part.Key, part.Value))], low, high);

    public bool Allows(long[] counts) => In(counts) is var sum && sum >= Low && sum <= High;

    public long In(long[] counts) => Parts.Sum(part => part.Times * counts[part.Part]);
}

/// <summary>The sets of counts that known sums leave possible: whole numbers, none negative.</summary>
/// <remarks>Looked for with the simplex method for bounded variables, from the true counts on (Chvátal 1983, ch. 8). Its fractions only
/// lead the way: what is given back was checked in whole numbers, so no error of a fraction lets something pass for safe.</remarks>
internal sealed class PossibleCounts(long[] truth, IReadOnlyList<KnownSum> sums)
{
    private const double Nothing = 1e-9;
    private const double Clearly = 1e-6;

    /// <summary>Beyond it fractions have lost their way: nothing is found, and nothing excluded.</summary>
    private const double Lost = 1e12;
    private const int MaxSteps = 3000;

    /// <summary>From here on the first variable that helps is taken, so that no cycle is walked for ever.</summary>
    private const int Patience = 500;

    public IReadOnlyList<KnownSum> Sums => sums;

    public bool Allows(long[] counts) => counts.All(count => count >= 0) && sums.All(sum => sum.Allows(counts));

    /// <returns>Possible counts whose sum over the wanted parts is at least (<paramref name="up"/>) or at most <paramref name="value"/>;
    /// null: none was found.</returns>
    public long[]? Reach(int[] wanted, bool up, long value) => Look(wanted, up, value).Found;

    /// <summary>Whether even fractions cannot have the sum over the wanted parts so high (<paramref name="up"/>) or so low. A search that
    /// only found nothing excludes nothing.</summary>
    public bool Excludes(int[] wanted, bool up, long value) => Look(wanted, up, value).Excluded;

    private (long[]? Found, bool Excluded) Look(int[] wanted, bool up, long value)
    {
        var search = new Search(truth, sums, wanted, up);
        for (var step = 0; step < MaxSteps; step++)
        {
            if (search.IsLost)
            {
                break;
            }

            if (search.IsAt(value) && search.Rounded() is var found && Allows(found) && IsThere(found))
            {
                return (found, false);
            }

            if (!search.Step(value, first: step > Patience))
            {
                return (null, search.IsShortOf(value));
            }
        }

        return (null, false);

        bool IsThere(long[] counts) => wanted.Sum(part => counts[part]) is var sum && (up ? sum >= value : sum <= value);
    }

    /// <summary>The tableau. Variables are the parts, then a slack for each sum; the slacks begin as basic.</summary>
    private sealed class Search
    {
        private readonly int[] wanted;
        private readonly bool up;
        private readonly int[] free;
        private readonly int[] basic;
        private readonly double[][] rates;
        private readonly double[] gain;
        private readonly double[] values;
        private readonly double[] lows;
        private readonly double[] highs;

        public Search(long[] truth, IReadOnlyList<KnownSum> sums, int[] wanted, bool up)
        {
            (this.wanted, this.up) = (wanted, up);
            var n = truth.Length;
            free = [.. Enumerable.Range(0, n)];
            basic = [.. Enumerable.Range(n, sums.Count)];
            rates = [.. sums.Select(sum => Row(sum, n))];
            gain = new double[n];
            foreach (var part in wanted)
            {
                gain[part] = up ? 1 : -1;
            }

            values = [.. truth.Concat(sums.Select(sum => sum.In(truth))).Select(count => (double)count)];
            lows = [.. truth.Select(_ => 0d), .. sums.Select(sum => (double)sum.Low)];
            highs = [.. truth.Select(_ => double.PositiveInfinity),
                .. sums.Select(sum => sum.High >= KnownSum.Unbounded ? double.PositiveInfinity : sum.High)];
        }

        private double Sum => wanted.Sum(part => values[part]);

        public bool IsAt(long value) => up ? Sum >= value - Nothing : Sum <= value + Nothing;

        public bool IsLost => values.Any(value => !(Math.Abs(value) < Lost));

        /// <summary>Further from it than an error of a fraction.</summary>
        public bool IsShortOf(long value) => up ? Sum < value - Clearly : Sum > value + Clearly;

        public long[] Rounded() => [.. values.Take(free.Length).Select(value => (long)Math.Round(value))];

        /// <summary>Moves one variable as far as it helps and can.</summary>
        /// <returns>False when nothing helps any more.</returns>
        public bool Step(long value, bool first)
        {
            if (Entering(first) is not (>= 0 and var at))
            {
                return false;
            }

            var (variable, way) = (free[at], Math.Sign(gain[at]));
            var (most, leaving) = (way > 0 ? highs[variable] - values[variable] : values[variable] - lows[variable], -1);
            for (var row = 0; row < basic.Length; row++)
            {
                var rate = rates[row][at] * way;
                var room = rate > Nothing ? (highs[basic[row]] - values[basic[row]]) / rate
                    : rate < -Nothing ? (values[basic[row]] - lows[basic[row]]) / -rate : double.PositiveInfinity;
                if (room < most - Nothing || (room <= most && leaving >= 0 && Math.Abs(rate) > Math.Abs(rates[leaving][at])))
                {
                    (most, leaving) = (Math.Max(room, 0), row);
                }
            }

            if (double.IsPositiveInfinity(most))
            {
                // Nothing ever stops it: as far as is wanted is enough.
                (most, leaving) = (Math.Ceiling(Math.Abs(value - Sum) / Math.Abs(gain[at])) + 1, -1);
            }

            values[variable] += way * most;
            for (var row = 0; row < basic.Length; row++)
            {
                values[basic[row]] += rates[row][at] * way * most;
            }

            if (leaving >= 0)
            {
                Exchange(leaving, at);
            }

            return true;
        }

        private static double[] Row(KnownSum sum, int parts)
        {
            var row = new double[parts];
            foreach (var (part, times) in sum.Parts)
            {
                row[part] = times;
            }

            return row;
        }

        private int Entering(bool first)
        {
            var best = -1;
            for (var at = 0; at < free.Length; at++)
            {
                var variable = free[at];
                var helps = (gain[at] > Nothing && values[variable] < highs[variable] - Nothing)
                    || (gain[at] < -Nothing && values[variable] > lows[variable] + Nothing);
                if (helps && (best < 0 || (first ? variable < free[best] : Math.Abs(gain[at]) > Math.Abs(gain[best]))))
                {
                    best = at;
                }
            }

            return best;
        }

        private void Exchange(int row, int at)
        {
            var (pivot, old) = (rates[row][at], rates[row]);
            var renewed = new double[old.Length];
            for (var i = 0; i < old.Length; i++)
            {
                renewed[i] = i == at ? 1 / pivot : -old[i] / pivot;
            }

            rates[row] = renewed;
            for (var other = 0; other < rates.Length; other++)
            {
                if (other != row)
                {
                    Add(rates[other], renewed, at);
                }
            }

            Add(gain, renewed, at);
            (basic[row], free[at]) = (free[at], basic[row]);
        }

        private static void Add(double[] to, double[] row, int at)
        {
            var times = to[at];
            if (times == 0)
            {
                return;
            }

            to[at] = 0;
            for (var i = 0; i < row.Length; i++)
            {
                to[i] += times * row[i];
            }
        }
    }
}
