using System.Text;
using System.Text.Unicode;

namespace TfFlow.Programme.Extracts.Preparation.Sources;

/// <summary>Which encoding a text file is in: looked at whole, for one letter with an accent may stand anywhere.</summary>
internal static class ExportEncoding
{
    /// <param name="text">Can seek; left at its beginning.</param>
    public static Rule? Of(Stream text)
    {
        var buffer = new byte[1 << 16];
        var (kept, first) = (0, true);
        while (true)
        {
            var read = text.ReadAtLeast(buffer.AsSpan(kept), buffer.Length - kept, throwOnEndOfStream: false);
            var all = buffer.AsSpan(0, kept + read);
            if (first && IsUtf16(all))
            {
                text.Position = 0;
                return SourceRules.Utf16;
            }

            // A letter cut in two at the end of the buffer is looked at with its rest.
            first = false;
            var last = kept + read < buffer.Length;
            var whole = last ? all.Length : all.Length - Cut(all);
            if (!Utf8.IsValid(all[..whole]))
            {
                text.Position = 0;
                return SourceRules.Windows1252;
            }

            if (last)
            {
                text.Position = 0;
                return null;
            }

            kept = all.Length - whole;
            all[whole..].CopyTo(buffer);
        }
    }

    /// <summary>UTF-8, or UTF-16 for the reader to tell, whatever the file is in.</summary>
    public static Stream Read(Stream text, Rule? encoding) => encoding == SourceRules.Windows1252
        ? Encoding.CreateTranscodingStream(text, CodePagesEncodingProvider.Instance.GetEncoding(1252)!, new UTF8Encoding(false), leaveOpen: true)
        : text;

    private static int Cut(ReadOnlySpan<byte> text)
    {
        for (var back = 1; back <= 3 && back <= text.Length; back++)
        {
            if (text[^back] >= 0xC0)
            {
                var length = text[^back] >= 0xF0 ? 4 : text[^back] >= 0xE0 ? 3 : 2;
                return length > back ? back : 0;
            }
        }

        return 0;
    }

    private static bool IsUtf16(ReadOnlySpan<byte> text)
    {
        var start = text[..Math.Min(256, text.Length)];
        return start.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) || start.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]) || start.Count((byte)0) * 3 > start.Length;
    }
}
