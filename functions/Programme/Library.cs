using TfFlow.Programme.Agreements;
using TfFlow.Programme.Documents;
using TfFlow.Programme.Eligibility;
using TfFlow.Programme.Extracts;
using TfFlow.Programme.Outcomes;

namespace TfFlow.Programme;

/// <summary>What an authority or a study runs by: its agreements, the datasets they name, the programmes, and the plan it matches by.</summary>
public sealed class Library
{
    private Library(AgreementCatalogue agreements, PlanBasis planBasis, MatchingPlan? plan) =>
        (Agreements, PlanBasis, Plan) = (agreements, planBasis, plan);

    /// <summary>The reference that ships with TfFlow.</summary>
    public static Library Shipped { get; } = new(AgreementCatalogue.Shipped, PlanBasis.Shipped, MatchingPlan.Shipped);

    public AgreementCatalogue Agreements { get; }

    /// <summary>Programmes, datasets and family outcome plans: those that ship, and its own, which take the place of one that ships under
    /// the same id.</summary>
    public PlanBasis PlanBasis { get; }

    /// <summary>By id.</summary>
    public IReadOnlyDictionary<string, DatasetSpecification> Datasets => PlanBasis.Datasets;

    /// <summary>By <see cref="EligibilityProgramme.Name"/>.</summary>
    public IReadOnlyDictionary<string, EligibilityProgramme> Programmes => PlanBasis.Programmes;

    /// <summary><c>null</c> where there is none among the documents.</summary>
    public MatchingPlan? Plan { get; }

    /// <summary>Reads documents of every kind, in any order. What a document is, its first keys say: <c>dataset</c>, <c>outcome_plan</c>, <c>programme</c> with <c>routes</c>, <c>authority</c>, else an agreement.</summary>
    /// <exception cref="DocumentException">The first fault, naming file, line and what was expected.</exception>
    public static Library Read(IEnumerable<(string File, TextReader Text)> documents) => Check(documents, out var faults) ?? throw faults[0];

    /// <summary>The same, and goes on after a fault.</summary>
    /// <param name="faults">All of them, by file and line.</param>
    /// <returns><c>null</c> when there are faults.</returns>
    public static Library? Check(IEnumerable<(string File, TextReader Text)> documents, out IReadOnlyList<DocumentException> faults) =>
        Look(documents, out faults) is var library && faults.Count == 0 ? library : null;

    /// <summary>The same, for who looks through documents: what can be read is read beside the faults of others.</summary>
    /// <returns>Its agreements are those without a fault of their own, or of what they build on.</returns>
    public static Library Look(IEnumerable<(string File, TextReader Text)> documents, out IReadOnlyList<DocumentException> faults)
    {
        var told = new DocumentFaults();
        var maps = documents.Select(document => told.Try(() => DocumentNode.Parse(document.File, document.Text, told))).OfType<DocumentMap>().ToLookup(KindOf);
        var datasets = Own(maps[Kind.Dataset], told, SpecificationParser.Parse, dataset => dataset.Id, "dataset", DatasetCatalogue.All);
        var programmes = Own(maps[Kind.Programme], told, ProgrammeCatalogue.Read, programme => programme.Name, "version", ProgrammeCatalogue.Shipped);
        foreach (var map in maps[Kind.Programme])
        {
            told.Try(() => ProgrammeReading.Check(map, programmes[ProgrammeReading.NameOf(map)], datasets));
        }

        var outcomePlans = Own(
            maps[Kind.OutcomePlan], told, OutcomePlanCatalogue.Read, outcomes => outcomes.Name, "version", OutcomePlanCatalogue.Shipped);
        foreach (var map in maps[Kind.OutcomePlan])
        {
            told.Try(() => OutcomePlanParser.Check(map, outcomePlans[OutcomePlanParser.NameOf(map)], programmes, datasets));
        }

        var basis = new PlanBasis(programmes, datasets, outcomePlans);
        var plans = maps[Kind.Plan].Select(map => told.Try(() => MatchingPlan.Read(map, basis))).OfType<MatchingPlan>().ToList();
        var agreements = told.Try(() => AgreementCatalogue.Load([.. maps[Kind.Agreement]], datasets)) ?? AgreementCatalogue.Load([]);
        foreach (var map in maps[Kind.Plan])
        {
            CheckAuthority(map, Parties([.. maps[Kind.Agreement]], agreements));
        }

        foreach (var more in maps[Kind.Plan].Skip(1))
        {
            more.Fault("a deployment matches by one plan, and there is another", "authority");
        }

        faults = told.All;
        var faulty = faults.Select(fault => fault.File).ToHashSet(StringComparer.Ordinal);
        return new(agreements.Without(faulty), basis, plans.FirstOrDefault());
    }

    /// <returns>
    /// The parties of all agreements, those of faulty ones too. None while one that is laid over another cannot be read, for its parties are not known.
    /// </returns>
    private static IReadOnlyList<Id<Party>> Parties(IReadOnlyList<DocumentMap> documents, AgreementCatalogue read) =>
        read.Versions.Count < documents.Count && documents.Any(map => map.Has("amends") || map.Has("extends")) ? []
        :
        [
            .. documents.SelectMany(map => map.Maps("parties")).Select(party => new Id<Party>(party.TextOrNull("id") ?? "")).Concat(read.Parties)
                .Where(party => party != default).Distinct().Order(),
        ];

    private static void CheckAuthority(DocumentMap plan, IReadOnlyList<Id<Party>> parties)
    {
        if (plan.TextOrNull("authority") is { } authority && DocumentMap.IsId(authority) && parties.Count > 0 && !parties.Contains(authority))
        {
            plan.Fault(
                $"The matching plan's authority '{authority}' is no party of these agreements: a host that serves them does not start. "
                + $"The parties are: {string.Join(", ", parties)}.",
                "authority");
        }
    }

    private enum Kind
    {
        Agreement = 1,
        Dataset,
        Programme,
        OutcomePlan,
        Plan,
    }

    private static Kind KindOf(DocumentMap map) =>
        map.Children.ContainsKey("authority") ? Kind.Plan
        : map.Children.ContainsKey("outcome_plan") ? Kind.OutcomePlan
        : map.Children.ContainsKey("routes") || map.Children.ContainsKey("criteria") ? Kind.Programme
        : map.Children.ContainsKey("dataset") || map.Children.ContainsKey("columns") ? Kind.Dataset
        : Kind.Agreement;

    private static SortedDictionary<string, T> Own<T>(
        IEnumerable<DocumentMap> maps, DocumentFaults told, Func<DocumentMap, T> read, Func<T, string> name, string key, IReadOnlyDictionary<string, T> shipped)
        where T : class
    {
        var (all, own) = (new SortedDictionary<string, T>(StringComparer.Ordinal), new HashSet<string>(StringComparer.Ordinal));
        foreach (var (id, item) in shipped)
        {
            all.Add(id, item);
        }

        foreach (var map in maps)
        {
            // A document with faults is kept. So a document that names it is not told that it is missing.
            if (told.Try(() => read(map)) is { } item)
            {
                if (!own.Add(name(item)))
                {
                    map.Fault($"'{name(item)}' is there already", key);
                }

                all[name(item)] = item;
            }
        }

        return all;
    }
}
