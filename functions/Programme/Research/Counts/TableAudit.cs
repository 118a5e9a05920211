namespace TfFlow.Programme.Research.Counts;

/// <summary>What a reader can work out of a suppressed table: the lowest and highest value each cell can have.</summary>
/// <remarks>Rows, columns and totals are a network, in which the true table is a flow and every table a reader must reckon with another.
/// How far a cell can rise or fall is a maximum flow through the rest (Cox 1995, §3), so the intervals are exact, and exact in whole numbers.</remarks>
internal sealed class TableAudit
{
    public const long Unbounded = long.MaxValue / 4;

    private readonly CountTable table;
    private readonly int nodes;
    private readonly List<Arc> arcs = [];
    private readonly List<int>[] at;

    /// <param name="known">What a reader knows of each count; null: nothing but that it is not 0.</param>
    /// <param name="total">What a reader knows of a total; null: nothing. The total of a single cell is that cell, and not asked for.</param>
    public TableAudit(CountTable table, Func<Cell, (long Low, long High)?> known, Func<long, (long Low, long High)?> total)
    {
        this.table = table;
        var (rows, columns) = (table.Rows.Count, table.Columns.Count);
        nodes = rows + columns + 2;
        at = [.. Enumerable.Range(0, nodes).Select(_ => new List<int>())];
        foreach (var cell in table.Cells)
        {
            Add(cell.Row, rows + cell.Column, table[cell], known(cell) ?? (1, Unbounded));
        }

        for (var row = 0; row < rows; row++)
        {
            Add(nodes - 2, row, table.RowTotal(row), (columns > 1 ? total(table.RowTotal(row)) : null) ?? (0, Unbounded));
        }

        for (var column = 0; column < columns; column++)
        {
            Add(rows + column, nodes - 1, table.ColumnTotal(column), (rows > 1 ? total(table.ColumnTotal(column)) : null) ?? (0, Unbounded));
        }

        Add(nodes - 1, nodes - 2, table.Total, (rows * columns > 1 ? total(table.Total) : null) ?? (0, Unbounded));
    }

    /// <param name="enough">Beyond this the highest is not looked for.</param>
    /// <returns>High is at least <paramref name="enough"/> where the cell can rise so far.</returns>
    public (long Low, long High) Interval(Cell cell, long enough)
    {
        var arc = (cell.Row * table.Columns.Count) + cell.Column;
        var (row, column, count) = (arcs[arc].From, arcs[arc].To, arcs[arc].Flow);
        return (
            count - Flow(row, column, without: arc, Math.Min(count - arcs[arc].Low, count)),
            count + Flow(column, row, without: arc, Math.Min(arcs[arc].High - count, Math.Max(enough - count, 0))));
    }

    private void Add(int from, int to, long flow, (long Low, long High) known)
    {
        at[from].Add(arcs.Count);
        at[to].Add(arcs.Count);
        arcs.Add(new(from, to, flow, known.Low, known.High));
    }

    /// <summary>The most that can be sent from one node to another without breaking what is known, up to <paramref name="limit"/>.</summary>
    private long Flow(int from, int to, int without, long limit)
    {
        var flows = arcs.Select(arc => arc.Flow).ToArray();
        var sent = 0L;
        while (sent < limit && Augment(from, to, without, limit - sent, flows) is > 0 and var more)
        {
            sent += more;
        }

        return sent;
    }

    /// <summary>Sends what fits along one shortest path.</summary>
    private long Augment(int from, int to, int without, long limit, long[] flows)
    {
        var (cameBy, queue) = (new int?[nodes], new Queue<int>([from]));
        while (queue.TryDequeue(out var node) && cameBy[to] is null)
        {
            foreach (var i in at[node])
            {
                var next = arcs[i].From == node ? arcs[i].To : arcs[i].From;
                if (i != without && next != from && cameBy[next] is null && Room(i, node, flows) > 0)
                {
                    cameBy[next] = i;
                    queue.Enqueue(next);
                }
            }
        }

        if (cameBy[to] is null)
        {
            return 0;
        }

        var more = Walk(from, to, cameBy).Aggregate(limit, (least, step) => Math.Min(least, Room(step.Arc, step.Node, flows)));
        foreach (var (arc, node) in Walk(from, to, cameBy))
        {
            flows[arc] += arcs[arc].From == node ? more : -more;
        }

        return more;
    }

    private long Room(int arc, int node, long[] flows) => arcs[arc].From == node ? arcs[arc].High - flows[arc] : flows[arc] - arcs[arc].Low;

    private IEnumerable<(int Arc, int Node)> Walk(int from, int to, int?[] cameBy)
    {
        for (var node = to; node != from;)
        {
            var arc = cameBy[node]!.Value;
            node = arcs[arc].From == node ? arcs[arc].To : arcs[arc].From;
            yield return (arc, node);
        }
    }

    private sealed record Arc(int From, int To, long Flow, long Low, long High);
}
