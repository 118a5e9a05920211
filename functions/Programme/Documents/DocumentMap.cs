using System.Globalization;
using System.Text.RegularExpressions;

namespace TfFlow.Programme.Documents;

/// <summary>A mapping, read key by key; <see cref="Done"/> then refuses whatever was not read.</summary>
public sealed partial record DocumentMap(string File, int Line, IReadOnlyDictionary<string, DocumentNode> Children) : DocumentNode(File, Line)
{
    /// <summary>Longest id: with what stands before it, it names containers and keys.</summary>
    private const int LongestId = 40;

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

    /// <summary>What names a thing in containers, keys, file names and messages.</summary>
    /// <exception cref="DocumentException">Missing, or not of the form of an id.</exception>
    public string Id(string key) => Text(key) is var id && (id.Length == 0 || IsId(id)) ? id : Fault($"'{key}' is expected to be an id: {IdForm}", key, id);

    /// <summary>The form of an id, in words.</summary>
    public static string IdForm { get; } = FormattableString.Invariant($"lower-case letters and digits, with single hyphens between them, {LongestId} characters at most");

    public static bool IsId(string text) => text.Length <= LongestId && IdText().IsMatch(text);

    public bool Flag(string key, bool absent = false) => TextOrNull(key) switch
    {
        null => absent,
        "true" => true,
        "false" => false,
        _ => Fault($"'{key}' is expected to be true or false", key, absent),
    };

    /// <exception cref="DocumentException">Missing, no whole number, or not from <paramref name="least"/> to <paramref name="most"/>.</exception>
    public int Whole(string key, int least = 0, int most = int.MaxValue) => IsBlank(key) ? Fault($"'{key}' is missing", key, least) : WholeOrNull(key, least, most) ?? least;

    /// <exception cref="DocumentException">No whole number, or not from <paramref name="least"/> to <paramref name="most"/>.</exception>
    public int? WholeOrNull(string key, int least = 0, int most = int.MaxValue) => TextOrNull(key) is not { } text
        ? null
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most
            ? number
            : Fault<int?>($"'{key}' is expected to be a whole number{Bounds(least, most)}", key, null);

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

    /// <summary>These are not judged: they were told as a fault, or depend on what was.</summary>
    internal void Disregard(params IEnumerable<string> keys) => read.UnionWith(keys);

    /// <summary>The exception to throw, placed at the key if it is there, else at the mapping.</summary>
    public DocumentException Error(string problem, string? key = null) =>
        key is not null && Children.TryGetValue(key, out var node)
            ? new DocumentException(node.File, node.Line, problem)
            : new DocumentException(File, Line, problem);

    /// <summary>Tells a fault as <see cref="Error"/> places it, and goes on.</summary>
    internal void Fault(string problem, string? key = null) => Fault<object?>(problem, key, null);

    /// <summary>The same mapping with every mapping in it telling its faults where <paramref name="faults"/> collects them.</summary>
    internal DocumentMap Telling(DocumentFaults? faults) => new(File, Line, Children.ToDictionary(pair => pair.Key, pair => Telling(pair.Value, faults), StringComparer.Ordinal)) { Faults = faults };

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

    private static DocumentNode Telling(DocumentNode node, DocumentFaults? faults) => node switch
    {
        DocumentMap map => map.Telling(faults),
        DocumentList list => list with { Items = [.. list.Items.Select(item => Telling(item, faults))] },
        _ => node,
    };

    private static string Bounds(int least, int most) => (least, most) switch
    {
        (0, int.MaxValue) => "",
        (_, int.MaxValue) => FormattableString.Invariant($" of at least {least}"),
        _ => FormattableString.Invariant($" from {least} to {most}"),
    };

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

    [GeneratedRegex(@"\A[a-z0-9]+(?:-[a-z0-9]+)*\z", RegexOptions.CultureInvariant)]
    private static partial Regex IdText();
}
