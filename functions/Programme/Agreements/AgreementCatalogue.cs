using TfFlow.Programme.Documents;
using TfFlow.Programme.Extracts;

namespace TfFlow.Programme.Agreements;

/// <summary>A set of agreements, each in all its versions.</summary>
public sealed class AgreementCatalogue
{
    private const string Prefix = "TfFlow.Programme.Agreements.Documents.";

    private static readonly Lazy<AgreementCatalogue> ShippedOnce = new(() => Load(ReadShipped(), DatasetCatalogue.All));

    private readonly IReadOnlyList<(Agreement Agreement, IReadOnlyList<string> Files)> read;

    private AgreementCatalogue(IReadOnlyList<(Agreement Agreement, IReadOnlyList<string> Files)> read) =>
        (this.read, Versions) = (read, [.. read.Select(version => version.Agreement)]);

    /// <summary>The reference agreements that ship with TfFlow.</summary>
    public static AgreementCatalogue Shipped => ShippedOnce.Value;

    /// <summary>Every version of every agreement, by id and then date.</summary>
    public IReadOnlyList<Agreement> Versions { get; }

    /// <summary>Everybody who is a party of some version of some agreement, by id.</summary>
    public IReadOnlyList<Id<Party>> Parties => [.. Versions.SelectMany(version => version.Parties).Select(party => party.Id).Distinct().Order()];

    /// <summary>Reads documents; one that amends or extends another is laid over it, whatever the order they come in.</summary>
    /// <exception cref="DocumentException">Naming file, line and what was expected.</exception>
    public static AgreementCatalogue Load(IEnumerable<(string File, TextReader Text)> documents) =>
        Load([.. documents.Select(document => DocumentNode.Parse(document.File, document.Text))], DatasetCatalogue.All);

    /// <summary>The same, with the datasets that exchanges may name. What ships may be built upon, and is not among the versions.</summary>
    /// <exception cref="DocumentException">Naming file, line and what was expected; where the documents collect their faults, only those that leave nothing to read.</exception>
    internal static AgreementCatalogue Load(IReadOnlyList<DocumentMap> documents, IReadOnlyDictionary<string, DatasetSpecification> datasets)
    {
        var (named, faults) = (new Dictionary<string, DocumentMap>(StringComparer.Ordinal), documents.Count > 0 ? documents[0].Faults : null);
        foreach (var document in documents)
        {
            var name = NameOf(document);
            if (!named.TryAdd(name.Length > 1 ? name : document.File, document))
            {
                document.Fault($"{name} is there already, in {named[name].File}: a new version has a new date", "dated");
            }
        }

        var shipped = new Lazy<IReadOnlyList<DocumentMap>>(ReadShipped);
        DocumentMap? Under(string name) => named.GetValueOrDefault(name) ?? shipped.Value.FirstOrDefault(map => NameOf(map) == name);

        Agreement Read(DocumentMap map) => new AgreementParser(datasets).Parse(Merged(map, Under, 0));

        var agreements = named.Values.Select(map => (Map: map, Agreement: faults is null ? Read(map) : faults.Try(() => Read(map)))).Where(pair => pair.Agreement is not null)
            .OrderBy(pair => pair.Agreement!.Id, StringComparer.Ordinal).ThenBy(pair => pair.Agreement!.Dated).ToList();
        foreach (var shared in agreements.SelectMany(pair => pair.Agreement!.Exchanges.Select(exchange => (exchange.Id, Agreement: pair.Agreement!.Id, pair.Map)))
            .DistinctBy(exchange => (exchange.Id, exchange.Agreement)).GroupBy(exchange => exchange.Id).Where(group => group.Count() > 1))
        {
            shared.Last().Map.Fault($"exchange '{shared.Key}' is in more than one agreement: {string.Join(", ", shared.Select(exchange => exchange.Agreement))}", "exchanges");
        }

        IReadOnlyList<string> Files(DocumentMap map) => NameUnder(map) is { } name && Under(name) is { } under ? [map.File, .. Files(under)] : [map.File];

        return new([.. agreements.Select(pair => (pair.Agreement!, Files(pair.Map)))]);
    }

    /// <summary>The same without what was read from some files, or builds on what was.</summary>
    internal AgreementCatalogue Without(IReadOnlySet<string> files) => new([.. read.Where(version => !version.Files.Any(files.Contains))]);

    /// <summary>The version of the agreement that holds an exchange, in force on a day; before the first, the first.</summary>
    /// <returns><c>null</c> when no version holds the exchange.</returns>
    public Agreement? WithExchange(Id<Exchange> exchange, DateOnly at)
    {
        var versions = Versions.Where(version => Versions.Any(other => other.Id == version.Id && other.Exchange(exchange) is not null)).ToList();
        return versions.LastOrDefault(version => version.InForceFrom <= at) ?? versions.FirstOrDefault();
    }

    /// <summary>Who has signed an agreement by a day, in the version of that day, whether it has ended or not.</summary>
    /// <returns>The ids of the parties; none for an agreement that is not there or did not begin.</returns>
    public IReadOnlyList<Id<Party>> Signatories(string id, DateOnly at) =>
        [.. Versions.LastOrDefault(version => version.Id == id && version.InForceFrom <= at)?.Parties.Where(party => party.HasSigned(at)).Select(party => party.Id) ?? []];

    /// <summary>Of each agreement the version in force on a day.</summary>
    public IEnumerable<Agreement> InForce(DateOnly at) => Versions
        .Where(version => version.InForceFrom <= at)
        .GroupBy(version => version.Id, (_, versions) => versions.Last())
        .Where(version => !(version.Ends < at));

    /// <param name="name">As <see cref="Agreement.Name"/> writes it.</param>
    public Agreement? Find(string name) => Versions.FirstOrDefault(version => version.Name == name);

    private static DocumentMap Merged(DocumentMap map, Func<string, DocumentMap?> find, int depth)
    {
        var key = KeyUnder(map);
        if (NameUnder(map) is not { } name)
        {
            return map;
        }

        if (depth > 20 || find(name) is not { } under)
        {
            throw map.Error($"'{key}' names '{name}', which is not there or builds on itself", key);
        }

        var below = Merged(under, find, depth + 1);
        var inherited = below.Children.Where(pair => pair.Key is not ("amends" or "extends" or "changes") && (pair.Key != "ends" || key == "amends"))
            .ToDictionary(StringComparer.Ordinal);
        return DocumentMerge.Apply(new DocumentMap(below.File, below.Line, inherited).Telling(map.Faults), map);
    }

    private static string KeyUnder(DocumentMap map) => map.Children.ContainsKey("amends") ? "amends" : "extends";

    private static string? NameUnder(DocumentMap map) => map.TextOrNull(KeyUnder(map));

    private static string NameOf(DocumentMap map) => map.Text("id") is { Length: > 0 } id && map.Text("dated") is { Length: > 0 } dated ? $"{id}@{dated}" : "";

    private static IReadOnlyList<DocumentMap> ReadShipped()
    {
        var assembly = typeof(AgreementCatalogue).Assembly;
        return
        [
            .. assembly.GetManifestResourceNames().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)).Select(name =>
            {
                using var text = new StreamReader(assembly.GetManifestResourceStream(name)!);
                return DocumentNode.Parse(name[Prefix.Length..], text);
            }),
        ];
    }
}
