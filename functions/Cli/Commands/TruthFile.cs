using System.Text.RegularExpressions;
using TfFlow.Linkage;

namespace TfFlow.Cli.Commands;

/// <summary>What is known to be true of pairs of ids, from a file or a rule.</summary>
/// <param name="IsTrue">Whether two ids are one person.</param>
/// <param name="Total">How many true pairs there are.</param>
internal sealed record TruthFile(Func<string, string, bool> IsTrue, long Total)
{
    public static TruthFile Read(string truth, FileInfo? left, FileInfo? right, string? leftId, string? rightId)
    {
        if (File.Exists(truth))
        {
            return FromFile(new FileInfo(truth));
        }

        var person = Rule(truth);
        if (left is null)
        {
            throw new UsageException("With a rule, name the file or files linked (--left, --right), so that what was missed can be counted.");
        }

        var lefts = Ids(left, leftId).Select(person).ToList();
        return right is null
            ? new((a, b) => person(a) == person(b), lefts.GroupBy(p => p).Sum(g => g.Count() * (g.Count() - 1L) / 2))
            : new((a, b) => person(a) == person(b), Common(lefts, [.. Ids(right, rightId).Select(person)]));
    }

    private static long Common(List<string> lefts, List<string> rights)
    {
        var counts = lefts.GroupBy(p => p).ToDictionary(g => g.Key, g => g.LongCount());
        return rights.Sum(p => counts.GetValueOrDefault(p));
    }

    private static Func<string, string> Rule(string rule)
    {
        if (rule == "same")
        {
            return id => id;
        }

        if (rule.StartsWith("parts:", StringComparison.Ordinal) && int.TryParse(rule[6..], out var parts) && parts > 0)
        {
            return id => string.Join('-', id.Split('-').Take(parts));
        }

        if (rule.StartsWith("regex:", StringComparison.Ordinal))
        {
            var pattern = new Regex(rule[6..], RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
            return id => pattern.Match(id) is { Success: true } match ? match.Groups[match.Groups.Count > 1 ? 1 : 0].Value : id;
        }

        throw new UsageException($"--truth is a file that exists, or 'same', 'parts:N' or 'regex:PATTERN'; '{rule}' is none of them.");
    }

    private static TruthFile FromFile(FileInfo file)
    {
        var csv = PairFiles.Rows(file);
        var (headers, rows) = (csv.Headers, csv.Rows);
        if (headers.Length < 2)
        {
            throw new LinkageDataException($"{file.Name}: two columns at least are expected, two ids or an id and a person.");
        }

        if (Array.IndexOf(headers, "left_id") is >= 0 and var l && Array.IndexOf(headers, "right_id") is >= 0 and var r)
        {
            var pairs = rows.Select(row => (row[l], row[r])).ToHashSet();
            return new((a, b) => pairs.Contains((a, b)) || pairs.Contains((b, a)), pairs.Count);
        }

        var people = rows.ToDictionary(row => row[0], row => row[1]);
        return new((a, b) => people.TryGetValue(a, out var one) && people.TryGetValue(b, out var other) && one == other, rows.GroupBy(row => row[1]).Sum(g => g.Count() * (g.Count() - 1L) / 2));
    }

    private static IEnumerable<string> Ids(FileInfo file, string? column)
    {
        var csv = PairFiles.Rows(file);
        var at = column is null
            ? ColumnInference.RecordId(csv.Headers, i => csv.Rows.Select(row => row[i]).Distinct().Count() == csv.Rows.Count)
            : csv.Column(column, file.Name);
        return at >= 0 ? csv.Rows.Select(row => row[at]) : csv.Rows.Select((_, i) => $"{i + 1}");
    }
}
