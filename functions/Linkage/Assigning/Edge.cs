namespace TfFlow.Linkage;

/// <summary>Two records that may be one person.</summary>
/// <param name="Left">The left record.</param>
/// <param name="Right">The right record.</param>
/// <param name="LogOdds">Natural log of the odds that they are, of the pair by itself.</param>
/// <param name="Unrelated">If they are two people: the probability that they do not share a home.</param>
internal record struct Edge(int Left, int Right, float LogOdds, float Unrelated = 1)
{
    /// <summary>Log-odds of a pair a reviewer joined.</summary>
    internal const float Decided = 50;

    /// <summary>How many times likelier the pair is among its rivals than by itself.</summary>
    /// <param name="unmatched">Share of all pairs of records whose two ends both have no partner, were they independent.</param>
    /// <remarks>
    /// If the two are not one person, both have no partner. Of two unrelated people that is as rare as <paramref name="unmatched"/>. Of two people of one home it is not:
    /// one child of a home may be on one register and another child on the other, for one reason. So it says nothing of them.
    /// </remarks>
    internal readonly double Boost(double unmatched) => LogOdds >= Decided ? 1 / unmatched : 1 / (1 - Unrelated + (Unrelated * unmatched));
}

/// <summary>Edges of two files by either end.</summary>
internal sealed class EdgeGraph
{
    private readonly int[] leftStarts;
    private readonly int[] rightStarts;
    private readonly int[] byRight;

    /// <param name="edges">Sorted by left, then right.</param>
    /// <param name="left">Records of the left file.</param>
    /// <param name="right">Records of the right file.</param>
    public EdgeGraph(Edge[] edges, int left, int right)
    {
        Edges = edges;
        leftStarts = new int[left + 1];
        rightStarts = new int[right + 1];
        foreach (var edge in edges)
        {
            leftStarts[edge.Left + 1]++;
            rightStarts[edge.Right + 1]++;
        }

        for (var i = 0; i < left; i++)
        {
            leftStarts[i + 1] += leftStarts[i];
        }

        for (var i = 0; i < right; i++)
        {
            rightStarts[i + 1] += rightStarts[i];
        }

        byRight = new int[edges.Length];
        var next = rightStarts.AsSpan(0, right).ToArray();
        for (var e = 0; e < edges.Length; e++)
        {
            byRight[next[edges[e].Right]++] = e;
        }
    }

    public Edge[] Edges { get; }

    public int LeftCount => leftStarts.Length - 1;

    public int RightCount => rightStarts.Length - 1;

    /// <summary>Edges of a left record: a range of <see cref="Edges"/>.</summary>
    public Range OfLeft(int left) => leftStarts[left]..leftStarts[left + 1];

    /// <summary>The place of an edge in <see cref="Edges"/>, or −1.</summary>
    public int Find(int left, int right)
    {
        for (var e = leftStarts[left]; e < leftStarts[left + 1]; e++)
        {
            if (Edges[e].Right == right)
            {
                return e;
            }
        }

        return -1;
    }

    /// <summary>Edges of a right record, by their places in <see cref="Edges"/>.</summary>
    public ReadOnlySpan<int> OfRight(int right) => byRight.AsSpan(rightStarts[right]..rightStarts[right + 1]);
}
