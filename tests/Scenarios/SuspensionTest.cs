using Microsoft.Extensions.DependencyInjection;
using TfFlow.Api.Access;
using TfFlow.Api.Endpoints;
using TfFlow.Cli.Commands;
using TfFlow.Cli.Demo;
using TfFlow.Cli.Drops;
using TfFlow.Host.Local.Engine;
using TfFlow.Host.Local.Hosting;
using TfFlow.Lifecycle;
using TfFlow.Lifecycle.Agreements;
using TfFlow.Programme.Eligibility;
using TfFlow.Programme.Ledger;
using TfFlow.Vault.Ledger;
using TfFlow.Vault.Storage;

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
            early = (await new DropSender(school, "school-0").PutAsync(new GrantRequest(World.Attendance), new MemoryStream(World.AttendanceFile(20, seed: 2)), plain: false, World.Patience)).GrantId;
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
        await using var host = await world.StartAsync(new VirtualClock(Northmere.Day), northmere: true);
        var northmere = await Northmere.DropMonthAsync(host, DateOnly.FromDateTime(Northmere.Day.UtcDateTime), people: 150, troubled: 0.3);
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

    [Fact]
    public async Task A_suspension_whose_meeting_is_overdue_is_escalated_once_and_lifted_after_the_meeting_lets_drops_in_again()
    {
        await using var world = await World.CreateAsync();
        var time = new VirtualClock(TimeProvider.System.GetUtcNow());
        await using var host = await world.StartAsync(time);
        using var governance = World.As(host, "", Role.InformationGovernance);
        var given = await governance.PostAsync<SuspensionView>("/agreements/testshire/suspensions", new SuspensionRequest("school-1", new string('a', 64), true, true), World.Patience);
        var lift = $"/suspensions/{given.Id}/lift";

        // Every signatory is told at once.
        foreach (var signatory in (string[])["school-1", "school-9", "testshire-council"])
        {
            using var told = World.As(host, signatory, signatory == "testshire-council" ? Role.Coordinator : Role.AgencySubmitter);
            var notice = await told.GetAsync<SuspensionGiven>($"/agencies/{signatory}/outbox/governance/suspension-{given.Id}.json", World.Patience);
            Assert.Equal(("school-1", given.MeetingBy, given.Until, new string('a', 64)), (notice.By, notice.Meeting.At, (DateTimeOffset?)notice.LapsesAt, notice.EvidenceSha256));
        }

        Assert.Contains("the Risk Assessment and Resolution meeting was not held yet", await RefusedAsync(governance, lift, null), StringComparison.Ordinal);

        await host.Engine.AdvanceToAsync(given.MeetingBy.AddMinutes(-5), World.Patience);
        await World.SweepAsync(host);
        Assert.Empty(await EscalationsAsync(host, "school-9"));
        await host.Engine.AdvanceToAsync(given.MeetingBy, World.Patience);
        await World.SweepAsync(host);
        await World.SweepAsync(host);
        Assert.Equal([$"escalations/suspension-{given.Id}.json"], await EscalationsAsync(host, "school-9"));
        Assert.Equal([$"escalations/suspension-{given.Id}.json"], await EscalationsAsync(host, "testshire-council"));

        var panel = Enumerable.Range(0, 10).Select(school => $"school-{school}").ToList();
        var meeting = new MeetingRequest(time.GetUtcNow(), panel, new string('b', 64));
        Assert.Contains("a signatory or nominee of testshire-council", await RefusedAsync(governance, $"/suspensions/{given.Id}/meeting", meeting), StringComparison.Ordinal);
        meeting = meeting with { Panel = [.. panel, "testshire-council"] };
        Assert.Contains("by its SHA-256", await RefusedAsync(governance, $"/suspensions/{given.Id}/meeting", meeting with { MinutesSha256 = "agreed" }), StringComparison.Ordinal);
        Assert.Contains("the date of the meeting", await RefusedAsync(governance, $"/suspensions/{given.Id}/meeting", meeting with { At = meeting.At!.Value.AddDays(1) }), StringComparison.Ordinal);
        var held = await governance.PostAsync<SuspensionView>($"/suspensions/{given.Id}/meeting", meeting, World.Patience);
        Assert.Equal(("MeetingHeld", given.Until), (held.State, held.Until));
        Assert.Contains("suspended by school-1", await RefusedAsync(host), StringComparison.Ordinal);

        var lifted = await governance.PostAsync<SuspensionView>(lift, null, World.Patience);
        Assert.Equal(("Lifted", time.GetUtcNow()), (lifted.State, lifted.Until));
        Assert.Equal("Kept", (await World.DropAsync(host, World.AttendanceFile(20))).State);
        Assert.Equal(["agreement.suspend", "agreement.chase-meeting", "agreement.meet", "agreement.lift-suspension"], await ActsOnAsync(host, given.Id));
        await World.AssertAccountedForAsync(host);
    }

    [Fact]
    public async Task A_suspension_whose_days_are_over_lets_drops_in_again_and_has_lapsed()
    {
        await using var world = await World.CreateAsync();
        var time = new VirtualClock(TimeProvider.System.GetUtcNow());
        await using var host = await world.StartAsync(time);
        using var governance = World.As(host, "", Role.InformationGovernance);
        var given = await governance.PostAsync<SuspensionView>("/agreements/testshire/suspensions", new SuspensionRequest("school-1", new string('a', 64), true, true), World.Patience);

        await host.Engine.AdvanceToAsync(given.Until!.Value, World.Patience);
        Assert.Equal("Kept", (await World.DropAsync(host, World.AttendanceFile(20))).State);
        Assert.Contains("whose 45 days are not over", await RefusedAsync(governance, $"/suspensions/{given.Id}/lift", null), StringComparison.Ordinal);
        await World.SweepAsync(host);

        Assert.Equal("Lapsed", Assert.Single(await governance.GetAsync<SuspensionView[]>("/suspensions", World.Patience)).State);
        Assert.Equal(["agreement.suspend", "agreement.lapse-suspension"], await ActsOnAsync(host, given.Id));
    }

    private static async Task<IReadOnlyList<string>> EscalationsAsync(LocalHost host, string agency)
    {
        try
        {
            return await host.Services.GetRequiredService<Outbox>().ListAsync(agency, World.Patience)
                .Select(blob => blob.Blob.Name).Where(name => name.StartsWith("escalations/", StringComparison.Ordinal)).ToListAsync();
        }
        catch (StorageException e) when (e.Error is StorageError.NotFound)
        {
            return [];
        }
    }

    private static async Task<IReadOnlyList<string>> ActsOnAsync(LocalHost host, string id) =>
        await host.Services.GetRequiredService<Ledger>().ReadAsync(0, World.Patience)
            .Select(record => record.Entry)
            .Where(entry => entry is { Kind: EntryKind.Outcome, Result: "done" } && entry.References.Contains(id))
            .Select(entry => entry.Act)
            .ToListAsync();

    private static async Task<string> RefusedAsync(ApiClient api, string path, object? body) =>
        (await Assert.ThrowsAsync<CommandException>(() => api.PostAsync<SuspensionView>(path, body, World.Patience))).Message;

    private static async Task<string> RefusedAsync(LocalHost host) =>
        (await Assert.ThrowsAsync<CommandException>(() => World.DropAsync(host, World.AttendanceFile(20, seed: 3)))).Message;
}
