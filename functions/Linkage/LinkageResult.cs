using System.Text;

namespace TfFlow.Linkage;

/// <summary>Two records found to be one person.</summary>
/// <param name="Left">Place of the left record in ordinal order of ids.</param>
/// <param name="Right">Place of the right record.</param>
/// <param name="Probability">From 0 to 1.</param>
public readonly record struct LinkedPair(int Left, int Right, double Probability);

/// <summary>What a linkage found, what it rests on, and what it may have missed.</summary>
public sealed class LinkageResult
{
    private readonly Records left;
    private readonly Records right;
    private readonly int threads;

    internal LinkageResult(Records left, Records right, IReadOnlyList<LinkedPair> pairs, IReadOnlyList<LinkedPair> doubts, LinkageModel model, LinkageReport report, int[]? clusters, int threads)
    {
        this.left = left;
        this.right = right;
        Pairs = Placed(pairs);
        Doubts = Placed(doubts);
        Model = model;
        Report = report;
        Clusters = clusters is null ? null : Placed(clusters);
        this.threads = Math.Clamp(threads, 1, 512);
    }

    /// <summary>In ordinal order of left id, then right id.</summary>
    public IReadOnlyList<LinkedPair> Pairs { get; }

    /// <summary>Pairs that are not linked but may be one person, at <see cref="LeastDoubt"/> or more: for a reviewer to decide. In the order of <see cref="Pairs"/>.</summary>
    public IReadOnlyList<LinkedPair> Doubts { get; }

    /// <summary>Least probability of a doubt.</summary>
    public const double LeastDoubt = 0.1;

    /// <summary>What was learned, or the model given.</summary>
    public LinkageModel Model { get; }

    /// <summary>What the links rest on.</summary>
    public LinkageReport Report { get; }

    /// <summary>In one file: for each record in ordinal order of ids, the first record of its cluster. Null for two files.</summary>
    public IReadOnlyList<int>? Clusters { get; }

    /// <summary>The id of a record of the left file, by its place in ordinal order.</summary>
    public string IdOf(int record) => Encoding.UTF8.GetString(left.IdAt(record));

    /// <summary>The id of the left record.</summary>
    public string LeftId(LinkedPair pair) => IdOf(pair.Left);

    /// <summary>The id of the right record.</summary>
    public string RightId(LinkedPair pair) => Encoding.UTF8.GetString(right.IdAt(pair.Right));

    /// <summary><c>left_id,right_id,match_probability</c>, sorted, the same bytes on every run.</summary>
    public void WritePairs(Stream stream) => Write(stream, Pairs);

    /// <summary>The <see cref="Doubts"/> in the same form.</summary>
    public void WriteDoubts(Stream stream) => Write(stream, Doubts);

    /// <summary>Pairs of records as pairs of places in the order of ids, sorted; in one file the first stands left.</summary>
    private LinkedPair[] Placed(IReadOnlyList<LinkedPair> pairs)
    {
        var within = ReferenceEquals(left, right);
        var next = new int[left.Count + 1];
        var placed = new LinkedPair[pairs.Count];
        for (var i = 0; i < placed.Length; i++)
        {
            var (l, r) = (left.PlaceOf(pairs[i].Left), right.PlaceOf(pairs[i].Right));
            placed[i] = within && r < l ? new(r, l, pairs[i].Probability) : new(l, r, pairs[i].Probability);
            next[placed[i].Left + 1]++;
        }

        for (var l = 0; l < left.Count; l++)
        {
            next[l + 1] += next[l];
        }

        var sorted = new LinkedPair[placed.Length];
        foreach (var pair in placed)
        {
            sorted[next[pair.Left]++] = pair;
        }

        for (int from = 0, to; from < sorted.Length; from = to)
        {
            to = next[sorted[from].Left];
            sorted.AsSpan(from..to).Sort((a, b) => a.Right.CompareTo(b.Right));
        }

        return sorted;
    }

    /// <summary>By place of a record the first place of its cluster.</summary>
    private int[] Placed(int[] clusters)
    {
        var (first, placed) = (new int[clusters.Length], new int[clusters.Length]);
        Array.Fill(first, int.MaxValue);
        for (var record = 0; record < clusters.Length; record++)
        {
            first[clusters[record]] = Math.Min(first[clusters[record]], left.PlaceOf(record));
        }

        for (var record = 0; record < clusters.Length; record++)
        {
            placed[left.PlaceOf(record)] = first[clusters[record]];
        }

        return placed;
    }

    private void Write(Stream stream, IReadOnlyList<LinkedPair> pairs)
    {
        const int Chunk = 1 << 14;
        stream.Write("left_id,right_id,match_probability\n"u8);
        var written = Enumerable.Range(0, (pairs.Count + Chunk - 1) / Chunk).AsParallel().AsOrdered().WithDegreeOfParallelism(threads)
            .Select(chunk => Lines(pairs, chunk * Chunk, Math.Min(pairs.Count, (chunk + 1) * Chunk)));
        foreach (var lines in written)
        {
            lines.WriteTo(stream);
        }
    }

    private MemoryStream Lines(IReadOnlyList<LinkedPair> pairs, int from, int to)
    {
        var lines = new MemoryStream();
        using var csv = new CsvBytes(lines);
        Span<byte> number = stackalloc byte[32];
        for (var at = from; at < to; at++)
        {
            var pair = pairs[at];
            csv.Cell(left.IdAt(pair.Left));
            csv.Text(","u8);
            csv.Cell(right.IdAt(pair.Right));
            csv.Text(","u8);
            csv.Text(Written(pair.Probability, number));
            csv.Text("\n"u8);
        }

        return lines;
    }

    /// <summary>A probability to ten places, without the zeros at its end.</summary>
    private static ReadOnlySpan<byte> Written(double probability, Span<byte> text)
    {
        const int Places = 10;
        const long One = 10_000_000_000;
        var (whole, rest) = Math.DivRem((long)Math.Round(probability * One, MidpointRounding.AwayFromZero), One);
        (text[0], text[1]) = ((byte)('0' + whole), (byte)'.');
        for (var place = Places; place > 0; place--)
        {
            (rest, var digit) = Math.DivRem(rest, 10);
            text[place + 1] = (byte)('0' + digit);
        }

        return text[..(Places + 2)].TrimEnd((byte)'0').TrimEnd((byte)'.');
    }

    /// <summary><c>id,cluster_id</c>: a cluster is named by the first of its ids in ordinal order.</summary>
    /// <exception cref="InvalidOperationException">Two files were linked.</exception>
    public void WriteClusters(Stream stream)
    {
        var clusters = Clusters ?? throw new InvalidOperationException("Clusters are of one file; two were linked.");
        using var csv = new CsvBytes(stream);
        csv.Text("id,cluster_id\n"u8);
        for (var record = 0; record < clusters.Count; record++)
        {
            csv.Cell(left.IdAt(record));
            csv.Text(","u8);
            csv.Cell(left.IdAt(clusters[record]));
            csv.Text("\n"u8);
        }
    }
}
