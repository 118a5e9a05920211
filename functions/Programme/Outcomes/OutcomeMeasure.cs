using TfFlow.Programme.Agreements;
using TfFlow.Programme.Eligibility;

namespace TfFlow.Programme.Outcomes;

/// <summary>How far an outcome is shown. A better figure never makes it less; a figure that is missing never makes it <see
/// cref="Yes"/>.</summary>
public enum OutcomeStanding
{
    /// <summary>What was received shows the contrary.</summary>
    No,

    /// <summary>Something is missing, so that it is not shown.</summary>
    NotShown,

    Yes,
}

/// <summary>What is the same for every outcome of one family on one day.</summary>
public sealed record OutcomeRun
{
    /// <summary>The day on which it is measured.</summary>
    public required DateOnly On { get; init; }

    /// <summary>The day the family entered: what counts begins on it, or after it.</summary>
    public required DateOnly EnteredOn { get; init; }

    public required TermCalendar Terms { get; init; }

    /// <summary>Every extract that would have said something of the family if there had been anything, whether or not it did.</summary>
    public required IReadOnlyList<FactSource> Received { get; init; }

    /// <summary>Who may send a dataset for outcomes under the agreements, by the dataset's id.</summary>
    public required ILookup<string, Id<Party>> Senders { get; init; }

    /// <summary>Datasets of which something may not be opened now, or not about somebody.</summary>
    public IReadOnlyCollection<string> Withheld { get; init; } = [];

    /// <summary>As conditions of a programme ask it.</summary>
    internal EligibilityRun Evidence => new() { On = On, Terms = Terms, Received = Received };
}

/// <summary>A figure and where it comes from. Personal data.</summary>
/// <param name="Person">The reference of the member it is about; empty: the family.</param>
/// <param name="Words">The figure in a sentence, without a name.</param>
public sealed record OutcomeFigure(string Person, string Words, IReadOnlyList<FactSource> Sources);

/// <summary>What an outcome came to for a family, and why. Personal data.</summary>
/// <param name="Over">The time it was measured over, in words; empty: none could be found.</param>
/// <param name="Missing">What left it open, a sentence each; empty when nothing did.</param>
public sealed record OutcomeFinding(
    PlannedOutcome Outcome, OutcomeStanding Standing, string Over, IReadOnlyList<OutcomeFigure> Figures, IReadOnlyList<string> Missing);

/// <summary>How rows show an outcome, and for how long it must be sustained.</summary>
public abstract record OutcomeMeasure(string Source)
{
    /// <summary>The columns it reads.</summary>
    public abstract IReadOnlyList<string> Fields { get; }

    /// <summary>Measures an outcome of one family.</summary>
    /// <param name="facts">Rows of any dataset, in the order in which they were received: of two about the same the later stands.</param>
    public OutcomeFinding Measure(PlannedOutcome outcome, IReadOnlyList<Fact> facts, OutcomeRun run)
    {
        var (rows, missing) = (new List<Fact>(), new List<string>());
        foreach (var fact in facts.Where(fact => fact.Source.Dataset == outcome.Dataset))
        {
            var met = outcome.Where.Select(condition => condition.Check(fact, run.Evidence).Met).DefaultIfEmpty(Met.Yes).Min();
            if (met is Met.Possible)
            {
                missing.Add($"A row of {outcome.Dataset}, as at {fact.Source.AsAt.InWords()}, leaves blank what it is read by.");
            }
            else if (met is Met.Yes)
            {
                rows.Add(fact);
            }
        }

        if (run.Withheld.Contains(outcome.Dataset))
        {
            missing.Add($"Something of {outcome.Dataset} may not be opened now.");
        }

        var (contrary, shown, over, figures) = Read(outcome, rows, facts, run, missing);
        var standing = contrary ? OutcomeStanding.No : missing.Count > 0 || !shown ? OutcomeStanding.NotShown : OutcomeStanding.Yes;
        return new(outcome, standing, over, figures, [.. missing.Distinct()]);
    }

    /// <param name="rows">Those of its dataset that it reads.</param>
    /// <param name="all">Every row of the family: of whom something is known.</param>
    /// <param name="missing">Gets what leaves it open.</param>
    /// <returns>Whether the rows show the contrary, whether they show it, over what time, and the figures.</returns>
    private protected abstract (bool Contrary, bool Shown, string Over, IReadOnlyList<OutcomeFigure> Figures) Read(
        PlannedOutcome outcome, IReadOnlyList<Fact> rows, IReadOnlyList<Fact> all, OutcomeRun run, List<string> missing);

    private protected static IReadOnlyList<FactSource> SourcesOf(IEnumerable<Fact> rows) => [.. rows.Select(row => row.Source).Distinct()];

    private protected static string Period(DateOnly from, DateOnly to) => $"{from.InWords()} to {to.InWords()}";
}
