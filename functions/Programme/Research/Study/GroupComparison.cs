using TfFlow.Programme.Research.Counts;

namespace TfFlow.Programme.Research.Study;

/// <summary>A person of a study: which group, and what is known of an outcome. Pseudonymous until it is counted.</summary>
/// <param name="Outcome">Null: no department returned anything about the person.</param>
public sealed record StudyPerson(string Group, bool? Outcome);

/// <summary>Compares the families that took part with those that were assessed and did not: counts of groups, never of a person.</summary>
/// <remarks>seeds/003, seeds/004: reported at group level; nobody identifiable from a report.</remarks>
public static class GroupComparison
{
    /// <summary>The groups, as the dataset <c>study-submission</c> names them.</summary>
    public static IReadOnlyList<string> Groups { get; } = ["took-part", "assessed-only"];

    public static IReadOnlyList<string> Outcomes { get; } = ["yes", "no", "not-matched"];

    /// <summary>Totals are taken as known: an authority knows how many it submitted.</summary>
    public static CountRules Rules { get; } = new() { ReaderKnows = KnownTotals.Exact };

    /// <summary>Counts by group and outcome. Where the few who were not matched cannot be hidden, they are left out: the table then counts those who were.</summary>
    public static ProtectedTable Of(IEnumerable<StudyPerson> people)
    {
        var counts = people.CountBy(person => (person.Group, person.Outcome switch { true => Outcomes[0], false => Outcomes[1], null => Outcomes[2] })).ToDictionary();
        var whole = Of(counts, Outcomes);
        return whole.Exposed.Count == 0 ? whole : Of(counts, [.. Outcomes.Take(2)]);
    }

    private static ProtectedTable Of(Dictionary<(string, string), int> counts, IReadOnlyList<string> outcomes) => ProtectedTable.Of(
        new CountTable(Groups, outcomes, Groups.SelectMany(group => outcomes.Select(outcome => (long)counts.GetValueOrDefault((group, outcome))))), Rules);

    /// <summary>The share of a group with the outcome among those matched, from published counts alone.</summary>
    /// <returns>Null where one of the counts is suppressed.</returns>
    public static double? Share(ProtectedTable table, int group) =>
        (table[new(group, 0)], table[new(group, 1)]) is ({ } yes, { } no) && yes + no > 0 ? Math.Round((double)yes / (yes + no), 3) : null;
}
