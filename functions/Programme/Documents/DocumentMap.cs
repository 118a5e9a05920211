using System.Globalization;

namespace TfFlow.Programme.Documents;

/// <summary>A mapping, read key by key; <see cref="Done"/> then refuses whatever was not read.</summary>
public sealed record DocumentMap(string File, int Line, IReadOnlyDictionary<string, DocumentNode> Children) : DocumentNode(File, Line)
{
    private readonly HashSet<string> read = new(StringComparer.Ordinal);

    public bool Has(string key) => Find(key) is not null;

    /// <exception cref="DocumentException">Missing, empty or not a text.</exception>
    public string Text(string key) => TextOrNull(key) ?? throw Error($"'{key}' is missing");

    /// <returns><c>null</c> when the key is absent or left blank.</returns>
    public string? TextOrNull(string key) => Find(key) switch
    {
        null => null,
        DocumentScalar scalar => scalar.Text.Length == 0 ? null : scalar.Text,
        var other => throw new DocumentException(other.File, other.Line, $"'{key}' is expected to be a text"),
    };

    public bool Flag(string key, bool absent = false) => TextOrNull(key) switch
    {
        null => absent,
        "true" => true,
        "false" => false,
        _ => throw Error($"'{key}' is expected to be true or false", key),
    };

    public int? WholeOrNull(string key) => TextOrNull(key) is not { } text
        ? null
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw Error($"'{key}' is expected to be a whole number", key);

    public DateOnly Date(string key) => DateOrNull(key) ?? throw Error($"'{key}' is missing");

    public DateOnly? DateOrNull(string key) => TextOrNull(key) is not { } text
        ? null
        : DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            ? date
            : throw Error($"'{key}' is expected to be a date like 2013-10-14", key);

    /// <summary>A word of an enumeration, written in kebab case.</summary>
    public T Word<T>(string key)
        where T : struct, Enum => WordOf<T>(key, Text(key), Find(key)!);

    public T? WordOrNull<T>(string key)
        where T : struct, Enum => TextOrNull(key) is { } text ? WordOf<T>(key, text, Find(key)!) : null;

    public IReadOnlyList<T> Words<T>(string key)
        where T : struct, Enum => [.. Items(key).Select(item => WordOf<T>(key, TextOf(key, item), item))];

    public IReadOnlyList<string> Texts(string key) => [.. Items(key).Select(item => TextOf(key, item))];

    public DocumentMap? MapOrNull(string key) => Find(key) switch
    {
        null or DocumentScalar { Text: "" } => null,
        DocumentMap map => map,
        var other => throw new DocumentException(other.File, other.Line, $"'{key}' is expected to be a mapping"),
    };

    public IReadOnlyList<DocumentMap> Maps(string key) => [.. Items(key).Select(item => item as DocumentMap
        ?? throw new DocumentException(item.File, item.Line, $"each of '{key}' is expected to be a mapping"))];

    /// <exception cref="DocumentException">A key was never read: nothing in a document is without meaning.</exception>
    public void Done()
    {
        foreach (var (key, node) in Children)
        {
            if (!read.Contains(key))
            {
                throw new DocumentException(node.File, node.Line, $"'{key}' is not a key that means anything here");
            }
        }
    }

    /// <summary>The exception to throw, placed at the key if it is there, else at the mapping.</summary>
    public DocumentException Error(string problem, string? key = null) =>
        key is not null && Children.TryGetValue(key, out var node)
            ? new DocumentException(node.File, node.Line, problem)
            : new DocumentException(File, Line, problem);

    private static string TextOf(string key, DocumentNode item) => item is DocumentScalar { Text.Length: > 0 } scalar
        ? scalar.Text
        : throw new DocumentException(item.File, item.Line, $"each of '{key}' is expected to be a text");

    private static T WordOf<T>(string key, string text, DocumentNode at)
        where T : struct, Enum => Kebab.TryParse<T>(text, out var word)
            ? word
            : throw new DocumentException(at.File, at.Line, $"'{key}' is expected to be one of: {string.Join(", ", Kebab.All<T>())}");

    private IReadOnlyList<DocumentNode> Items(string key) => Find(key) switch
    {
        null or DocumentScalar { Text: "" } => [],
        DocumentList list => list.Items,
        var other => throw new DocumentException(other.File, other.Line, $"'{key}' is expected to be a list"),
    };

    private DocumentNode? Find(string key)
    {
        read.Add(key);
        return Children.GetValueOrDefault(key);
    }
}
