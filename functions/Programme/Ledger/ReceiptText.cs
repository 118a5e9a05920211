using System.Text;
using System.Text.RegularExpressions;

namespace TfFlow.Programme.Ledger;

/// <summary>A receipt as it comes out of mail, editors and word processors: what they do to blanks, line ends, encodings and dashes is undone.</summary>
/// <remarks>Nothing that is signed or proved is touched: a receipt that holds after this is genuine, and an altered one still does not hold.</remarks>
public sealed partial record ReceiptText(string Text, IReadOnlyList<string> Undone)
{
    private const string Dash = "\u2014 ";

    /// <summary>What to copy out of a mail, for who has to.</summary>
    public static string ToCopy { get; } = $"Where it is a whole mail, copy the receipt alone: from the line '{Receipt.Header}' to the last line that begins with '{Dash.Trim()}'.";

    /// <summary>It begins as a receipt does.</summary>
    public bool IsReceipt => Text.StartsWith(Receipt.Header, StringComparison.Ordinal);

    public static ReceiptText Read(ReadOnlySpan<byte> bytes)
    {
        var undone = new List<string>();
        var text = Decode(bytes, undone);
        var lines = text.ReplaceLineEndings("\n").Split('\n').Select(line => line.Replace('\u00a0', ' ').TrimEnd()).ToList();
        lines = FromMail(lines, undone);
        if (lines.Exists(line => line.Length > 0) && lines.TrueForAll(line => line.Length == 0 || line[0] == '>'))
        {
            undone.Add("the > of a quoted mail was taken off");
            lines = [.. lines.Select(line => line.TrimStart('>').TrimStart(' '))];
        }

        lines = [.. lines.SkipWhile(line => line.Length == 0).Reverse().SkipWhile(line => line.Length == 0).Reverse()];
        var signatures = lines.FindLastIndex(line => line.Length == 0) + 1;
        for (var i = signatures; i > 0 && i < lines.Count; i++)
        {
            var line = OtherDash().Replace(lines[i], Dash);
            if (line != lines[i])
            {
                undone.Add("the dash before a signature was put back");
                lines[i] = line;
            }
        }

        return new(string.Join('\n', Unfolded(lines, signatures, undone)) + "\n", undone);
    }

    /// <summary>The receipt out of a mail: from its first line to the empty line after its signatures. What stands around it is left out; nothing of it is.</summary>
    private static List<string> FromMail(List<string> lines, List<string> undone)
    {
        var start = lines.FindIndex(IsHeader);
        if (start < 0)
        {
            return lines;
        }

        var quoted = lines[start].StartsWith('>');
        var own = lines.Skip(start).TakeWhile(line => !quoted || line.StartsWith('>')).ToList();
        if (lines.FindIndex(start + 1, IsHeader) is var next and > 0)
        {
            undone.Add("another receipt stands below it, and was not looked at");
            own = [.. own.Take(next - start)];
        }

        // An empty line ends the proof, another the checkpoint; the next one that is followed by something ends the signatures.
        var blanks = Enumerable.Range(0, own.Count).Where(i => own[i].TrimStart('>').Trim().Length == 0).ToList();
        var end = blanks.Count > 2 ? blanks[2] : own.Count;
        if (start > 0 && lines.Take(start).Any(line => line.Trim('>', ' ').Length > 0))
        {
            undone.Add("what stands before the receipt was left out");
        }

        if (lines.Skip(start + end).Any(line => line.Trim('>', ' ').Length > 0))
        {
            undone.Add("what stands after the receipt was left out");
        }

        return own[..end];
    }

    private static bool IsHeader(string line) => line.TrimStart('>', ' ') == Receipt.Header;

    /// <summary>Puts lines together that mail folded: of the entry up to the index, and of a signature up to the next.</summary>
    private static List<string> Unfolded(List<string> lines, int signatures, List<string> undone)
    {
        var (whole, inEntry) = (new List<string>(), false);
        for (var i = 0; i < lines.Count; i++)
        {
            var line = lines[i];
            var folded = inEntry ? !line.StartsWith("index ", StringComparison.Ordinal) : signatures > 0 && i > signatures && !line.StartsWith(Dash, StringComparison.Ordinal);
            if (folded && line.Length > 0)
            {
                whole[^1] += IsCutAtBlank(whole[^1]) ? " " + line : line;
                undone.Add("lines that were folded were put together");
                continue;
            }

            whole.Add(line);
            inEntry = line == "extra" || line.StartsWith("extra ", StringComparison.Ordinal);
        }

        return whole;
    }

    // A line is a word and what is said under it; a signature has its dash and its key before that.
    private static bool IsCutAtBlank(string line) => line is "extra" or "\u2014" || (line.StartsWith(Dash, StringComparison.Ordinal) && !line[Dash.Length..].Contains(' ', StringComparison.Ordinal));

    private static string Decode(ReadOnlySpan<byte> bytes, List<string> undone)
    {
        if (bytes is [0xff, 0xfe, ..] or [0xfe, 0xff, ..])
        {
            undone.Add("it was read as UTF-16");
            return (bytes[0] == 0xff ? Encoding.Unicode : Encoding.BigEndianUnicode).GetString(bytes[2..]);
        }

        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes is [0xef, 0xbb, 0xbf, ..] ? bytes[3..] : bytes);
        }
        catch (DecoderFallbackException)
        {
            // Windows-1252 has its dashes where Latin 1 has control characters; all else of a receipt is ASCII.
            undone.Add("it was read as Windows-1252");
            return Encoding.Latin1.GetString(bytes).Replace('\u0097', '\u2014').Replace('\u0096', '\u2013');
        }
    }

    [GeneratedRegex("\\A(?:-{1,2}|\u2010|\u2011|\u2012|\u2013|\u2014|\u2015|\u2212) *", RegexOptions.CultureInvariant)]
    private static partial Regex OtherDash();
}
