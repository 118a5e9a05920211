using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace TfFlow.Linkage;

/// <summary>Rows of numbers, one after another, such that a row of up to sixteen lies in one line of the processor's cache: rows are mostly asked for at random.</summary>
/// <typeparam name="T">Four bytes wide.</typeparam>
internal readonly struct AlignedRows<T>
    where T : unmanaged
{
    /// <summary>Numbers in a line of cache: 64 bytes.</summary>
    private const int Line = 16;

    private readonly T[] cells;
    private readonly int first;
    private readonly int width;

    /// <param name="count">Rows.</param>
    /// <param name="length">Numbers a row.</param>
    public AlignedRows(int count, int length)
    {
        (Count, Length) = (count, length);

        // A row a little shorter than a line takes a whole one; longer rows stand close.
        width = length is > 12 and < Line ? Line : length;
        cells = LargePages.Array<T>(checked((count * width) + Line), pinned: true);
        first = (int)(-Marshal.UnsafeAddrOfPinnedArrayElement(cells, 0) & (Line * sizeof(int) - 1)) / sizeof(int);
    }

    public int Count { get; }

    public int Length { get; }

    public Span<T> this[int row]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => cells.AsSpan(unchecked(first + (row * width)), Length);
    }

    public ref T this[int row, int at]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ref cells[unchecked(first + (row * width) + at)];
    }
}
