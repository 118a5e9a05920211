namespace TfFlow.Linkage;

/// <summary>
/// The one-to-one matching of greatest total log-odds; a record may stay unmatched. Solved exactly, component by component of the graph of pairs
/// that are likelier than not.
/// </summary>
/// <remarks>Shortest augmenting paths with potentials (Jonker and Volgenant 1987) on sparse edges, each left record having a free place of its own besides.</remarks>
internal sealed class Assignment
{
    /// <summary>Edges or records worked at one time by one thread.</summary>
    private const int Chunk = 1 << 14;

    private readonly EdgeGraph graph;
    private readonly double[] leftPrice;
    private readonly double[] rightPrice;
    private readonly int[] matchOfRight;
    private readonly int[] edgeOfLeft;
    private readonly double[] distance;
    private readonly int[] reachedBy;
    private readonly PriorityQueue<int, (double Distance, int Right)> queue = new();
    private readonly List<int> touched = [];
    private readonly HashSet<int> settled = [];

    /// <summary>Of each edge its log-odds, negated; edges that speak against are never used.</summary>
    private readonly double[] costs;

    private readonly ParallelOptions parallel;

    private Assignment(EdgeGraph graph, double unmatched, ParallelOptions parallel)
    {
        this.graph = graph;
        this.parallel = parallel;
        leftPrice = new double[graph.LeftCount];
        rightPrice = new double[graph.RightCount];
        matchOfRight = new int[graph.RightCount];
        edgeOfLeft = new int[graph.LeftCount];
        distance = new double[graph.RightCount];
        reachedBy = new int[graph.RightCount];
        Array.Fill(matchOfRight, -1);
        Array.Fill(edgeOfLeft, -1);
        Array.Fill(distance, double.PositiveInfinity);
        var unrelated = Math.Log(new Edge(0, 0, 0).Boost(unmatched));
        costs = new double[graph.Edges.Length];
        Chunks(costs.Length, (from, to, _) =>
        {
            for (var e = from; e < to; e++)
            {
                var edge = graph.Edges[e];
                costs[e] = -(edge.LogOdds + (edge is { Unrelated: 1, LogOdds: < Edge.Decided } ? unrelated : Math.Log(edge.Boost(unmatched))));
            }
        });
    }

    /// <summary>For each left record, the place of its edge in the graph's edges, or −1.</summary>
    /// <param name="graph">Edges with their log-odds.</param>
    /// <param name="unmatched">See <see cref="MatchMarginals.Unmatched"/>.</param>
    /// <param name="parallel">Threads.</param>
    public static int[] Solve(EdgeGraph graph, double unmatched = 1, ParallelOptions? parallel = null)
    {
        var assignment = new Assignment(graph, unmatched, parallel ?? new());
        foreach (var left in assignment.Contested())
        {
            if (!assignment.Free(left))
            {
                assignment.Add(left);
            }
        }

        return assignment.edgeOfLeft;
    }

    /// <summary>Settles the left records that are plain, in any order, and gives the others in theirs.</summary>
    private IEnumerable<int> Contested()
    {
        var contested = new List<int>[(graph.LeftCount + Chunk - 1) / Chunk];
        Chunks(graph.LeftCount, (from, to, chunk) =>
        {
            var its = contested[chunk] = [];
            for (var left = from; left < to; left++)
            {
                if (!Plain(left))
                {
                    its.Add(left);
                }
            }
        });
        return contested.SelectMany(its => its);
    }

    private void Chunks(int count, Action<int, int, int> act) =>
        Parallel.For(0, (count + Chunk - 1) / Chunk, parallel, chunk => act(chunk * Chunk, Math.Min(count, (chunk + 1) * Chunk), chunk));

    /// <summary>Settles a left record that has no edge, or one to a right record that has no other.</summary>
    private bool Plain(int left)
    {
        var (edge, end) = (graph.OfLeft(left).Start.Value, graph.OfLeft(left).End.Value);
        if (end - edge > 1 || (end > edge && graph.OfRight(graph.Edges[edge].Right).Length > 1))
        {
            return false;
        }

        if (end > edge && costs[edge] < 0)
        {
            edgeOfLeft[left] = edge;
            matchOfRight[graph.Edges[edge].Right] = left;
        }

        return true;
    }

    /// <summary>Settles a left record where the cheapest right record of all is free, or none speaks for it: what <see cref="Add"/> finds first, without its queue.</summary>
    private bool Free(int left)
    {
        var range = graph.OfLeft(left);
        var (cheapest, least) = (-1, 0.0);
        for (var edge = range.Start.Value; edge < range.End.Value; edge++)
        {
            var cost = costs[edge] < 0 ? costs[edge] - rightPrice[graph.Edges[edge].Right] : 0;
            if (cost < least)
            {
                (cheapest, least) = (edge, cost);
            }
        }

        if (cheapest < 0)
        {
            return true;
        }

        var right = graph.Edges[cheapest].Right;
        if (matchOfRight[right] >= 0)
        {
            return false;
        }

        leftPrice[left] = least;
        edgeOfLeft[left] = cheapest;
        matchOfRight[right] = left;
        return true;
    }

    /// <summary>Matches <paramref name="root"/> along the cheapest alternating path: to a right record that is free, or by leaving some left record unmatched.</summary>
    private void Add(int root)
    {
        var (left, base_) = (root, 0.0);
        leftPrice[root] = 0;
        var bestExit = double.PositiveInfinity;
        int exitLeft = -1, exitRight = -1;
        while (true)
        {
            // Leaving this left record unmatched costs 0, reduced by its price.
            var unmatched = base_ - leftPrice[left];
            if (unmatched < bestExit)
            {
                (bestExit, exitLeft, exitRight) = (unmatched, left, -1);
            }

            var range = graph.OfLeft(left);
            for (var edge = range.Start.Value; edge < range.End.Value; edge++)
            {
                var right = graph.Edges[edge].Right;
                if (costs[edge] >= 0 || settled.Contains(right))
                {
                    continue;
                }

                var through = base_ + costs[edge] - leftPrice[left] - rightPrice[right];
                if (through < distance[right])
                {
                    if (double.IsPositiveInfinity(distance[right]))
                    {
                        touched.Add(right);
                    }

                    distance[right] = through;
                    reachedBy[right] = edge;
                    queue.Enqueue(right, (through, right));
                }
            }

            if (!Next(out var nearest) || distance[nearest] >= bestExit)
            {
                break;
            }

            settled.Add(nearest);
            if (matchOfRight[nearest] < 0)
            {
                (bestExit, exitLeft, exitRight) = (distance[nearest], -1, nearest);
                break;
            }

            left = matchOfRight[nearest];
            base_ = distance[nearest];
        }

        Reprice(root, bestExit);
        Augment(root, exitLeft, exitRight);
        foreach (var right in touched)
        {
            distance[right] = double.PositiveInfinity;
        }

        touched.Clear();
        settled.Clear();
        queue.Clear();
    }

    private bool Next(out int right)
    {
        while (queue.TryDequeue(out right, out var key))
        {
            if (!settled.Contains(right) && key.Distance <= distance[right])
            {
                return true;
            }
        }

        return false;
    }

    private void Reprice(int root, double end)
    {
        leftPrice[root] += end;
        foreach (var right in settled)
        {
            if (distance[right] >= end)
            {
                continue;
            }

            rightPrice[right] += distance[right] - end;
            if (matchOfRight[right] >= 0)
            {
                leftPrice[matchOfRight[right]] += end - distance[right];
            }
        }
    }

    private void Augment(int root, int exitLeft, int exitRight)
    {
        // Walk the path back from its end, moving each left record to the right record that reached on.
        var right = exitRight;
        if (right < 0)
        {
            if (exitLeft == root)
            {
                edgeOfLeft[root] = -1;
                return;
            }

            right = graph.Edges[edgeOfLeft[exitLeft]].Right;
            edgeOfLeft[exitLeft] = -1;
        }

        while (true)
        {
            var edge = reachedBy[right];
            var left = graph.Edges[edge].Left;
            var previous = edgeOfLeft[left] >= 0 ? graph.Edges[edgeOfLeft[left]].Right : -1;
            edgeOfLeft[left] = edge;
            matchOfRight[right] = left;
            if (left == root)
            {
                return;
            }

            right = previous;
        }
    }
}
