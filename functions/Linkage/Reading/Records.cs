using System.Text;

namespace TfFlow.Linkage;

/// <summary>The records of one file as rows of integers, in ordinal order of their ids, so that the order of the file changes nothing.</summary>
internal sealed class Records
{
    private readonly IdList ids;
    private readonly int[] order;
    private readonly AlignedRows<int> cells;

    public Records(string name, IdList ids, int[] order, AlignedRows<int> cells)
    {
        Name = name;
        this.ids = ids;
        this.order = order;
        this.cells = cells;
    }

    public string Name { get; }

    public int Count => order.Length;

    /// <summary>Integers per record: up to the last <see cref="Slot"/> any file fills.</summary>
    public int Stride => cells.Length;

    public ReadOnlySpan<int> this[int record] => cells[record];

    public ReadOnlySpan<byte> Id(int record) => ids[order[record]];

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
            var order = Id(middle).SequenceCompareTo(id);
            if (order == 0)
            {
                return middle;
            }

            (low, high) = order < 0 ? (middle + 1, high) : (low, middle - 1);
        }

        return -1;
    }
}
