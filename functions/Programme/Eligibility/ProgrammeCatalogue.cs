using TfFlow.Programme.Documents;

namespace TfFlow.Programme.Eligibility;

/// <summary>The programmes that ship with TfFlow. An authority's own is a document of the same form.</summary>
public static class ProgrammeCatalogue
{
    private const string Prefix = "TfFlow.Programme.Eligibility.Programmes.";

    private static readonly Lazy<IReadOnlyDictionary<string, EligibilityProgramme>> ShippedOnce = new(LoadShipped);

    /// <summary>By <see cref="EligibilityProgramme.Name"/>.</summary>
    public static IReadOnlyDictionary<string, EligibilityProgramme> Shipped => ShippedOnce.Value;

    /// <param name="file">What to call the document in a message.</param>
    /// <exception cref="DocumentException">Naming file, line and what was expected.</exception>
    public static EligibilityProgramme Read(string file, TextReader text) => Read(DocumentNode.Parse(file, text));

    /// <exception cref="DocumentException">Naming file, line and what was expected.</exception>
    public static EligibilityProgramme Read(DocumentMap document) => ProgrammeParser.Parse(document);

    private static SortedDictionary<string, EligibilityProgramme> LoadShipped()
    {
        var (assembly, shipped) = (typeof(ProgrammeCatalogue).Assembly, new SortedDictionary<string, EligibilityProgramme>(StringComparer.Ordinal));
        foreach (var name in assembly.GetManifestResourceNames().Where(name => name.StartsWith(Prefix, StringComparison.Ordinal)))
        {
            using var text = new StreamReader(assembly.GetManifestResourceStream(name)!);
            var programme = Read(name[Prefix.Length..], text);
            shipped.Add(programme.Name, programme);
        }

        return shipped;
    }
}
