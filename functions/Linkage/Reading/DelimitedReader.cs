using System.Text;

namespace TfFlow.Linkage;

/// <summary>Rows of a delimited text file as spans over one buffer: nothing is allocated per row or field.</summary>
/// <remarks>
/// RFC 4180, and what spreadsheets write besides: comma, semicolon, tab or bar, told from the first line or a <c>sep=</c> line before it; line ends of LF, CRLF or CR, mixed too;
/// UTF-8 or UTF-16, with a byte order mark or without; zero bytes read as blanks. Rows of no value are passed over and counted. Fields are trimmed of blanks.
/// </remarks>
public sealed class DelimitedReader
{
    private readonly Stream stream;
    private readonly string name;
    private byte[] buffer = new byte[1 << 20];
    private int start;
    private int end;
    private bool ended;
    private bool holding;
    private int next = 1;
    private (int Start, int Length)[] fields = new (int, int)[16];
    private byte delimiter;

    /// <param name="stream">Read once, from its present position; not closed.</param>
    /// <param name="name">What messages call it.</param>
    /// <param name="delimiter">Null: told from the text.</param>
    public DelimitedReader(Stream stream, string name, char? delimiter = null)
    {
        this.stream = stream;
        this.name = name;
        Fill();
        if (Wide(buffer.AsSpan(0, Math.Min(end, 256))) is { } encoding)
        {
            this.stream = Encoding.CreateTranscodingStream(new PrefixedStream(buffer[..end], stream), encoding, new UTF8Encoding(false), leaveOpen: true);
            (start, end, Position) = (0, 0, 0);
            Fill();
        }

        start = buffer.AsSpan(0, end).StartsWith("\uFEFF"u8) ? 3 : 0;
        this.delimiter = (byte)(delimiter ?? ',');
        if (!SeparatorLine() && delimiter is null)
        {
            Sniff();
        }
    }

    /// <summary>The line on which the present row begins, from 1, or the row that no quote closes; a quoted field may span several.</summary>
    public int Line { get; private set; }

    /// <summary>The number of the present row, from 1, as a spreadsheet has it: rows of no value are counted, line breaks within quotes are not.</summary>
    public int Row { get; private set; }

    /// <summary>Rows passed over because no field held anything.</summary>
    public int BlankRows { get; private set; }

    /// <summary>Bytes taken from the stream.</summary>
    public long Position { get; private set; }

    /// <summary>Fields of the present row.</summary>
    public int FieldCount { get; private set; }

    /// <summary>A field of the present row, UTF-8, without its quotes; valid until the next <see cref="Read"/>.</summary>
    public ReadOnlySpan<byte> this[int field] => buffer.AsSpan(fields[field].Start, fields[field].Length);

    /// <summary>Takes the next row that holds anything; false at the end.</summary>
    /// <exception cref="LinkageDataException">A quoted field is never closed.</exception>
    public bool Read()
    {
        while (true)
        {
            var length = RowLength(out var lines);
            if (length == 0)
            {
                return false;
            }

            Line = next;
            next += lines;
            Row++;
            var row = buffer.AsSpan(start, length).TrimEnd("\r\n"u8).Length;
            var from = start;
            start += length;
            if (row > 0)
            {
                Split(from, from + row);
                if (Filled())
                {
                    return true;
                }
            }

            BlankRows += row > 0 ? 1 : 0;
        }
    }

    /// <summary>Lets go of fields beyond <paramref name="count"/> that hold nothing: what a spreadsheet leaves at the end of a row.</summary>
    public void TrimTo(int count)
    {
        while (FieldCount > count && fields[FieldCount - 1].Length == 0)
        {
            FieldCount--;
        }
    }

    /// <summary>Goes on, over some rows at most, to one that is <paramref name="wanted"/>; else stays where it is.</summary>
    internal bool Ahead(int rows, Func<bool> wanted)
    {
        var (before, text) = ((start, next, Row, Line, BlankRows), buffer.AsSpan(0, end).ToArray());
        holding = true;
        var found = false;
        for (var i = 0; i < rows && !found && Read(); i++)
        {
            found = wanted();
        }

        holding = false;
        if (!found)
        {
            text.CopyTo(buffer, 0);
            (start, next, Row, Line, BlankRows) = before;
        }

        return found;
    }

    private bool Filled()
    {
        foreach (var field in fields.AsSpan(0, FieldCount))
        {
            if (field.Length > 0)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Units of the row at <see cref="start"/> with its line end, and how many lines it has.</summary>
    private int RowLength(out int lines)
    {
        while (true)
        {
            var rest = buffer.AsSpan(start, end - start);
            var (scanned, quoted) = (0, false);
            lines = 1;
            while (true)
            {
                var at = rest[scanned..].IndexOfAny((byte)'\n', (byte)'\r', (byte)'"');
                if (at < 0)
                {
                    break;
                }

                scanned += at + 1;
                if (rest[scanned - 1] == '"')
                {
                    // A quote opens a field only at its start: 5' 10" stays as it is.
                    quoted = !quoted && Opens(rest[..(scanned - 1)]);
                    continue;
                }

                if (rest[scanned - 1] == '\r')
                {
                    if (scanned == rest.Length && !ended)
                    {
                        break;
                    }

                    scanned += scanned < rest.Length && rest[scanned] == '\n' ? 1 : 0;
                }

                if (!quoted)
                {
                    return scanned;
                }

                lines++;
            }

            if (ended && quoted)
            {
                Line = next;
                throw new LinkageDataException($"{name}, line {next}: a quoted field is never closed.");
            }

            if (ended)
            {
                return rest.Length;
            }

            // The row is longer than the buffer. It is scanned again from its start, with its quotes.
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
        if (start > 0 && !holding)
        {
            buffer.AsSpan(start, end - start).CopyTo(buffer);
            end -= start;
            start = 0;
        }
        else if (end == buffer.Length)
        {
            Array.Resize(ref buffer, buffer.Length * 2);
        }

        var first = Position == 0;
        var read = stream.ReadAtLeast(buffer.AsSpan(end), first ? 4 : 1, throwOnEndOfStream: false);
        ended = read == 0;
        if (!first || Wide(buffer.AsSpan(end, Math.Min(read, 256))) is null)
        {
            buffer.AsSpan(end, read).Replace((byte)0, (byte)' ');
        }

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

            var field = from < to && buffer[from] == '"' ? Quoted(ref from, to) : Plain(ref from, to);
            fields[FieldCount++] = field;
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
        return (first, Trimmed(first, from));
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

        // "The Mill" Wharf Street: what follows the quotes belongs to the field, as spreadsheets read it.
        while (from < to && buffer[from] != delimiter)
        {
            buffer[write++] = buffer[from++];
        }

        while (first < write && buffer[first] == ' ')
        {
            first++;
        }

        return (first, Trimmed(first, write));
    }

    /// <summary>Units without the blanks at their end: spaces, and the no-break spaces that web pages leave.</summary>
    private int Trimmed(int from, int to)
    {
        var field = buffer.AsSpan(from, to - from).TrimEnd((byte)' ');
        while (field.EndsWith("\u00A0"u8))
        {
            field = field[..^2].TrimEnd((byte)' ');
        }

        return field.Length;
    }

    /// <summary>Takes Excel's first line <c>sep=;</c>, which is no row.</summary>
    private bool SeparatorLine()
    {
        var line = FirstLine();
        var text = line.Trim("\" ,;|"u8);
        if (line.Length > 9 || !text.StartsWith("sep="u8) && !text.StartsWith("SEP="u8) && !text.StartsWith("Sep="u8))
        {
            return false;
        }

        var after = line[(line.IndexOf((byte)'=') + 1)..];
        delimiter = after.IsEmpty ? delimiter : after[0];
        start += line.Length;
        start += buffer.AsSpan(start, end - start).StartsWith("\r\n"u8) ? 2 : start < end ? 1 : 0;
        next = 2;
        return true;
    }

    private void Sniff()
    {
        var line = FirstLine();
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

    private ReadOnlySpan<byte> FirstLine()
    {
        var text = buffer.AsSpan(start, end - start);
        var length = text.IndexOfAny((byte)'\n', (byte)'\r');
        return length < 0 ? text : text[..length];
    }

    /// <summary>UTF-16 by its mark, or because every other byte is zero; else null.</summary>
    private static Encoding? Wide(ReadOnlySpan<byte> text)
    {
        if (text.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) || text.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]))
        {
            return text[0] == 0xFF ? Encoding.Unicode : Encoding.BigEndianUnicode;
        }

        var (even, odd) = (0, 0);
        for (var i = 0; i + 1 < text.Length; i += 2)
        {
            even += text[i] == 0 ? 1 : 0;
            odd += text[i + 1] == 0 ? 1 : 0;
        }

        return odd * 3 > text.Length && even == 0 ? Encoding.Unicode : even * 3 > text.Length && odd == 0 ? Encoding.BigEndianUnicode : null;
    }
}
