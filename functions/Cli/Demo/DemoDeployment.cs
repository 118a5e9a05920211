using Microsoft.Extensions.DependencyInjection;
using TfFlow.Api.Access;
using TfFlow.Api.Endpoints;
using TfFlow.Cli.Commands;
using TfFlow.Cli.Drops;
using TfFlow.Host.Local.Hosting;
using TfFlow.Lifecycle.Matching;
using TfFlow.Lifecycle.Proof;
using TfFlow.Lifecycle.Retention;

namespace TfFlow.Cli.Demo;

/// <summary>One deployment of the demo on a clock of its own, and its users, each under a role.</summary>
/// <remarks>Nothing of its host is kept across <see cref="LiveAsync"/>: a test lets the host die there, and another take its place.</remarks>
internal class DemoDeployment(LocalHost host) : IAsyncDisposable
{
    public LocalHost Host { get; protected set; } = host;

    public DateTimeOffset Now => Get<TimeProvider>().GetUtcNow();

    public DateOnly Today => DateOnly.FromDateTime(Now.UtcDateTime);

    public T Get<T>()
        where T : notnull => Host.Services.GetRequiredService<T>();

    /// <summary>The API as one of its users.</summary>
    /// <param name="agency">Empty for the authority's own people.</param>
    public ApiClient As(Role role, string account, string agency = "") => ApiClient.At(Host.Address, Host.Tokens.Mint(new Caller(account, role, agency), TimeSpan.FromDays(1)));

    public ApiClient Coordinator() => As(Role.Coordinator, "coordinator");

    /// <summary>Drops files as their agencies would, all at once; returns once the intake of each has ended.</summary>
    public async Task<List<ExtractView>> DropAsync(IReadOnlyList<SyntheticExtract> files, CancellationToken cancellationToken)
    {
        var grants = new List<(string Agency, string GrantId)>();
        foreach (var (place, file) in files.Index())
        {
            // A second file of one exchange in one month can only correct the first.
            var correction = files.Take(place).Any(before => before.Agency == file.Agency && before.Exchange == file.Exchange);
            using var api = Submitter(file.Agency);
            var grant = await new DropSender(api, file.Agency).PutAsync(
                new GrantRequest(file.Exchange, "information-manager", "known to be persistent, reviewed this month", correction), new MemoryStream(file.Csv), file.Plain, cancellationToken);
            grants.Add((file.Agency, grant.GrantId));
        }

        return await LiveAsync(() => ArrivedAsync(grants, cancellationToken));
    }

    /// <summary>Sweep and matching run and the ledger is signed, as the host's own timers have it on real time.</summary>
    /// <param name="nights">From one time to the next; 1 is as it would be.</param>
    public async Task PassAsync(DateTimeOffset until, int nights, CancellationToken cancellationToken)
    {
        for (var night = Now.UtcDateTime.Date.AddDays(1); night <= until.UtcDateTime; night = night.AddDays(nights))
        {
            await LiveAsync(() => NightAsync(new(night, TimeSpan.Zero), cancellationToken));
        }

        await SettleAsync(cancellationToken);
    }

    /// <summary>Lets everything under way come to where it waits for people or for time.</summary>
    public Task SettleAsync(CancellationToken cancellationToken) => LiveAsync(async () =>
    {
        await Host.Engine.IdleAsync(cancellationToken);
        return true;
    });

    /// <summary>What the host does by itself. Done again by another host when this one dies meanwhile: it must bear that.</summary>
    public virtual Task<T> LiveAsync<T>(Func<Task<T>> step) => step();

    public ValueTask DisposeAsync() => Host.DisposeAsync();

    private ApiClient Submitter(string agency) => As(Role.AgencySubmitter, "information-manager", agency);

    private async Task<List<ExtractView>> ArrivedAsync(List<(string Agency, string GrantId)> grants, CancellationToken cancellationToken)
    {
        var arrived = await Task.WhenAll(grants.Select(async grant =>
        {
            using var api = Submitter(grant.Agency);
            return (await new DropSender(api, grant.Agency).WaitAsync(grant.GrantId, cancellationToken)).Id;
        }));

        // What came for families goes on from its intake to them; two extracts that meet at one family take turns, on this clock.
        await Host.Engine.AdvanceToAsync(Now.AddMinutes(1), cancellationToken);
        using var coordinator = Coordinator();
        return [.. await Task.WhenAll(arrived.Select(id => coordinator.GetAsync<ExtractView>($"/extracts/{id}", cancellationToken)))];
    }

    private async Task<bool> NightAsync(DateTimeOffset night, CancellationToken cancellationToken)
    {
        await Host.Engine.AdvanceToAsync(night, cancellationToken);
        if (await Get<Sweeps>().StartIfDueAsync(cancellationToken) is { } sweep)
        {
            // A sweep that meets somebody at one family tries again a little later: on this clock, when it is moved.
            await Host.Engine.AdvanceToAsync(night.AddMinutes(1), cancellationToken);
            await Host.Orchestrations.WaitForInstanceCompletionAsync(sweep, cancellationToken);
        }

        await Get<Matchings>().StartIfDueAsync(cancellationToken);
        await Get<Checkpoints>().RunIfDueAsync(cancellationToken);
        return true;
    }
}
