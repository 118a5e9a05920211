using System.Globalization;
using TfFlow.Programme.Eligibility;

namespace TfFlow.Programme.Outcomes;

/// <summary>Something that one person of the family had for so many weeks without a day between: work. What they had before the family
/// entered is not counted.</summary>
/// <param name="Weeks">How long it must be sustained.</param>
/// <param name="When">From when to when a row says that they had it.</param>
/// <remarks>seeds/001 Measuring Success, continuous employment. That a day between breaks it is ours.</remarks>
public sealed record HeldMeasure(int Weeks, Spell When, string Source) : OutcomeMeasure(Source)
{
    private const int DaysOfWeek = 7;

    public override IReadOnlyList<string> Fields => When.Fields;

    private protected override (bool Contrary, bool Shown, string Over, IReadOnlyList<OutcomeFigure> Figures) Read(
        PlannedOutcome outcome, IReadOnlyList<Fact> rows, IReadOnlyList<Fact> all, OutcomeRun run, List<string> missing)
    {
        if (rows.Count == 0)
        {
            missing.Add($"No row of {outcome.Dataset} says so.");
        }

        var people = rows.Where(row => row.Person is not null).GroupBy(row => row.Person!)
            .OrderBy(person => person.Key, StringComparer.Ordinal)
            .Select(person => (Person: person.Key, Longest: Longest(person, run), Rows: person.ToList())).ToList();
        IReadOnlyList<OutcomeFigure> figures =
        [
            .. people.Where(person => person.Longest.Days > 0).Select(person => new OutcomeFigure(
                person.Person,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{person.Longest.Days / DaysOfWeek} weeks, {Period(person.Longest.From, person.Longest.From.AddDays(person.Longest.Days - 1))} ({Weeks} are asked)"),
                SourcesOf(person.Rows))),
        ];
        var held = people.Any(person => person.Longest.Days >= Weeks * DaysOfWeek);
        if (!held && rows.Any(row => row.Person is null || When.Days(row) is null))
        {
            missing.Add($"A row of {outcome.Dataset} cannot be given to anybody of the family, or does not say from when.");
        }

        return (!held && rows.Count > 0 && missing.Count == 0, held, $"the time from {run.EnteredOn.InWords()} to {run.On.InWords()}",
            figures);
    }

    private (DateOnly From, int Days) Longest(IEnumerable<Fact> rows, OutcomeRun run)
    {
        var (longest, current) = ((From: run.EnteredOn, Days: 0), (From: DateOnly.MinValue, To: DateOnly.MinValue));
        var spells = rows.Select(When.Days).OfType<(DateOnly From, DateOnly To)>()
            .Select(spell => (From: Max(spell.From, run.EnteredOn), To: Min(spell.To, run.On))).Where(spell => spell.From <= spell.To)
                .Order();
        foreach (var (from, to) in spells)
        {
            current = current.To != DateOnly.MinValue && from <= current.To.AddDays(1) ? (current.From, Max(current.To, to)) : (from, to);
            var days = current.To.DayNumber - current.From.DayNumber + 1;
            longest = days > longest.Days ? (current.From, days) : longest;
        }

        return longest;
    }

    private static DateOnly Max(DateOnly one, DateOnly other) => one > other ? one : other;

    private static DateOnly Min(DateOnly one, DateOnly other) => one < other ? one : other;
}
