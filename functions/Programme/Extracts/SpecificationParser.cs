using TfFlow.Programme.Documents;

namespace TfFlow.Programme.Extracts;

/// <summary>Reads a dataset specification from YAML.</summary>
public static class SpecificationParser
{
    /// <exception cref="DocumentException">Naming file, line and what was expected.</exception>
    public static DatasetSpecification Parse(string file, TextReader text) => Parse(DocumentNode.Parse(file, text));

    /// <exception cref="DocumentException">Naming file, line and what was expected.</exception>
    public static DatasetSpecification Parse(DocumentMap map)
    {
        var columns = ColumnParser.ParseAll(map);
        var rules = new RowRuleParser(columns);
        var specification = new DatasetSpecification(columns)
        {
            Id = map.Text("dataset"),
            Version = map.WholeOrNull("version") ?? throw map.Error("'version' is missing"),
            Title = map.Text("title"),
            Source = map.Text("source"),
            Encoding = map.WordOrNull<ExtractEncoding>("encoding") ?? ExtractEncoding.Utf8,
            MaxRows = map.WholeOrNull("max_rows") ?? DatasetSpecification.DefaultMaxRows,
            NilReturn = map.Flag("nil_return"),
            Counts = map.Flag("counts"),
            Refusals = ParseRefusals(map),
            Unique = [.. map.Texts("unique").Select(name => rules.Column(map, "unique", name))],
            Sha256 = DocumentHash.Of(new DocumentList(map.File, map.Line, map.Has("nda") ? [map, .. DatasetCatalogue.NameDateOfBirthAddress()] : [map])),
            Parts = DocumentHash.Parts(map),
            RowRules = [.. map.Maps("rules").SelectMany(rules.Parse), .. rules.Implied(map.Flag("unborn"))],
        };
        map.Done();
        return specification;
    }

    private static RefusalPolicy ParseRefusals(DocumentMap map)
    {
        var refusals = map.MapOrNull("refusals") ?? throw map.Error("'refusals' is missing: say how many refused rows quarantine the file");
        var policy = new RefusalPolicy(
            refusals.WholeOrNull("max_rows") ?? long.MaxValue,
            refusals.WholeOrNull("max_percent") ?? throw refusals.Error("'max_percent' is missing"),
            refusals.Texts("quarantine_on").ToHashSet(StringComparer.Ordinal));
        foreach (var code in policy.QuarantineOn)
        {
            if (RuleBook.Find(code) is null)
            {
                throw refusals.Error($"'quarantine_on' names '{code}', which is no rule's code", "quarantine_on");
            }
        }

        refusals.Done();
        return policy;
    }
}
