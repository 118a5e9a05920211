using Microsoft.Extensions.DependencyInjection;
using TfFlow.Api.Access;
using TfFlow.Api.Endpoints;
using TfFlow.Host.Local.Commands;
using TfFlow.Host.Local.Drops;
using TfFlow.Host.Local.Hosting;
using TfFlow.Lifecycle.Matching;
using TfFlow.Lifecycle.Orchestration;
using TfFlow.Lifecycle.Proof;
using TfFlow.Lifecycle.Retention;

namespace TfFlow.Host.Local.Demo;

/// <summary>One deployment of the demo on a clock of its own, and its users, each under a role.</summary>
internal sealed class DemoDeployment(LocalHost host, VirtualTime time) : IAsyncDisposable
{
    public LocalHost Host => host;

    public DateTimeOffset Now => time.GetUtcNow();

    public DateOnly Today => DateOnly.FromDateTime(Now.UtcDateTime);

    public T Get<T>()
        where T : notnull => host.Services.GetRequiredService<T>();

    /// <summary>The API as one of its users.</summary>
    /// <param name="agency">Empty for the authority's own people.</param>
    public ApiClient As(Role role, string account, string agency = "") => ApiClient.At(host.Address, host.Tokens.Mint(new Caller(account, role, agency), TimeSpan.FromDays(1)));

    public ApiClient Coordinator() => As(Role.Coordinator, "coordinator");

    /// <summary>Drops files as their agencies would, all at once; returns once the intake of each has ended.</summary>
    public async Task<List<ExtractView>> DropAsync(IReadOnlyList<SyntheticExtract> files, CancellationToken cancellationToken)
    {
        var dropped = new List<(ApiClient Api, Task<ExtractView> Arrival)>();
        foreach (var file in files)
        {
            var api = As(Role.AgencySubmitter, "information-manager", file.Agency);
            var sender = new DropSender(api, file.Agency);
            var grant = await sender.PutAsync(
                new GrantRequest(file.Exchange, "information-manager", "known to be persistent, reviewed this month", Correction: true), new MemoryStream(file.Csv), file.Plain, cancellationToken);
            dropped.Add((api, sender.WaitAsync(grant.GrantId, cancellationToken)));
        }

        var arrived = new List<string>();
        foreach (var (api, arrival) in dropped)
        {
            arrived.Add((await arrival).Id);
            api.Dispose();
        }

        // What came for families goes on from its intake to them; two extracts that meet at one family take turns, on this clock.
        await host.Orchestrations.AdvanceToAsync(Now.AddMinutes(1), cancellationToken);
        using var coordinator = Coordinator();
        return [.. await Task.WhenAll(arrived.Select(id => coordinator.GetAsync<ExtractView>($"/extracts/{id}", cancellationToken)))];
    }

    /// <summary>Sweep and matching run and the ledger is signed, as the host's own timers have it on real time.</summary>
    /// <param name="nights">From one time to the next; 1 is as it would be.</param>
    public async Task PassAsync(DateTimeOffset until, int nights, CancellationToken cancellationToken)
    {
        var (sweeps, matchings, checkpoints) = (Get<Sweeps>(), Get<Matchings>(), Get<Checkpoints>());
        for (var night = Now.UtcDateTime.Date.AddDays(1); night <= until.UtcDateTime; night = night.AddDays(nights))
        {
            await host.Orchestrations.AdvanceToAsync(new(night, TimeSpan.Zero), cancellationToken);
            var sweep = await sweeps.StartAsync(cancellationToken);

            // A sweep that meets somebody at one family tries again a little later: on this clock, when it is moved.
            await host.Orchestrations.AdvanceToAsync(new(night.AddMinutes(1), TimeSpan.Zero), cancellationToken);
            await host.Orchestrations.WaitForCompletionAsync(sweep, getInputsAndOutputs: false, cancellationToken);
            await matchings.StartAsync(Matchings.Timer, role: "", cancellationToken);
            await checkpoints.RunIfDueAsync(cancellationToken);
        }

        await SettleAsync(cancellationToken);
    }

    /// <summary>Lets everything under way come to where it waits for people or for time.</summary>
    public Task SettleAsync(CancellationToken cancellationToken) => host.Orchestrations.RunUntilIdleAsync(cancellationToken);

    public ValueTask DisposeAsync() => host.DisposeAsync();
}
