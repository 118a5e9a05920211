namespace TfFlow.Programme.Research.Microdata;

/// <summary>What a reader learns of a sensitive column about someone whose class is known: the worst class decides.</summary>
/// <param name="DistinctL">The fewest different values in any class (distinct l-diversity).</param>
/// <param name="EntropyL">e to the lowest entropy of any class, in nats: entropy l-diversity holds for every l up to this.</param>
/// <param name="T">The furthest any class is from the whole table, by equal distance: half the sum of the differences of shares, 0 to 1 (t-closeness).</param>
/// <remarks>Machanavajjhala et al. 2007, Definitions 4 and 3.1; Li, Li and Venkatasubramanian 2007, §4.3.</remarks>
public sealed record Diversity(string Column, int DistinctL, double EntropyL, double T)
{
    public static Diversity Of(EquivalenceClasses classes, MicroColumn column)
    {
        var rows = RowsByClass(classes);
        var whole = new double[column.Values.Count];
        foreach (var code in column.Codes)
        {
            whole[code] += 1.0 / column.Codes.Length;
        }

        var (counts, seen) = (new int[column.Values.Count], new List<int>());
        var (distinct, entropy, t, start) = (int.MaxValue, double.PositiveInfinity, 0.0, 0);
        foreach (var size in classes.Sizes)
        {
            for (var i = start; i < start + size; i++)
            {
                var code = column.Codes[rows[i]];
                if (counts[code]++ == 0)
                {
                    seen.Add(code);
                }
            }

            var (nats, apart, unseen) = (0.0, 0.0, 1.0);
            foreach (var code in seen)
            {
                var share = (double)counts[code] / size;
                nats -= share * Math.Log(share);
                apart += Math.Abs(share - whole[code]);
                unseen -= whole[code];
                counts[code] = 0;
            }

            (distinct, entropy) = (Math.Min(distinct, seen.Count), Math.Min(entropy, nats));
            t = Math.Max(t, (apart + Math.Max(unseen, 0)) / 2);
            seen.Clear();
            start += size;
        }

        return classes.Count == 0 ? new(column.Name, 0, 0, 0) : new(column.Name, distinct, Math.Exp(entropy), t);
    }

    /// <summary>The rows, class after class.</summary>
    private static int[] RowsByClass(EquivalenceClasses classes)
    {
        var (next, rows, start) = (new int[classes.Count], new int[classes.ClassOf.Length], 0);
        for (var i = 0; i < next.Length; i++)
        {
            (next[i], start) = (start, start + classes.Sizes[i]);
        }

        for (var row = 0; row < rows.Length; row++)
        {
            rows[next[classes.ClassOf[row]]++] = row;
        }

        return rows;
    }
}
