using System.Globalization;
using System.Text;
using TfFlow.Programme.Cases;
using TfFlow.Programme.Research.Counts;
using TfFlow.Programme.Research.Microdata;

namespace TfFlow.Programme.Research.Release;

/// <summary>What is known of a family's progress. Personal data until it is prepared.</summary>
/// <param name="Family">Its reference.</param>
/// <param name="Members">How many its records name.</param>
/// <param name="YoungestBorn">The latest date of birth in its records; null when none is known.</param>
/// <param name="FoundOn">When it was found eligible.</param>
/// <param name="Problems">How many problems were shown.</param>
public sealed record FamilyProgress(string Family, int Members, DateOnly? YoungestBorn, DateOnly FoundOn, int Problems, FamilyCaseState Outcome);

/// <summary>The release for the national evaluation: families' progress, a record a family, nobody recognisable.</summary>
/// <remarks>seeds/001 National Evaluation, Family Progress Data. The columns are ours: the seed does not list them.</remarks>
public static class EvaluationRelease
{
    public const string Name = "national-evaluation";
    public const string Version = "1";

    private const int LargestHousehold = 6;
    private const int AgeYears = 5;
    private const int OldestBand = 120;

    /// <param name="on">The day ages are taken on.</param>
    /// <param name="k">The smallest class; at least 10 in any deployment.</param>
    public static ReleaseSpecification Specification(DateOnly on, int k = 10) => new()
    {
        Name = Name,
        Version = Version,
        Columns =
        [
            new("family", ColumnUse.Reference, null),
            new("household_size", ColumnUse.Quasi, new ReleaseForm.HouseholdSize(LargestHousehold)),
            new("youngest", ColumnUse.Quasi, new ReleaseForm.AgeBand(AgeYears, on)),
            new("found", ColumnUse.Quasi, new ReleaseForm.Quarter()),
            new("problems", ColumnUse.Plain, new ReleaseForm.Coded(Enumerable.Range(0, 7).Select(Text).ToHashSet())),
            new("outcome", ColumnUse.Plain, new ReleaseForm.Coded(Enum.GetNames<FamilyCaseState>().ToHashSet())),
        ],
        Limits = new() { K = k, Suppression = 0.1 },
    };

    public static MicroTable Table(IReadOnlyList<FamilyProgress> families) => MicroTable.Of(
        MicroColumn.Of("family", families.Select(family => family.Family)),
        MicroColumn.Of("household_size", families.Select(family => Text(family.Members))),
        MicroColumn.Of("youngest", families.Select(family => family.YoungestBorn is { } born ? Day(born) : "")),
        MicroColumn.Of("found", families.Select(family => Day(family.FoundOn))),
        MicroColumn.Of("problems", families.Select(family => Text(Math.Min(family.Problems, 6)))),
        MicroColumn.Of("outcome", families.Select(family => family.Outcome.ToString())));

    /// <summary>How many families stand where, by household size: small counts suppressed, the others rounded.</summary>
    /// <remarks>Where so few stand somewhere that no suppression hides them, what families did is told in fewer words.</remarks>
    public static ProtectedTable Counts(IReadOnlyList<FamilyProgress> families)
    {
        var tables = Tellings.Select(telling => Counts(families, telling));
        return tables.FirstOrDefault(table => table.Exposed.Count == 0) ?? tables.Last();
    }

    private static Func<FamilyCaseState, string>[] Tellings { get; } =
    [
        state => state.ToString(),
        state => state is FamilyCaseState.DidNotTakePart ? "DidNotTakePart" : state < FamilyCaseState.Supported ? "NotYet" : "TookPart",
        _ => "HasACase",
    ];

    private static ProtectedTable Counts(IReadOnlyList<FamilyProgress> families, Func<FamilyCaseState, string> telling)
    {
        string[] outcomes = [.. families.Select(family => telling(family.Outcome)).Distinct().Order(StringComparer.Ordinal)];
        string[] sizes = ["1-3", "4+"];
        var counts = families.CountBy(family => (telling(family.Outcome), family.Members <= 3 ? sizes[0] : sizes[1])).ToDictionary();
        return ProtectedTable.Of(
            new CountTable(outcomes, sizes, outcomes.SelectMany(outcome => sizes.Select(size => (long)counts.GetValueOrDefault((outcome, size))))), Rules);
    }

    /// <summary>The rules of its counts.</summary>
    public static CountRules Rules { get; } = new() { ReaderKnows = KnownTotals.Rounded };

    /// <summary>How each quasi-identifier may be made coarser.</summary>
    public static IReadOnlyDictionary<string, Hierarchy> Hierarchies(IReadOnlyList<FamilyProgress> families) => new Dictionary<string, Hierarchy>
    {
        ["household_size"] = Read("household_size", Enumerable.Range(0, LargestHousehold).Select(size => $"{size};{(size <= 3 ? "1-3" : "4+")};*").Append($"{LargestHousehold}+;4+;*")),
        ["youngest"] = Read("youngest", Enumerable.Range(0, OldestBand / AgeYears).Select(band => Band(band * AgeYears))),
        ["found"] = Read("found", families.Select(family => family.FoundOn.Year).Append(2013).Distinct().SelectMany(year => Enumerable.Range(1, 4).Select(quarter => $"{year:D4}-Q{quarter};{year:D4};*"))),
    };

    private static string Band(int from) => $"{from}-{from + AgeYears - 1};{(from < 5 ? "under 5" : from < 15 ? "5-14" : "15 and over")};*";

    private static Hierarchy Read(string name, IEnumerable<string> lines)
    {
        using var text = new MemoryStream(Encoding.UTF8.GetBytes(string.Join('\n', lines)));
        return Hierarchy.Read(text, name, ';');
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
