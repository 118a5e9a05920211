namespace TfFlow.Programme.Research.Statistics;

/// <summary>A way in which what is counted falls into groups.</summary>
/// <param name="Name">As it is asked for: <c>state</c>.</param>
public sealed record StatisticsDimension(string Name, string What);

/// <summary>What a table counts.</summary>
/// <param name="Name">As it is asked for: <c>families</c>.</param>
/// <param name="Unit">What is one of them, across subjects: the tables of one unit are compared with each other.</param>
public sealed record StatisticsSubject(string Name, string Unit, string What, IReadOnlyList<StatisticsDimension> Dimensions)
{
    public const string Families = "families";
    public const string Cases = "cases";
    public const string Markers = "markers";
    public const string Extracts = "extracts";

    private const string OfFamily = "family";

    /// <summary>Every subject there is. The registers hold no more than references, states, dates and counts of it: no record of a person
    /// is opened.</summary>
    public static IReadOnlyList<StatisticsSubject> All { get; } =
    [
        new(Families, OfFamily, "families of the cohort and families in review",
        [
            new("state", "in the cohort, or in review"),
            new("programme", "the programme whose criteria it meets"),
            new("problems", "how many problems are shown"),
            new("people", "how many people its records name"),
            new("children", "how many children"),
            new("found", "the quarter it was found in"),
            new("agency", "each agency that sent a record of it that is kept: a family may stand in several"),
        ]),
        new(Cases, OfFamily, "families with a case",
        [
            new("state", "where the case stands"),
            new("marker", "whether a marker is on"),
            new("key-worker", "whether a key worker is allocated"),
            new("basis", "consent, a duty, or none yet"),
            new("opened", "the quarter it was opened in"),
            new("ended", "the quarter support ended in"),
        ]),
        new(Markers, OfFamily, "families about whom an instruction went to the police",
        [
            new("state", "where the instruction stands: a family may stand in several"),
            new("action", "on or off"),
            new("police", "the force"),
            new("ordered", "the quarter it was ordered in"),
        ]),
        new(Extracts, "file", "files that agencies sent",
        [
            new("state", "where it stands"),
            new("agency", "who sent it"),
            new("exchange", "the exchange it came under"),
            new("received", "the quarter it came in"),
            new("refusal", "why it was refused, by its code"),
        ]),
    ];
}
