using System.Buffers;

namespace TfFlow.Programme.Extracts;

/// <summary>Writes records of fields as bytes: each field behind its length, in 7-bit groups, lowest first.</summary>
/// <remarks>docs/vault-format.md, Records. One object for many records; cleared when done, for it held personal data.</remarks>
public sealed class RecordWriter
{
    private readonly ArrayBufferWriter<byte> buffer = new(1024);

    /// <summary>The record so far; valid until the next <see cref="Begin"/>.</summary>
    public ReadOnlyMemory<byte> Written => buffer.WrittenMemory;

    public RecordWriter Begin()
    {
        buffer.ResetWrittenCount();
        return this;
    }

    public RecordWriter Field(ReadOnlySpan<byte> value)
    {
        WriteLength(value.Length);
        buffer.Write(value);
        return this;
    }

    public RecordWriter Field(long value)
    {
        Span<byte> text = stackalloc byte[20];
        System.Buffers.Text.Utf8Formatter.TryFormat(value, text, out var length);
        return Field(text[..length]);
    }

    /// <summary>Appends another writer's record as one field: how records follow each other in a blob.</summary>
    public RecordWriter Field(RecordWriter record) => Field(record.Written.Span);

    public void Clear() => buffer.Clear();

    private void WriteLength(int length)
    {
        var rest = (uint)length;
        var target = buffer.GetSpan(5);
        var used = 0;
        for (; rest > 0x7f; rest >>= 7)
        {
            target[used++] = (byte)((rest & 0x7f) | 0x80);
        }

        target[used++] = (byte)rest;
        buffer.Advance(used);
    }
}

/// <summary>Reads the fields that a <see cref="RecordWriter"/> wrote, in order.</summary>
public ref struct RecordReader(ReadOnlySpan<byte> record)
{
    private ReadOnlySpan<byte> rest = record;

    public readonly bool AtEnd => rest.IsEmpty;

    /// <exception cref="InvalidDataException">There is no whole field.</exception>
    public ReadOnlySpan<byte> Field() => TryField(out var field) ? field : throw new InvalidDataException("The record ends inside a field.");

    /// <returns>False when less than a field is left: the rest is still to come.</returns>
    /// <exception cref="InvalidDataException">The length is not one a writer writes.</exception>
    public bool TryField(out ReadOnlySpan<byte> field)
    {
        field = default;
        long length = 0;
        for (var used = 0; used < rest.Length; used++)
        {
            length |= (long)(rest[used] & 0x7f) << (7 * used);
            if (used == 4 && rest[used] > 0x07)
            {
                throw new InvalidDataException("A field's length is over 2 GiB.");
            }

            if ((rest[used] & 0x80) != 0)
            {
                continue;
            }

            if (length > rest.Length - used - 1)
            {
                return false;
            }

            field = rest.Slice(used + 1, (int)length);
            rest = rest[(used + 1 + (int)length)..];
            return true;
        }

        return false;
    }

    public long Number() => System.Buffers.Text.Utf8Parser.TryParse(Field(), out long value, out _)
        ? value
        : throw new InvalidDataException("The field is not a whole number.");

    /// <summary>What has not been read.</summary>
    public readonly ReadOnlySpan<byte> Rest => rest;
}
