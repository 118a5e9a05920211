namespace TfFlow.Programme.Eligibility;

/// <summary>A version of the rules by which families are eligible.</summary>
public sealed record EligibilityProgramme
{
    public required string Id { get; init; }

    public required int Version { get; init; }

    public required string Title { get; init; }

    public required string Source { get; init; }

    /// <summary>First and last day on which families were taken on by it.</summary>
    public required (DateOnly From, DateOnly To) InForce { get; init; }

    /// <summary>Any of them is enough.</summary>
    public required IReadOnlyList<Route> Routes { get; init; }

    public required IReadOnlyList<Criterion> Criteria { get; init; }

    /// <summary>By what eligible families are put in order, the first deciding first.</summary>
    public required IReadOnlyList<PriorityKey> Priority { get; init; }

    /// <summary>What the source leaves open and somebody decided.</summary>
    public required IReadOnlyList<Decision> Decisions { get; init; }

    public required IReadOnlyList<ProgrammeDataset> Datasets { get; init; }

    /// <summary>Of the document it was read from; empty when there was none.</summary>
    public string Sha256 { get; init; } = "";

    /// <summary>A short hash of each part; see <see cref="Documents.DocumentHash.Parts"/>.</summary>
    public IReadOnlyList<string> Parts { get; init; } = [];

    /// <summary>Id and version: <c>phase-1-002@1</c>.</summary>
    public string Name => $"{Id}@{Version}";

    public override string ToString() => Name;
}

/// <summary>A way to be eligible: so many of some criteria, and every one of others.</summary>
public sealed record Route(int AtLeast, IReadOnlyList<string> Of, IReadOnlyList<string> And, string Source);

/// <summary>A headline problem that indicators show.</summary>
/// <param name="Filter">It narrows a route and is not counted as a problem.</param>
/// <param name="Weight">What it adds in the order of priority.</param>
public sealed record Criterion(string Id, string Title, bool Filter, int Weight, IReadOnlyList<Indicator> Indicators, string Source);

/// <summary>A fact that shows a criterion.</summary>
/// <param name="Illustrative">Ours, standing for what partners agree; never to be presented as quoted.</param>
/// <param name="Measure">Null: one row is enough.</param>
public sealed record Indicator(
    string Id, string Title, bool Illustrative, string Dataset, IReadOnlyList<Condition> Where, Measure? Measure, string Source)
{
    /// <summary>The columns of its dataset that it reads.</summary>
    public IEnumerable<string> Fields => Where.Select(condition => condition.Field).Where(name => name is not ("" or DateCondition.AsAt)).Concat(Measure?.Fields ?? []).Distinct();
}

/// <summary>A point that the source leaves open.</summary>
/// <param name="Applies">Whether the conditions that name it bind.</param>
public sealed record Decision(string Id, bool Applies, string Says, string DecidedBy, DateOnly DecidedOn, string Source);

/// <summary>A dataset the programme reads.</summary>
/// <param name="Local">No specification ships: partners agree one with at least these fields.</param>
public sealed record ProgrammeDataset(string Id, bool Local, IReadOnlyList<string> Fields, string Source);

public enum PriorityBy
{
    /// <summary>The number of criteria met.</summary>
    Criteria = 1,

    /// <summary>The weights of the criteria met, added up.</summary>
    Weight,

    /// <summary>What the family costs public services in a year.</summary>
    Cost,

    /// <summary>A risk score: advisory, so never the first or the only key.</summary>
    Risk,
}

public sealed record PriorityKey(PriorityBy By, string Source);
