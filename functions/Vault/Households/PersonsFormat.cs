using System.Buffers.Binary;
using TfFlow.Linkage;

namespace TfFlow.Vault.Households;

/// <summary>The layout of a persons blob: header, groups (messages, index), footer, trailer.</summary>
/// <remarks>docs/vault-format.md, Persons blob.</remarks>
internal static class PersonsFormat
{
    /// <summary>Plaintext bytes of a group at most: what a writer buffers.</summary>
    public const int GroupSize = 4 * 1024 * 1024;

    /// <summary>Records of a group at most.</summary>
    public const int GroupRecords = 64 * 1024;

    /// <summary>Bytes of one record at most.</summary>
    public const int MaxRecord = 1024 * 1024;

    /// <summary>Before each record in a message: its length, big-endian.</summary>
    public const int LengthSize = 4;

    /// <summary>Groups at most: with their sizes, the footer stays under 16 MiB.</summary>
    public const int MaxGroups = 1024 * 1024 - 1;

    /// <summary>Offset of the footer, then <see cref="TrailerMagic"/>.</summary>
    public const int TrailerSize = 16;

    // The last byte of the nonce: what is sealed.
    public const byte Message = 0;
    public const byte Index = 1;
    public const byte Footer = 2;

    public static ReadOnlySpan<byte> TrailerMagic => "TFV-END\u0001"u8;
}

/// <summary>Where one household's message lies in its group.</summary>
/// <param name="Offset">From the group's first byte.</param>
/// <param name="Length">Sealed bytes.</param>
internal readonly record struct IndexEntry(HouseholdPseudonym Household, int Offset, int Length)
{
    public const int Size = HouseholdPseudonym.Size + 8;

    public static IndexEntry Read(ReadOnlySpan<byte> bytes) => new(
        HouseholdPseudonym.FromBytes(bytes[..HouseholdPseudonym.Size]),
        BinaryPrimitives.ReadInt32BigEndian(bytes[HouseholdPseudonym.Size..]),
        BinaryPrimitives.ReadInt32BigEndian(bytes[(HouseholdPseudonym.Size + 4)..]));

    public void Write(Span<byte> bytes)
    {
        Household.CopyTo(bytes);
        BinaryPrimitives.WriteInt32BigEndian(bytes[HouseholdPseudonym.Size..], Offset);
        BinaryPrimitives.WriteInt32BigEndian(bytes[(HouseholdPseudonym.Size + 4)..], Length);
    }
}

/// <summary>One group in the footer. Groups follow each other without gaps from the header's end.</summary>
/// <param name="Messages">Sealed bytes of its messages.</param>
/// <param name="Index">Sealed bytes of its index, right behind them.</param>
internal readonly record struct GroupEntry(int Messages, int Index, int Households, int Records)
{
    public const int Size = 16;

    public static GroupEntry Read(ReadOnlySpan<byte> bytes) => new(
        BinaryPrimitives.ReadInt32BigEndian(bytes),
        BinaryPrimitives.ReadInt32BigEndian(bytes[4..]),
        BinaryPrimitives.ReadInt32BigEndian(bytes[8..]),
        BinaryPrimitives.ReadInt32BigEndian(bytes[12..]));

    public void Write(Span<byte> bytes)
    {
        BinaryPrimitives.WriteInt32BigEndian(bytes, Messages);
        BinaryPrimitives.WriteInt32BigEndian(bytes[4..], Index);
        BinaryPrimitives.WriteInt32BigEndian(bytes[8..], Households);
        BinaryPrimitives.WriteInt32BigEndian(bytes[12..], Records);
    }
}
