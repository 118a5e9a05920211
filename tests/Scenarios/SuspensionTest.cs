using Microsoft.Extensions.DependencyInjection;
using TfFlow.Api.Access;
using TfFlow.Api.Endpoints;
using TfFlow.Host.Local.Commands;
using TfFlow.Host.Local.Demo;
using TfFlow.Host.Local.Drops;
using TfFlow.Host.Local.Hosting;
using TfFlow.Lifecycle.Orchestration;
using TfFlow.Programme.Eligibility;
using TfFlow.Vault.Ledger;

namespace TfFlow.Scenarios;

public class SuspensionTest
{
    [Fact]
    public async Task A_suspended_agreement_refuses_new_drops_and_what_was_dropped_before_it_and_keeps_what_was_taken()
    {
        await using var world = await World.CreateAsync();
        string kept;
        await using (var host = await world.StartAsync())
        {
            kept = (await World.DropAsync(host, World.AttendanceFile(20))).Id;
        }

        // Nobody watches for drops: this one is not yet taken when the agreement is suspended.
        string early;
        await using (var host = await world.StartAsync(watch: false))
        {
            using var school = World.As(host, "school-0");
            early = (await new DropSender(school, "school-0").PutAsync(new GrantRequest(World.Attendance, Correction: true), new MemoryStream(World.AttendanceFile(20, seed: 2)), plain: false, World.Patience)).GrantId;
            using var governance = World.As(host, "", Role.InformationGovernance);
            await governance.PostAsync<SuspensionView>("/agreements/testshire/suspensions", new SuspensionRequest("school-1", new string('a', 64), true, true), World.Patience);
            Assert.Contains("suspended by school-1", await RefusedAsync(host), StringComparison.Ordinal);
        }

        await using (var host = await world.StartAsync())
        {
            using var school = World.As(host, "school-0");
            var late = await new DropSender(school, "school-0").WaitAsync(early, World.Patience);
            Assert.Equal(("Quarantined", "gate.suspended", 0L), (late.State, late.RefusalCode, late.RowsAccepted));
            Assert.Contains("suspended by school-1", await RefusedAsync(host), StringComparison.Ordinal);
            Assert.Equal("Kept", (await school.GetAsync<ExtractView>($"/extracts/{kept}", World.Patience)).State);
            await World.AssertAccountedForAsync(host);
        }
    }

    [Fact]
    public async Task A_round_opens_nothing_under_a_suspended_agreement_and_still_erases_what_it_read_under_others()
    {
        await using var world = await World.CreateAsync();
        await using var host = await world.StartAsync(new VirtualTime(Northmere.Day), northmere: true);
        var northmere = await Northmere.DropMonthAsync(host, DateOnly.FromDateTime(Northmere.Day.UtcDateTime), people: 300, troubled: 0.3);
        using var governance = World.As(host, "", Role.InformationGovernance);
        await governance.PostAsync<SuspensionView>("/agreements/northmere-dwp/suspensions", new SuspensionRequest("northmere-jobcentre", new string('a', 64), true, true), World.Patience);
        using var coordinator = Northmere.Coordinator(host);

        await DemoMatch.RoundAsync(host, coordinator, World.Patience);

        var extracts = await coordinator.GetAsync<ExtractView[]>("/extracts", World.Patience);
        var suspended = Assert.Single(extracts, extract => extract.Exchange == "northmere-benefits");
        Assert.Equal("Kept", suspended.State);
        Assert.All(extracts.Where(extract => extract.Id != suspended.Id && extract.Agency != DemoAuthority.Id), extract => Assert.Equal("Erased", extract.State));
        var ledger = await host.Services.GetRequiredService<Ledger>().ReadAsync(0, World.Patience).Select(record => record.Entry).ToListAsync();
        Assert.DoesNotContain(ledger, entry => entry.Act.StartsWith("match.", StringComparison.Ordinal) && entry.References.Contains(suspended.Id));
        Assert.Empty(await Northmere.FamiliesAsync(host, CohortState.Recorded));
        Assert.Contains(northmere.Sources.Keys, id => ledger.Any(entry => entry.Act == "match.facts" && entry.References.Contains(id)));
    }

    private static async Task<string> RefusedAsync(LocalHost host) =>
        (await Assert.ThrowsAsync<CommandException>(() => World.DropAsync(host, World.AttendanceFile(20, seed: 3)))).Message;
}
