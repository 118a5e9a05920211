namespace TfFlow.Linkage;

/// <summary>The ids of a file in row order, in one buffer. That they differ is seen when they are sorted, so none is looked up.</summary>
internal sealed class IdList
{
    private byte[] units = new byte[1024];
    private int[] ends = new int[64];

    public int Count { get; private set; }

    public ReadOnlySpan<byte> this[int row] => row == 0 ? units.AsSpan(0, ends[0]) : units.AsSpan(ends[row - 1], ends[row] - ends[row - 1]);

    public void Add(ReadOnlySpan<byte> id)
    {
        var start = Count == 0 ? 0 : ends[Count - 1];
        if (Count == ends.Length)
        {
            Array.Resize(ref ends, checked(ends.Length * 2));
        }

        if (start + id.Length > units.Length)
        {
            Array.Resize(ref units, checked(units.Length * 2) > start + id.Length ? units.Length * 2 : checked((start + id.Length) * 2));
        }

        id.CopyTo(units.AsSpan(start));
        ends[Count++] = start + id.Length;
    }
}
