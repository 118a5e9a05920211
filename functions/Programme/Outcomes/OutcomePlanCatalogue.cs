using TfFlow.Programme.Documents;

namespace TfFlow.Programme.Outcomes;

/// <summary>The family outcome plans that ship with TfFlow. An authority's own is a document of the same form.</summary>
public static class OutcomePlanCatalogue
{
    private const string Prefix = "TfFlow.Programme.Outcomes.Plans.";

    private static readonly Lazy<IReadOnlyDictionary<string, FamilyOutcomePlan>> ShippedOnce = new(LoadShipped);

    /// <summary>By <see cref="FamilyOutcomePlan.Name"/>.</summary>
    public static IReadOnlyDictionary<string, FamilyOutcomePlan> Shipped => ShippedOnce.Value;

    /// <param name="file">What to call the document in a message.</param>
    /// <exception cref="DocumentException">Naming file, line and what was expected.</exception>
    public static FamilyOutcomePlan Read(string file, TextReader text) => Read(DocumentNode.Parse(file, text));

    /// <exception cref="DocumentException">Naming file, line and what was expected.</exception>
    public static FamilyOutcomePlan Read(DocumentMap document) => OutcomePlanParser.Parse(document);

    private static SortedDictionary<string, FamilyOutcomePlan> LoadShipped()
    {
        var (assembly, shipped) = (typeof(OutcomePlanCatalogue).Assembly, new SortedDictionary<string,
            FamilyOutcomePlan>(StringComparer.Ordinal));
        foreach (var name in assembly.GetManifestResourceNames().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)))
        {
            using var text = new StreamReader(assembly.GetManifestResourceStream(name)!);
            var plan = Read(name[Prefix.Length..], text);
            shipped.Add(plan.Name, plan);
        }

        return shipped;
    }
}
