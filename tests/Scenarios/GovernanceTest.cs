using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;
using TfFlow.Api.Access;
using TfFlow.Api.Endpoints;
using TfFlow.Cli.Commands;
using TfFlow.Cli.Demo;
using TfFlow.Host.Local.Engine;
using TfFlow.Lifecycle;
using TfFlow.Lifecycle.Governance;
using TfFlow.Lifecycle.Retention;
using TfFlow.Programme.Agreements;
using TfFlow.Programme.Eligibility;
using TfFlow.Programme.Governance;
using TfFlow.Programme.Retention;
using TfFlow.Vault.Keys;
using TfFlow.Vault.Ledger;
using TfFlow.Vault.Sealing;

namespace TfFlow.Scenarios;

/// <summary>The governance registers on a real store, in virtual time: each deadline, and each refusal that the gate makes because a register says so.</summary>
public sealed partial class GovernanceTest(GovernanceWorld world) : IClassFixture<GovernanceWorld>
{
    private static readonly string Paper = new('a', 64);

    private static readonly string[] Schools = [.. Enumerable.Range(0, 10).Select(school => $"school-{school}")];

    [Fact]
    public async Task A_termination_refuses_and_erases_on_day_30_and_not_on_day_29()
    {
        var kept = await world.DropAsync("ending-attendance");
        var record = new RegisterRecord(Agreement: "ending", Party: GovernanceWorld.Council, Told: Schools, PaperSha256: Paper);
        Assert.Contains("notice in writing to school-0", await GovernanceWorld.RefusedAsync(() => world.RecordAsync(RegisterKind.Termination, record with { Told = Schools[1..] })), StringComparison.Ordinal);
        Assert.Contains("the paper it rests on", await GovernanceWorld.RefusedAsync(() => world.RecordAsync(RegisterKind.Termination, record with { PaperSha256 = "a signed letter" })), StringComparison.Ordinal);
        Assert.Contains("at least 30 days", await GovernanceWorld.RefusedAsync(() => world.RecordAsync(RegisterKind.Termination, record with { EffectOn = world.Today.AddDays(29) })), StringComparison.Ordinal);

        var notice = await world.RecordAsync(RegisterKind.Termination, record);
        Assert.Equal(world.Time.GetUtcNow().AddDays(AgreementNotice.NoticeDays), notice.EffectAt!.Value, TimeSpan.FromMinutes(1));
        Assert.Contains($"governance/termination-{notice.Id}.json", await world.OutboxAsync("school-9"));

        // Nothing is closed, and nothing erased, while the notice runs.
        await world.PassToAsync(notice.EffectAt.Value.AddDays(-1));
        Assert.Equal("Kept", await world.StateAsync(kept.Id));
        Assert.Equal("", await world.RefusalAsync("ending-attendance", "school-1"));

        await world.PassToAsync(notice.EffectAt.Value);
        Assert.Contains("ending was terminated by testshire-council", await world.RefusalAsync("ending-attendance", "school-1"), StringComparison.Ordinal);
        Assert.Equal("Erased", await world.StateAsync(kept.Id));
        Assert.Equal("CarriedOut", (await world.EntryAsync(RegisterKind.Termination, notice.Id)).State);
        using var school = world.As(Role.AgencySubmitter, agency: "school-0");
        var certificate = await school.GetAsync<ErasureCertificate>($"/agencies/school-0/outbox/certificates/{kept.Id}.json", World.Patience);
        Assert.Contains("the agreement was terminated with effect from", certificate.Rule, StringComparison.Ordinal);
        Assert.Contains($"governance/termination-{notice.Id}-effect.json", await world.OutboxAsync("school-9"));
        await world.PassAsync(TimeSpan.FromDays(1));
        Assert.Equal(1, await world.CountAsync("register.carry-out", notice.Id));
        Assert.Contains("its day has come", await GovernanceWorld.RefusedAsync(() => world.TakeAsync(RegisterKind.Termination, notice.Id, RegisterStep.End)), StringComparison.Ordinal);
    }

    /// <remarks>What a family of the cohort holds of it goes with it; what a hold covers stays until it is released.</remarks>
    [Fact]
    public async Task What_families_hold_of_an_agreement_that_ended_is_erased_and_what_is_held_waits_for_its_release()
    {
        await using var own = await World.CreateAsync();
        var time = new VirtualClock(Northmere.Day);
        await using var host = await own.StartAsync(time, northmere: true);
        await Northmere.DropMonthAsync(host, DateOnly.FromDateTime(Northmere.Day.UtcDateTime), people: 300, troubled: 0.3);
        using var coordinator = Northmere.Coordinator(host);
        using var governance = World.As(host, "", Role.InformationGovernance);
        await DemoMatch.RoundAsync(host, coordinator, World.Patience);
        bool FromDwp(Lifecycle.Matching.FamilyBlob record) => record.Agreement == "northmere-dwp";
        var before = (await Northmere.FamiliesAsync(host, CohortState.InCohort)).Where(family => family.Records.Any(FromDwp)).ToList();
        Assert.True(before.Count > 1);
        var held = before[0].Id.Text;
        var hold = await governance.PostAsync<HoldView>("/holds", new HoldRequest(Programme.Cases.HoldReason.CourtOrder, Paper, [held], DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime).AddMonths(6)), World.Patience);
        var told = DemoAuthority.Agreements.Signatories("northmere-dwp", DateOnly.FromDateTime(Northmere.Day.UtcDateTime)).Select(party => party.Text).ToList();
        var notice = await governance.PostAsync<RegisterView>(
            "/registers/termination", new RegisterRecord(Agreement: "northmere-dwp", Party: "northmere-jobcentre", Told: told, PaperSha256: Paper), World.Patience);

        await host.Engine.AdvanceToAsync(notice.EffectAt!.Value, World.Patience);
        await World.SweepAsync(host);

        async Task<List<string>> HoldingAsync() => [.. (await Northmere.FamiliesAsync(host, CohortState.InCohort)).Where(family => family.Records.Any(FromDwp)).Select(family => family.Id.Text)];
        Assert.Equal([held], await HoldingAsync());
        using var jobcentre = World.As(host, "northmere-jobcentre");
        var gone = before[1];
        var certificate = await jobcentre.GetAsync<ErasureCertificate>(
            $"/agencies/northmere-jobcentre/outbox/certificates/{gone.Records.First(FromDwp).ExtractId}.{gone.Id}.json", World.Patience);
        Assert.Contains("the agreement was terminated", certificate.Rule, StringComparison.Ordinal);
        var entry = Assert.Single(await governance.GetAsync<RegisterView[]>("/registers/termination", World.Patience));
        Assert.Equal("Recorded", entry.State);
        await World.AssertAccountedForAsync(host);

        await governance.PostAsync<HoldView>($"/holds/{hold.Id}/release", null, World.Patience);
        await World.SweepAsync(host);
        Assert.Empty(await HoldingAsync());
        Assert.Equal("CarriedOut", Assert.Single(await governance.GetAsync<RegisterView[]>("/registers/termination", World.Patience)).State);
        await World.AssertAccountedForAsync(host);
    }

    [Fact]
    public async Task Who_withdraws_is_refused_and_what_it_sent_is_erased_and_the_others_go_on()
    {
        var (theirs, others) = (await world.DropAsync("leaving-attendance", "school-4"), await world.DropAsync("leaving-attendance", "school-5"));
        var notice = await world.RecordAsync(RegisterKind.Withdrawal, new(Agreement: "leaving", Party: "school-4", Told: [GovernanceWorld.Council, .. Schools], PaperSha256: Paper));

        // A notice that is taken back in time has no effect.
        var back = await world.RecordAsync(RegisterKind.Withdrawal, new(Agreement: "leaving", Party: "school-5", Told: [GovernanceWorld.Council, .. Schools], PaperSha256: Paper));
        Assert.Equal("Ended", (await world.TakeAsync(RegisterKind.Withdrawal, back.Id, RegisterStep.End)).State);
        using (var council = world.As(Role.Coordinator, agency: GovernanceWorld.Council))
        {
            var told = await council.GetAsync<RegisterNotice>($"/agencies/{GovernanceWorld.Council}/outbox/governance/withdrawal-{back.Id}.json", World.Patience);
            Assert.Contains("It was taken back on", told.Words, StringComparison.Ordinal);
        }

        // The extracts are kept for a month only: what is looked at is that they go by the notice's day, and by its rule.
        await world.PassToAsync(notice.EffectAt!.Value.AddDays(-1));
        Assert.Equal("Kept", await world.StateAsync(theirs.Id));

        // On the last day something is still given to both.
        foreach (var receiver in (string[])["school-4", "school-5"])
        {
            using var key = RecipientKey.Create();
            using var school = world.As(Role.AgencySubmitter, agency: receiver);
            using var coordinator = world.As(Role.Coordinator);
            await school.PostAsync<RecipientView>($"/agencies/{receiver}/key", new RecipientKeyRequest(Convert.ToBase64String(key.PublicKey.Span)), World.Patience);
            await coordinator.PostFileAsync<GivenFileView>($"/exchanges/leaving-attendance-back/files/{receiver}", new MemoryStream(World.AttendanceFile(3)), World.Patience);
        }

        static bool IsGiven(string name) => name.StartsWith("given/", StringComparison.Ordinal);
        Assert.Contains(await world.OutboxAsync("school-4"), IsGiven);
        await world.PassToAsync(notice.EffectAt.Value);
        Assert.Contains("school-4 withdrew from leaving", await world.RefusalAsync("leaving-attendance", "school-4"), StringComparison.Ordinal);
        Assert.Equal("", await world.RefusalAsync("leaving-attendance", "school-5"));
        Assert.Equal("Erased", await world.StateAsync(theirs.Id));
        using var withdrawn = world.As(Role.AgencySubmitter, agency: "school-4");
        var certificate = await withdrawn.GetAsync<ErasureCertificate>($"/agencies/school-4/outbox/certificates/{theirs.Id}.json", World.Patience);
        Assert.Contains("its sender withdrew with effect from", certificate.Rule, StringComparison.Ordinal);
        Assert.Equal("Kept", await world.StateAsync(others.Id));

        // What was given and not collected lies there for nobody who left.
        Assert.DoesNotContain(await world.OutboxAsync("school-4"), IsGiven);
        Assert.Contains(await world.OutboxAsync("school-5"), IsGiven);
    }

    [Fact]
    public async Task An_order_of_the_commissioner_is_refused_from_its_day_and_until_it_is_lifted()
    {
        Assert.Equal("", await world.RefusalAsync("ordered-attendance"));
        var order = await world.RecordAsync(RegisterKind.Order, new(Agreement: "ordered", Scope: "cease", PaperSha256: Paper));
        Assert.Contains("The Information Commissioner ordered that ordered is not processed", await world.RefusalAsync("ordered-attendance"), StringComparison.Ordinal);

        // What must go through does: a breach is recorded and its provider told.
        using var governance = world.As(Role.InformationGovernance);
        var breach = await governance.PostAsync<BreachView>(
            $"/agencies/{GovernanceWorld.Council}/breaches", new BreachRequest("ordered-attendance", "school-0", Programme.Cases.BreachKind.Other, false, world.Time.GetUtcNow(), Paper, ThirdParty: true), World.Patience);
        Assert.True(breach.ThirdParty);

        Assert.Equal("Ended", (await world.TakeAsync(RegisterKind.Order, order.Id, RegisterStep.End)).State);
        Assert.Equal("", await world.RefusalAsync("ordered-attendance"));

        // A processing is changed: one use is forbidden, and here there is no other.
        var change = await world.RecordAsync(RegisterKind.Order, new(Agreement: "ordered", Exchange: "ordered-attendance", Scope: "identification", PaperSha256: Paper));
        Assert.Contains("for identification", await world.RefusalAsync("ordered-attendance"), StringComparison.Ordinal);
        Assert.Equal("", await world.RefusalAsync("ordered-attendance-brief"));
        await world.TakeAsync(RegisterKind.Order, change.Id, RegisterStep.End);
    }

    [Fact]
    public async Task A_source_is_taken_once_its_asset_owner_approved_it_and_no_more_once_the_approval_is_taken_back()
    {
        Assert.Contains("The Information Asset Owner has not approved the source", await world.RefusalAsync("approved-attendance"), StringComparison.Ordinal);
        var record = new RegisterRecord(Exchange: "approved-attendance", Scope: "source", PaperSha256: Paper);
        Assert.Contains("may not do this", await GovernanceWorld.RefusedAsync(() => world.RecordAsync(RegisterKind.AssetApproval, record)), StringComparison.Ordinal);
        var approval = await world.RecordAsync(RegisterKind.AssetApproval, record, Role.AssetOwner);
        Assert.Equal("Kept", (await world.DropAsync("approved-attendance")).State);
        await world.TakeAsync(RegisterKind.AssetApproval, approval.Id, RegisterStep.End, Role.AssetOwner);
        Assert.Contains("has not approved", await world.RefusalAsync("approved-attendance"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unlisted_account_cannot_drop_a_listed_one_can_and_once_its_entry_lapses_it_cannot()
    {
        Assert.Contains("for people who are named", await world.RefusalAsync("named-attendance", account: "a.clerk"), StringComparison.Ordinal);
        var entry = await world.RecordAsync(
            RegisterKind.NamedPerson, new(Exchange: "named-attendance", Party: "school-0", Account: "a.clerk", Scope: "share", Until: world.Today.AddDays(10)));
        Assert.Equal("Kept", (await world.DropAsync("named-attendance", account: "a.clerk")).State);
        Assert.Contains("for people who are named", await world.RefusalAsync("named-attendance", account: "another.clerk"), StringComparison.Ordinal);

        // Its last day is the tenth; the sweep of the next marks it, and the authority is told.
        await world.PassToAsync(new(world.Today.AddDays(11), TimeOnly.MinValue, TimeSpan.Zero));
        Assert.Equal("Lapsed", (await world.EntryAsync(RegisterKind.NamedPerson, entry.Id)).State);
        Assert.Contains("or its entry has lapsed", await world.RefusalAsync("named-attendance", account: "a.clerk"), StringComparison.Ordinal);
        Assert.Contains($"escalations/register-{entry.Id}.json", await world.OutboxAsync(GovernanceWorld.Council));
        Assert.Equal(1, await world.CountAsync("register.lapse", entry.Id));
    }

    [Fact]
    public async Task A_round_over_what_only_named_people_match_is_begun_by_one_of_them()
    {
        using var coordinator = world.As(Role.Coordinator, "a.coordinator");
        var until = world.Today.AddMonths(3);
        await world.RecordAsync(RegisterKind.NamedPerson, new(Exchange: "named-attendance", Party: "school-6", Account: "s.six", Scope: "share", Until: until));
        Assert.Equal("Kept", (await world.DropAsync("named-attendance", "school-6", "s.six")).State);
        Task<MatchingView> BeginAsync() => coordinator.PostAsync<MatchingView>("/matching?confirm=true", body: null, World.Patience);
        Assert.Contains("this account is not in the register of testshire-council to match it", await GovernanceWorld.RefusedAsync(BeginAsync), StringComparison.Ordinal);
        await world.RecordAsync(RegisterKind.NamedPerson, new(Exchange: "named-attendance", Party: GovernanceWorld.Council, Account: "a.coordinator", Scope: "match", Until: until));
        Assert.NotEmpty((await BeginAsync()).InstanceId);
        await world.Host.Engine.IdleAsync(World.Patience);
    }

    [Fact]
    public async Task A_table_is_used_once_the_leads_of_both_sides_agreed_to_it()
    {
        Assert.Contains("The information governance lead of School 0 has not agreed", await world.RefusalAsync("agreed-attendance"), StringComparison.Ordinal);
        foreach (var party in (string[])["school-0", GovernanceWorld.Council])
        {
            Assert.NotEqual("", await world.RefusalAsync("agreed-attendance"));
            await world.RecordAsync(RegisterKind.TableAgreement, new(Agreement: "agreed", Version: "2025-01-01", Party: party, PaperSha256: Paper));
        }

        Assert.Equal("", await world.RefusalAsync("agreed-attendance"));
        Assert.Contains("a version of agreed", await GovernanceWorld.RefusedAsync(() => world.RecordAsync(RegisterKind.TableAgreement, new(Agreement: "agreed", Version: "2026-01-01", Party: "school-1", PaperSha256: Paper))), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Access_is_asked_authorised_granted_reviewed_and_revoked_and_the_register_decides_who_is_let_in()
    {
        const string Account = "k.auditor";
        async Task LookAsync()
        {
            using var api = world.As(Role.Auditor, Account);
            await api.GetAsync<ExtractView[]>("/extracts", World.Patience);
        }

        // Who does not stand in the register is let in, where the plan does not ask for it.
        await LookAsync();
        var asked = await world.RecordAsync(RegisterKind.Access, new(Account: Account, Scope: "auditor", Until: world.Today.AddDays(20)), Role.Coordinator);
        Assert.Contains("access in this role is not granted", await GovernanceWorld.RefusedAsync(LookAsync), StringComparison.Ordinal);
        Assert.Contains("may not do this", await GovernanceWorld.RefusedAsync(() => world.TakeAsync(RegisterKind.Access, asked.Id, RegisterStep.Authorise, Role.PermissionsAdministrator)), StringComparison.Ordinal);
        Assert.Contains("This cannot be done now", await GovernanceWorld.RefusedAsync(() => world.TakeAsync(RegisterKind.Access, asked.Id, RegisterStep.Grant, Role.PermissionsAdministrator)), StringComparison.Ordinal);
        await world.TakeAsync(RegisterKind.Access, asked.Id, RegisterStep.Authorise, Role.Coordinator, "the.coordinator");
        Assert.Contains("somebody else than who authorised it", await GovernanceWorld.RefusedAsync(() => world.TakeAsync(RegisterKind.Access, asked.Id, RegisterStep.Grant, Role.PermissionsAdministrator, "the.coordinator")), StringComparison.Ordinal);
        Assert.Equal("InForce", (await world.TakeAsync(RegisterKind.Access, asked.Id, RegisterStep.Grant, Role.PermissionsAdministrator, "b.i")).State);
        await LookAsync();

        // In another role the same account is not let in.
        using (var other = world.As(Role.Coordinator, Account))
        {
            Assert.Contains("access in this role is not granted", await GovernanceWorld.RefusedAsync(() => other.GetAsync<ExtractView[]>("/extracts", World.Patience)), StringComparison.Ordinal);
        }

        // Reviewed it goes on past its first last day, and lapses on the second.
        await world.TakeAsync(RegisterKind.Access, asked.Id, RegisterStep.Review, Role.Coordinator, body: new(Until: world.Today.AddDays(40)));
        await world.PassAsync(TimeSpan.FromDays(30));
        await LookAsync();
        await world.PassAsync(TimeSpan.FromDays(11));
        Assert.Equal("Lapsed", (await world.EntryAsync(RegisterKind.Access, asked.Id)).State);
        await GovernanceWorld.RefusedAsync(LookAsync);

        var again = await world.RecordAsync(RegisterKind.Access, new(Account: Account, Scope: "auditor", Until: world.Today.AddDays(20)), Role.Coordinator);
        await world.TakeAsync(RegisterKind.Access, again.Id, RegisterStep.Authorise, Role.Coordinator, "the.coordinator");
        await world.TakeAsync(RegisterKind.Access, again.Id, RegisterStep.Grant, Role.PermissionsAdministrator, "b.i");
        await LookAsync();
        Assert.Equal("Ended", (await world.TakeAsync(RegisterKind.Access, again.Id, RegisterStep.End, Role.Coordinator)).State);
        await GovernanceWorld.RefusedAsync(LookAsync);
    }

    /// <remarks>seeds/001 Data definitions: where the plan asks for it, every account of the authority's own staff stands in the register.</remarks>
    [Fact]
    public async Task Where_the_plan_asks_for_it_only_accounts_of_the_register_are_let_in_and_the_register_itself_stays_open_to_who_keeps_it()
    {
        await using var own = await World.CreateAsync();
        await using var host = await own.StartAsync(new VirtualClock(Northmere.Day), northmere: true, matching: DemoAuthority.Plan(DateOnly.FromDateTime(Northmere.Day.UtcDateTime)) with { AccountsRegistered = true });
        using var coordinator = World.As(host, "", Role.Coordinator);
        using var administrator = ApiClient.At(host.Address, host.Tokens.Mint(new Caller("b.i", Role.PermissionsAdministrator, ""), TimeSpan.FromDays(1)));
        Task LookAsync() => coordinator.GetAsync<ExtractView[]>("/extracts", World.Patience);
        Assert.Contains("does not stand in the register of access", await GovernanceWorld.RefusedAsync(LookAsync), StringComparison.Ordinal);

        // That somebody acts for the authority by name makes no difference.
        using (var named = World.As(host, DemoAuthority.Id, Role.Coordinator))
        {
            await GovernanceWorld.RefusedAsync(() => named.GetAsync<ExtractView[]>("/extracts", World.Patience));
        }

        var until = DateOnly.FromDateTime(Northmere.Day.UtcDateTime).AddMonths(6);
        var asked = await coordinator.PostAsync<RegisterView>("/registers/access", new RegisterRecord(Account: "scenario", Scope: "coordinator", Until: until), World.Patience);
        Assert.Contains("access in this role is not granted", await GovernanceWorld.RefusedAsync(() => coordinator.PostAsync<RegisterView>($"/registers/access/{asked.Id}/authorise", new RegisterStepRequest(), World.Patience)), StringComparison.Ordinal);
        using (var another = ApiClient.At(host.Address, host.Tokens.Mint(new Caller("another", Role.Coordinator, ""), TimeSpan.FromDays(1))))
        {
            await another.PostAsync<RegisterView>($"/registers/access/{asked.Id}/authorise", new RegisterStepRequest(), World.Patience);
        }

        await administrator.PostAsync<RegisterView>($"/registers/access/{asked.Id}/grant", new RegisterStepRequest(), World.Patience);
        await LookAsync();

        // Who was revoked keeps no register either.
        using (var another = ApiClient.At(host.Address, host.Tokens.Mint(new Caller("another", Role.Coordinator, ""), TimeSpan.FromDays(1))))
        {
            await another.PostAsync<RegisterView>($"/registers/access/{asked.Id}/end", new RegisterStepRequest(), World.Patience);
            await another.GetAsync<RegisterView[]>("/registers/access", World.Patience);
        }

        Assert.Contains("is revoked", await GovernanceWorld.RefusedAsync(() => coordinator.GetAsync<RegisterView[]>("/registers/access", World.Patience)), StringComparison.Ordinal);

        // Agencies' accounts are named in specifications, not here.
        using var agency = World.As(host, "northmere-jobcentre");
        await agency.GetAsync<ExtractView[]>("/extracts", World.Patience);
    }

    [Fact]
    public async Task An_overdue_review_is_reminded_of_every_30_days_until_it_is_made()
    {
        var risk = await world.RecordAsync(RegisterKind.Risk, new(Agreement: "testshire", Levels: new(2, 2, 1, 2), ReviewOn: world.Today.AddDays(5), PaperSha256: Paper));
        Assert.Equal("4 amber-green, residual 2 green", risk.Priority);
        await world.PassAsync(TimeSpan.FromDays(4));
        Assert.Equal(0, await world.CountAsync("register.remind", risk.Id));
        await world.PassAsync(TimeSpan.FromDays(2));
        await world.PassAsync(TimeSpan.FromDays(1));
        Assert.Equal(1, await world.CountAsync("register.remind", risk.Id));
        Assert.Contains($"escalations/register-{risk.Id}.json", await world.OutboxAsync(GovernanceWorld.Council));
        await world.PassAsync(TimeSpan.FromDays(RegisterRow.ReminderDays));
        Assert.Equal(2, await world.CountAsync("register.remind", risk.Id));
        await world.TakeAsync(RegisterKind.Risk, risk.Id, RegisterStep.Review, body: new(ReviewOn: world.Today.AddMonths(6)));
        await world.PassAsync(TimeSpan.FromDays(RegisterRow.ReminderDays + 1));
        Assert.Equal(2, await world.CountAsync("register.remind", risk.Id));
    }

    [Fact]
    public async Task A_security_need_is_told_to_every_signatory_and_takes_effect_three_months_ahead()
    {
        var record = new RegisterRecord(Agreement: "testshire", Party: "school-3", PaperSha256: Paper);
        Assert.Contains("at least 3 months", await GovernanceWorld.RefusedAsync(() => world.RecordAsync(RegisterKind.SecurityNeed, record with { EffectOn = world.Today.AddMonths(2) })), StringComparison.Ordinal);
        var need = await world.RecordAsync(RegisterKind.SecurityNeed, record);
        Assert.Contains($"governance/security-need-{need.Id}.json", await world.OutboxAsync("school-8"));
        await world.PassToAsync(need.EffectAt!.Value.AddDays(-1));
        Assert.Equal("Recorded", (await world.EntryAsync(RegisterKind.SecurityNeed, need.Id)).State);
        await world.PassToAsync(need.EffectAt.Value);
        Assert.Equal("CarriedOut", (await world.EntryAsync(RegisterKind.SecurityNeed, need.Id)).State);
    }

    [Fact]
    public async Task Keys_rotate_by_order_and_what_is_kept_opens_under_the_new_one_and_under_no_other()
    {
        var extract = await world.DropAsync("testshire-attendance", "school-7");
        var (keys, ring) = (world.Host.Services.GetRequiredService<DataKeys>(), world.Host.Services.GetRequiredService<IKeyRing>());
        var before = await keys.ListAsync(World.Patience).Where(row => row.Originator == "school-7").ToListAsync();
        Assert.Contains("There are keys of:", await GovernanceWorld.RefusedAsync(() => RotateAsync("nobody")), StringComparison.Ordinal);

        var started = await RotateAsync("school-7");
        var ended = await world.Host.Orchestrations.WaitForInstanceCompletionAsync(started.InstanceIds.Single(), getInputsAndOutputs: true, World.Patience);

        Assert.Equal((OrchestrationRuntimeStatus.Completed, (long)before.Count), (ended.RuntimeStatus, ended.ReadOutputAs<long>()));
        Assert.NotEmpty(before);
        Assert.All(await keys.ListAsync(World.Patience).Where(row => row.Originator == "school-7").ToListAsync(), row => Assert.Equal(2, row.Epoch));
        await Assert.ThrowsAsync<KeyRetiredException>(() => ring.GetAsync(new("school-7", 1), World.Patience));
        var facts = (await world.Host.Services.GetRequiredService<Registers>().Extracts.GetAsync(extract.Id, World.Patience)).Row.Sealed!.Facts;
        await world.Host.Services.GetRequiredService<Acts>().PerformAsync(
            new() { ActId = "extract.look.test", Act = "extract.look", Actor = "scenario", References = [extract.Id] },
            async token => (await keys.OpenAsync(facts.Name, token)).Dispose(),
            World.Patience);
        Assert.Equal((1, 1), (await world.CountAsync("key-rotation.order", "school-7"), await world.CountAsync("key-rotation.run", "school-7")));

        async Task<KeyRotationsStarted> RotateAsync(string agency)
        {
            using var governance = world.As(Role.InformationGovernance);
            return await governance.PostAsync<KeyRotationsStarted>("/keys/rotate", new KeyRotationRequest(agency), World.Patience);
        }
    }

    [Fact]
    public async Task No_text_that_could_name_somebody_enters_a_register()
    {
        using var governance = world.As(Role.InformationGovernance);
        var answer = await GovernanceWorld.RefusedAsync(() => world.RecordAsync(RegisterKind.Risk, new(Agreement: "Edith Marlowe of 12 Wharf Street", Levels: new(1, 1, 1, 1), ReviewOn: world.Today.AddMonths(1), PaperSha256: Paper)));
        Assert.DoesNotContain("Marlowe", answer, StringComparison.Ordinal);
        Assert.Contains("There is no such register", await GovernanceWorld.RefusedAsync(() => governance.GetAsync<RegisterView[]>("/registers/gossip", World.Patience)), StringComparison.Ordinal);
        Assert.Contains("No such entry", await GovernanceWorld.RefusedAsync(() => world.TakeAsync(RegisterKind.Risk, new string('0', 20), RegisterStep.End)), StringComparison.Ordinal);
    }
}
