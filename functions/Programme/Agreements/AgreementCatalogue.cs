using TfFlow.Programme.Documents;

namespace TfFlow.Programme.Agreements;

/// <summary>A set of agreements, each in all its versions.</summary>
public sealed class AgreementCatalogue
{
    private const string Prefix = "TfFlow.Programme.Agreements.Documents.";

    private static readonly Lazy<AgreementCatalogue> ShippedOnce = new(LoadShipped);

    private AgreementCatalogue(IReadOnlyList<Agreement> versions) => Versions = versions;

    /// <summary>The reference agreements that ship with TfFlow.</summary>
    public static AgreementCatalogue Shipped => ShippedOnce.Value;

    /// <summary>Every version of every agreement, by id and then date.</summary>
    public IReadOnlyList<Agreement> Versions { get; }

    /// <summary>Reads documents; one that amends or extends another is laid over it, whatever the order they come in.</summary>
    /// <exception cref="DocumentException">Naming file, line and what was expected.</exception>
    public static AgreementCatalogue Load(IEnumerable<(string File, TextReader Text)> documents)
    {
        var maps = documents.Select(document => DocumentNode.Parse(document.File, document.Text)).ToDictionary(NameOf, StringComparer.Ordinal);
        var agreements = maps.Values.Select(map => AgreementParser.Parse(Merged(map, maps, 0)))
            .OrderBy(agreement => agreement.Id, StringComparer.Ordinal).ThenBy(agreement => agreement.Dated).ToList();
        foreach (var shared in agreements.SelectMany(agreement => agreement.Exchanges.Select(exchange => (exchange.Id, Agreement: agreement.Id)))
            .Distinct().GroupBy(pair => pair.Id).Where(group => group.Count() > 1))
        {
            throw maps.Values.First().Error($"exchange '{shared.Key}' is in more than one agreement");
        }

        return new(agreements);
    }

    /// <summary>The version of the agreement that holds an exchange, in force on a day; before the first, the first.</summary>
    /// <returns><c>null</c> when no version holds the exchange.</returns>
    public Agreement? WithExchange(string exchange, DateOnly at)
    {
        var versions = Versions.Where(version => Versions.Any(other => other.Id == version.Id && other.Exchange(exchange) is not null)).ToList();
        return versions.LastOrDefault(version => version.InForceFrom <= at) ?? versions.FirstOrDefault();
    }

    /// <summary>Who has signed an agreement by a day, in the version of that day, whether it has ended or not.</summary>
    /// <returns>The ids of the parties; none for an agreement that is not there or did not begin.</returns>
    public IReadOnlyList<string> Signatories(string id, DateOnly at) =>
        [.. Versions.LastOrDefault(version => version.Id == id && version.InForceFrom <= at)?.Parties.Where(party => party.HasSigned(at)).Select(party => party.Id) ?? []];

    /// <summary>Of each agreement the version in force on a day.</summary>
    public IEnumerable<Agreement> InForce(DateOnly at) => Versions
        .Where(version => version.InForceFrom <= at)
        .GroupBy(version => version.Id, (_, versions) => versions.Last())
        .Where(version => !(version.Ends < at));

    /// <param name="name">As <see cref="Agreement.Name"/> writes it.</param>
    public Agreement? Find(string name) => Versions.FirstOrDefault(version => version.Name == name);

    private static DocumentMap Merged(DocumentMap map, Dictionary<string, DocumentMap> maps, int depth)
    {
        var key = map.Children.ContainsKey("amends") ? "amends" : "extends";
        if (map.TextOrNull(key) is not { } name)
        {
            return map;
        }

        if (depth > 20 || !maps.TryGetValue(name, out var under))
        {
            throw map.Error($"'{key}' names '{name}', which is not there or builds on itself", key);
        }

        var below = Merged(under, maps, depth + 1);
        var inherited = below.Children.Where(pair => pair.Key is not ("amends" or "extends" or "changes" or "ends"))
            .ToDictionary(StringComparer.Ordinal);
        return DocumentMerge.Apply(new DocumentMap(below.File, below.Line, inherited), map);
    }

    private static string NameOf(DocumentMap map) => $"{map.Text("id")}@{map.Text("dated")}";

    private static AgreementCatalogue LoadShipped()
    {
        var assembly = typeof(AgreementCatalogue).Assembly;
        return Load(assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .Select(name => (name[Prefix.Length..], (TextReader)new StreamReader(assembly.GetManifestResourceStream(name)!))));
    }
}
