using TfFlow.Programme.Cases;
using TfFlow.Programme.Extracts.Preparation;

namespace TfFlow.Programme.Extracts.Quality;

/// <summary>Where the result of a discovery phase stands.</summary>
public enum DiscoveryState
{
    /// <summary>It is the newest of its source.</summary>
    Filed,

    /// <summary>A later one took its place.</summary>
    Superseded,
}

public static class DiscoveryStates
{
    public static TransitionTable<DiscoveryState> Transitions { get; } =
        new(DiscoveryState.Filed, (DiscoveryState.Filed, DiscoveryState.Superseded));
}

/// <summary>What a profile must be to be filed with an agreement before a source is used.</summary>
/// <remarks>
/// seeds/001 Data to be shared: a phase of data discovery, and an assessment by which it is established whether source records are of use.
/// </remarks>
public static class DiscoveryRules
{
    /// <summary>Days after which a profile says nothing of the source as it is now.</summary>
    /// <remarks>Ours.</remarks>
    public const int MostDays = 366;

    /// <summary>
    /// What stands in the way of filing it. A profile holds shares of the dataset's own columns, so that nothing else can be filed with it.
    /// </summary>
    /// <param name="exchange">The dataset that the exchange carries.</param>
    public static IReadOnlyList<Obstacle> ToFile(QualityProfile profile, DatasetSpecification exchange, DateOnly today)
    {
        var read = HouseholdListPreparation.Applies(exchange) ? HouseholdListPreparation.WithAddresses(exchange) : exchange;
        double?[] shares =
        [
            profile.Validity, profile.Uniqueness, profile.Located, profile.Found, profile.SamePostcode,
            .. profile.Completeness.Values.Select(share => (double?)share),
        ];
        return Obstacle.Unless(
            (profile.Dataset == exchange.Id, $"a profile of the dataset {exchange.Id}, which this exchange carries", "ours"),
            (profile.Completeness.Keys.All(column => read.Find(column) >= 0), $"a profile of the columns of {exchange.Id} alone", "ours"),
            (profile.Rows > 0, "a profile of at least one row", "ours"),
            (Array.TrueForAll(shares, share => share is null or (>= 0 and <= 100)) && profile.Age is null or >= 0,
                "a profile as 'tfflow profile --save' writes it", "ours"),
            (profile.AsOf <= today && profile.AsOf.DayNumber >= today.DayNumber - MostDays,
                $"a profile of the last {MostDays} days", "ours"));
    }
}
