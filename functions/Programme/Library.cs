using TfFlow.Programme.Agreements;
using TfFlow.Programme.Documents;
using TfFlow.Programme.Eligibility;
using TfFlow.Programme.Extracts;

namespace TfFlow.Programme;

/// <summary>What an authority or a study runs by: its agreements, the datasets they name, the programmes, and the plan it matches by.</summary>
public sealed class Library
{
    private Library(AgreementCatalogue agreements, IReadOnlyDictionary<string, DatasetSpecification> datasets, IReadOnlyDictionary<string, EligibilityProgramme> programmes, MatchingPlan? plan) =>
        (Agreements, Datasets, Programmes, Plan) = (agreements, datasets, programmes, plan);

    /// <summary>The reference that ships with TfFlow.</summary>
    public static Library Shipped { get; } = new(AgreementCatalogue.Shipped, DatasetCatalogue.All, ProgrammeCatalogue.Shipped, MatchingPlan.Shipped);

    public AgreementCatalogue Agreements { get; }

    /// <summary>By id: those that ship, and its own, which take the place of one that ships under the same id.</summary>
    public IReadOnlyDictionary<string, DatasetSpecification> Datasets { get; }

    /// <summary>By <see cref="EligibilityProgramme.Name"/>: those that ship, and its own.</summary>
    public IReadOnlyDictionary<string, EligibilityProgramme> Programmes { get; }

    /// <summary><c>null</c> where there is none among the documents.</summary>
    public MatchingPlan? Plan { get; }

    /// <summary>Reads documents of every kind, in any order. What a document is, its first keys say: <c>dataset</c>, <c>programme</c> with <c>routes</c>, <c>authority</c>, else an agreement.</summary>
    /// <exception cref="DocumentException">The first fault, naming file, line and what was expected.</exception>
    public static Library Read(IEnumerable<(string File, TextReader Text)> documents) => Check(documents, out var faults) ?? throw faults[0];

    /// <summary>The same, and goes on after a fault.</summary>
    /// <param name="faults">All of them, by file and line.</param>
    /// <returns><c>null</c> when there are faults.</returns>
    public static Library? Check(IEnumerable<(string File, TextReader Text)> documents, out IReadOnlyList<DocumentException> faults)
    {
        var told = new DocumentFaults();
        var maps = documents.Select(document => told.Try(() => DocumentNode.Parse(document.File, document.Text, told))).OfType<DocumentMap>().ToLookup(KindOf);
        var broken = new HashSet<string>(StringComparer.Ordinal);
        var datasets = Own(maps[Kind.Dataset], told, broken, SpecificationParser.Parse, dataset => dataset.Id, "dataset", DatasetCatalogue.All);
        var programmes = Own(maps[Kind.Programme], told, broken, ProgrammeCatalogue.Read, programme => programme.Name, "version", ProgrammeCatalogue.Shipped);
        foreach (var map in maps[Kind.Programme])
        {
            told.Try(() => CheckFields(map, programmes, datasets, broken));
        }

        var plans = maps[Kind.Plan].Where(map => map.TextOrNull("programme") is not { } name || !broken.Contains(name)).Select(map => told.Try(() => MatchingPlan.Read(map, programmes))).OfType<MatchingPlan>().ToList();
        foreach (var more in maps[Kind.Plan].Skip(1))
        {
            more.Fault<object?>("a deployment matches by one plan, and there is another", "authority", null);
        }

        var agreements = told.Try(() => AgreementCatalogue.Load([.. maps[Kind.Agreement]], datasets, broken));
        faults = told.All;
        return told.Any || agreements is null ? null : new(agreements, datasets, programmes, plans.FirstOrDefault());
    }

    /// <summary>What a programme reads is in the datasets; of one that is agreed locally, among the fields the programme itself lists.</summary>
    private static DocumentMap CheckFields(DocumentMap map, IReadOnlyDictionary<string, EligibilityProgramme> programmes, IReadOnlyDictionary<string, DatasetSpecification> datasets, HashSet<string> broken)
    {
        var places = map.Maps("criteria").SelectMany(criterion => criterion.Maps("indicators")).ToLookup(indicator => indicator.TextOrNull("id"));
        var programme = programmes[$"{map.Text("programme")}@{map.WholeOrNull("version")}"];
        foreach (var indicator in programme.Criteria.SelectMany(criterion => criterion.Indicators).Where(indicator => !broken.Contains(indicator.Dataset)))
        {
            var place = places[indicator.Id].First();
            var (listed, specification) = (programme.Datasets.First(dataset => dataset.Id == indicator.Dataset), datasets.GetValueOrDefault(indicator.Dataset));
            if (specification is null && !listed.Local)
            {
                place.Fault<object?>($"there is no dataset '{indicator.Dataset}'", "dataset", null);
                continue;
            }

            foreach (var field in indicator.Fields.Where(field => specification is null ? !listed.Fields.Contains(field) : specification.Find(field) < 0))
            {
                place.Fault<object?>($"indicator '{indicator.Id}' reads '{field}', which is no column of '{indicator.Dataset}'", "dataset", null);
            }
        }

        return map;
    }

    private enum Kind
    {
        Agreement = 1,
        Dataset,
        Programme,
        Plan,
    }

    private static Kind KindOf(DocumentMap map) =>
        map.Children.ContainsKey("authority") ? Kind.Plan
        : map.Children.ContainsKey("routes") || map.Children.ContainsKey("criteria") ? Kind.Programme
        : map.Children.ContainsKey("dataset") || map.Children.ContainsKey("columns") ? Kind.Dataset
        : Kind.Agreement;

    private static SortedDictionary<string, T> Own<T>(
        IEnumerable<DocumentMap> maps, DocumentFaults told, HashSet<string> broken, Func<DocumentMap, T> read, Func<T, string> name, string key, IReadOnlyDictionary<string, T> shipped)
        where T : class
    {
        var (all, own) = (new SortedDictionary<string, T>(StringComparer.Ordinal), new HashSet<string>(StringComparer.Ordinal));
        foreach (var (id, item) in shipped)
        {
            all.Add(id, item);
        }

        foreach (var map in maps)
        {
            var before = told.All.Count;
            var item = told.Try(() => read(map));
            if (item is null || told.All.Count > before)
            {
                // What names it is not told that it is missing: its own faults are.
                broken.Add(item is not null ? name(item) : map.TextOrNull("dataset") ?? $"{map.TextOrNull("programme")}@{map.TextOrNull("version")}");
                continue;
            }

            if (!own.Add(name(item)))
            {
                map.Fault<object?>($"'{name(item)}' is there already", key, null);
            }

            all[name(item)] = item;
        }

        return all;
    }
}
