using TfFlow.Cli.Demo;
using TfFlow.Programme.Agreements;

namespace TfFlow.Bench;

/// <summary>The invented authority's agreements, with the exchanges that its benchmarks read beside them.</summary>
internal static class BenchAuthority
{
    private const string More = """
        amends: northmere@2025-09-01
        id: northmere
        dated: 2025-10-01
        in_force_from: 2025-10-01
        source: ours
        changes: ["Child health records, the other half of the baseline; the authority's own records of the other problems."]
        exchanges:
        """;

    private static readonly (string Id, string From, string Dataset)[] Exchanges =
    [
        ("northmere-child-health", DemoAuthority.Id, "child-health"),
        ("northmere-childrens-social-care", DemoAuthority.Id, "childrens-social-care"),
        ("northmere-household-finance", DemoAuthority.Id, "household-finance"),
        ("northmere-domestic-violence", DemoAuthority.Id, "domestic-violence"),
        ("northmere-adults-social-care", DemoAuthority.Id, "adults-social-care"),
        ("northmere-persons", "northmere-police", "police-persons"),
    ];

    public static AgreementCatalogue Agreements()
    {
        const string Prefix = "Demo/";
        var assembly = typeof(DemoAuthority).Assembly;
        var documents = assembly.GetManifestResourceNames().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .Select(name => (name[Prefix.Length..], (TextReader)new StreamReader(assembly.GetManifestResourceStream(name)!)));
        return AgreementCatalogue.Load([.. documents, ("northmere-more.yaml", new StringReader(string.Join('\n', Exchanges.Select(Line).Prepend(More))))]);
    }

    private static string Line((string Id, string From, string Dataset) exchange) =>
        $"  - {{ id: {exchange.Id}, from: [{exchange.From}], to: [northmere], information: {exchange.Dataset}, dataset: {exchange.Dataset}, uses: [identification, baseline], how_often: termly, means: [sealed-drop], "
        + $"retention: [{(exchange.From == DemoAuthority.Id ? "own-records" : "not-meeting, unmatched")}, on-programme], source: ours }}";
}
