using TfFlow.Api.Access;
using TfFlow.Api.Endpoints;
using TfFlow.Host.Local.Commands;
using TfFlow.Host.Local.Drops;
using TfFlow.Host.Local.Hosting;

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

    private static async Task<string> RefusedAsync(LocalHost host) =>
        (await Assert.ThrowsAsync<CommandException>(() => World.DropAsync(host, World.AttendanceFile(20, seed: 3)))).Message;
}
