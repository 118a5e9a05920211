using System.Buffers.Binary;

namespace TfFlow.Programme.Ledger;

/// <summary>Entries after one another, each led by its length in two big-endian bytes.</summary>
/// <remarks>C2SP tlog-tiles, entry bundles.</remarks>
public static class EntryBundle
{
    public const int LengthPrefix = sizeof(ushort);

    public static byte[] Write(IReadOnlyList<ReadOnlyMemory<byte>> entries)
    {
        var bundle = new byte[entries.Sum(entry => entry.Length + LengthPrefix)];
        var rest = bundle.AsSpan();
        foreach (var entry in entries)
        {
            BinaryPrimitives.WriteUInt16BigEndian(rest, checked((ushort)entry.Length));
            entry.Span.CopyTo(rest[LengthPrefix..]);
            rest = rest[(LengthPrefix + entry.Length)..];
        }

        return bundle;
    }

    /// <exception cref="InvalidDataException">The bundle ends within an entry.</exception>
    public static List<ReadOnlyMemory<byte>> Read(ReadOnlyMemory<byte> bundle)
    {
        var entries = new List<ReadOnlyMemory<byte>>();
        while (!bundle.IsEmpty)
        {
            var length = bundle.Length < LengthPrefix ? ushort.MaxValue : BinaryPrimitives.ReadUInt16BigEndian(bundle.Span);
            if (LengthPrefix + length > bundle.Length)
            {
                throw new InvalidDataException("The bundle ends within an entry.");
            }

            entries.Add(bundle.Slice(LengthPrefix, length));
            bundle = bundle[(LengthPrefix + length)..];
        }

        return entries;
    }
}
