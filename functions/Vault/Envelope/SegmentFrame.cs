using System.Buffers.Binary;

namespace TfFlow.Vault.Envelope;

/// <summary>Eight bytes in the clear before each segment: its counter, and its plaintext length with the last-segment flag in the high bit.</summary>
/// <remarks>They prove nothing (the nonce does); they tell a missing end from a changed byte, and a moved segment from either.</remarks>
internal readonly record struct SegmentFrame(uint Counter, int Length, bool IsLast)
{
    public const int Size = 8;

    private const uint LastFlag = 0x8000_0000;

    public byte Flag => IsLast ? (byte)1 : (byte)0;

    public static SegmentFrame Read(ReadOnlySpan<byte> bytes)
    {
        var length = BinaryPrimitives.ReadUInt32BigEndian(bytes[4..]);
        return new(BinaryPrimitives.ReadUInt32BigEndian(bytes), (int)(length & ~LastFlag), (length & LastFlag) != 0);
    }

    public void Write(Span<byte> bytes)
    {
        BinaryPrimitives.WriteUInt32BigEndian(bytes, Counter);
        BinaryPrimitives.WriteUInt32BigEndian(bytes[4..], (uint)Length | (IsLast ? LastFlag : 0));
    }
}
