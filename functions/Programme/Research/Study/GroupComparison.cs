using System.Globalization;
using TfFlow.Programme.Research.Counts;

namespace TfFlow.Programme.Research.Study;

/// <summary>A family of a study: which group, and whether it made progress. Pseudonymous until it is counted.</summary>
/// <param name="Succeeded">Null: no department returned enough about it.</param>
public sealed record StudyFamily(string Group, bool? Succeeded);

/// <summary>Counts the families that made progress, of those that took part and of those that were assessed and did not.</summary>
/// <remarks>seeds/003, seeds/004: reported at group level; nobody identifiable from a report.</remarks>
public static class GroupComparison
{
    /// <summary>The groups, as the dataset <c>study-submission</c> names them.</summary>
    public static IReadOnlyList<string> Groups { get; } = ["took-part", "assessed-only"];

    public static IReadOnlyList<string> Outcomes { get; } = ["yes", "no", "not-matched"];

    /// <summary>Totals are taken as known: an authority knows how many it submitted.</summary>
    public static CountRules Rules { get; } = new() { ReaderKnows = KnownTotals.Exact };

    private static readonly string[] InWords =
    [
        "families on the programme",
        "families that were assessed and did not take part",
    ];

    /// <summary>Counts by group and outcome. Where the few who were not matched cannot be hidden, they are left out: the table then counts those who were.</summary>
    public static ProtectedTable Of(IEnumerable<StudyFamily> families)
    {
        var counts = families.CountBy(family => (family.Group, family.Succeeded switch { true => Outcomes[0], false => Outcomes[1], null => Outcomes[2] })).ToDictionary();
        var whole = Of(counts, Outcomes);
        return whole.Exposed.Count == 0 ? whole : Of(counts, [.. Outcomes.Take(2)]);
    }

    private static ProtectedTable Of(Dictionary<(string, string), int> counts, IReadOnlyList<string> outcomes) => ProtectedTable.Of(
        new CountTable(Groups, outcomes, Groups.SelectMany(group => outcomes.Select(outcome => (long)counts.GetValueOrDefault((group, outcome))))), Rules);

    /// <summary>What share of a group made progress, in tens of per cent, from published counts alone: true whatever was rounded away.</summary>
    /// <remarks>seeds/003: "Over 50% of families on the programme were successful in reducing their offending behaviour for 6 months".</remarks>
    public static string Statement(ProtectedTable table, int group, StudyMeasure measure)
    {
        var about = $"{InWords[group]} were successful in {measure.Success} for {measure.Term} after they started.";
        if (table.Exposed.Count > 0 || (table[new(group, 0)], table[new(group, 1)]) is not ({ } yes, { } no) || yes + no == 0)
        {
            return $"Too few families are known to say how many {about}";
        }

        var (fewest, most) = (Rules.Rounding.Behind(yes), Rules.Rounding.Behind(no));
        var over = Tens(Share(fewest.Low, most.High));
        return over > 0
            ? string.Create(CultureInfo.InvariantCulture, $"Over {over}% of {about}")
            : string.Create(CultureInfo.InvariantCulture, $"Fewer than {100 - Tens(1 - Share(fewest.High, most.Low))}% of {about}");
    }

    /// <summary>The highest ten per cent that the share is above.</summary>
    private static int Tens(double share) => Math.Max(0, (int)Math.Ceiling(Math.Round(share * 10, 9)) - 1) * 10;

    private static double Share(long yes, long no) => yes + no == 0 ? 0 : (double)yes / (yes + no);
}
