using Microsoft.Extensions.DependencyInjection;
using TfFlow.Api.Access;
using TfFlow.Api.Endpoints;
using TfFlow.Cli.Commands;
using TfFlow.Cli.Demo;
using TfFlow.Lifecycle.Cases;
using TfFlow.Programme.Cases;
using TfFlow.Programme.Eligibility;
using TfFlow.Programme.Ledger;
using TfFlow.Programme.Retention;
using TfFlow.TestKit.Storage;
using TfFlow.Vault.Keys;
using TfFlow.Vault.Ledger;
using TfFlow.Vault.Registers;

namespace TfFlow.Scenarios.Cases;

/// <summary>A family's case from its opening to its erasure, on a real store and in virtual time.</summary>
public sealed partial class FamilyCaseTest(CaseWorldAlone world) : IClassFixture<CaseWorldAlone>
{
    [Fact]
    public async Task A_family_is_supported_on_everyones_consent_and_a_year_later_nothing_of_it_is_left()
    {
        var (family, set) = await world.InstructedAsync();
        await world.ConfirmAsync(set.Id);
        await world.ActAsync($"/cases/{family.Id}/completion");
        var removal = (await world.UntilAsync(family.Id, row => row.Marker is MarkerStanding.Removing)).Instruction!;
        await world.SentAsync(removal.Id);
        await world.ConfirmAsync(removal.Id);
        var keys = world.Host.Services.GetRequiredService<DataKeys>();
        var documents = (await world.Registers.Cases.GetAsync(family.Id.Text, World.Patience)).Row.Blobs.ToList();
        Assert.Equal(3, documents.Count);

        await world.PassAsync(TimeSpan.FromDays(366));
        Assert.NotEmpty((await world.DocumentAsync<CaseReminder>(CaseWorld.Council, $"reminders/{family.Id}.json")).Due);
        await world.ActAsync($"/cases/{family.Id}/outcomes");
        documents.Add(Assert.Single((await world.Registers.Cases.GetAsync(family.Id.Text, World.Patience)).Row.Measurements).Figures);
        await world.ActAsync($"/cases/{family.Id}/review", new ReviewRequest(FurtherRisk: false));

        await world.UntilAsync(family.Id, row => row.State is FamilyCaseState.Erased);
        foreach (var document in documents)
        {
            Assert.Null(await keys.FindAsync(document.Name, World.Patience));
        }

        var certificate = await world.DocumentAsync<ErasureCertificate>(CaseWorld.Council, $"certificates/case-{family.Id}.json");
        Assert.Equal(documents.Select(document => document.Name).Order(), certificate.Blobs.Select(blob => blob.Name).Order());
        await world.Host.Engine.IdleAsync(World.Patience);
        var left = await world.Registers.Families.GetAsync(family.Id, World.Patience);
        Assert.Equal(CohortState.Erased, left.Row.State);
        Assert.Empty(await world.DiscrepanciesAsync());
        foreach (var folder in world.Folders)
        {
            var (_, hits) = await CanaryScan.FolderAsync(folder, [CaseWorld.Canary], World.Patience);
            Assert.Empty(hits);
        }
    }

    [Fact]
    public async Task Nothing_moves_past_what_is_missing()
    {
        var family = await world.FamilyAsync();
        var id = family.Id;
        await world.ActAsync($"/families/{id}/case", new CaseOpening());
        Assert.Contains("This cannot be done now: the case was only opened. Next comes what support the family already receives: 'tfflow case assess'.", await world.RefusedAsync($"/cases/{id}/invitation", new InvitationRequest(world.Notice)), StringComparison.Ordinal);

        await world.ActAsync($"/cases/{id}/assessment", new AssessmentRequest(MultiAgency: true));
        var prepared = await world.UntilAsync(id, row => row.State is FamilyCaseState.PackPrepared);
        var question = await world.DocumentAsync<SourceQuestionDocument>(CaseWorld.Police, $"questions/{id}-{prepared.Currency[0].ExtractId}.json");
        Assert.Equal("caseshire-pack", question.Exchange);
        Assert.Contains("lone key worker", await world.RefusedAsync($"/cases/{id}/suitability", new SuitabilityRequest(false)), StringComparison.Ordinal);
        await world.ActAsync($"/cases/{id}/suitability", new SuitabilityRequest(true));

        Assert.Contains("still current", await world.RefusedAsync($"/cases/{id}/invitation", new InvitationRequest(world.Notice)), StringComparison.Ordinal);
        await world.ActAsync($"/cases/{id}/currency", new CurrencyAnswer(prepared.Currency[0].ExtractId, Current: false));
        await world.ActAsync($"/cases/{id}/invitation", new InvitationRequest(world.Notice));
        Assert.Contains("Next come the answers: 'tfflow case consent'", await world.RefusedAsync($"/cases/{id}/key-worker", new AllocationRequest("kw-1")), StringComparison.Ordinal);

        await world.ActAsync($"/cases/{id}/consents/{family.Members[0]}/give", world.Form(family.Members[0]));
        Assert.Contains("Next come the answers: 'tfflow case consent'", await world.RefusedAsync($"/cases/{id}/key-worker", new AllocationRequest("kw-1")), StringComparison.Ordinal);
        Assert.Contains("power to share", await world.RefusedAsync($"/cases/{id}/duty", new DutyRequest("Crime and Disorder Act 1998 s115", "why")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_pack_shows_source_and_date_of_every_item_and_withholds_what_is_no_longer_current()
    {
        var family = await world.InvitedAsync();
        using var api = world.As(Role.Coordinator);
        var shown = await api.GetAsync<CaseInformation>($"/cases/{family.Id}/pack", World.Patience);
        var item = Assert.Single(shown.Items);
        Assert.Equal((CaseWorld.Police, "caseshire-pack", family.Records[0].AsAt), (item.Source, item.Exchange.Text, item.AsAt));
        Assert.Contains(CaseWorld.Canary, item.Fields["information"], StringComparison.Ordinal);

        await world.ActAsync($"/cases/{family.Id}/currency", new CurrencyAnswer(item.ExtractId, Current: false));

        var after = await api.GetAsync<CaseInformation>($"/cases/{family.Id}/pack", World.Patience);
        Assert.Empty(after.Items);
        Assert.Equal(1, after.Withheld);
    }

    [Fact]
    public async Task A_key_worker_sees_their_own_families_and_no_others()
    {
        var mine = await world.SupportedAsync("kw-mine");
        var theirs = await world.SupportedAsync("kw-theirs");
        using var api = world.As(Role.KeyWorker, account: "kw-mine");

        Assert.Equal([mine.Id], (await api.GetAsync<CaseView[]>("/cases", World.Patience)).Select(row => row.Id));
        Assert.NotEmpty((await api.GetAsync<CaseInformation>($"/cases/{mine.Id}/pack", World.Patience)).Items);
        foreach (var path in (string[])["", "/pack", "/incidents"])
        {
            var refusal = await Assert.ThrowsAsync<CommandException>(() => api.GetAsync<object>($"/cases/{theirs.Id}{path}", World.Patience));
            Assert.Contains("not one of yours", refusal.Message, StringComparison.Ordinal);
        }

        await Assert.ThrowsAsync<CommandException>(() => api.PostAsync<CaseView>($"/cases/{theirs.Id}/completion", null, World.Patience));
        Assert.Equal(FamilyCaseState.Supported, (await world.Registers.Cases.GetAsync(theirs.Id.Text, World.Patience)).Row.State);
    }

    [Fact]
    public async Task A_problem_that_comes_to_light_once_work_has_begun_is_added_and_shown_with_its_source_and_day_and_can_be_taken_back()
    {
        var family = await world.InvitedAsync();
        var today = DateOnly.FromDateTime(world.Time.GetUtcNow().UtcDateTime);
        var told = new ProblemRequest("work", CaseWorld.Police, today.AddDays(-3));
        Assert.Contains("being worked with", await world.RefusedAsync($"/cases/{family.Id}/problems", told), StringComparison.Ordinal);
        family = await world.SupportedAsync("kw-light");
        var path = $"/cases/{family.Id}/problems";
        Assert.Contains("not known to have", await world.RefusedAsync(path, told with { Problem = "crime" }), StringComparison.Ordinal);
        var found = (await world.Registers.Families.GetAsync(family.Id, World.Patience)).Row.Explanation!;

        using var keyWorker = world.As(Role.KeyWorker, account: "kw-light");
        var surfaced = Assert.Single((await keyWorker.PostAsync<CaseView>(path, told, World.Patience)).Surfaced);
        Assert.Equal((SurfacedProblemState.Surfaced, today.AddDays(-3), CaseWorld.Police, "kw-light", today), (surfaced.State, surfaced.On, surfaced.Source, surfaced.By, surfaced.RecordedOn));
        Assert.Contains("not known to have", await world.RefusedAsync(path, told), StringComparison.Ordinal);
        using var coordinator = world.As(Role.Coordinator);
        var problems = await coordinator.GetAsync<FamilyProblems>(path, World.Patience);
        Assert.Equal(("work", "Adults out of work", CaseWorld.Police), (problems.Surfaced[0].Problem, problems.Surfaced[0].Title, problems.Surfaced[0].Source));
        Assert.Contains((await coordinator.GetAsync<FamilyView>($"/matching/families/{family.Id}", World.Patience)).Explanation, line => line.StartsWith("Adults out of work: came to light since", StringComparison.Ordinal));
        Assert.Equal(1, (await world.Registers.Families.GetAsync(family.Id, World.Patience)).Row.MoreProblems);
        Assert.Null(await world.Host.Services.GetRequiredService<DataKeys>().FindAsync(found.Name, World.Patience));

        Assert.Equal(SurfacedProblemState.Withdrawn, Assert.Single((await world.ActAsync($"{path}/{surfaced.Reference}/withdrawal")).Surfaced).State);
        Assert.Empty((await coordinator.GetAsync<FamilyProblems>(path, World.Patience)).Surfaced);
        Assert.Equal(0, (await world.Registers.Families.GetAsync(family.Id, World.Patience)).Row.MoreProblems);
        Assert.Contains("stands, by its reference", await world.RefusedAsync($"{path}/{surfaced.Reference}/withdrawal"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_invitation_nobody_answers_lapses_and_the_family_is_erased_in_its_time()
    {
        var family = await world.InvitedAsync();
        await world.PassAsync(TimeSpan.FromDays(Consent.LapseDays - 1));
        Assert.Equal(FamilyCaseState.Invited, (await world.Registers.Cases.GetAsync(family.Id.Text, World.Patience)).Row.State);

        await world.PassAsync(TimeSpan.FromDays(2));
        var lapsed = await world.UntilAsync(family.Id, row => row.State is FamilyCaseState.DidNotTakePart);
        Assert.All(lapsed.Consents, consent => Assert.Equal(ConsentState.Lapsed, consent.State));

        await world.PassAsync(TimeSpan.FromDays(367));
        await world.UntilAsync(family.Id, row => row.State is FamilyCaseState.Erased);
    }

    [Fact]
    public async Task A_change_of_a_case_or_instruction_somebody_else_changed_is_refused_and_a_forbidden_move_too()
    {
        var (family, instruction) = await world.InstructedAsync();
        using var hand = WriteWatch.ByHand();
        var (cases, markers) = (world.Registers.Cases, world.Registers.Markers);
        var mine = await cases.GetAsync(family.Id.Text, World.Patience);
        await cases.ChangeAsync(mine, mine.Row with { ChangedAt = world.Time.GetUtcNow() }, World.Patience);
        await Assert.ThrowsAsync<LostUpdateException>(() => cases.ChangeAsync(mine, mine.Row with { KeyWorker = "kw-2" }, World.Patience));
        var now = await cases.GetAsync(family.Id.Text, World.Patience);
        await Assert.ThrowsAsync<ForbiddenTransitionException>(() => cases.ChangeAsync(now, now.Row with { State = FamilyCaseState.Erased }, World.Patience));

        var sent = await markers.GetAsync(instruction.Id, World.Patience);
        await markers.ChangeAsync(sent, sent.Row, World.Patience);
        await Assert.ThrowsAsync<LostUpdateException>(() => markers.ChangeAsync(sent, sent.Row with { Change = sent.Row.Change with { State = MarkerChangeState.Chased } }, World.Patience));
        var then = await markers.GetAsync(instruction.Id, World.Patience);
        await Assert.ThrowsAsync<ForbiddenTransitionException>(() => markers.ChangeAsync(then, then.Row with { Change = then.Row.Change with { State = MarkerChangeState.Escalated } }, World.Patience));
    }

    [Fact]
    public async Task Every_act_of_a_case_and_every_opening_and_disclosure_stands_in_the_ledger()
    {
        var (family, instruction) = await world.InstructedAsync();
        var row = (await world.Registers.Cases.GetAsync(family.Id.Text, World.Patience)).Row;
        var entries = await world.Host.Services.GetRequiredService<Ledger>().ReadAsync(0, World.Patience)
            .Select(record => record.Entry).Where(entry => entry.Kind is EntryKind.Outcome).ToListAsync();

        Assert.All(row.ActIds, act => Assert.Contains(entries, entry => entry.ActId == act && entry.Result == "done"));
        var opening = Assert.Single(entries, entry => entry.Act is "case.open" && entry.References.Contains(family.Id.Text));
        Assert.Equal(("caseshire-pack", "To inform the key worker."), (opening.Exchange.Text, opening.Purpose));
        var disclosure = Assert.Single(entries, entry => entry.Act is "marker.send" && entry.References.Contains(instruction.Id));
        Assert.Equal(("caseshire", "2025-01-01", CaseWorld.Police, 2), (disclosure.Agreement, disclosure.AgreementVersion, disclosure.Agency, disclosure.Count));
        Assert.NotEmpty(disclosure.Basis);
        Assert.NotEmpty(disclosure.Hash);
    }
}
