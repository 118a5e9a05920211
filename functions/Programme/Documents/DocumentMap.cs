using System.Globalization;

namespace TfFlow.Programme.Documents;

/// <summary>A mapping, read key by key; <see cref="Done"/> then refuses whatever was not read.</summary>
public sealed record DocumentMap(string File, int Line, IReadOnlyDictionary<string, DocumentNode> Children) : DocumentNode(File, Line)
{
    private readonly HashSet<string> read = new(StringComparer.Ordinal);

    /// <summary>Gets what is wrong, while reading goes on with something in its place; <c>null</c> when the first fault is thrown.</summary>
    public DocumentFaults? Faults { get; init; }

    public bool Has(string key) => Find(key) is not null;

    /// <exception cref="DocumentException">Missing, empty or not a text.</exception>
    public string Text(string key) => IsBlank(key) ? Fault($"'{key}' is missing", key, "") : TextOrNull(key) ?? "";

    /// <returns><c>null</c> when the key is absent or left blank.</returns>
    public string? TextOrNull(string key) => Find(key) switch
    {
        null => null,
        DocumentScalar scalar => scalar.Text.Length == 0 ? null : scalar.Text,
        _ => Fault<string?>($"'{key}' is expected to be a text", key, null),
    };

    public bool Flag(string key, bool absent = false) => TextOrNull(key) switch
    {
        null => absent,
        "true" => true,
        "false" => false,
        _ => Fault($"'{key}' is expected to be true or false", key, absent),
    };

    public int? WholeOrNull(string key) => TextOrNull(key) is not { } text
        ? null
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : Fault<int?>($"'{key}' is expected to be a whole number", key, null);

    public DateOnly Date(string key) => IsBlank(key) ? Fault($"'{key}' is missing", key, default(DateOnly)) : DateOrNull(key) ?? default;

    public DateOnly? DateOrNull(string key) => TextOrNull(key) is not { } text
        ? null
        : DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) && IsInReach(date)
            ? date
            : Fault<DateOnly?>($"'{key}' is expected to be a date like 2013-10-14, before 2200", key, null);

    /// <summary>A word of an enumeration, written in kebab case.</summary>
    public T Word<T>(string key)
        where T : struct, Enum => Text(key) is { Length: > 0 } text ? WordOf<T>(key, text, Find(key)!) ?? default : default;

    public T? WordOrNull<T>(string key)
        where T : struct, Enum => TextOrNull(key) is { } text ? WordOf<T>(key, text, Find(key)!) : null;

    public IReadOnlyList<T> Words<T>(string key)
        where T : struct, Enum => [.. Items(key).Select(item => TextOf(key, item) is { } text ? WordOf<T>(key, text, item) : null).OfType<T>()];

    // Periods are added to it. A day put in for "no end" is none: the line is left out.
    private static bool IsInReach(DateOnly date) => date.Year < 2200;

    public IReadOnlyList<DateOnly> Dates(string key) => [.. Texts(key).Select(text => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) && IsInReach(date)
        ? date
        : Fault<DateOnly?>($"each of '{key}' is expected to be a date like 2013-10-14, before 2200", key, null)).OfType<DateOnly>()];

    public Id<T>? IdOrNull<T>(string key) => TextOrNull(key) is { } text ? new Id<T>(text) : (Id<T>?)null;

    public IReadOnlyList<Id<T>> Ids<T>(string key) => [.. Texts(key)];

    public IReadOnlyList<string> Texts(string key) => [.. Items(key).Select(item => TextOf(key, item)).OfType<string>()];

    public DocumentMap? MapOrNull(string key) => Find(key) switch
    {
        null or DocumentScalar { Text: "" } => null,
        DocumentMap map => map,
        _ => Fault<DocumentMap?>($"'{key}' is expected to be a mapping", key, null),
    };

    public IReadOnlyList<DocumentMap> Maps(string key) => [.. Items(key).Select(item => item as DocumentMap ?? Fault<DocumentMap?>(item, $"each of '{key}' is expected to be a mapping", null)).OfType<DocumentMap>()];

    /// <exception cref="DocumentException">A key was never read: nothing in a document is without meaning.</exception>
    public void Done()
    {
        foreach (var (key, node) in Children)
        {
            if (!read.Contains(key))
            {
                var meant = read.Where(known => !Children.ContainsKey(known)).FirstOrDefault(known => Spelling.IsNear(key, known));
                Fault<object?>(node, $"'{key}' is not a key that means anything here{(meant is null ? "" : $": '{meant}' is")}", null);
            }
        }
    }

    /// <summary>The exception to throw, placed at the key if it is there, else at the mapping.</summary>
    public DocumentException Error(string problem, string? key = null) =>
        key is not null && Children.TryGetValue(key, out var node)
            ? new DocumentException(node.File, node.Line, problem)
            : new DocumentException(File, Line, problem);

    /// <summary>Tells a fault as <see cref="Error"/> places it.</summary>
    /// <returns>What to go on with, when it is not thrown.</returns>
    internal T Fault<T>(string problem, string? key, T instead) => Fault(Error(problem, key), instead);

    private T Fault<T>(DocumentNode at, string problem, T instead) => Fault(new DocumentException(at.File, at.Line, problem), instead);

    private T Fault<T>(DocumentException fault, T instead)
    {
        if (Faults is null)
        {
            throw fault;
        }

        Faults.Add(fault);
        return instead;
    }

    private string? TextOf(string key, DocumentNode item) =>
        item is DocumentScalar { Text.Length: > 0 } scalar ? scalar.Text : Fault<string?>(item, $"each of '{key}' is expected to be a text", null);

    private T? WordOf<T>(string key, string text, DocumentNode at)
        where T : struct, Enum => Kebab.TryParse<T>(text, out var word) ? word : Fault<T?>(at, $"'{key}' is expected to be one of: {string.Join(", ", Kebab.All<T>())}", null);

    private IReadOnlyList<DocumentNode> Items(string key) => Find(key) switch
    {
        null or DocumentScalar { Text: "" } => [],
        DocumentList list => list.Items,
        _ => Fault<IReadOnlyList<DocumentNode>>($"'{key}' is expected to be a list", key, []),
    };

    private bool IsBlank(string key) => Find(key) is null or DocumentScalar { Text: "" };

    private DocumentNode? Find(string key)
    {
        read.Add(key);
        return Children.GetValueOrDefault(key);
    }
}
