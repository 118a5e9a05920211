using TfFlow.Lifecycle;
using TfFlow.Programme.Agreements;

namespace TfFlow.Scenarios.Exchanges;

/// <summary>Every shipped exchange brought to its end, once for all tests: a deployment for each party that takes in or owes, on one Azurite.</summary>
public sealed class ShippedExchanges : IAsyncLifetime
{
    /// <summary>In force of every version; a Monday.</summary>
    public static readonly DateTimeOffset Begin = new(2026, 1, 5, 9, 0, 0, TimeSpan.Zero);

    private readonly Dictionary<(string Exchange, string Receiver), ExchangeEnd> ends = [];

    internal IReadOnlyDictionary<(string Exchange, string Receiver), ExchangeEnd> Ends => ends;

    /// <summary>Authorities and a processor take in; the study's organisation has a deployment of its kind.</summary>
    private static (string Organisation, DeploymentKind Kind)[] Places =>
    [
        ("leicester-city", DeploymentKind.Authority),
        ("leicestershire-county", DeploymentKind.Authority),
        ("rutland", DeploymentKind.Authority),
        ("bristol", DeploymentKind.Authority),
        ("hackney", DeploymentKind.Authority),
        ("xantura", DeploymentKind.Authority),
        ("niesr", DeploymentKind.Study),
    ];

    public async Task InitializeAsync()
    {
        await using var world = await World.CreateAsync();
        var newest = Newest(AgreementCatalogue.Shipped);

        // They wait for their stores and their queues most of the time: side by side they take little longer than one.
        foreach (var (key, end) in (await Task.WhenAll(Places.Select(place => RunAsync(world, place.Organisation, place.Kind, newest)))).SelectMany(run => run))
        {
            ends[key] = end;
        }
    }

    public Task DisposeAsync() => Task.CompletedTask;

    /// <summary>Each exchange at each of its receivers, in the newest version that has it.</summary>
    internal static List<ExchangeProspect> Newest(AgreementCatalogue catalogue) =>
    [
        .. ExchangeProspect.All(catalogue).GroupBy(prospect => (prospect.Exchange.Id, prospect.Receiver)).Select(group => group.MaxBy(prospect => prospect.Agreement.Dated)!),
    ];

    private static async Task<IReadOnlyDictionary<(string Exchange, string Receiver), ExchangeEnd>> RunAsync(World world, string organisation, DeploymentKind kind, List<ExchangeProspect> newest)
    {
        await using var place = await Place.StartAsync(world, organisation, AgreementCatalogue.Shipped, kind, Begin);
        return await RunAsync(place, newest);
    }

    /// <summary>What a party takes in, or refuses, and what it owes to parties that have no deployment here, or have one as well.</summary>
    internal static Task<IReadOnlyDictionary<(string Exchange, string Receiver), ExchangeEnd>> RunAsync(Place place, List<ExchangeProspect> newest) => new Course(place).RunAsync(
        [.. newest.Where(prospect => prospect.Receiver == place.Organisation && (prospect.Kind is not ProspectKind.Recorded))],
        [.. newest.Where(prospect => prospect.Exchange.From.Contains(place.Organisation) && IsOwed(prospect))]);

    // What an authority's submission to a study is, StudyTest shows; a file between two authorities is the receiver's to take in.
    private static bool IsOwed(ExchangeProspect prospect) =>
        prospect.Kind is ProspectKind.Recorded || prospect.Exchange.Dataset is "families" or "markers" or "study-linkage" || prospect.Exchange is { Scope: ExchangeScope.Anyone, Uses: [Use.Profiling] };
}
