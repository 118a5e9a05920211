using TfFlow.Programme.Agreements;
using TfFlow.Programme.Eligibility;

namespace TfFlow.Programme.Outcomes;

/// <summary>A version of the outcomes that offset the problems by which families enter a programme, each measured from datasets.</summary>
/// <remarks>seeds/001 Significant and sustained progress: "outcomes that are required to be achieved to offset the entry criteria". Each
/// area compiles its own.</remarks>
public sealed record FamilyOutcomePlan
{
    public required string Id { get; init; }

    public required int Version { get; init; }

    public required string Title { get; init; }

    public required string Source { get; init; }

    /// <summary>Whose problems it is about: id and version, as <see cref="EligibilityProgramme.Name"/> writes it.</summary>
    public required string Programme { get; init; }

    public required IReadOnlyList<ProblemOutcomes> Problems { get; init; }

    /// <summary>What shows continuous employment; null: the plan has no such way.</summary>
    public EmploymentOutcome? Employment { get; init; }

    /// <summary>What the source leaves open and the authority decided.</summary>
    public IReadOnlyList<Decision> Decisions { get; init; } = [];

    /// <summary>Of the document it was read from; empty when there was none.</summary>
    public string Sha256 { get; init; } = "";

    /// <summary>A short hash of each part; see <see cref="Documents.DocumentHash.Parts"/>.</summary>
    public IReadOnlyList<string> Parts { get; init; } = [];

    /// <summary>Every outcome that it measures.</summary>
    public IEnumerable<PlannedOutcome> Outcomes =>
        Problems.SelectMany(problem => problem.Outcomes).Concat(Employment is { } employment ? [employment.Outcome] : []);

    /// <summary>Id and version: <c>phase-2-001@1</c>.</summary>
    public string Name => $"{Id}@{Version}";

    public override string ToString() => Name;
}

/// <summary>What offsets one problem.</summary>
/// <param name="Problem">A criterion of the programme, by its id.</param>
/// <param name="AtLeast">How many of the outcomes must be shown.</param>
/// <param name="Outcomes">None: the authority measures nothing for it, so it is never offset.</param>
public sealed record ProblemOutcomes(string Problem, int AtLeast, IReadOnlyList<PlannedOutcome> Outcomes, string Source);

/// <summary>Continuous employment, which stands in place of progress with every problem.</summary>
/// <param name="Of">Problems, one of which the family must have.</param>
/// <remarks>seeds/001 Measuring Success: "either significant and sustained progress or continuous employment".</remarks>
public sealed record EmploymentOutcome(IReadOnlyList<string> Of, PlannedOutcome Outcome);

/// <summary>An outcome that a dataset shows, or does not.</summary>
/// <param name="Where">What a row must be like to be read.</param>
/// <param name="Decided">The decision that its numbers rest on; empty: they are the source's own.</param>
public sealed record PlannedOutcome(
    string Id, string Title, string Dataset, IReadOnlyList<Condition> Where, OutcomeMeasure Measure, string Decided, string Source)
{
    /// <summary>Whose extracts must tell of the whole time; empty: of every agency that may send the dataset for outcomes.</summary>
    public IReadOnlyList<Id<Party>> From { get; init; } = [];

    /// <summary>The columns of its dataset that it reads.</summary>
    public IEnumerable<string> Fields =>
        Where.Select(condition => condition.Field).Concat(Measure.Fields).Where(name => name is not ("" or DateCondition.AsAt)).Distinct();
}
