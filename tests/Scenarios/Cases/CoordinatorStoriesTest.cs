using System.Text;
using Microsoft.Extensions.DependencyInjection;
using TfFlow.Api.Access;
using TfFlow.Api.Endpoints;
using TfFlow.Cli.Commands;
using TfFlow.Lifecycle;
using TfFlow.Lifecycle.Cases;
using TfFlow.Lifecycle.Matching;
using TfFlow.Programme.Agreements;
using TfFlow.Programme.Cases;
using TfFlow.Programme.Eligibility;
using TfFlow.Programme.Ledger;
using TfFlow.Vault.Ledger;
using TfFlow.Vault.Sealing;

namespace TfFlow.Scenarios.Cases;

/// <summary>One deployment that takes drops in, for all stories.</summary>
public sealed class StoriesWorld : IAsyncLifetime
{
    internal CaseWorld World { get; } = CaseWorld.Watching();

    public Task InitializeAsync() => World.InitializeAsync();

    public Task DisposeAsync() => World.DisposeAsync();
}

/// <summary>What a coordinator lives through with a family: what they do, what they then see, what others can do no longer, what the ledger
/// says.</summary>
public sealed class CoordinatorStoriesTest(StoriesWorld stories) : IClassFixture<StoriesWorld>
{
    private const string School = "caseshire-school";
    private const string Study = "institute";
    private static readonly string Paper = new('e', 64);

    private readonly CaseWorld world = stories.World;

    private DateOnly Today => DateOnly.FromDateTime(world.Time.GetUtcNow().UtcDateTime);

    [Fact]
    public async Task An_incident_a_minute_after_the_marker_was_taken_off_reaches_nobody()
    {
        var (family, set) = await world.InstructedAsync();
        await world.ConfirmAsync(set.Id);
        await world.IndexAsync(family, "21 Wharf Street", "LE1 1AA");
        await world.ActAsync($"/cases/{family.Id}/completion");
        var ordered = await world.UntilAsync(family.Id, row => row.Instruction is { Action: MarkerAction.Remove });
        await world.ConfirmAsync((await world.SentAsync(ordered.Instruction!.Id)).Id);
        await world.UntilAsync(family.Id, row => row.Marker is MarkerStanding.Off);
        await world.Host.Engine.AdvanceToAsync(world.Time.GetUtcNow().AddMinutes(1), World.Patience);

        var late = await world.IncidentsAsync(CaseWorld.Incident("Edith", "21 Wharf Street", "LE1 1AA"));

        Assert.Equal("Erased", late.State);
        Assert.DoesNotContain((await world.Registers.Families.GetAsync(family.Id, World.Patience)).Row.Records, record => record.ExtractId == late.Id);
        await RefusedAsync(Role.KeyWorker, CaseWorld.KeyWorker, api => api.GetAsync<object>($"/cases/{family.Id}/incidents", World.Patience));
        await RefusedAsync(Role.KeyWorker, CaseWorld.KeyWorker, api => api.GetAsync<object>($"/cases/{family.Id}/pack", World.Patience));
        Assert.True(await world.LiesInOutboxAsync(CaseWorld.Police, $"certificates/{late.Id}.json"));
        var delivered = Assert.Single(await EntriesAsync("extract.deliver", late.Id));
        Assert.Equal(0, delivered.Count);
        Assert.Equal([late.Id], delivered.References);
        Assert.Equal("done", Assert.Single(await EntriesAsync("extract.erase", late.Id)).Result);
    }

    [Fact]
    public async Task A_family_that_a_partner_leads_is_never_opened_for_a_key_worker_and_is_measured_and_reviewed()
    {
        var family = await world.FamilyAsync();
        await world.ActAsync($"/families/{family.Id}/case", new CaseOpening());
        Assert.Contains("the partner that supports the family already", await world.RefusedAsync($"/cases/{family.Id}/assessment", new AssessmentRequest(false, "nobody")), StringComparison.Ordinal);
        var led = await world.ActAsync($"/cases/{family.Id}/assessment", new AssessmentRequest(MultiAgency: false, School));
        Assert.Equal(("PartnerLed", School), (led.State, led.Assessment!.LedBy));
        await world.Host.Engine.IdleAsync(World.Patience);

        // No pack, no invitation, no key worker, no marker.
        Assert.Null((await world.Registers.Cases.GetAsync(family.Id.Text, World.Patience)).Row.Pack);
        Assert.Contains("a partner supports the family", await world.RefusedAsync($"/cases/{family.Id}/invitation", new InvitationRequest(world.Notice)), StringComparison.Ordinal);
        Assert.Contains("a partner supports the family", await world.RefusedAsync($"/cases/{family.Id}/key-worker", new AllocationRequest("kw-led")), StringComparison.Ordinal);
        await world.RefusedAsync($"/cases/{family.Id}/marker", new MarkerRequest("caseshire-markers", CaseWorld.Police));

        // Whether the partner still supports it is asked after a year; then it ends, and is checked and reviewed as any other.
        await world.PassAsync(TimeSpan.FromDays(367));
        Assert.Contains((await world.DocumentAsync<CaseReminder>(CaseWorld.Council, $"reminders/{family.Id}.json")).Due, due => due.What.Contains("still supports", StringComparison.Ordinal));
        await world.ActAsync($"/cases/{family.Id}/completion");
        await world.PassAsync(TimeSpan.FromDays(367));
        using (var coordinator = world.As(Role.Coordinator))
        {
            Assert.Equal(0, (await coordinator.GetAsync<CaseInformation>($"/cases/{family.Id}/progress", World.Patience)).Withheld);
        }

        await world.ActAsync($"/cases/{family.Id}/outcomes");
        await world.ActAsync($"/cases/{family.Id}/review", new ReviewRequest(FurtherRisk: false));
        await world.UntilAsync(family.Id, row => row.State is FamilyCaseState.Erased);
        Assert.Empty(await EntriesAsync("case.open", family.Id));
        Assert.Equal(["case.assess", "case.remind", "case.complete", "case.outcomes", "case.review"], (await ActsAsync(family.Id)).Intersect(["case.assess", "case.remind", "case.complete", "case.outcomes", "case.review"]));
    }

    [Fact]
    public async Task A_risk_to_a_lone_worker_comes_from_the_pack_and_a_visit_by_one_is_refused_until_it_is_lifted()
    {
        var told = new Dictionary<string, string> { ["subject"] = LoneWorkerRules.Subject, ["information"] = $"{CaseWorld.Canary} threatened a visitor" };
        var family = await world.FamilyAsync(told);
        var path = $"/cases/{family.Id}";
        await world.ActAsync($"/families/{family.Id}/case", new CaseOpening());
        await world.ActAsync($"{path}/assessment", new AssessmentRequest(MultiAgency: false));
        var prepared = await world.UntilAsync(family.Id, row => row.State is FamilyCaseState.PackPrepared);
        Assert.Equal((CaseWorld.Police, family.Records[0].AsAt), (prepared.Risk!.Source, prepared.Risk.On));

        // The school is asked what it thinks, and says it under seal.
        var asked = (await world.ActAsync($"{path}/judgements", new JudgementRequest(School, Today))).Judgements.Single();
        await world.ActAsync($"{path}/judgements/{asked.Reference}/answer", new JudgementAnswer(Today, $"{CaseWorld.Canary} is calm with teachers it knows"));
        using (var coordinator = world.As(Role.Coordinator))
        {
            var said = Assert.Single(await coordinator.GetAsync<ShownJudgement[]>($"{path}/judgements", World.Patience));
            Assert.Equal((School, Today), (said.Organisation, said.SaidOn));
            Assert.Contains("calm with teachers", said.Words, StringComparison.Ordinal);
        }

        Assert.Contains("visits by two", await world.RefusedAsync($"{path}/suitability", new SuitabilityRequest(LoneWorkerConsidered: true)), StringComparison.Ordinal);
        Assert.Contains("before the final check", await world.RefusedAsync($"{path}/visits", new VisitRequest(["kw-risk", "kw-2"], Today)), StringComparison.Ordinal);
        await world.ActAsync($"{path}/suitability", new SuitabilityRequest(LoneWorkerConsidered: true, ByTwo: true));
        Assert.Contains("a visit by one is refused", await world.RefusedAsync($"{path}/visits", new VisitRequest(["kw-risk"], Today)), StringComparison.Ordinal);
        await world.ActAsync($"{path}/currency", new CurrencyAnswer(prepared.Currency[0].ExtractId, Current: true));
        await world.ActAsync($"{path}/invitation", new InvitationRequest(world.Notice));
        await ConsentAsync(family, "Edith", "Edwin");
        await world.ActAsync($"{path}/key-worker", new AllocationRequest("kw-risk"));
        using (var keyWorker = world.As(Role.KeyWorker, account: "kw-risk"))
        {
            var alone = await Assert.ThrowsAsync<CommandException>(() => keyWorker.PostAsync<CaseView>($"{path}/visits", new VisitRequest(["kw-risk"], Today), World.Patience));
            Assert.Contains("a second worker", alone.Message, StringComparison.Ordinal);
            Assert.Equal(["kw-risk", "kw-2"], (await keyWorker.PostAsync<CaseView>($"{path}/visits", new VisitRequest(["kw-risk", "kw-2"], Today), World.Patience)).LastVisit!.Visitors);

            // The pack begins the common assessment: for this key worker, and for nobody else.
            var assessment = Encoding.UTF8.GetString(await keyWorker.GetBytesAsync($"{path}/caf", World.Patience));
            Assert.Contains("threatened a visitor", assessment, StringComparison.Ordinal);
            Assert.Contains("Edith", assessment, StringComparison.Ordinal);
        }

        await RefusedAsync(Role.KeyWorker, "kw-2", api => api.GetBytesAsync($"{path}/caf", World.Patience));
        await RefusedAsync(Role.Coordinator, "co", api => api.GetBytesAsync($"{path}/caf", World.Patience));
        var lifted = await world.ActAsync($"{path}/risk/lift", new RiskRequest(CaseWorld.Police, Today));
        Assert.Null(lifted.Risk);
        Assert.Equal(["kw-risk"], (await world.ActAsync($"{path}/visits", new VisitRequest(["kw-risk"], Today))).LastVisit!.Visitors);
        Assert.Equal(2, (await EntriesAsync("case.visit", family.Id)).Count);
        Assert.Contains("kw-2", (await EntriesAsync("case.visit", family.Id))[0].References);

        // What comes later and tells of one flags it by itself.
        await world.IndexAsync(family, "25 Wharf Street", "LE1 1AA");
        await world.InformationAsync("Edwin", "25 Wharf Street", "LE1 1AA", LoneWorkerRules.Subject);
        Assert.Equal(CaseWorld.Police, (await world.UntilAsync(family.Id, row => row.Risk is not null)).Risk!.Source);
        Assert.Contains("a visit by one is refused", await world.RefusedAsync($"{path}/visits", new VisitRequest(["kw-risk"], Today)), StringComparison.Ordinal);

        // Another family with such a risk is declined, with the reason.
        var other = await world.FamilyAsync(told);
        await world.ActAsync($"/families/{other.Id}/case", new CaseOpening());
        await world.ActAsync($"/cases/{other.Id}/assessment", new AssessmentRequest(MultiAgency: true));
        await world.UntilAsync(other.Id, row => row.State is FamilyCaseState.PackPrepared);
        var declined = await world.ActAsync($"/cases/{other.Id}/suitability", new SuitabilityRequest(LoneWorkerConsidered: true, Reason: UnsuitableReason.RiskToWorker));
        Assert.Equal(("DidNotTakePart", UnsuitableReason.RiskToWorker), (declined.State, declined.Suitability!.Reason));
        await RefusedAsync(Role.Coordinator, "co", api => api.GetAsync<object>($"/cases/{other.Id}/pack", World.Patience));
    }

    [Fact]
    public async Task What_is_known_of_a_victim_is_read_with_that_persons_own_agreement_and_is_gone_when_it_is_taken_back()
    {
        var family = await SupportedAsync("kw-victim");
        var (edith, edwin) = (family.Members[0], family.Members[1]);
        await world.IndexAsync(family, "22 Wharf Street", "LE1 1AA");
        await world.IncidentsAsync(
            CaseWorld.Incident("Edith", "22 Wharf Street", "LE1 1AA", role: "victim", summary: "Hurt at home"),
            CaseWorld.Incident("Edwin", "22 Wharf Street", "LE1 1AA", summary: "Arrested", born: "09/11/1988"));
        using var keyWorker = world.As(Role.KeyWorker, account: "kw-victim");
        async Task<string> ReadAsync()
        {
            var read = await keyWorker.GetAsync<CaseInformation>($"/cases/{family.Id}/incidents", World.Patience);
            return $"{string.Join(", ", read.Items.Select(item => item.Fields.GetValueOrDefault("summary", "")).Where(summary => summary.Length > 0).Order())}; {read.Withheld} withheld";
        }

        // The sender says that she was asked; she was not asked here.
        Assert.Equal("Arrested; 1 withheld", await ReadAsync());
        await world.ActAsync($"/cases/{family.Id}/consents/{edwin}/victim-information", new VictimConsentRequest(Today));
        Assert.Equal("Arrested; 1 withheld", await ReadAsync());

        await world.ActAsync($"/cases/{family.Id}/consents/{edith}/victim-information", new VictimConsentRequest(Today));
        Assert.Equal("Arrested, Hurt at home; 0 withheld", await ReadAsync());

        await keyWorker.PostAsync<CaseView>($"/cases/{family.Id}/consents/{edith}/victim-information/withdrawal", new VictimConsentRequest(Today), World.Patience);
        Assert.Equal("Arrested; 1 withheld", await ReadAsync());
        Assert.Contains("who agreed to it", await world.RefusedAsync($"/cases/{family.Id}/consents/{edith}/victim-information/withdrawal", new VictimConsentRequest(Today)), StringComparison.Ordinal);
        Assert.Equal(FamilyCaseState.Supported, (await world.Registers.Cases.GetAsync(family.Id.Text, World.Patience)).Row.State);
        Assert.Equal(4, (await EntriesAsync("case.read-incidents", family.Id)).Count);
        Assert.Equal("kw-victim", Assert.Single(await EntriesAsync("consent.withdraw-victim", family.Id)).Actor);
    }

    [Fact]
    public async Task Who_has_not_signed_is_at_a_meeting_only_under_the_joint_action_groups_agreement_and_the_ledger_says_who_was_told_what()
    {
        var family = await SupportedAsync("kw-meeting");
        var path = $"/cases/{family.Id}/meetings";
        var guest = new GuestRequest("housing-trust", Today, Paper);
        var meeting = new TeamMeetingRequest(
            "caseshire-meeting",
            Today,
            [CaseWorld.Police, School],
            [guest],
            [new(InformationKind.RiskToWorker, [CaseWorld.Police, "housing-trust"]), new(InformationKind.Attendance, [CaseWorld.Police])]);
        Assert.Contains("a seat as a guest for housing-trust", await world.RefusedAsync(path, meeting with { Parties = [CaseWorld.Police, "housing-trust"], Guests = [], Shared = [] }), StringComparison.Ordinal);
        Assert.Contains("confidentiality agreement of housing-trust", await world.RefusedAsync(path, meeting with { Guests = [guest with { PaperSha256 = null }] }), StringComparison.Ordinal);
        Assert.Contains("confidentiality agreement of housing-trust", await world.RefusedAsync(path, meeting with { Guests = [guest with { SignedOn = Today.AddDays(1) }] }), StringComparison.Ordinal);
        Assert.Contains("which of those who attended", await world.RefusedAsync(path, meeting with { Shared = [new(InformationKind.Health, [Study])] }), StringComparison.Ordinal);
        Assert.Empty(await EntriesAsync("disclosure.tell", family.Id));

        using (var keyWorker = world.As(Role.KeyWorker, account: "kw-meeting"))
        {
            var held = Assert.Single((await keyWorker.PostAsync<CaseView>(path, meeting, World.Patience)).Meetings);
            Assert.Equal(("housing-trust", "kw-meeting"), (Assert.Single(held.Guests).Organisation, held.By));
        }

        var told = await EntriesAsync("disclosure.tell", family.Id);
        Assert.Equal(
            [("caseshire-police", "attendance."), ("caseshire-police", "risk-to-worker."), ("housing-trust", "risk-to-worker.")],
            told.Select(entry => (entry.Agency.Text, entry.Purpose.Split(' ')[^1])).Order());
        Assert.Contains(Paper, Assert.Single(await EntriesAsync("case.hold-meeting", family.Id)).References);
        await RefusedAsync(Role.KeyWorker, "kw-other", api => api.PostAsync<CaseView>(path, meeting, World.Patience));
    }

    [Fact]
    public async Task A_person_who_objects_is_left_out_and_left_alone_until_it_is_decided_and_nobody_is_released_untold()
    {
        var family = await SupportedAsync("kw-objection");
        var (edith, edwin) = (family.Members[0], family.Members[1]);
        await world.IndexAsync(family, "23 Wharf Street", "LE1 1AA");
        await world.IncidentsAsync(
            CaseWorld.Incident("Edith", "23 Wharf Street", "LE1 1AA", summary: "Shoplifting"),
            CaseWorld.Incident("Edwin", "23 Wharf Street", "LE1 1AA", summary: "Arrested", born: "09/11/1988"));

        // A comparison family was never invited, so never told: it is not released, and the refusal says which.
        var compared = await world.FamilyAsync();
        await world.ActAsync($"/families/{compared.Id}/case", new CaseOpening());
        await world.ActAsync($"/cases/{compared.Id}/closure");
        using var key = RecipientKey.Create();
        var others = (await world.Registers.Cases.ListAsync(World.Patience).Select(row => row.Row.Id).ToListAsync()).Except([family.Id.Text, compared.Id.Text]).ToList();
        var order = new SubmissionRequest(CaseWorld.Council, "caseshire-study", Study, Reference.New(), Convert.ToBase64String(key.PublicKey.Span), others);
        using var coordinator = world.As(Role.Coordinator);
        var untold = await Assert.ThrowsAsync<CommandException>(() => coordinator.PostAsync<SubmissionView>("/study-submissions", order, World.Patience));
        Assert.EndsWith($"Not told yet is somebody of {compared.Id}. (gate.not-told)", untold.Message, StringComparison.Ordinal);
        var given = await coordinator.PostAsync<NoticeGivenView>($"/families/{compared.Id}/notices", new NoticeGiving(world.Notice, NoticeMeans.Post, Today), World.Patience);
        Assert.Equal(compared.Members.Order(), given.Persons.Order());

        // Edith objects to research and to what her key worker is told.
        var objection = await coordinator.PostAsync<ObjectionView>(
            "/objections", new ObjectionRequest(family.Id, edith, [Use.Research, Use.Management], ObjectionReason.OwnSituation, Today, Paper), World.Patience);
        Assert.DoesNotContain("Edith", await SubmittedAsync(coordinator, order, key), StringComparison.Ordinal);
        Assert.Equal(["Arrested"], await SummariesAsync("kw-objection", family));

        // It is not upheld, and what it was about goes on.
        using var governance = world.As(Role.InformationGovernance);
        Assert.Equal("NotUpheld", (await governance.PostAsync<ObjectionView>($"/objections/{objection.Id}/decision", new ObjectionDecision(Upheld: false, Paper), World.Patience)).State);
        var submitted = await SubmittedAsync(coordinator, order, key);
        Assert.Contains("Edith", submitted, StringComparison.Ordinal);
        Assert.Contains("Edwin", submitted, StringComparison.Ordinal);
        Assert.Equal(["Arrested", "Shoplifting"], await SummariesAsync("kw-objection", family));

        // Edwin's is upheld: for good.
        var second = await coordinator.PostAsync<ObjectionView>(
            "/objections", new ObjectionRequest(family.Id, edwin, [Use.Management], ObjectionReason.Safety, Today), World.Patience);
        Assert.Equal("Upheld", (await governance.PostAsync<ObjectionView>($"/objections/{second.Id}/decision", new ObjectionDecision(Upheld: true, Paper), World.Patience)).State);
        Assert.Equal(["Shoplifting"], await SummariesAsync("kw-objection", family));
        Assert.Contains("was upheld", await world.RefusedAsync($"/cases/{family.Id}/marker", new MarkerRequest("caseshire-markers", CaseWorld.Police)), StringComparison.Ordinal);
        Assert.Contains("was upheld", await world.RefusedAsync($"/cases/{family.Id}/meetings", new TeamMeetingRequest("caseshire-meeting", Today, [School], [], [new(InformationKind.Support, [School])])), StringComparison.Ordinal);
        Assert.Equal(["objection.record", "objection.overrule", "objection.record", "objection.uphold"], (await ActsAsync(family.Id)).Where(act => act.StartsWith("objection.", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Who_objects_to_being_looked_for_is_not_selected_and_once_it_is_upheld_is_forgotten_but_for_the_token_that_keeps_them_out()
    {
        var family = await world.FamilyAsync();
        await world.IndexAsync(family, "24 Wharf Street", "LE1 1AA");
        using var coordinator = world.As(Role.Coordinator);
        using var governance = world.As(Role.InformationGovernance);
        var objection = await coordinator.PostAsync<ObjectionView>(
            "/objections", new ObjectionRequest(family.Id, family.Members[0], [Use.Identification], ObjectionReason.Confidence, Today), World.Patience);
        Assert.Contains("nobody of whom objects to being selected", await world.RefusedAsync($"/families/{family.Id}/case", new CaseOpening()), StringComparison.Ordinal);
        await governance.PostAsync<ObjectionView>($"/objections/{objection.Id}/decision", new ObjectionDecision(Upheld: true, Paper), World.Patience);
        var erased = (await world.Registers.Families.GetAsync(family.Id, World.Patience)).Row;
        Assert.Equal((CohortState.Erased, RemovalReason.Objection), (erased.State, erased.Removal));
        Assert.Contains(family.Id.Text, await IndexedAsync());
        Assert.DoesNotContain(await world.DiscrepanciesAsync(), found => found.Reference == family.Id.Text);

        await coordinator.PostAsync<ObjectionView>($"/objections/{objection.Id}/withdrawal", null, World.Patience);
        Assert.DoesNotContain(family.Id.Text, await IndexedAsync());
    }

    private async Task<List<string>> IndexedAsync() =>
        await world.Host.Services.GetRequiredService<HouseholdIndex>().ListFamiliesAsync(World.Patience).ToListAsync();

    /// <summary>A family as far as support, Edith and Edwin by their own signed forms.</summary>
    private async Task<Family> SupportedAsync(string keyWorker)
    {
        var family = await world.InvitedAsync();
        await ConsentAsync(family, "Edith", "Edwin");
        await world.ActAsync($"/cases/{family.Id}/key-worker", new AllocationRequest(keyWorker));
        return family;
    }

    private async Task ConsentAsync(Family family, params string[] forenames)
    {
        foreach (var (member, name) in family.Members.Zip(forenames))
        {
            var born = name == "Edith" ? new DateOnly(1990, 2, 3) : new(1988, 11, 9);
            await world.ActAsync($"/cases/{family.Id}/consents/{member}/give", world.Form(member) with { Forenames = name, DateOfBirth = born, Address = $"{family.Id} Wharf Street" });
        }
    }

    private async Task<string[]> SummariesAsync(string keyWorker, Family family)
    {
        using var api = world.As(Role.KeyWorker, account: keyWorker);
        var read = await api.GetAsync<CaseInformation>($"/cases/{family.Id}/incidents", World.Patience);
        return [.. read.Items.Select(item => item.Fields.GetValueOrDefault("summary", "")).Where(summary => summary.Length > 0).Order()];
    }

    /// <summary>What the study would read of a submission.</summary>
    private async Task<string> SubmittedAsync(ApiClient coordinator, SubmissionRequest order, RecipientKey key)
    {
        var submission = await coordinator.PostAsync<SubmissionView>("/study-submissions", order, World.Patience);
        await using var file = (await world.Host.Services.GetRequiredService<Outbox>().FindAsync(CaseWorld.Council, submission.File, World.Patience))!;
        return Encoding.UTF8.GetString(await key.OpenAsync(file.Content, order.GrantId, CaseWorld.Council, World.Patience));
    }

    private async Task RefusedAsync<T>(Role role, string account, Func<ApiClient, Task<T>> act)
    {
        using var api = world.As(role, account: account);
        await Assert.ThrowsAsync<CommandException>(() => act(api));
    }

    private async Task<List<LedgerEntry>> EntriesAsync(string act, string reference) =>
        [.. (await OutcomesAsync()).Where(entry => entry.Act == act && entry.References.Contains(reference))];

    private async Task<List<string>> ActsAsync(string reference) => [.. (await OutcomesAsync()).Where(entry => entry.References.Contains(reference)).Select(entry => entry.Act)];

    private async Task<List<LedgerEntry>> OutcomesAsync() =>
        await world.Host.Services.GetRequiredService<Ledger>().ReadAsync(0, World.Patience).Select(record => record.Entry).Where(entry => entry.Kind is EntryKind.Outcome).ToListAsync();
}
