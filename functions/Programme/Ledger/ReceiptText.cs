using System.Text;
using System.Text.RegularExpressions;

namespace TfFlow.Programme.Ledger;

/// <summary>A receipt as it comes out of mail, editors and word processors: what they do to blanks, line ends, encodings and dashes is undone.</summary>
/// <remarks>Nothing that is signed or proved is touched: a receipt that holds after this is genuine, and an altered one still does not hold.</remarks>
public sealed partial record ReceiptText(string Text, IReadOnlyList<string> Undone)
{
    private const string Dash = "\u2014 ";

    public static ReceiptText Read(ReadOnlySpan<byte> bytes)
    {
        var undone = new List<string>();
        var text = Decode(bytes, undone);
        var lines = text.ReplaceLineEndings("\n").Split('\n').Select(line => line.Replace('\u00a0', ' ').TrimEnd()).ToList();
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

        return new(string.Join('\n', lines) + "\n", undone);
    }

    /// <summary>Why this is no receipt, in words for the person who asks for it again.</summary>
    public string Explain(LedgerProofException exception)
    {
        var lines = Text.Split('\n');
        var extra = Array.FindIndex(lines, line => line.StartsWith("extra ", StringComparison.Ordinal));
        var wrapped = (extra >= 0 && extra + 1 < lines.Length && !lines[extra + 1].StartsWith("index ", StringComparison.Ordinal))
            || (lines.Length > 2 && Array.FindLastIndex(lines, line => line.StartsWith(Dash, StringComparison.Ordinal)) is >= 0 and var last && last < lines.Length - 2);
        return wrapped
            ? "Long lines of it are wrapped, as mail and editors do. Ask for it as a file, or copy it from the outbox again; in an editor, switch wrapping off."
            : exception.Message;
    }

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
