using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using TfFlow.Api.Access;
using TfFlow.Api.Endpoints;
using TfFlow.Cli.Commands;
using TfFlow.Cli.Demo;
using TfFlow.Host.Local.Engine;
using TfFlow.Host.Local.Hosting;
using TfFlow.Lifecycle;
using TfFlow.Lifecycle.Agreements;
using TfFlow.Programme.Cases;
using TfFlow.Programme.Ledger;
using TfFlow.TestKit.Storage;
using TfFlow.Vault.Ledger;
using TfFlow.Vault.Registers;

namespace TfFlow.Scenarios;

/// <summary>A breach from its report to the learning that every party gets.</summary>
public class BreachTest
{
    private const string Canary = "Zyxwvutson";
    private const string Exchange = "northmere-attendance";
    private const string Provider = "northmere-schools";

    private static readonly string[] Parties = [DemoAuthority.Id, "northmere-police", "northmere-yos", Provider, "eastmere-schools"];

    [Fact]
    public async Task A_serious_breach_under_a_suspended_agreement_is_told_at_once_escalated_once_and_concluded_with_every_party()
    {
        await using var world = await World.CreateAloneAsync();
        var time = new VirtualClock(Northmere.Day);
        await using var host = await world.StartAsync(time, watch: false, northmere: true);
        using var governance = World.As(host, "", Role.InformationGovernance);
        await governance.PostAsync<SuspensionView>("/agreements/northmere/suspensions", new SuspensionRequest("northmere-police", Hash("evidence"), true, true), World.Patience);

        // Whoever writes what happened where its digest belongs is refused, and it is kept nowhere.
        var report = new BreachRequest(Exchange, Provider, BreachKind.WrongDisclosure, Serious: true, Northmere.Day.AddHours(-2), $"{Canary}'s file was left on a train");
        Assert.Contains("by its SHA-256", await RefusedAsync(governance, $"/agencies/{DemoAuthority.Id}/breaches", report), StringComparison.Ordinal);
        var id = (await governance.PostAsync<BreachView>($"/agencies/{DemoAuthority.Id}/breaches", report with { ReportSha256 = Hash("report") }, World.Patience)).Id;
        await host.Engine.IdleAsync(World.Patience);

        var notice = await DocumentAsync<BreachNotice>(host, Provider, $"breaches/{id}.json");
        Assert.Equal((BreachKind.WrongDisclosure, true, DemoAuthority.Id, Hash("report")), (notice.Kind, notice.Serious, notice.ReportedBy, notice.ReportHash));
        var told = Assert.Single(await governance.GetAsync<BreachView[]>("/breaches", World.Patience));
        Assert.Equal(("ProviderTold", Northmere.Day), (told.State, told.ProviderToldAt));

        var refused = await StepRefusedAsync(governance, id, BreachStep.Investigated);
        Assert.Contains("the police's word on a criminal investigation", refused, StringComparison.Ordinal);
        Assert.Contains("the notice to the Information Commissioner", refused, StringComparison.Ordinal);
        Assert.Contains("the breach was not investigated yet. Next comes the investigation", await StepRefusedAsync(governance, id, BreachStep.OutcomeSettled), StringComparison.Ordinal);
        await StepAsync(governance, id, BreachStep.PoliceConsulted);
        Assert.Contains("not recorded yet", await StepRefusedAsync(governance, id, BreachStep.PoliceConsulted), StringComparison.Ordinal);

        await host.Engine.AdvanceToAsync(report.AwareAt!.Value.AddHours(72).AddTicks(-1), World.Patience);
        Assert.Null(await FindAsync<BreachEscalation>(host, DemoAuthority.Id, $"escalations/breach-{id}.json"));
        await host.Engine.AdvanceToAsync(report.AwareAt!.Value.AddHours(72), World.Patience);
        var escalation = await DocumentAsync<BreachEscalation>(host, DemoAuthority.Id, $"escalations/breach-{id}.json");
        Assert.Equal(("notice to the Information Commissioner", report.AwareAt!.Value.AddHours(72)), (Assert.Single(escalation.Due).What, escalation.Due[0].At));
        await host.Engine.AdvanceToAsync(report.AwareAt!.Value.AddHours(100), World.Patience);
        await World.SweepAsync(host);

        await StepAsync(governance, id, BreachStep.CommissionerNotified);
        await StepAsync(governance, id, BreachStep.Investigated, staffResponsible: true);
        Assert.Contains("disciplinary action considered", await StepRefusedAsync(governance, id, BreachStep.OutcomeSettled), StringComparison.Ordinal);
        await StepAsync(governance, id, BreachStep.DisciplineConsidered);
        await StepAsync(governance, id, BreachStep.OutcomeSettled);
        await host.Engine.IdleAsync(World.Patience);

        var concluded = Assert.Single(await governance.GetAsync<BreachView[]>("/breaches", World.Patience));
        Assert.Equal(("Concluded", 0), (concluded.State, concluded.Due.Count));
        foreach (var party in Parties)
        {
            var outcome = await DocumentAsync<BreachOutcome>(host, party, $"breaches/{id}-outcome.json");
            Assert.Equal((id, Hash("OutcomeSettled"), concluded.CommissionerNotifiedAt), (outcome.Breach, outcome.OutcomeHash, outcome.CommissionerNotifiedAt));
        }

        Assert.Contains("whose outcome is not settled", await StepRefusedAsync(governance, id, BreachStep.FoundSerious), StringComparison.Ordinal);
        Assert.Equal(
            [
                "breach.record", "breach.tell-provider", "breach.police-consulted", "breach.escalate", "breach.commissioner-notified", "breach.investigated", "breach.discipline-considered",
                "breach.outcome-settled", "breach.conclude",
            ],
            await ActsOnAsync(host, id));
        await World.AssertAccountedForAsync(host);
        foreach (var folder in (string[])[world.AzuriteFolder, world.WorkFolder])
        {
            Assert.Empty((await CanaryScan.FolderAsync(folder, [Canary], World.Patience)).Hits);
        }
    }

    [Fact]
    public async Task An_agency_reports_breaches_of_its_own_and_sees_no_others_and_one_found_serious_late_is_escalated_again()
    {
        await using var world = await World.CreateAsync();
        await using var host = await world.StartAsync(new VirtualClock(Northmere.Day), watch: false, northmere: true);
        using var governance = World.As(host, "", Role.InformationGovernance);
        using var police = World.As(host, "northmere-police");
        using var operators = World.As(host, "northmere-police", Role.PoliceOperator);
        using var yos = World.As(host, "northmere-yos");
        using var schools = World.As(host, Provider);
        var report = new BreachRequest(Exchange, Provider, BreachKind.LossTheftOrMisuse, Serious: false, Northmere.Day, Hash("report"));

        Assert.Contains("PoliceOperator", await RefusedAsync(operators, "/agencies/northmere-police/breaches", report), StringComparison.Ordinal);
        Assert.Contains("not for this agency", await RefusedAsync(police, "/agencies/northmere-yos/breaches", report), StringComparison.Ordinal);
        Assert.Contains("one that sends northmere-attendance", await RefusedAsync(police, "/agencies/northmere-police/breaches", report with { Provider = "northmere-yos" }), StringComparison.Ordinal);
        Assert.Contains("not a time to come", await RefusedAsync(police, "/agencies/northmere-police/breaches", report with { AwareAt = Northmere.Day.AddTicks(1) }), StringComparison.Ordinal);
        Assert.Contains("a party of northmere that reports it", await RefusedAsync(governance, "/agencies/northmere-jobcentre/breaches", report), StringComparison.Ordinal);
        var id = (await police.PostAsync<BreachView>("/agencies/northmere-police/breaches", report, World.Patience)).Id;
        await host.Engine.IdleAsync(World.Patience);

        Assert.Single(await police.GetAsync<BreachView[]>("/breaches", World.Patience));
        Assert.Single(await schools.GetAsync<BreachView[]>("/breaches", World.Patience));
        Assert.Empty(await yos.GetAsync<BreachView[]>("/breaches", World.Patience));

        await host.Engine.AdvanceToAsync(Northmere.Day.AddDays(30), World.Patience);
        Assert.Equal("outcome and learning with all partners", Assert.Single((await DocumentAsync<BreachEscalation>(host, DemoAuthority.Id, $"escalations/breach-{id}.json")).Due).What);
        await host.Engine.AdvanceToAsync(Northmere.Day.AddDays(31), World.Patience);
        await StepAsync(governance, id, BreachStep.FoundSerious);
        await host.Engine.IdleAsync(World.Patience);

        Assert.Equal(2, (await DocumentAsync<BreachEscalation>(host, DemoAuthority.Id, $"escalations/breach-{id}.json")).Due.Count);
        await host.Engine.AdvanceToAsync(Northmere.Day.AddDays(60), World.Patience);
        await World.SweepAsync(host);
        Assert.Equal(["breach.record", "breach.tell-provider", "breach.escalate", "breach.found-serious", "breach.escalate"], await ActsOnAsync(host, id));
    }

    [Fact]
    public async Task A_breach_whose_host_ended_before_it_was_woken_is_taken_up_by_the_sweep_and_one_in_its_wait_goes_on()
    {
        await using var world = await World.CreateAsync();
        var time = new VirtualClock(Northmere.Day);
        var breach = Recorded("northmere", "2025-09-01", Exchange, Provider, Northmere.Day);
        await using (var host = await world.StartAsync(time, watch: false, northmere: true))
        {
            using (WriteWatch.ByHand())
            {
                await host.Services.GetRequiredService<Registers>().Breaches.TryAddAsync(breach, World.Patience);
            }

            await host.Engine.IdleAsync(World.Patience);
            await World.SweepAsync(host);
            await host.Engine.IdleAsync(World.Patience);
            Assert.Equal(breach.Id, (await DocumentAsync<BreachNotice>(host, Provider, $"breaches/{breach.Id}.json")).Breach);
        }

        await using (var host = await world.StartAsync(time, watch: false, northmere: true))
        {
            await host.Engine.AdvanceToAsync(Northmere.Day.AddDays(30), World.Patience);
            Assert.Single((await DocumentAsync<BreachEscalation>(host, DemoAuthority.Id, $"escalations/breach-{breach.Id}.json")).Due);
            Assert.Equal(["breach.tell-provider", "breach.escalate"], await ActsOnAsync(host, breach.Id));
        }
    }

    [Fact]
    public async Task A_change_of_a_breach_or_suspension_that_somebody_else_changed_is_refused_and_a_forbidden_move_too()
    {
        await using var world = await World.CreateAsync();
        await using var host = await world.StartAsync(watch: false);
        using var byHand = WriteWatch.ByHand();
        var registers = host.Services.GetRequiredService<Registers>();
        var now = TimeProvider.System.GetUtcNow();
        var breach = Recorded("testshire", "2025-01-01", World.Attendance, "school-0", now);
        Assert.NotNull(await registers.Breaches.TryAddAsync(breach, World.Patience));
        Assert.Equal([breach.Id], await registers.Breaches.DueAsync(now, World.Patience).ToListAsync());
        var mine = await registers.Breaches.GetAsync(breach.Id, World.Patience);
        await registers.Breaches.ChangeAsync(mine, mine.Row with { Breach = breach.Breach with { State = BreachState.ProviderTold, ProviderToldAt = now } }, World.Patience);
        await Assert.ThrowsAsync<LostUpdateException>(() => registers.Breaches.ChangeAsync(mine, mine.Row with { EscalatedAt = now }, World.Patience));
        var told = await registers.Breaches.GetAsync(breach.Id, World.Patience);
        Assert.Equal([now.AddDays(30)], told.Row.Breach.Open.Select(deadline => deadline.At));
        await Assert.ThrowsAsync<ForbiddenTransitionException>(
            () => registers.Breaches.ChangeAsync(told, told.Row with { Breach = told.Row.Breach with { State = BreachState.Concluded } }, World.Patience));

        var suspension = new SuspensionRow(Reference.New(), "testshire", new(SuspensionState.InForce, "school-0", now, InWriting: true, SeriousBreach: true, Hash("evidence"), null, []));
        Assert.NotNull(await registers.Suspensions.TryAddAsync(suspension, World.Patience));
        var given = await registers.Suspensions.GetAsync(suspension.Id, World.Patience);
        await Assert.ThrowsAsync<ForbiddenTransitionException>(() => registers.Suspensions.ChangeAsync(given, given.Row with { Suspension = given.Row.Suspension with { State = SuspensionState.Lifted } }, World.Patience));
        await registers.Suspensions.ChangeAsync(given, given.Row with { Suspension = given.Row.Suspension with { State = SuspensionState.MeetingHeld, MeetingAt = now, Panel = ["school-0"] } }, World.Patience);
        await Assert.ThrowsAsync<LostUpdateException>(() => registers.Suspensions.ChangeAsync(given, given.Row with { EscalatedAt = now }, World.Patience));
        Assert.Equal([suspension.Id], await registers.Suspensions.DueAsync(now.AddDays(45), World.Patience).ToListAsync());
        Assert.Empty(await registers.Suspensions.DueAsync(now.AddDays(45).AddTicks(-1), World.Patience).ToListAsync());
    }

    private static BreachRow Recorded(string agreement, string version, string exchange, string provider, DateTimeOffset at) => new()
    {
        Id = Reference.New(),
        Breach = new() { State = BreachState.Recorded, Kind = BreachKind.Other, Serious = false, AwareAt = at },
        Agreement = agreement,
        AgreementVersion = version,
        Exchange = exchange,
        By = provider,
        Provider = provider,
        RecordedAt = at,
        ReportHash = Hash("report"),
    };

    private static string Hash(string paper) => Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(paper)));

    private static Task<BreachView> StepAsync(ApiClient api, string id, BreachStep step, bool staffResponsible = false) =>
        api.PostAsync<BreachView>($"/breaches/{id}/steps", new BreachStepRequest(step, Hash(step.ToString()), staffResponsible), World.Patience);

    private static async Task<string> StepRefusedAsync(ApiClient api, string id, BreachStep step) =>
        (await Assert.ThrowsAsync<CommandException>(() => StepAsync(api, id, step))).Message;

    private static async Task<string> RefusedAsync(ApiClient api, string path, object body) =>
        (await Assert.ThrowsAsync<CommandException>(() => api.PostAsync<BreachView>(path, body, World.Patience))).Message;

    private static async Task<T?> FindAsync<T>(LocalHost host, string agency, string name)
        where T : class
    {
        await using var document = await host.Services.GetRequiredService<Outbox>().FindAsync(agency, name, World.Patience);
        return document is null ? null : await JsonSerializer.DeserializeAsync<T>(document.Content, Outbox.Json);
    }

    private static async Task<T> DocumentAsync<T>(LocalHost host, string agency, string name)
        where T : class => Assert.IsType<T>(await FindAsync<T>(host, agency, name));

    /// <summary>The acts on one thing that took effect, in their order.</summary>
    private static async Task<IReadOnlyList<string>> ActsOnAsync(LocalHost host, string id) =>
        await host.Services.GetRequiredService<Ledger>().ReadAsync(0, World.Patience)
            .Select(record => record.Entry)
            .Where(entry => entry is { Kind: EntryKind.Outcome, Result: "done" } && entry.References.Contains(id))
            .Select(entry => entry.Act)
            .ToListAsync();
}
