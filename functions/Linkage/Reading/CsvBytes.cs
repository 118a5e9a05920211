namespace TfFlow.Linkage;

/// <summary>Writes CSV as bytes through one buffer; the stream stays open.</summary>
internal sealed class CsvBytes(Stream stream) : IDisposable
{
    private readonly byte[] buffer = new byte[1 << 16];
    private int length;

    /// <summary>Bytes as they are.</summary>
    public void Text(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > buffer.Length - length)
        {
            Flush();
            if (bytes.Length > buffer.Length)
            {
                stream.Write(bytes);
                return;
            }
        }

        bytes.CopyTo(buffer.AsSpan(length));
        length += bytes.Length;
    }

    /// <summary>A value, quoted where RFC 4180 asks for it.</summary>
    public void Cell(ReadOnlySpan<byte> value)
    {
        if (value.IndexOfAny(",\"\r\n"u8) < 0)
        {
            Text(value);
            return;
        }

        Text("\""u8);
        foreach (var range in value.Split((byte)'"'))
        {
            Text(range.Start.Value == 0 ? [] : "\"\""u8);
            Text(value[range]);
        }

        Text("\""u8);
    }

    public void Dispose() => Flush();

    private void Flush()
    {
        stream.Write(buffer, 0, length);
        length = 0;
    }
}
