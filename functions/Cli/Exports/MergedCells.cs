using ExcelDataReader;

namespace TfFlow.Cli.Exports;

/// <summary>Cells of a sheet that are merged over several rows: a workbook keeps their value in the first of them alone.</summary>
/// <remarks>Cells merged over several columns of one row are titles and headings: their value stays in the first.</remarks>
internal sealed class MergedCells(IReadOnlyList<CellRange> ranges)
{
    private readonly Queue<CellRange> coming = new(ranges.Where(range => range.ToRow > range.FromRow).OrderBy(range => range.FromRow));
    private readonly List<(CellRange Range, byte[] Value)> open = [];

    /// <summary>Gives each cell of a row the value that is merged over it.</summary>
    /// <param name="row">From 0; rows are asked about in their order.</param>
    /// <returns>Whether there was one.</returns>
    public bool Fill(int row, List<byte[]> cells)
    {
        open.RemoveAll(merged => merged.Range.ToRow < row);
        var filled = false;
        foreach (var (range, value) in open.Where(merged => merged.Value.Length > 0 && merged.Range.FromColumn < cells.Count))
        {
            filled |= cells[range.FromColumn].Length == 0;
            cells[range.FromColumn] = value;
        }

        while (coming.TryPeek(out var next) && next.FromRow <= row)
        {
            coming.Dequeue();
            if (next.FromRow == row && next.FromColumn < cells.Count)
            {
                open.Add((next, cells[next.FromColumn]));
            }
        }

        return filled;
    }
}
