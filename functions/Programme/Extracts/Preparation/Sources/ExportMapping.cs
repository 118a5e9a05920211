using System.Text.Json;
using System.Text.Json.Serialization;

namespace TfFlow.Programme.Extracts.Preparation.Sources;

/// <summary>How an agency's own columns become those of a dataset, kept for next term. Holds headers and settings, never a row's value.</summary>
/// <param name="Map">Own header, and the dataset's column it is.</param>
/// <param name="Set">The dataset's column, and what every row gets.</param>
/// <param name="Join">The dataset's column, and the own headers joined to it in order.</param>
/// <param name="Sheet">The sheet of a workbook, counted from 1; 0 for the one whose headers fit best.</param>
public sealed record ExportMapping(
    IReadOnlyDictionary<string, string> Map, IReadOnlyDictionary<string, string> Set, IReadOnlyDictionary<string, IReadOnlyList<string>> Join, int Sheet = 0)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public static ExportMapping None { get; } = new(
        new Dictionary<string, string>(), new Dictionary<string, string>(), new Dictionary<string, IReadOnlyList<string>>());

    [JsonIgnore]
    public bool IsEmpty => Map.Count + Set.Count + Join.Count + Sheet == 0;

    /// <summary>Reads what <see cref="ToJson"/> wrote.</summary>
    /// <exception cref="JsonException">It is no mapping.</exception>
    public static ExportMapping Parse(string json)
    {
        var parsed = JsonSerializer.Deserialize<ExportMapping>(json, Json) ?? throw new JsonException();
        return new(parsed.Map ?? None.Map, parsed.Set ?? None.Set, parsed.Join ?? None.Join, parsed.Sheet);
    }

    /// <summary>Adds what a command line says: <c>Own header=column</c>, <c>column=value</c>, <c>column=Own+Own</c>.</summary>
    /// <returns>The mapping, or what is wrong with it.</returns>
    public (ExportMapping? Mapping, string Problem) With(
        IEnumerable<string> map, IEnumerable<string> set, IEnumerable<string> join, DatasetSpecification specification)
    {
        var (maps, sets, joins) = (new Dictionary<string, string>(Map), new Dictionary<string, string>(Set), new Dictionary<string, IReadOnlyList<string>>(Join));
        foreach (var (option, texts) in new[] { ("--map", map), ("--set", set), ("--join", join) })
        {
            foreach (var text in texts)
            {
                // A header may hold an equals sign; the dataset's columns do not.
                var at = option == "--map" ? text.LastIndexOf('=') : text.IndexOf('=', StringComparison.Ordinal);
                if (at <= 0 || at == text.Length - 1)
                {
                    return (null, $"{option} takes two sides with = between, like {Example(option)}.");
                }

                var (left, right) = (text[..at].Trim(), text[(at + 1)..].Trim());
                if (option == "--map")
                {
                    maps[left] = right;
                }
                else if (option == "--set")
                {
                    sets[left] = right;
                }
                else
                {
                    joins[left] = right.Split('+', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
                }
            }
        }

        var mapping = new ExportMapping(maps, sets, joins, Sheet);
        var unknown = maps.Values.Concat(sets.Keys).Concat(joins.Keys).FirstOrDefault(name => Column(specification, name) is null);
        return unknown is null
            ? (mapping, "")
            : (null, $"'{unknown}' is no column of {specification.Id}. There are: {string.Join(", ", specification.Columns.Select(column => column.Name))}.");
    }

    public string ToJson() => JsonSerializer.Serialize(this, Json) + "\n";

    /// <summary>The dataset's column by its name or header.</summary>
    internal static ColumnSpecification? Column(DatasetSpecification specification, string name) => specification.Columns.FirstOrDefault(column =>
        HeaderMap.Fold(column.Name) == HeaderMap.Fold(name) || HeaderMap.Fold(column.Header) == HeaderMap.Fold(name));

    private static string Example(string option) => option switch
    {
        "--map" => "--map \"Pupil Surname=surname\"",
        "--set" => "--set on_roll=yes",
        _ => "--join \"address=House No+Street+Town\"",
    };
}
