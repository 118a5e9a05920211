using System.Globalization;
using TfFlow.Programme.Eligibility;

namespace TfFlow.Programme.Outcomes;

/// <summary>Something that every child of the family must show over one whole academic year: the last one that has ended. Of every term of
/// it something must be known.</summary>
/// <param name="TermField">The column with the first day of the term a row is about.</param>
/// <param name="Terms">How many terms a year has.</param>
/// <param name="AgeFrom">Who is younger at the start of the year need not show it.</param>
/// <param name="AgeBelow">Who is not younger at the end of the year need not show it.</param>
/// <remarks>seeds/001 Significant and sustained progress: "for one whole academic year". That the year begins after the family entered, and
/// that each child known to be of that age must show it, is ours.</remarks>
public abstract record YearMeasure(string TermField, int Terms, int AgeFrom, int AgeBelow, string Source) : OutcomeMeasure(Source)
{
    public override IReadOnlyList<string> Fields => [.. Needs, TermField];

    /// <summary>The columns a row must have.</summary>
    protected abstract IReadOnlyList<string> Needs { get; }

    private protected override (bool Contrary, bool Shown, string Over, IReadOnlyList<OutcomeFigure> Figures) Read(
        PlannedOutcome outcome, IReadOnlyList<Fact> rows, IReadOnlyList<Fact> all, OutcomeRun run, List<string> missing)
    {
        if (run.Terms.LastYear(Terms, run.On) is not { } year)
        {
            missing.Add($"The matching plan's terms have no whole academic year of {Terms} terms that ended in the year before {run.On.InWords()}.");
            return (false, false, "", []);
        }

        var over = $"the academic year {Period(year[0].Start, year[^1].End)}";
        if (year[0].Start < run.EnteredOn)
        {
            missing.Add($"The academic year that ended last began on {year[0].Start.InWords()}, before the family entered on {run.EnteredOn.InWords()}.");
        }

        if (rows.Any(row => row.Person is null))
        {
            missing.Add($"A row of {outcome.Dataset} cannot be given to anybody of the family.");
        }

        var (contrary, figures) = (false, new List<OutcomeFigure>());
        var people = People(rows, all, year).ToList();
        foreach (var person in people)
        {
            var terms = year.Select(term =>
                (Term: term, Rows: Latest(rows.Where(row => row.Person == person && TermOf(row, run) == term)))).ToList();
            var gaps = terms.Where(term => !IsWhole(term.Rows)).ToList();
            missing.AddRange(gaps.Select(gap => $"Of {person} the term from {gap.Term.Start.InWords()} is not known, or not wholly."));
            var known = terms.Except(gaps).Select(term => term.Rows).ToList();
            if (known.Count == 0)
            {
                continue;
            }

            var (met, words) = Show(known);
            contrary |= gaps.Count == 0 && !met;
            figures.Add(new(person, words, SourcesOf(known.SelectMany(term => term))));
        }

        if (people.Count == 0)
        {
            missing.Add($"No row of {outcome.Dataset} is about a child of the family who was of that age over the year.");
        }

        return (contrary, people.Count > 0, over, figures);
    }

    /// <summary>Whether what is known of a term is all of it.</summary>
    protected virtual bool IsWhole(IReadOnlyList<Fact> term) =>
        term.Count > 0 && term.All(row => Needs.All(field => row.Field(field) is not null));

    /// <param name="terms">The rows about each term of one child.</param>
    /// <returns>Whether they show it, and the figure in words.</returns>
    protected abstract (bool Met, string Words) Show(IReadOnlyList<IReadOnlyList<Fact>> terms);

    /// <summary>Whoever the dataset names at any time, and whoever is known to be of that age.</summary>
    private IEnumerable<string> People(IReadOnlyList<Fact> rows, IReadOnlyList<Fact> all, IReadOnlyList<Term> year)
    {
        var born = all.Where(fact => fact is { Person: not null, Born: not null }).GroupBy(fact => fact.Person!)
            .ToDictionary(person => person.Key, person => person.First().Born!.Value);
        bool IsOfAge(string person) => born.TryGetValue(person, out var day) && Age.On(day, year[0].Start) >= AgeFrom
            && Age.On(day, year[^1].End) < AgeBelow;
        return rows.Select(row => row.Person).OfType<string>().Where(person => !born.ContainsKey(person) || IsOfAge(person))
            .Concat(born.Keys.Where(IsOfAge)).Distinct().Order(StringComparer.Ordinal);
    }

    /// <summary>Two schools may each have had the child for a part of the term. What one of them says later stands in place of what it said
    /// before.</summary>
    private static IReadOnlyList<Fact> Latest(IEnumerable<Fact> rows) =>
    [
        .. rows.GroupBy(row => row.Source.Originator).SelectMany(agency =>
        {
            var last = agency.Index().MaxBy(row => (row.Item.Source.AsAt, row.Index)).Item.Source.Extract;
            return agency.Where(row => row.Source.Extract == last);
        }),
    ];

    private Term? TermOf(Fact row, OutcomeRun run) => Condition.Date(row.Field(TermField)) is { } start ? run.Terms.StartingAt(start)
        : null;
}

/// <summary>What is left of a number without others is at least so many per cent of it, over the year together: sessions attended of those
/// that could be.</summary>
/// <param name="Of">The whole.</param>
/// <param name="Without">What is taken from it.</param>
/// <param name="LeastOf">Less of the whole is not a whole term.</param>
/// <remarks>In whole numbers: of 390 sessions 331.5 are 85 %, so 332 are enough and 331 are not.</remarks>
public sealed record ShareOfYear(
    string Of, IReadOnlyList<string> Without, int AtLeastPercent, int LeastOf, string TermField, int Terms, int AgeFrom, int AgeBelow,
        string Source)
    : YearMeasure(TermField, Terms, AgeFrom, AgeBelow, Source)
{
    protected override IReadOnlyList<string> Needs => [Of, .. Without];

    protected override bool IsWhole(IReadOnlyList<Fact> term) =>
        base.IsWhole(term) && term.All(row => Needs.All(field => Condition.Number(row.Field(field)) is not null))
            && term.Sum(row => Number(row, Of)) >= Math.Max(1, LeastOf);

    protected override (bool Met, string Words) Show(IReadOnlyList<IReadOnlyList<Fact>> terms)
    {
        var rows = terms.SelectMany(term => term).ToList();
        var whole = rows.Sum(row => Number(row, Of));
        var left = whole - rows.Sum(row => Without.Sum(field => Number(row, field)));

        // Rounded down: what is not enough does not read as if it were.
        var tenths = Math.Max(0, left) * 1000 / whole;
        return (
            left * 100 >= whole * AtLeastPercent,
            string.Create(CultureInfo.InvariantCulture,
                $"{tenths / 10}.{tenths % 10} % ({left:N0} of {whole:N0}; {AtLeastPercent} % is asked)"));
    }

    private static long Number(Fact row, string field) => Condition.Number(row.Field(field)) ?? 0;
}

/// <summary>A percentage is at least so high in every term. Percentages of several terms are not added up: nothing says of how much each
/// is.</summary>
public sealed record PercentOfTerms(string Field, int AtLeastPercent, string TermField, int Terms, int AgeFrom, int AgeBelow, string Source)
    : YearMeasure(TermField, Terms, AgeFrom, AgeBelow, Source)
{
    protected override IReadOnlyList<string> Needs => [Field];

    protected override bool IsWhole(IReadOnlyList<Fact> term) => base.IsWhole(term) && term.All(row => Number(row) is not null);

    protected override (bool Met, string Words) Show(IReadOnlyList<IReadOnlyList<Fact>> terms)
    {
        var lowest = terms.SelectMany(term => term).Min(row => Number(row)!.Value);
        return (lowest >= AtLeastPercent,
            string.Create(CultureInfo.InvariantCulture, $"{lowest:0.##} % in the lowest term ({AtLeastPercent} % is asked)"));
    }

    private decimal? Number(Fact row) =>
        decimal.TryParse(row.Field(Field), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? number : null;
}

/// <summary>A code is one of these in every term.</summary>
public sealed record CodeOfTerms(string Field, IReadOnlyList<string> Codes, string TermField, int Terms, int AgeFrom, int AgeBelow,
    string Source)
    : YearMeasure(TermField, Terms, AgeFrom, AgeBelow, Source)
{
    protected override IReadOnlyList<string> Needs => [Field];

    protected override (bool Met, string Words) Show(IReadOnlyList<IReadOnlyList<Fact>> terms)
    {
        var codes = terms.SelectMany(term => term).Select(row => row.Field(Field)!).ToList();
        return (codes.All(Codes.Contains), $"{string.Join(", ", codes)} ({string.Join(" or ", Codes)} is asked)");
    }
}
