using Microsoft.Extensions.DependencyInjection;
using TfFlow.Api.Access;
using TfFlow.Api.Endpoints;
using TfFlow.Lifecycle.Cases;
using TfFlow.Programme.Cases;
using TfFlow.Programme.Ledger;
using TfFlow.TestKit.Storage;
using TfFlow.Vault.Envelope;
using TfFlow.Vault.Ledger;
using TfFlow.Vault.Sealing;

namespace TfFlow.Scenarios.Cases;

/// <summary>Markers: told to the police under seal, confirmed, chased, taken off, and never there without a live case.</summary>
public sealed class MarkerTest(CaseWorld world) : IClassFixture<CaseWorld>
{
    [Fact]
    public async Task The_police_alone_can_read_whom_an_instruction_names()
    {
        var (family, instruction) = await world.InstructedAsync();

        var file = await world.PoliceReadAsync(instruction);
        Assert.Equal(1 + family.Members.Count, file.TrimEnd().Split("\r\n").Length);
        Assert.Contains($"{CaseWorld.Canary},Member {family.Members[0][..4]},03/02/1990,1 {CaseWorld.Canary} Street,LE1 1AA", file, StringComparison.Ordinal);

        using var stranger = RecipientKey.Create();
        await using var sealedFile = (await world.Host.Services.GetRequiredService<Lifecycle.Outbox>().FindAsync(CaseWorld.Police, instruction.FileName, World.Patience))!;
        await Assert.ThrowsAsync<SealException>(() => stranger.OpenAsync(sealedFile.Content, instruction.Id, CaseWorld.Police, World.Patience));

        await world.ConfirmAsync(instruction.Id);
        Assert.False(await world.LiesInOutboxAsync(CaseWorld.Police, instruction.FileName));
        Assert.Equal(MarkerStanding.On, (await world.Registers.Cases.GetAsync(family.Id.Text, World.Patience)).Row.Marker);
    }

    [Fact]
    public async Task An_instruction_whose_file_could_not_be_put_is_not_taken_for_sent_and_is_put_at_the_next_try()
    {
        var family = await world.SupportedAsync();
        world.Writes.RefuseNext = blob => blob.Name.StartsWith("markers/", StringComparison.Ordinal);
        await world.ActAsync($"/cases/{family.Id}/marker", new MarkerRequest("caseshire-markers", CaseWorld.Police));
        await world.Host.Engine.IdleAsync(World.Patience);
        Assert.Null(world.Writes.RefuseNext);
        var order = (await world.Registers.Cases.GetAsync(family.Id.Text, World.Patience)).Row.Instruction!;
        Assert.Equal(MarkerChangeState.Instructed, (await world.Registers.Markers.GetAsync(order.Id, World.Patience)).Row.State);

        await world.PassAsync(TimeSpan.FromMinutes(1));

        var sent = await world.SentAsync(order.Id);
        Assert.Contains("set,", await world.PoliceReadAsync(sent), StringComparison.Ordinal);
        Assert.Empty(await world.DiscrepanciesAsync());
    }

    [Fact]
    public async Task A_duty_alone_sets_no_marker()
    {
        var family = await world.InvitedAsync();
        await world.ActAsync($"/cases/{family.Id}/duty", new DutyRequest("Children Act 1989 s47", "why it applies"));
        await world.ActAsync($"/cases/{family.Id}/key-worker", new AllocationRequest(CaseWorld.KeyWorker));

        Assert.Contains("a duty alone sets no marker", await world.RefusedAsync($"/cases/{family.Id}/marker", new MarkerRequest("caseshire-markers", CaseWorld.Police)), StringComparison.Ordinal);
        Assert.Empty(await world.Registers.Markers.ListAsync(World.Patience).Where(row => row.Row.Change.CaseId == family.Id).ToListAsync());
    }

    [Fact]
    public async Task Consent_withdrawn_while_an_instruction_is_in_flight_overtakes_it_and_has_the_marker_removed()
    {
        var (family, set) = await world.InstructedAsync();

        var withdrawn = await world.ActAsync($"/cases/{family.Id}/consents/{family.Members[1]}/withdraw");

        Assert.Equal("Withdrawn", withdrawn.State);
        var row = await world.UntilAsync(family.Id, row => row.Instruction is { Action: MarkerAction.Remove });
        Assert.Equal(MarkerStanding.Removing, row.Marker);
        await world.InstructionAsync(set.Id, instruction => instruction.State is MarkerChangeState.Overtaken);
        await world.Host.Engine.IdleAsync(World.Patience);
        Assert.False(await world.LiesInOutboxAsync(CaseWorld.Police, set.FileName));
        await Assert.ThrowsAsync<Cli.Commands.CommandException>(() => world.ConfirmAsync(set.Id));

        var removal = await world.SentAsync(row.Instruction!.Id);
        Assert.Contains("remove,", await world.PoliceReadAsync(removal), StringComparison.Ordinal);
        await world.ConfirmAsync(removal.Id);
        await world.UntilAsync(family.Id, after => after is { Marker: MarkerStanding.Off, Instruction: null });
        await world.Host.Engine.IdleAsync(World.Patience);
        Assert.Empty(await world.DiscrepanciesAsync());
    }

    [Fact]
    public async Task Police_who_never_acknowledge_are_chased_then_escalated_and_the_case_is_not_erased()
    {
        var (family, set) = await world.InstructedAsync();

        await world.PassAsync(TimeSpan.FromDays(4));
        await world.InstructionAsync(set.Id, row => row.State is MarkerChangeState.Chased);
        Assert.Equal(2, (await world.DocumentAsync<MarkerNotice>(CaseWorld.Police, set.NoticeName)).Asked);
        await world.PassAsync(TimeSpan.FromDays(7));
        await world.InstructionAsync(set.Id, row => row.State is MarkerChangeState.Escalated);
        Assert.Equal(3, (await world.DocumentAsync<MarkerNotice>(CaseWorld.Council, $"escalations/{set.Id}.json")).Asked);

        await world.ActAsync($"/cases/{family.Id}/consents/{family.Members[0]}/withdraw");
        await world.UntilAsync(family.Id, row => row.Marker is MarkerStanding.Removing);
        await world.PassAsync(TimeSpan.FromDays(400));
        Assert.Contains("confirmation that the marker is off", await world.RefusedAsync($"/cases/{family.Id}/review", new ReviewRequest(false)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_suspended_agreement_stops_new_markers_and_the_pack_and_still_lets_a_marker_be_taken_off()
    {
        // A deployment of its own: the suspension would hold for every other family.
        var alone = new CaseWorld();
        await alone.InitializeAsync();
        try
        {
            var (family, set) = await alone.InstructedAsync();
            await alone.ConfirmAsync(set.Id);
            var other = await alone.SupportedAsync();
            using var governance = alone.As(Role.InformationGovernance);
            await governance.PostAsync<SuspensionView>("/agreements/caseshire/suspensions", new SuspensionRequest(CaseWorld.Police, new string('a', 64), true, true), World.Patience);

            using var api = alone.As(Role.Coordinator);
            var pack = await api.GetAsync<CaseInformation>($"/cases/{family.Id}/pack", World.Patience);
            Assert.Equal((0, 1), (pack.Items.Count, pack.Withheld));
            Assert.Contains("suspended", await alone.RefusedAsync($"/cases/{other.Id}/marker", new MarkerRequest("caseshire-markers", CaseWorld.Police)), StringComparison.Ordinal);

            await alone.ActAsync($"/cases/{family.Id}/completion");
            var row = await alone.UntilAsync(family.Id, found => found.Instruction is { Action: MarkerAction.Remove });
            var removal = await alone.SentAsync(row.Instruction!.Id);
            Assert.Contains("remove,", await alone.PoliceReadAsync(removal), StringComparison.Ordinal);
        }
        finally
        {
            await alone.DisposeAsync();
        }
    }

    [Fact]
    public async Task A_marker_that_lost_its_case_is_found_by_the_sweep_and_taken_off()
    {
        var (family, set) = await world.InstructedAsync();
        await world.ConfirmAsync(set.Id);
        await world.Host.Engine.IdleAsync(World.Patience);

        // As after a kill between the change of the row and the wake of its orchestration.
        using (WriteWatch.ByHand())
        {
            var row = await world.Registers.Cases.GetAsync(family.Id.Text, World.Patience);
            await world.Registers.Cases.ChangeAsync(
                row, row.Row with { State = FamilyCaseState.Completed, EndedOn = DateOnly.FromDateTime(world.Time.GetUtcNow().UtcDateTime), ChangedAt = world.Time.GetUtcNow() }, World.Patience);
        }

        Assert.Contains(await world.DiscrepanciesAsync(), found => found.Code is "marker.without-case" && found.Reference == family.Id);

        await world.PassAsync(TimeSpan.FromHours(1));

        await world.UntilAsync(family.Id, found => found.Marker is MarkerStanding.Removing);
        await world.Host.Engine.IdleAsync(World.Patience);
        Assert.Empty(await world.DiscrepanciesAsync());
        var check = await world.Host.Services.GetRequiredService<Ledger>().ReadAsync(0, World.Patience)
            .Select(record => record.Entry).LastAsync(entry => entry is { Act: "marker.check", Kind: EntryKind.Outcome } && entry.References.Contains(family.Id.Text));
        Assert.Equal("marker.must-go", check.Result);
    }
}
