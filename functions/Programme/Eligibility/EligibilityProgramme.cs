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

    /// <summary>What counts as demand on public services: numbers that rows give, added up.</summary>
    public IReadOnlyList<DemandMeasure> Demand { get; init; } = [];

    /// <summary>Scores that take part in the order, advisory: of several the highest.</summary>
    public IReadOnlyList<ScoreMeasure> Scores { get; init; } = [];

    /// <summary>Lists of the services that work with families of the cohort, or did.</summary>
    public IReadOnlyList<ServiceList> Services { get; init; } = [];

    /// <summary>How many families are worked with; null: the programme agrees no number.</summary>
    public AgreedNumber? Families { get; init; }

    /// <summary>How much support a family gets, by how many problems it has; the greatest number first.</summary>
    public IReadOnlyList<SupportTier> Tiers { get; init; } = [];

    /// <summary>What the source leaves open and somebody decided.</summary>
    public required IReadOnlyList<Decision> Decisions { get; init; }

    public required IReadOnlyList<ProgrammeDataset> Datasets { get; init; }

    /// <summary>Of the document it was read from; empty when there was none.</summary>
    public string Sha256 { get; init; } = "";

    /// <summary>A short hash of each part; see <see cref="Documents.DocumentHash.Parts"/>.</summary>
    public IReadOnlyList<string> Parts { get; init; } = [];

    /// <summary>Every cost that it agrees: of problems, of calls, of services.</summary>
    public IEnumerable<AnnualCost> Costs => Criteria.Select(criterion => criterion.Cost)
        .Concat(Demand.Select(demand => demand.Cost)).Concat(Services.Select(list => list.Cost)).OfType<AnnualCost>();

    /// <summary>Id and version: <c>phase-1-002@1</c>.</summary>
    public string Name => $"{Id}@{Version}";

    public override string ToString() => Name;
}

/// <summary>A way to be eligible: so many of some criteria, and every one of others.</summary>
public sealed record Route(int AtLeast, IReadOnlyList<string> Of, IReadOnlyList<string> And, string Source);

/// <summary>A headline problem that indicators show.</summary>
/// <param name="Filter">It narrows a route and is not counted as a problem.</param>
/// <param name="Weight">What it adds in the order of priority.</param>
public sealed record Criterion(string Id, string Title, bool Filter, int Weight, IReadOnlyList<Indicator> Indicators, string Source)
{
    /// <summary>What the problem costs public services in a year; null: not agreed.</summary>
    public AnnualCost? Cost { get; init; }
}

/// <summary>A fact that shows a criterion.</summary>
/// <param name="Illustrative">Ours, standing for what partners agree; never to be presented as quoted.</param>
/// <param name="Measure">Null: one row is enough.</param>
public sealed record Indicator(
    string Id, string Title, bool Illustrative, string Dataset, IReadOnlyList<Condition> Where, Measure? Measure, string Source)
{
    /// <summary>What it adds to its criterion's weight where it is shown.</summary>
    /// <remarks>seeds/001 2 Prioritising Households: "a weighting of variables within each criteria".</remarks>
    public int Weight { get; init; }

    /// <summary>What more it adds by how much is shown; null: nothing.</summary>
    public WeighedBy? WeighedBy { get; init; }

    /// <summary>The columns of its dataset that it reads.</summary>
    public IEnumerable<string> Fields => Where.Select(condition => condition.Field).Where(name => name is not ("" or DateCondition.AsAt)).Concat(Measure?.Fields ?? []).Concat(WeighedBy is { } by ? [by.Field] : []).Distinct();
}

/// <summary>A number of the rows that show an indicator, added up.</summary>
/// <param name="Most">No more than this is added.</param>
public sealed record WeighedBy(string Field, int Most, string Source);

/// <summary>A number of a dataset's rows that is demand on a public service: incidents, call-outs, arrests.</summary>
public sealed record DemandMeasure(string Dataset, string Field, string Source)
{
    /// <summary>What each one of them costs; null: not agreed.</summary>
    public AnnualCost? Cost { get; init; }
}

/// <summary>What something costs public services.</summary>
/// <param name="Year">Of whose prices it is: costs of a programme are of one year, so that they add up.</param>
public sealed record AnnualCost(int Pounds, int Year, string Source);

/// <summary>A score that comes back about families of the cohort.</summary>
/// <param name="Field">The column with the score.</param>
/// <param name="On">The column with the day it was made.</param>
/// <param name="Most">The end of its scale, which begins at 0.</param>
public sealed record ScoreMeasure(string Dataset, string Field, string On, int Most, string Source);

/// <summary>A list of the services that work with a family, a row for each.</summary>
/// <param name="Name">The column with the service's name.</param>
/// <param name="Until">The column with the day it stopped; blank while it works with the family.</param>
public sealed record ServiceList(string Dataset, string Name, string Until, string Source)
{
    /// <summary>What each service that works with the family costs in a year; null: not agreed.</summary>
    public AnnualCost? Cost { get; init; }

    /// <summary>The columns that say whom to ask there, in order; empty where the list says it nowhere.</summary>
    public IReadOnlyList<string> Contact { get; init; } = [];

    /// <summary>The names that are those of services, where the column holds others too; empty: all are.</summary>
    public IReadOnlyList<string> Only { get; init; } = [];
}

/// <summary>The number of families that was agreed.</summary>
/// <remarks>seeds/000 §3.4: "all Local Authorities agreed the numbers of troubled families who they would work with"; seeds/001
/// Introduction: Bristol's 4,200.</remarks>
public sealed record AgreedNumber(int Families, string Source);

/// <param name="AtLeast">Problems from which on it is given.</param>
/// <remarks>seeds/001 2 Prioritising Households: six of six "would receive more enhanced support".</remarks>
public sealed record SupportTier(int AtLeast, string Title, string Source);

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

    /// <summary>The weights of the criteria met, and of what shows them, added up.</summary>
    Weight,

    /// <summary>What the family costs public services in a year.</summary>
    Cost,

    /// <summary>A risk score: advisory, so the last key, and never the only one.</summary>
    Risk,

    /// <summary>Demand on public services, as the programme measures it.</summary>
    Demand,

    /// <summary>How many indicators are shown.</summary>
    Indicators,

    /// <summary>How many children there are.</summary>
    Children,

    /// <summary>How many people there are.</summary>
    People,

    /// <summary>How many services work with the family now.</summary>
    ServicesNow,

    /// <summary>How many services worked with it before.</summary>
    ServicesBefore,

    /// <summary>How old the youngest child is.</summary>
    Youngest,
}

/// <param name="By">What is compared.</param>
public sealed record PriorityKey(PriorityBy By, string Source)
{
    /// <summary>The least comes first, instead of the most.</summary>
    public bool LeastFirst { get; init; }
}
