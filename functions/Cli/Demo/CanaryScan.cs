using System.Text;

namespace TfFlow.Cli.Demo;

/// <param name="File">Where, below the scanned folder.</param>
/// <param name="Text">Which canary.</param>
/// <param name="Encoding">How it was written.</param>
internal sealed record CanaryHit(string File, string Text, string Encoding);

/// <summary>Searches every byte under a folder for texts, as plain UTF-8, UTF-16, base64 at each alignment, and URL-encoded.</summary>
internal static class CanaryScan
{
    private const int BlockSize = 4 * 1024 * 1024;

    public static async Task<(long Bytes, IReadOnlyList<CanaryHit> Hits)> FolderAsync(
        string folder, IReadOnlyList<string> texts, CancellationToken cancellationToken)
    {
        var patterns = texts.SelectMany(PatternsOf).ToList();
        var hits = new List<CanaryHit>();
        var bytes = 0L;
        // A lock file holds a process id, and is held.
        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Where(file => !file.EndsWith(".lock", StringComparison.Ordinal)))
        {
            try
            {
                bytes += await FileAsync(file, Path.GetRelativePath(folder, file), patterns, hits, cancellationToken);
            }
            catch (FileNotFoundException)
            {
                // Storage replaces its files as it saves: what took this one's place is, or will be, searched in its turn.
            }
        }

        return (bytes, hits);
    }

    /// <summary>The hits in one text, such as what was printed.</summary>
    public static IReadOnlyList<CanaryHit> Text(string name, string content, IReadOnlyList<string> texts) =>
        Bytes(name, Encoding.UTF8.GetBytes(content), texts);

    public static IReadOnlyList<CanaryHit> Bytes(string name, byte[] content, IReadOnlyList<string> texts) =>
    [
        .. texts.SelectMany(PatternsOf)
            .Where(pattern => content.AsSpan().IndexOf(pattern.Bytes) >= 0)
            .Select(pattern => new CanaryHit(name, pattern.Text, pattern.Encoding)),
    ];

    private static async Task<long> FileAsync(string path, string name, List<Pattern> patterns, List<CanaryHit> hits, CancellationToken cancellationToken)
    {
        var overlap = patterns.Max(pattern => pattern.Bytes.Length) - 1;
        var buffer = new byte[BlockSize + overlap];
        var (total, kept) = (0L, 0);
        await using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        while (await stream.ReadAsync(buffer.AsMemory(kept), cancellationToken) is var read and > 0)
        {
            total += read;
            var block = buffer.AsMemory(0, kept + read);
            foreach (var pattern in patterns)
            {
                if (block.Span.IndexOf(pattern.Bytes) >= 0)
                {
                    hits.Add(new(name, pattern.Text, pattern.Encoding));
                }
            }

            kept = Math.Min(overlap, block.Length);
            block[^kept..].CopyTo(buffer);
        }

        return total;
    }

    private static IEnumerable<Pattern> PatternsOf(string text)
    {
        var utf8 = Encoding.UTF8.GetBytes(text);
        yield return new(text, "plain", utf8);
        yield return new(text, "UTF-16", Encoding.Unicode.GetBytes(text));
        yield return new(text, "UTF-16 big-endian", Encoding.BigEndianUnicode.GetBytes(text));
        if (Uri.EscapeDataString(text) is var escaped && escaped != text)
        {
            yield return new(text, "URL-encoded", Encoding.ASCII.GetBytes(escaped));
        }

        for (var alignment = 0; alignment < 3; alignment++)
        {
            yield return new(text, "base64", Encoding.ASCII.GetBytes(Base64Core(utf8, alignment)));
        }
    }

    /// <summary>The characters that do not depend on what stands before or after.</summary>
    private static string Base64Core(byte[] text, int alignment)
    {
        var all = Convert.ToBase64String([.. new byte[alignment], .. text, .. new byte[(3 - ((alignment + text.Length) % 3)) % 3]]);
        var from = (alignment * 8 + 5) / 6;
        var to = (alignment + text.Length) * 8 / 6;
        return all[from..to];
    }

    private sealed record Pattern(string Text, string Encoding, byte[] Bytes);
}
