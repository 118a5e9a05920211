using System.Text;

namespace TfFlow.Linkage;

/// <summary>
/// The records of one file as rows of integers. Those of one postcode stand together, as they are compared with the same others; within it they are in ordinal order of their ids:
/// so the order of the file changes nothing. Who is told of a record is told its place in the order of ids.
/// </summary>
internal sealed class Records
{
    private readonly IdList ids;
    private readonly int[] rows;
    private readonly int[] places;
    private readonly AlignedRows<int> cells;
    private int[]? records;

    /// <param name="name">The file's.</param>
    /// <param name="ids">By row.</param>
    /// <param name="rows">The row of each place in the order of ids.</param>
    /// <param name="places">The place of each record.</param>
    /// <param name="cells">By record.</param>
    public Records(string name, IdList ids, int[] rows, int[] places, AlignedRows<int> cells)
    {
        Name = name;
        this.ids = ids;
        this.rows = rows;
        this.places = places;
        this.cells = cells;
    }

    public string Name { get; }

    public int Count => rows.Length;

    /// <summary>Integers per record: up to the last <see cref="Slot"/> any file fills.</summary>
    public int Stride => cells.Length;

    public ReadOnlySpan<int> this[int record] => cells[record];

    /// <summary>The place of a record in ordinal order of ids.</summary>
    public int PlaceOf(int record) => places[record];

    public ReadOnlySpan<byte> Id(int record) => IdAt(places[record]);

    /// <summary>The id at a place of their order.</summary>
    public ReadOnlySpan<byte> IdAt(int place) => ids[rows[place]];

    public string IdText(int record) => Encoding.UTF8.GetString(Id(record));

    public int Cell(int record, int slot) => slot < cells.Length ? cells[record, slot] : 0;

    public void Set(int record, int slot, int value) => cells[record, slot] = value;

    /// <summary>The record with an id, or −1.</summary>
    public int Find(ReadOnlySpan<byte> id)
    {
        int low = 0, high = Count - 1;
        while (low <= high)
        {
            var middle = (low + high) >>> 1;
            var order = IdAt(middle).SequenceCompareTo(id);
            if (order == 0)
            {
                return (records ??= Inverse())[middle];
            }

            (low, high) = order < 0 ? (middle + 1, high) : (low, middle - 1);
        }

        return -1;
    }

    /// <summary>The record of each place.</summary>
    private int[] Inverse()
    {
        var inverse = new int[places.Length];
        for (var record = 0; record < places.Length; record++)
        {
            inverse[places[record]] = record;
        }

        return inverse;
    }
}
