using System.Globalization;
using TfFlow.Programme.Agreements;
using TfFlow.Programme.Eligibility;

namespace TfFlow.Programme.Outcomes;

/// <summary>Nothing of a kind for so many whole months: the last that are over, and none since. A list shows it by what it does not name,
/// so every day must be one that some extract tells of.</summary>
/// <param name="Months">How long it must be sustained.</param>
/// <param name="When">When what a row is about was.</param>
/// <param name="CoversMonths">How far back from its day an extract tells of everything.</param>
/// <param name="AbsenceCounts">An extract without a row of the family says that there was nothing; otherwise only a row says so.</param>
/// <remarks>That whole calendar months are counted, and the running one not, is ours: what is sent monthly tells of them.</remarks>
public sealed record NoneMeasure(int Months, RowTime When, int CoversMonths, bool AbsenceCounts, string Source) : OutcomeMeasure(Source)
{
    public override IReadOnlyList<string> Fields => When.Fields;

    private protected override (bool Contrary, bool Shown, string Over, IReadOnlyList<OutcomeFigure> Figures) Read(
        PlannedOutcome outcome, IReadOnlyList<Fact> rows, IReadOnlyList<Fact> all, OutcomeRun run, List<string> missing)
    {
        var running = new DateOnly(run.On.Year, run.On.Month, 1);
        var (from, to) = (running.AddMonths(-Months), running.AddDays(-1));
        if (from < run.EnteredOn)
        {
            missing.Add($"{Period(from, to)} began before the family entered on {run.EnteredOn.InWords()}.");
        }

        var senders = outcome.From.Count > 0 ? outcome.From : [.. run.Senders[outcome.Dataset].Distinct()];
        if (senders.Count == 0)
        {
            missing.Add($"No agreement lets {outcome.Dataset} be sent for outcomes.");
        }

        var told = run.Received.Where(source => source.Dataset == outcome.Dataset)
            .Where(source => AbsenceCounts || rows.Any(row => row.Source.Extract == source.Extract)).ToList();
        foreach (var sender in senders)
        {
            var gap = Gap(told.Where(source => source.Originator == sender), from, to);
            if (gap is { } first)
            {
                missing.Add($"No extract of {outcome.Dataset} from {sender} tells of {first.InWords()}.");
            }
        }

        var counts = rows.Select(row => (Row: row, Count: When.Count(row, from, run.On))).ToList();
        missing.AddRange(counts.Where(row => row.Count is null)
            .Select(row => $"A row of {outcome.Dataset}, as at {row.Row.Source.AsAt.InWords()}, leaves blank when it was."));
        var seen = counts.Where(row => row.Count > 0).ToList();
        IReadOnlyList<OutcomeFigure> figures =
        [
            .. seen.GroupBy(row => row.Row.Person ?? "").OrderBy(person => person.Key, StringComparer.Ordinal)
                .Select(person => new OutcomeFigure(
                person.Key,
                string.Create(CultureInfo.InvariantCulture,
                    $"{person.GroupBy(row => row.Row.Source.Extract).Max(extract => extract.Sum(row => row.Count!.Value)):N0} (none is asked)"),
                SourcesOf(person.Select(row => row.Row)))),
        ];
        return (seen.Count > 0, true, Period(from, to), figures.Count > 0 ? figures
            : [new("", "none", [.. told.Where(source => source.AsAt.AddMonths(CoversMonths) >= from).Distinct()])]);
    }

    /// <summary>The first day that no extract tells of; null: there is none.</summary>
    private DateOnly? Gap(IEnumerable<FactSource> extracts, DateOnly from, DateOnly to)
    {
        var next = from;
        foreach (var asAt in extracts.Select(extract => extract.AsAt).Order())
        {
            if (asAt.AddMonths(-CoversMonths) <= next && asAt >= next)
            {
                next = asAt.AddDays(1);
            }
        }

        return next <= to ? next : null;
    }
}

/// <summary>When what a row is about was.</summary>
public abstract record RowTime
{
    public abstract IReadOnlyList<string> Fields { get; }

    /// <returns>How often it was from one day to another; null where the row leaves it blank.</returns>
    internal abstract int? Count(Fact row, DateOnly from, DateOnly to);
}

/// <summary>On a day. The field <c>as_at</c> is the day the extract describes.</summary>
public sealed record OnDay(string Field) : RowTime
{
    public override IReadOnlyList<string> Fields => [Field];

    internal override int? Count(Fact row, DateOnly from, DateOnly to) =>
        (Field == DateCondition.AsAt ? row.Source.AsAt : Condition.Date(row.Field(Field))) is { } day ? (day >= from && day <= to ? 1 : 0)
            : null;
}

/// <summary>From a day to another; while the second is blank, it goes on on the day the extract describes.</summary>
public sealed record Spell(string From, string To) : RowTime
{
    public override IReadOnlyList<string> Fields => [From, To];

    internal override int? Count(Fact row, DateOnly from, DateOnly to) =>
        Days(row) is { } days ? (days.From <= to && days.To >= from ? 1 : 0) : null;

    /// <returns>Null where the row does not say from when, or until when.</returns>
    internal (DateOnly From, DateOnly To)? Days(Fact row) =>
        Condition.Date(row.Field(From)) is { } first
            && (row.Field(To) is null ? row.Source.AsAt : Condition.Date(row.Field(To))) is { } last ? (first, last) : null;
}

/// <summary>A number for each of twelve months; the twelfth is that of the day the extract describes.</summary>
/// <param name="Columns">The name of the repeated column, with <c>&lt;n&gt;</c> for the month.</param>
public sealed record ByMonth(string Columns) : RowTime
{
    /// <summary>Months that a row tells of.</summary>
    public const int Months = 12;

    public override IReadOnlyList<string> Fields => [.. Enumerable.Range(1, Months).Select(Column)];

    internal override int? Count(Fact row, DateOnly from, DateOnly to)
    {
        var (count, last) = (0L, new DateOnly(row.Source.AsAt.Year, row.Source.AsAt.Month, 1));
        foreach (var month in Enumerable.Range(1, Months))
        {
            var first = last.AddMonths(month - Months);
            if (first.AddMonths(1) <= from || first > to)
            {
                continue;
            }

            if (Condition.Number(row.Field(Column(month))) is not { } number)
            {
                return null;
            }

            count += number;
        }

        return (int)Math.Min(count, int.MaxValue);
    }

    private string Column(int month) => Columns.Replace("<n>", month.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);
}
