using TfFlow.Programme.Documents;
using TfFlow.Programme.Extracts.Preparation;

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
            Id = map.Id("dataset"),
            Version = map.Whole("version"),
            Title = map.Text("title"),
            Source = map.Text("source"),
            Encoding = map.WordOrNull<ExtractEncoding>("encoding") ?? ExtractEncoding.Utf8,
            MaxRows = map.WholeOrNull("max_rows", least: 1) ?? DatasetSpecification.DefaultMaxRows,
            NilReturn = map.Flag("nil_return"),
            Counts = map.Flag("counts"),
            Refusals = ParseRefusals(map),
            Unique = [.. map.Texts("unique").Select(name => rules.Column(map, "unique", name))],
            Sha256 = DocumentHash.Of(new DocumentList(map.File, map.Line, map.Has("nda") ? [map, .. DatasetCatalogue.NameDateOfBirthAddress()] : [map])),
            Parts = DocumentHash.Parts(map),
            RowRules = [.. map.Maps("rules").SelectMany(rules.Parse), .. rules.Implied(map.Flag("unborn"))],
        };
        CheckHouseholdList(map, specification);
        map.Done();
        return specification;
    }

    // What makes a dataset a household list is its column of pseudonyms; then it names nobody in any other way.
    private static void CheckHouseholdList(DocumentMap map, DatasetSpecification specification)
    {
        foreach (var (column, at) in specification.Columns.Join(map.Maps("columns"), column => column.Name, node => node.TextOrNull("name"), (column, node) => (column, node)))
        {
            if (HouseholdListPreparation.IsPseudonym(column))
            {
                if (column is not { Name: IdentityColumns.Household, Role: ColumnRole.Identity, Required: true })
                {
                    at.Fault($"a column of type household-pseudonym is called '{IdentityColumns.Household}', has the role identity and is required: it makes the dataset a household list", "type");
                }
            }
            else if (HouseholdListPreparation.Applies(specification) && column.Role is ColumnRole.Identity)
            {
                at.Fault($"a household list names nobody: '{column.Name}' is an identity column beside the household's pseudonym", "role");
            }
        }

        if (HouseholdListPreparation.Applies(specification) && map.Has("nda"))
        {
            map.Fault("a household list names nobody: 'nda' adds name, date of birth and address", "nda");
        }
    }

    private static RefusalPolicy ParseRefusals(DocumentMap map)
    {
        if (map.MapOrNull("refusals") is not { } refusals)
        {
            return map.Has("refusals") && map.Children["refusals"] is not DocumentScalar { Text: "" }
                ? RefusalPolicy.None
                : map.Fault("'refusals' is missing: say how many refused rows quarantine the file", null, RefusalPolicy.None);
        }

        var policy = new RefusalPolicy(
            refusals.WholeOrNull("max_rows") ?? long.MaxValue,
            refusals.Whole("max_percent", most: 100),
            refusals.Texts("quarantine_on").ToHashSet(StringComparer.Ordinal));
        foreach (var code in policy.QuarantineOn.Where(code => RuleBook.Find(code) is null))
        {
            refusals.Fault($"'quarantine_on' names '{code}', which is no rule's code", "quarantine_on");
        }

        refusals.Done();
        return policy;
    }
}
