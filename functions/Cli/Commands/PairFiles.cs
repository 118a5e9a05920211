using System.Globalization;
using TfFlow.Linkage;

namespace TfFlow.Cli.Commands;

/// <summary>Small CSV files about pairs of records, and writing whole or not at all.</summary>
internal static class PairFiles
{
    public static FileStream Open(FileInfo file) => file.Exists
        ? new FileStream(file.FullName, FileMode.Open, FileAccess.Read, FileShare.Read, 1, FileOptions.SequentialScan)
        : throw new LinkageDataException($"{file.FullName} does not exist.");

    /// <summary>Writes beside the target and renames, so that the target is the old file or the whole new one.</summary>
    public static void Write(FileInfo target, Action<Stream> write)
    {
        if (target.DirectoryName is { } directory)
        {
            Directory.CreateDirectory(directory);
        }

        var partial = target.FullName + ".partial";
        try
        {
            using (var stream = File.Create(partial))
            {
                write(stream);
            }

            File.Move(partial, target.FullName, overwrite: true);
        }
        catch
        {
            File.Delete(partial);
            throw;
        }
    }

    public static CsvRows Rows(FileInfo file)
    {
        using var stream = Open(file);
        return CsvRows.Read(stream, file.Name);
    }

    /// <summary>Pairs with their probability; 1 where the file gives none.</summary>
    public static List<(string Left, string Right, double Probability)> Pairs(FileInfo file)
    {
        var csv = Rows(file);
        int left = csv.Column("left_id", file.Name), right = csv.Column("right_id", file.Name), probability = Array.IndexOf(csv.Headers, "match_probability");
        return [.. csv.Rows.Select((row, i) => (row[left], row[right], probability < 0 ? 1 : Probability(file, row[probability], i + 2)))];
    }

    /// <summary>Reviewers' decisions; a pair nobody has decided yet is left out.</summary>
    public static IReadOnlyCollection<ReviewDecision> Decisions(FileInfo file)
    {
        var csv = Rows(file);
        int left = csv.Column("left_id", file.Name), right = csv.Column("right_id", file.Name), decision = csv.Column("decision", file.Name);
        var decided = csv.Rows.Select((row, i) => (Row: row, Line: i + 2)).Where(r => r.Row[decision].Length > 0)
            .Select(r => (r.Line, Decision: new ReviewDecision(r.Row[left], r.Row[right], r.Row[decision].ToUpperInvariant() switch
            {
                "SAME" => true,
                "DIFFERENT" => false,
                _ => throw new LinkageDataException($"{file.Name}, line {r.Line}: decision is 'same' or 'different'."),
            }))).ToList();
        foreach (var pair in decided.GroupBy(one => (First(one.Decision), Second(one.Decision))))
        {
            if (pair.FirstOrDefault(one => one.Decision.Same) is { Line: > 0 } same && pair.FirstOrDefault(one => !one.Decision.Same) is { Line: > 0 } different)
            {
                throw new LinkageDataException($"{file.Name}, lines {same.Line} and {different.Line}: one pair is decided same and different. Keep one of the two.");
            }
        }

        return [.. decided.Select(one => one.Decision)];
    }

    private static string First(ReviewDecision pair) => string.CompareOrdinal(pair.Left, pair.Right) < 0 ? pair.Left : pair.Right;

    private static string Second(ReviewDecision pair) => string.CompareOrdinal(pair.Left, pair.Right) < 0 ? pair.Right : pair.Left;

    /// <summary>The cluster of each record.</summary>
    public static Dictionary<string, string> Clusters(FileInfo file)
    {
        var csv = Rows(file);
        int id = csv.Column("id", file.Name), cluster = csv.Column("cluster_id", file.Name);
        var clusters = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var row in csv.Rows)
        {
            if (!clusters.TryAdd(row[id], row[cluster]))
            {
                throw new LinkageDataException($"{file.Name} holds an id twice. A record is in one cluster.");
            }
        }

        return clusters;
    }

    /// <summary>Decisions in the form <see cref="Decisions"/> reads.</summary>
    public static void WriteDecisions(Stream stream, IEnumerable<ReviewDecision> decisions) =>
        WriteRows(stream, "left_id,right_id,decision", decisions.Select(d => new[] { d.Left, d.Right, d.Same ? "same" : "different" }));

    /// <summary>CSV: a header, then the rows, quoted where RFC 4180 asks for it.</summary>
    public static void WriteRows(Stream stream, string header, IEnumerable<string[]> rows)
    {
        using var writer = new StreamWriter(stream, leaveOpen: true) { NewLine = "\n" };
        writer.WriteLine(header);
        foreach (var row in rows)
        {
            writer.WriteLine(string.Join(',', row.Select(Quoted)));
        }
    }

    private static string Quoted(string value) =>
        value.AsSpan().IndexOfAny(",\"\r\n") < 0 ? value : $"\"{value.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static double Probability(FileInfo file, string text, int line) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var probability)
            ? probability
            : throw new LinkageDataException($"{file.Name}, line {line}: match_probability is not a number.");
}
