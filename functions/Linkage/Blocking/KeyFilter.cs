namespace TfFlow.Linkage;

/// <summary>Whether a key may be among those of an index: never wrongly no.</summary>
internal readonly struct KeyFilter
{
    private readonly ulong[] bits;

    public KeyFilter(KeyIndex index)
    {
        bits = new ulong[1 << 15];
        for (var i = 0; i < index.Count; i++)
        {
            bits[Word(index.Key(i))] |= Bit(index.Key(i));
        }
    }

    public bool MayHold(uint key) => (bits[Word(key)] & Bit(key)) != 0;

    private static int Word(uint key) => (int)((key >> 7) & 0x7FFF);

    private static ulong Bit(uint key) => 1UL << (int)((key >> 1) & 63);
}
