using System.CommandLine;
using TfFlow.Linkage;

namespace TfFlow.Cli.Commands;

/// <summary>Options that several <c>tfflow link</c> commands share, and what they mean to the engine.</summary>
internal sealed class LinkOptions
{
    public Option<string[]> Columns { get; } = new("--columns")
    {
        Description = "What columns mean, as role=header, comma-separated or one a line in a file; other columns are then not compared. Roles: "
            + string.Join(", ", Programme.Documents.Kebab.All<ColumnRole>().Where(role => role != "none")) + ".",
        AllowMultipleArgumentsPerToken = true,
    };

    public Option<string[]> Exclude { get; } = new("--exclude") { Description = "Columns never to compare, comma-separated.", AllowMultipleArgumentsPerToken = true };

    public Option<double?> Threshold { get; } = new("--threshold") { Description = "Least probability of a pair that is kept, above 0 and up to 1. Default: cautious, chosen from the data and printed." };

    public Option<FileInfo?> Model { get; } = new("--model") { Description = "A model file: used if it exists, else written after learning." };

    public Option<FileInfo?> Decisions { get; } = new("--decisions") { Description = "Reviewers' decisions, CSV with left_id,right_id,decision (same or different)." };

    public Option<int> Threads { get; } = new("--threads") { Description = "Threads at most; the result is the same for any number.", DefaultValueFactory = _ => Environment.ProcessorCount };

    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[Columns, Exclude, Threshold, Model, Decisions, Threads])
        {
            command.Add(option);
        }
    }

    /// <summary>How to read a file whose id column is <paramref name="id"/>.</summary>
    public ReadOptions Read(ParseResult result, string? id) => new()
    {
        Id = id,
        Exclude = [.. (result.GetValue(Exclude) ?? []).SelectMany(Split)],
        Columns = Roles(result.GetValue(Columns) ?? []),
    };

    public LinkageOptions Linkage(ParseResult result, bool oneToOne)
    {
        var threshold = result.GetValue(Threshold);
        if (threshold is { } least && !(least > 0 && least <= 1))
        {
            throw new UsageException("--threshold is a probability above 0 and up to 1.");
        }

        var threads = result.GetValue(Threads);
        return new()
        {
            OneToOne = oneToOne,
            Threshold = threshold,
            Threads = threads > 0 ? threads : throw new UsageException("--threads is 1 or more."),
            Model = result.GetValue(Model) is { Exists: true } file ? ModelFile.Load(file) : null,
            Decisions = result.GetValue(Decisions) is { } decisions ? PairFiles.Decisions(decisions) : [],
        };
    }

    private static IEnumerable<string> Split(string list) => list.Split([',', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static Dictionary<string, ColumnRole> Roles(string[] given)
    {
        var roles = new Dictionary<string, ColumnRole>(StringComparer.OrdinalIgnoreCase);
        foreach (var pair in given.SelectMany(g => Split(File.Exists(g) ? File.ReadAllText(g) : g)))
        {
            var equals = pair.IndexOf('=', StringComparison.Ordinal);
            var role = equals < 0 ? "" : pair[..equals].Trim().Replace("_", "", StringComparison.Ordinal).Replace("-", "", StringComparison.Ordinal);
            if (!Enum.TryParse<ColumnRole>(role, ignoreCase: true, out var parsed) || !Enum.IsDefined(parsed))
            {
                throw new UsageException($"--columns takes role=header; '{pair}' does not begin with a role. Roles: {string.Join(", ", Programme.Documents.Kebab.All<ColumnRole>())}.");
            }

            roles[pair[(equals + 1)..].Trim()] = parsed;
        }

        return roles;
    }
}
