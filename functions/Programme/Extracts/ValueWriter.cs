namespace TfFlow.Programme.Extracts;

/// <summary>Where a validator puts the normalised value of a cell: UTF-8, one growing buffer for a row.</summary>
public sealed class ValueWriter
{
    private byte[] buffer = new byte[1024];

    public int Length { get; private set; }

    /// <summary>The value as a number where its type has one: a date's day number, a count, a percentage in hundredths. <see cref="NoNumber"/> otherwise.</summary>
    public long Number { get; set; } = NoNumber;

    public const long NoNumber = long.MinValue;

    public ReadOnlySpan<byte> Written => buffer.AsSpan(0, Length);

    public void Write(byte value)
    {
        var (bytes, length) = (buffer, Length);
        if ((uint)length >= (uint)bytes.Length)
        {
            Array.Resize(ref buffer, length * 2);
            bytes = buffer;
        }

        bytes[length] = value;
        Length = length + 1;
    }

    public void Write(ReadOnlySpan<byte> value)
    {
        var length = Length;
        if (buffer.Length - length < value.Length)
        {
            Reserve(value.Length);
        }

        value.CopyTo(buffer.AsSpan(length));
        Length = length + value.Length;
    }

    /// <summary>At least <paramref name="size"/> bytes to fill, then <see cref="Advance"/>.</summary>
    public Span<byte> Reserve(int size)
    {
        if (buffer.Length - Length < size)
        {
            Grow(size);
        }

        return buffer.AsSpan(Length);
    }

    public void Advance(int count) => Length += count;

    private void Grow(int size)
    {
        while (buffer.Length - Length < size)
        {
            Array.Resize(ref buffer, buffer.Length * 2);
        }
    }

    /// <summary>Forgets what was written from <paramref name="length"/> on.</summary>
    public void Truncate(int length) => Length = length;

    /// <summary>Overwrites with zeros all that was ever written: the buffer held personal data.</summary>
    public void Clear()
    {
        Length = 0;
        Array.Clear(buffer);
    }
}
