using System.Numerics;

namespace TfFlow.Programme.Research.Counts;

/// <summary>Sums of unknowns, each unknown in it or not: which unknowns follow from all the sums together.</summary>
/// <remarks>Gauss–Jordan elimination in whole numbers, so no rounding hides or invents a solution. An unknown follows exactly if a reduced
/// equation has it alone; beside each equation stands of which sums it is made.</remarks>
internal static class SumEquations
{
    /// <returns>Each unknown that follows, with the sums it follows from.</returns>
    public static IEnumerable<(int Unknown, int[] Equations)> Solve(int equations, int unknowns, Func<int, int, bool> contains)
    {
        var rows = Enumerable.Range(0, equations).Select(row => Enumerable.Range(0, unknowns + equations)
            .Select(i => i < unknowns ? (contains(row, i) ? BigInteger.One : 0) : i - unknowns == row ? 1 : 0).ToArray()).ToArray();
        var done = 0;
        for (var unknown = 0; unknown < unknowns && done < equations; unknown++)
        {
            var pivot = Array.FindIndex(rows, done, row => !row[unknown].IsZero);
            if (pivot < 0)
            {
                continue;
            }

            (rows[done], rows[pivot]) = (rows[pivot], rows[done]);
            foreach (var row in rows.Where((row, i) => i != done && !row[unknown].IsZero))
            {
                Eliminate(row, rows[done], unknown);
            }

            done++;
        }

        return
            from row in rows.Take(done)
            let alone = Enumerable.Range(0, unknowns).Where(i => !row[i].IsZero).Take(2).ToArray()
            where alone.Length == 1
            select (alone[0], Enumerable.Range(0, equations).Where(i => !row[unknowns + i].IsZero).ToArray());
    }

    /// <summary>Takes so much of <paramref name="other"/> from <paramref name="row"/> that the unknown is gone, and keeps the numbers small.</summary>
    private static void Eliminate(BigInteger[] row, BigInteger[] other, int unknown)
    {
        var (mine, its) = (row[unknown], other[unknown]);
        var common = BigInteger.Zero;
        for (var i = 0; i < row.Length; i++)
        {
            row[i] = (row[i] * its) - (other[i] * mine);
            common = BigInteger.GreatestCommonDivisor(common, row[i]);
        }

        for (var i = 0; i < row.Length && !common.IsOne; i++)
        {
            row[i] /= common;
        }
    }
}
