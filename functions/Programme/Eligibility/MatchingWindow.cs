using TfFlow.Programme.Documents;

namespace TfFlow.Programme.Eligibility;

/// <summary>What closes a matching window: then a round begins by itself, and what is below the threshold is erased.</summary>
public enum MatchingWhen
{
    /// <summary>A coordinator asks.</summary>
    OnDemand = 1,

    /// <summary>One of the plan's dates has come.</summary>
    OnDates,

    /// <summary>Every dataset that the plan names is in.</summary>
    DatasetsIn,
}

/// <summary>When a plan matches. Between two rounds the window is open: what comes is kept and nothing of it is matched or erased for not meeting the criteria.</summary>
/// <remarks>seeds/002 §10: "as soon as the data matching has been completed". Completed means with what it needs, not at any midnight.</remarks>
/// <param name="Datasets">What a round needs, by id.</param>
public sealed record MatchingWindow(MatchingWhen When, IReadOnlyList<DateOnly> Dates, IReadOnlyList<string> Datasets)
{
    public static MatchingWindow OnDemand { get; } = new(MatchingWhen.OnDemand, [], []);

    /// <param name="present">The datasets that are in and were not matched yet.</param>
    /// <returns>What a round would go without.</returns>
    public IReadOnlyList<string> Missing(IEnumerable<string> present) => [.. Datasets.Except(present)];

    /// <summary>Whether a round begins by itself.</summary>
    /// <param name="last">The day of the last round; <c>null</c> before the first.</param>
    /// <param name="since">The first day that counts before the first round: no date before it is made up for.</param>
    public bool IsDue(DateOnly day, DateOnly? last, DateOnly since, IEnumerable<string> present) => When switch
    {
        MatchingWhen.OnDates => Dates.Any(date => date <= day && (last is { } round ? date > round : date >= since)),
        MatchingWhen.DatasetsIn => Missing(present).Count == 0,
        _ => false,
    };

    internal static MatchingWindow Read(DocumentMap map)
    {
        var window = new MatchingWindow(map.Word<MatchingWhen>("when"), map.Dates("dates"), map.Texts("datasets"));
        map.Done();
        return window switch
        {
            { When: MatchingWhen.OnDates, Dates.Count: 0 } when !map.Has("dates") => map.Fault("'dates' is missing: say on which days it matches", "when", window),
            { When: MatchingWhen.DatasetsIn, Datasets.Count: 0 } => map.Fault("'datasets' is missing: say which of them a round needs", "when", window),
            { When: not (MatchingWhen.OnDates or default(MatchingWhen)), Dates.Count: > 0 } => map.Fault("'dates' is for 'when: on-dates' only", "dates", window),
            _ => window,
        };
    }
}
