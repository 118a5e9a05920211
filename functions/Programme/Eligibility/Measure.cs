namespace TfFlow.Programme.Eligibility;

/// <summary>What several rows about one person must show together.</summary>
/// <remarks>
/// The same event may reach us in several extracts. So that it is not counted twice, and so that a further row never takes anything away,
/// a measure takes of the rows about one term, or of equal events, the one that shows most. Where sources differ the family is looked at; ours.
/// </remarks>
public abstract record Measure(string Source)
{
    /// <summary>The columns it reads.</summary>
    public abstract IReadOnlyList<string> Fields { get; }

    /// <param name="rows">Rows about one person, or that may be about one person.</param>
    /// <returns>The rows that show it; null when they do not.</returns>
    public abstract IReadOnlyList<Fact>? Show(IReadOnlyList<Fact> rows, EligibilityRun run);

    /// <summary>What in these rows, or not in them, leaves it open.</summary>
    public abstract IEnumerable<Missing> Gaps(IReadOnlyList<Fact> rows, EligibilityRun run);
}

/// <summary>At least so many events that differ in some of these fields.</summary>
public sealed record CountMeasure(IReadOnlyList<string> Distinct, int AtLeast, string Source) : Measure(Source)
{
    public override IReadOnlyList<string> Fields => Distinct;

    public override IReadOnlyList<Fact>? Show(IReadOnlyList<Fact> rows, EligibilityRun run)
    {
        var events = rows.Where(row => Distinct.All(field => row.Field(field) is not null))
            .DistinctBy(row => string.Join('\n', Distinct.Select(row.Field))).ToArray();
        return events.Length >= AtLeast ? events : null;
    }

    public override IEnumerable<Missing> Gaps(IReadOnlyList<Fact> rows, EligibilityRun run) =>
        Distinct.Where(field => rows.Any(row => row.Field(field) is null)).Select(field => new Missing(MissingKind.Blank, field));
}

/// <summary>A measure over the last consecutive terms.</summary>
/// <param name="TermField">The field with the first day of the term a row is about.</param>
public abstract record TermMeasure(string TermField, int Terms, string Source) : Measure(Source)
{
    public override IReadOnlyList<string> Fields => [.. Needs, TermField];

    /// <summary>The fields a row must have.</summary>
    protected abstract IReadOnlyList<string> Needs { get; }

    public override IReadOnlyList<Fact>? Show(IReadOnlyList<Fact> rows, EligibilityRun run) =>
        run.Terms.Last(Terms, run.On).Select(window => Show(Best(rows, window, run))).FirstOrDefault(shown => shown is not null);

    public override IEnumerable<Missing> Gaps(IReadOnlyList<Fact> rows, EligibilityRun run)
    {
        var windows = run.Terms.Last(Terms, run.On).ToArray();
        return windows.Length == 0
            ? [new(MissingKind.Calendar, $"{Terms} terms")]
            : [
                .. Needs.Append(TermField).Where(field => rows.Any(row => row.Field(field) is null)).Select(field => new Missing(MissingKind.Blank, field)),
                .. windows.Select(window => window.Except(rows.Select(row => TermOf(row, run)).OfType<Term>()).ToArray()).MinBy(gaps => gaps.Length)!
                    .Select(term => new Missing(MissingKind.Terms, $"the term from {term.Start:yyyy-MM-dd}")),
            ];
    }

    /// <returns>The term a row is about; null where it is none of the last ones.</returns>
    public Term? Counted(Fact row, EligibilityRun run) =>
        TermOf(row, run) is { } term && run.Terms.Last(Terms, run.On).Any(window => window.Contains(term)) ? term : null;

    protected abstract IReadOnlyList<Fact>? Show(IReadOnlyList<Fact> best);

    /// <summary>How much a row shows: of several about one term the greatest is taken.</summary>
    protected abstract long Weight(Fact row);

    private List<Fact> Best(IReadOnlyList<Fact> rows, IReadOnlyList<Term> window, EligibilityRun run) =>
        [.. rows.Where(row => Needs.All(field => Condition.Number(row.Field(field)) is not null))
            .Select(row => (Row: row, Term: TermOf(row, run)))
            .Where(row => row.Term is not null && window.Contains(row.Term))
            .GroupBy(row => row.Term, row => row.Row)
            .Select(term => term.MaxBy(Weight)!)];

    private Term? TermOf(Fact row, EligibilityRun run) => Condition.Date(row.Field(TermField)) is { } start ? run.Terms.StartingAt(start) : null;
}

/// <summary>A number adds up to at least this over the terms.</summary>
public sealed record TermSum(string Field, string TermField, int Terms, long AtLeast, string Source) : TermMeasure(TermField, Terms, Source)
{
    protected override IReadOnlyList<string> Needs => [Field];

    protected override IReadOnlyList<Fact>? Show(IReadOnlyList<Fact> best) => best.Sum(Weight) >= AtLeast ? [.. best.Where(row => Weight(row) > 0)] : null;

    protected override long Weight(Fact row) => Condition.Number(row.Field(Field))!.Value;
}

/// <summary>One number is at least so many per cent of another over the terms, of every one of which something must be known.</summary>
/// <remarks>In whole numbers: 15 % of 390 sessions is 58.5, so 59 are enough and 58 are not.</remarks>
public sealed record TermShare(string Field, string Of, string TermField, int Terms, int AtLeastPercent, string Source) : TermMeasure(TermField, Terms, Source)
{
    protected override IReadOnlyList<string> Needs => [Field, Of];

    protected override IReadOnlyList<Fact>? Show(IReadOnlyList<Fact> best) =>
        best.Count == Terms && best.Sum(row => Condition.Number(row.Field(Of))!.Value) > 0 && best.Sum(Weight) >= 0 ? best : null;

    protected override long Weight(Fact row) => (100 * Condition.Number(row.Field(Field))!.Value) - (AtLeastPercent * Condition.Number(row.Field(Of))!.Value);
}
