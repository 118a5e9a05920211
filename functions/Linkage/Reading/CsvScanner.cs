namespace TfFlow.Linkage;

/// <summary>Rows of a delimited UTF-8 file as spans over one buffer: nothing is allocated per row or field.</summary>
/// <remarks>RFC 4180, with the delimiter taken from the header: comma, semicolon, tab or bar. Blank lines are skipped, fields trimmed of spaces.</remarks>
internal sealed class CsvScanner
{
    private readonly Stream stream;
    private readonly string name;
    private byte[] buffer = new byte[1 << 20];
    private int start;
    private int end;
    private bool ended;
    private (int Start, int Length)[] fields = new (int, int)[16];
    private byte delimiter = (byte)',';

    public CsvScanner(Stream stream, string name)
    {
        this.stream = stream;
        this.name = name;
        Fill();
        if (buffer.AsSpan(0, end).StartsWith("\uFEFF"u8))
        {
            start = 3;
        }

        if (buffer.AsSpan(0, Math.Min(end, 64)).Contains((byte)0))
        {
            throw new LinkageDataException($"{name}: this is not UTF-8 text (it holds zero bytes). Save it as UTF-8 CSV.");
        }

        Sniff();
    }

    /// <summary>Lines begun so far, the header being 1; a quoted field may span several.</summary>
    public int Line { get; private set; }

    /// <summary>Bytes taken from the stream.</summary>
    public long Position { get; private set; }

    public int FieldCount { get; private set; }

    public ReadOnlySpan<byte> this[int field] => buffer.AsSpan(fields[field].Start, fields[field].Length);

    /// <summary>Takes the next row; false at the end.</summary>
    public bool Read()
    {
        while (true)
        {
            var length = RowLength();
            if (length == 0)
            {
                return false;
            }

            Line++;
            var row = buffer.AsSpan(start, length).TrimEnd("\r\n"u8).Length;
            var from = start;
            start += length;
            if (row > 0)
            {
                Split(from, from + row);
                return true;
            }
        }
    }

    private int RowLength()
    {
        var scanned = 0;
        while (true)
        {
            var rest = buffer.AsSpan(start, end - start);
            var quoted = false;
            while (true)
            {
                var next = rest[scanned..].IndexOfAny((byte)'\n', (byte)'"');
                if (next < 0)
                {
                    break;
                }

                scanned += next + 1;
                if (rest[scanned - 1] == '"')
                {
                    // A quote opens a field only at its start: 5' 10" stays as it is.
                    quoted = !quoted && Opens(rest[..(scanned - 1)]);
                }
                else if (!quoted)
                {
                    return scanned;
                }
            }

            if (ended)
            {
                return quoted
                    ? throw new LinkageDataException($"{name}, line {Line + 1}: a quoted field is never closed.")
                    : rest.Length;
            }

            // The row goes on beyond the buffer; what was scanned is scanned again, quotes and all.
            scanned = 0;
            Fill();
        }
    }

    private bool Opens(ReadOnlySpan<byte> before)
    {
        before = before.TrimEnd((byte)' ');
        return before.IsEmpty || before[^1] == delimiter || before[^1] == '"';
    }

    private void Fill()
    {
        if (start > 0)
        {
            buffer.AsSpan(start, end - start).CopyTo(buffer);
            end -= start;
            start = 0;
        }
        else if (end == buffer.Length)
        {
            Array.Resize(ref buffer, buffer.Length * 2);
        }

        var read = stream.ReadAtLeast(buffer.AsSpan(end), 1, throwOnEndOfStream: false);
        ended = read == 0;
        end += read;
        Position += read;
    }

    private void Split(int from, int to)
    {
        FieldCount = 0;
        while (true)
        {
            if (FieldCount == fields.Length)
            {
                Array.Resize(ref fields, fields.Length * 2);
            }

            while (from < to && buffer[from] == ' ')
            {
                from++;
            }

            var length = from < to && buffer[from] == '"' ? Quoted(ref from, to) : Plain(ref from, to);
            fields[FieldCount++] = length;
            if (from >= to || buffer[from] != delimiter)
            {
                return;
            }

            from++;
        }
    }

    private (int Start, int Length) Plain(ref int from, int to)
    {
        var first = from;
        var length = buffer.AsSpan(from, to - from).IndexOf(delimiter);
        from = length < 0 ? to : from + length;
        return (first, buffer.AsSpan(first, from - first).TrimEnd((byte)' ').Length);
    }

    private (int Start, int Length) Quoted(ref int from, int to)
    {
        var first = ++from;
        var write = first;
        while (from < to)
        {
            if (buffer[from] != '"')
            {
                buffer[write++] = buffer[from++];
            }
            else if (from + 1 < to && buffer[from + 1] == '"')
            {
                buffer[write++] = (byte)'"';
                from += 2;
            }
            else
            {
                from++;
                break;
            }
        }

        while (from < to && buffer[from] != delimiter)
        {
            from++;
        }

        return (first, buffer.AsSpan(first, write - first).TrimEnd((byte)' ').Length);
    }

    private void Sniff()
    {
        var line = buffer.AsSpan(start, end - start);
        var length = line.IndexOf((byte)'\n');
        line = length < 0 ? line : line[..length];
        var most = 0;
        foreach (var candidate in ",;\t|"u8)
        {
            var count = line.Count(candidate);
            if (count > most)
            {
                (most, delimiter) = (count, candidate);
            }
        }
    }
}
