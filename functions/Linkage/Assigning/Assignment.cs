namespace TfFlow.Linkage;

/// <summary>
/// The one-to-one matching of greatest total log-odds; a record may stay unmatched. Solved exactly, component by component of the graph of pairs
/// that are likelier than not.
/// </summary>
/// <remarks>Shortest augmenting paths with potentials (Jonker and Volgenant 1987) on sparse edges, each left record having a free place of its own besides.</remarks>
internal sealed class Assignment
{
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

    private Assignment(EdgeGraph graph, double unmatched)
    {
        this.graph = graph;
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
        costs = Array.ConvertAll(graph.Edges, edge => -(edge.LogOdds + (edge is { Unrelated: 1, LogOdds: < Edge.Decided } ? unrelated : Math.Log(edge.Boost(unmatched)))));
    }

    /// <summary>For each left record, the place of its edge in the graph's edges, or −1.</summary>
    /// <param name="graph">Edges with their log-odds.</param>
    /// <param name="unmatched">See <see cref="MatchMarginals.Unmatched"/>.</param>
    public static int[] Solve(EdgeGraph graph, double unmatched = 1)
    {
        var assignment = new Assignment(graph, unmatched);
        for (var left = 0; left < graph.LeftCount; left++)
        {
            if (!assignment.Plain(left))
            {
                assignment.Add(left);
            }
        }

        return assignment.edgeOfLeft;
    }

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
