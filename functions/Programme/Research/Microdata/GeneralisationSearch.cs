namespace TfFlow.Programme.Research.Microdata;

/// <summary>What a release must reach, and what it may give up for it.</summary>
public sealed record GeneralisationLimits
{
    /// <summary>The smallest class allowed. Default 10; at least 2.</summary>
    public int K { get; init; } = 10;

    /// <summary>The share of records that may be left out, 0 to 1. Default 0.05.</summary>
    public double Suppression { get; init; } = 0.05;
}

/// <summary>The least lossy way found to make every class large enough.</summary>
/// <param name="Levels">For each quasi-identifier its level.</param>
/// <param name="Kept">The rows that stay, in order.</param>
/// <param name="Loss">Mean over all cells, 0 to 1: the loss of the hierarchy, or 1 in a record that is left out.</param>
/// <param name="Checked">How many of the <paramref name="Combinations"/> of levels had to be looked at.</param>
public sealed record Generalisation(IReadOnlyList<int> Levels, int[] Kept, double Loss, int Checked, int Combinations);

/// <summary>A column over which records could be told apart, and how it may be made coarser; null: not at all.</summary>
public sealed record QuasiIdentifier(MicroColumn Column, Hierarchy? Hierarchy)
{
    public int MaxLevel => Hierarchy?.MaxLevel ?? 0;

    public MicroColumn At(int level) => Hierarchy?.Generalise(Column, level) ?? Column;
}

/// <summary>Finds the least lossy levels at which the records in classes below k are few enough to leave out.</summary>
/// <remarks>Exact and deterministic. As in Flash (Kohlmayer et al. 2012), paths through the lattice are searched by bisection and a
/// failing node rules out all below it; nodes are taken by the loss of their levels alone, a lower bound of their whole loss, so the
/// search ends at the first that cannot beat the best found. Ties go to the lower bound, then to the lower levels from the left.</remarks>
public sealed class GeneralisationSearch
{
    /// <summary>The most combinations of levels that are searched.</summary>
    public const int MaxCombinations = 4_000_000;

    private readonly GeneralisationLimits limits;
    private readonly Level[][] columns;
    private readonly int[] representatives;
    private readonly int[] weights;
    private readonly int[] classOfRow;
    private readonly int allowed;
    private readonly int[] steps;
    private readonly double[] bounds;
    private readonly int[] place;
    private readonly bool[] failed;
    private readonly double?[] losses;
    private (double Loss, int Place) best = (double.PositiveInfinity, int.MaxValue);
    private int looked;

    private GeneralisationSearch(int rows, IReadOnlyList<QuasiIdentifier> quasi, GeneralisationLimits limits, int combinations)
    {
        this.limits = limits;
        allowed = (int)Math.Floor((limits.Suppression * rows) + 1e-9);

        // Rows alike at level 0 stay together at every level: one stands for all.
        var classes = EquivalenceClasses.Of(rows, quasi.Select(one => one.Column));
        (classOfRow, weights, representatives) = (classes.ClassOf, classes.Sizes, new int[classes.Count]);
        for (var row = rows - 1; row >= 0; row--)
        {
            representatives[classOfRow[row]] = row;
        }

        columns = [.. quasi.Select(one => Enumerable.Range(0, one.MaxLevel + 1).Select(level => Level.Of(one, level, representatives)).ToArray())];
        steps = new int[columns.Length];
        for (var (i, step) = (columns.Length - 1, 1); i >= 0; step *= columns[i].Length, i--)
        {
            steps[i] = step;
        }

        (failed, losses, place) = (new bool[combinations], new double?[combinations], new int[combinations]);
        var means = columns.Select(levels => Array.ConvertAll(levels, level => level.Mean(weights, rows))).ToArray();
        bounds = [.. Enumerable.Range(0, combinations).Select(node => means.Index().Sum(column => column.Item[At(node, column.Index)]) / Math.Max(columns.Length, 1))];
    }

    /// <returns>Null when even the coarsest levels leave more records in small classes than may be left out.</returns>
    /// <exception cref="ResearchDataException">A hierarchy is not nested, lacks a value, or there are too many combinations.</exception>
    public static Generalisation? Find(int rows, IReadOnlyList<QuasiIdentifier> quasi, GeneralisationLimits limits)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limits.K, 2, nameof(limits));
        ArgumentOutOfRangeException.ThrowIfNotEqual(limits.Suppression is >= 0 and <= 1, true, nameof(limits));
        if (quasi.FirstOrDefault(one => one.Hierarchy is { IsNested: false }) is { } split)
        {
            throw new ResearchDataException($"The hierarchy of column '{split.Column.Name}' parts at a higher level what it joined at a lower. Make each level a coarsening of the one before.");
        }

        var combinations = quasi.Aggregate(1L, (all, one) => Math.Min(all * (one.MaxLevel + 1), int.MaxValue));
        return combinations <= MaxCombinations
            ? new GeneralisationSearch(rows, quasi, limits, (int)combinations).Run()
            : throw new ResearchDataException($"The hierarchies allow more than {MaxCombinations:N0} combinations of levels. Give fewer quasi-identifiers or fewer levels.");
    }

    private Generalisation? Run()
    {
        var order = Enumerable.Range(0, bounds.Length).OrderBy(node => bounds[node]).ThenBy(node => node).ToArray();
        for (var i = 0; i < order.Length; i++)
        {
            place[order[i]] = i;
        }

        foreach (var node in order)
        {
            if (bounds[node] > best.Loss)
            {
                break;
            }

            if (!failed[node] && losses[node] is null)
            {
                Bisect(PathUp(node));
            }
        }

        return best.Place == int.MaxValue ? null : Describe(order[best.Place]);
    }

    /// <summary>From the node upwards, each time to the neighbour that is first in the order and not yet known.</summary>
    private List<int> PathUp(int node)
    {
        var path = new List<int> { node };
        while (true)
        {
            var next = -1;
            for (var i = 0; i < columns.Length; i++)
            {
                var up = At(node, i) + 1 < columns[i].Length ? node + steps[i] : -1;
                if (up >= 0 && losses[up] is null && (next < 0 || place[up] < place[next]))
                {
                    next = up;
                }
            }

            if (next < 0)
            {
                return path;
            }

            path.Add(node = next);
        }
    }

    /// <summary>Finds where on the path small classes become few enough.</summary>
    private void Bisect(List<int> path)
    {
        var (low, high) = (0, path.Count - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            if (Passes(path[middle]))
            {
                high = middle - 1;
            }
            else
            {
                low = middle + 1;
            }
        }
    }

    private bool Passes(int node)
    {
        looked++;
        var (suppressed, loss) = (0, bounds[node] * classOfRow.Length);
        foreach (var i in Small(node))
        {
            suppressed += weights[i];
            if (suppressed > allowed)
            {
                Fail(node);
                return false;
            }

            loss += weights[i] * (1 - (columns.Index().Sum(column => column.Item[At(node, column.Index)].Losses[i]) / columns.Length));
        }

        losses[node] = loss / Math.Max(classOfRow.Length, 1);
        if ((losses[node]!.Value, place[node]).CompareTo(best) < 0)
        {
            best = (losses[node]!.Value, place[node]);
        }

        return true;
    }

    /// <summary>The representatives whose class, at the node's levels, is smaller than k.</summary>
    private IEnumerable<int> Small(int node)
    {
        var classes = EquivalenceClasses.Of(
            representatives.Length, columns.Select((levels, i) => (levels[At(node, i)].Codes, levels[At(node, i)].Distinct)), weights);
        return Enumerable.Range(0, representatives.Length).Where(i => classes.Sizes[classes.ClassOf[i]] < limits.K);
    }

    /// <summary>What fails at these levels fails at all lower ones: classes only grow upwards.</summary>
    private void Fail(int node)
    {
        failed[node] = true;
        for (var i = 0; i < columns.Length; i++)
        {
            if (At(node, i) > 0 && !failed[node - steps[i]])
            {
                Fail(node - steps[i]);
            }
        }
    }

    private int At(int node, int column) => node / steps[column] % columns[column].Length;

    private Generalisation Describe(int node)
    {
        var small = Small(node).ToHashSet();
        return new(
            [.. columns.Select((_, i) => At(node, i))],
            [.. Enumerable.Range(0, classOfRow.Length).Where(row => !small.Contains(classOfRow[row]))],
            losses[node]!.Value,
            looked,
            bounds.Length);
    }

    /// <summary>A column at one level, for the representatives.</summary>
    private sealed record Level(int[] Codes, int Distinct, double[] Losses)
    {
        public static Level Of(QuasiIdentifier quasi, int level, int[] representatives)
        {
            var (column, at) = (quasi.Column, quasi.At(level));
            var losses = column.Values.Select(value => quasi.Hierarchy?.Loss(value, level) ?? 0).ToArray();
            return new(at.Take(representatives).Codes, at.Values.Count, Array.ConvertAll(representatives, row => losses[column.Codes[row]]));
        }

        public double Mean(int[] weights, int rows) => rows == 0 ? 0 : Losses.Zip(weights, (loss, weight) => loss * weight).Sum() / rows;
    }
}
