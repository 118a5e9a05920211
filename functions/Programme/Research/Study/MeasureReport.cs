using System.Globalization;
using TfFlow.Programme.Research.Counts;

namespace TfFlow.Programme.Research.Study;

/// <summary>A person of a study as the returns tell of them.</summary>
/// <param name="Rows">The period and the cell of each row returned.</param>
public sealed record StudyPerson(string Group, int Family, DateOnly Started, IReadOnlyList<(string Period, string Cell)> Rows);

/// <summary>What a study says of one measure.</summary>
/// <param name="Measure">Its name.</param>
/// <param name="Title">What one figure of it is.</param>
/// <param name="Families">Families by group and progress; suppressed counts blank, the others rounded. Empty where no suppression hides the few.</param>
/// <param name="Counts">The counts of <paramref name="Families"/>, for the review.</param>
/// <param name="Effect">Null: too few to be said.</param>
/// <param name="Statements">A sentence for each group.</param>
public sealed record MeasureReport(
    string Measure, string Title, string Families, IReadOnlyList<long?> Counts, StudyEffect? Effect, IReadOnlyList<string> Statements)
{
    public static MeasureReport Of(StudyMeasure measure, IReadOnlyCollection<StudyPerson> people)
    {
        var read = people.Select(person => (person.Group, person.Family, Values: measure.Read(person.Started, person.Rows))).ToList();
        var measured = read.Where(person => person.Values is { Before: not null, After: not null })
            .Select(person => new MeasuredPerson(person.Group, person.Family, person.Values.Before!.Value, person.Values.After!.Value)).ToList();
        var known = measured.ToLookup(person => person.Family);
        var table = GroupComparison.Of(read.GroupBy(person => person.Family)
            .Select(family => (family.First().Group, Measured: known[family.Key].ToList()))
            .Select(family => (family.Group, family.Measured, Succeeded: Succeeded(measure, family.Measured)))
            .Where(family => family.Measured.Count == 0 || family.Succeeded is not null)
            .Select(family => new StudyFamily(family.Group, family.Succeeded)));
        return new(
            measure.Name,
            measure.Title,
            table.Exposed.Count > 0 ? "" : CountLines.Write(table),
            table.Exposed.Count > 0 ? [] : [.. table.Source.Cells.Select(cell => table[cell])],
            StudyEffect.Of(measured),
            [.. GroupComparison.Groups.Select((_, group) => GroupComparison.Statement(table, group, measure))]);
    }

    /// <summary>In words, for whoever reads the report.</summary>
    public IEnumerable<string> Sentences =>
    [
        .. Statements,
        .. Effect is not { } effect ? [$"{Title}: too few families to be said."] : (string[])
        [
            $"{Title}: {InWords(effect.TookPart)} took part; {InWords(effect.AssessedOnly)} were assessed and did not.",
            $"After the start the difference is {InWords(effect.Difference)}.",
            $"Beside what changed without the programme it is {InWords(effect.InDifferences)}: "
                + (effect.InDifferences.IsClear ? "an effect is shown." : "no effect is shown."),
        ],
    ];

    private static bool? Succeeded(StudyMeasure measure, List<MeasuredPerson> family) =>
        family.Count == 0 ? null : measure.Succeeded(family.Average(person => person.Before), family.Average(person => person.After));

    private static string InWords(GroupFigures group) => string.Create(
        CultureInfo.InvariantCulture, $"{group.Before:0.00} before and {group.After:0.00} after where about {group.People} people of {group.Families} families");

    private static string InWords(Estimate estimate) =>
        string.Create(CultureInfo.InvariantCulture, $"{estimate.Value:0.00} (95% interval {estimate.Low:0.00} to {estimate.High:0.00})");
}
