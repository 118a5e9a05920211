using System.Reflection;
using TfFlow.Programme.Documents;

namespace TfFlow.Programme.Extracts;

/// <summary>The dataset specifications that ship with TfFlow.</summary>
public static class DatasetCatalogue
{
    private static readonly Assembly Resources = typeof(DatasetCatalogue).Assembly;

    private const string Prefix = "TfFlow.Programme.Extracts.Specifications.";

    private static readonly Lazy<IReadOnlyDictionary<string, DatasetSpecification>> Shipped = new(Load);

    public static IReadOnlyDictionary<string, DatasetSpecification> All => Shipped.Value;

    public static DatasetSpecification? Find(string id) => All.GetValueOrDefault(id);

    private static SortedDictionary<string, DatasetSpecification> Load()
    {
        var all = new SortedDictionary<string, DatasetSpecification>(StringComparer.Ordinal);
        foreach (var name in Resources.GetManifestResourceNames().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal) && !name.StartsWith(Prefix + '_', StringComparison.Ordinal)))
        {
            using var text = Open(name);
            var specification = SpecificationParser.Parse(name[Prefix.Length..], text);
            all.Add(specification.Id, specification);
        }

        return all;
    }

    internal static IReadOnlyList<DocumentMap> NameDateOfBirthAddress()
    {
        using var text = Open(Prefix + "_nda.yaml");
        return DocumentNode.Parse("_nda.yaml", text).Maps("columns");
    }

    private static StreamReader Open(string name) => new(Resources.GetManifestResourceStream(name)!);
}
