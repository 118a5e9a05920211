using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace TfFlow.Programme.Ledger;

/// <summary>The one way an entry is written as bytes: what is hashed, stored and shown in a receipt.</summary>
/// <remarks>docs/ledger-format.md. Every entry has one encoding, and bytes that decode encode to themselves.</remarks>
public static class CanonicalEntry
{
    public const byte FormatVersion = 1;

    /// <summary>The most bytes an entry may take: what fits a C2SP entry bundle.</summary>
    public const int MaxLength = ushort.MaxValue;

    public const int MaxActIdLength = 200;

    private const int HashLength = 64;

    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private static readonly SearchValues<char> NotInActIds = SearchValues.Create(
        [.. @"/\#?", .. Enumerable.Range(0, 0xA0).Select(c => (char)c).Where(char.IsControl)]);

    private static readonly SearchValues<char> LowerHex = SearchValues.Create("0123456789abcdef");

    /// <exception cref="ArgumentException">A field is outside what the format allows; the message names the field, never its value.</exception>
    public static byte[] Encode(LedgerEntry entry)
    {
        if (Fault(entry) is { } fault)
        {
            throw new ArgumentException($"The ledger entry cannot be written: {fault}.", nameof(entry));
        }

        var writer = new ArrayBufferWriter<byte>(512);
        writer.Write([FormatVersion, (byte)entry.Kind]);
        WriteInt64(writer, entry.At.UtcTicks);
        WriteText(writer, entry.ActId);
        WriteText(writer, entry.Act);
        WriteText(writer, entry.Actor);
        WriteText(writer, entry.Role);
        WriteText(writer, entry.Agency);
        WriteText(writer, entry.Agreement);
        WriteText(writer, entry.AgreementVersion);
        WriteText(writer, entry.Exchange);
        WriteText(writer, entry.Basis);
        WriteText(writer, entry.Purpose);
        WriteLength(writer, entry.References.Count);
        foreach (var reference in entry.References)
        {
            WriteText(writer, reference);
        }

        WriteInt64(writer, entry.Count);
        WriteText(writer, entry.Hash);
        WriteText(writer, entry.Result);
        return writer.WrittenCount <= MaxLength
            ? writer.WrittenSpan.ToArray()
            : throw new ArgumentException($"The ledger entry cannot be written: it takes {writer.WrittenCount} bytes, {MaxLength} is the most; an entry covers a set by its count and hash.", nameof(entry));
    }

    /// <exception cref="InvalidDataException">The bytes are not the canonical bytes of any entry.</exception>
    public static LedgerEntry Decode(ReadOnlySpan<byte> bytes)
    {
        var reader = new Reader(bytes);
        if (reader.Byte() is var version && version != FormatVersion)
        {
            throw new InvalidDataException($"The entry's format version is {version}; {FormatVersion} is known.");
        }

        var kind = (EntryKind)reader.Byte();
        var ticks = reader.Int64();
        if (ticks < 0 || ticks > DateTime.MaxValue.Ticks)
        {
            throw new InvalidDataException("The entry's time is out of range.");
        }

        var entry = new LedgerEntry
        {
            Kind = kind,
            At = new DateTimeOffset(ticks, TimeSpan.Zero),
            ActId = reader.Text(),
            Act = reader.Text(),
            Actor = reader.Text(),
            Role = reader.Text(),
            Agency = reader.Text(),
            Agreement = reader.Text(),
            AgreementVersion = reader.Text(),
            Exchange = reader.Text(),
            Basis = reader.Text(),
            Purpose = reader.Text(),
            References = reader.Texts(),
            Count = reader.Int64(),
            Hash = reader.Text(),
            Result = reader.Text(),
        };
        reader.End();
        return Fault(entry) is { } fault ? throw new InvalidDataException($"The entry is not canonical: {fault}.") : entry;
    }

    private static string? Fault(LedgerEntry entry) => entry switch
    {
        { Kind: not (EntryKind.Intent or EntryKind.Outcome) } => "its kind is neither intent nor outcome",
        { ActId.Length: 0 or > MaxActIdLength } => $"its act id is empty or over {MaxActIdLength} characters",
        _ when entry.ActId.AsSpan().ContainsAny(NotInActIds) => "its act id holds one of / \\ # ? or a control character",
        { Act.Length: 0 } => "its act is empty",
        { Actor.Length: 0 } => "its actor is empty",
        { Count: < 0 } => "its count is negative",
        { Hash.Length: not (0 or HashLength) } => "its hash is not 64 hexadecimal digits",
        _ when entry.Hash.AsSpan().ContainsAnyExcept(LowerHex) => "its hash is not lower-case hexadecimal",
        { Kind: EntryKind.Intent, Result.Length: > 0 } => "it is an intent with a result",
        { Kind: EntryKind.Outcome, Result.Length: 0 } => "it is an outcome without a result",
        _ => null,
    };

    private static void WriteInt64(ArrayBufferWriter<byte> writer, long value)
    {
        BinaryPrimitives.WriteInt64BigEndian(writer.GetSpan(sizeof(long)), value);
        writer.Advance(sizeof(long));
    }

    private static void WriteLength(ArrayBufferWriter<byte> writer, int length)
    {
        if (length > ushort.MaxValue)
        {
            throw new ArgumentException($"The ledger entry cannot be written: a field is longer than {ushort.MaxValue}.");
        }

        BinaryPrimitives.WriteUInt16BigEndian(writer.GetSpan(sizeof(ushort)), (ushort)length);
        writer.Advance(sizeof(ushort));
    }

    private static void WriteText(ArrayBufferWriter<byte> writer, string text)
    {
        int length;
        try
        {
            length = Utf8.GetByteCount(text);
        }
        catch (EncoderFallbackException)
        {
            // The framework's message would carry the value.
            throw new ArgumentException("The ledger entry cannot be written: a field holds half of a surrogate pair.");
        }

        WriteLength(writer, length);
        writer.Advance(Utf8.GetBytes(text, writer.GetSpan(length)));
    }

    private ref struct Reader(ReadOnlySpan<byte> bytes)
    {
        private ReadOnlySpan<byte> rest = bytes;

        public byte Byte() => Take(1)[0];

        public long Int64() => BinaryPrimitives.ReadInt64BigEndian(Take(sizeof(long)));

        public string Text()
        {
            var bytes = Take(Length());
            try
            {
                return Utf8.GetString(bytes);
            }
            catch (DecoderFallbackException)
            {
                throw new InvalidDataException("A text of the entry is not UTF-8.");
            }
        }

        public string[] Texts()
        {
            var count = Length();
            if (count > rest.Length / sizeof(ushort))
            {
                throw new InvalidDataException("The entry ends early.");
            }

            var texts = new string[count];
            for (var i = 0; i < count; i++)
            {
                texts[i] = Text();
            }

            return texts;
        }

        public readonly void End()
        {
            if (!rest.IsEmpty)
            {
                throw new InvalidDataException($"{rest.Length} bytes follow the entry's end.");
            }
        }

        private int Length() => BinaryPrimitives.ReadUInt16BigEndian(Take(sizeof(ushort)));

        private ReadOnlySpan<byte> Take(int count)
        {
            if (count > rest.Length)
            {
                throw new InvalidDataException("The entry ends early.");
            }

            var taken = rest[..count];
            rest = rest[count..];
            return taken;
        }
    }
}
