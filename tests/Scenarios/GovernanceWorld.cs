using Microsoft.Extensions.DependencyInjection;
using TfFlow.Api.Access;
using TfFlow.Api.Endpoints;
using TfFlow.Cli.Commands;
using TfFlow.Cli.Drops;
using TfFlow.Host.Local.Engine;
using TfFlow.Host.Local.Hosting;
using TfFlow.Lifecycle;
using TfFlow.Programme.Agreements;
using TfFlow.Programme.Documents;
using TfFlow.Programme.Eligibility;
using TfFlow.Programme.Governance;
using TfFlow.Programme.Ledger;
using TfFlow.TestKit.Storage;
using TfFlow.Vault.Ledger;

namespace TfFlow.Scenarios;

/// <summary>One host for all governance scenarios. Each test has an agreement of its own, so that none closes another's.</summary>
public sealed class GovernanceWorld : IAsyncLifetime
{
    public const string Council = "testshire-council";

    // Kept for a year, so that what goes earlier goes by a register's day alone.
    private static readonly string Document = File.ReadAllText(Path.Combine(World.AgreementFolder, "testshire-2025-01-01.yaml"))
        .ReplaceLineEndings("\n")
        .Replace("clock: received, period: P1M", "clock: received, period: P1Y", StringComparison.Ordinal);

    private const string GivenBack = """
          - id: leaving-attendance-back
            from: [testshire-council]
            to: [school-4, school-5]
            information: School attendance of children who moved
            dataset: school-attendance
            uses: [identification]
            how_often: as-required
            means: [sealed-drop]
            retention: [not-meeting, unmatched, on-programme]
            source: ours

        """;

    private World world = null!;

    public VirtualClock Time { get; } = new(TimeProvider.System.GetUtcNow());

    public LocalHost Host { get; private set; } = null!;

    public DateOnly Today => DateOnly.FromDateTime(Time.GetUtcNow().UtcDateTime);

    public async Task InitializeAsync()
    {
        world = await World.CreateAsync();
        var plan = MatchingPlan.Shipped with
        {
            Authority = Council,
            Window = MatchingWindow.OnDemand,
            Programme = MatchingPlan.Shipped.Programme with { InForce = (Today.AddYears(-1), Today.AddYears(10)) },
        };
        Host = await world.StartAsync(Time, agreements: Agreements(), matching: plan, deployment: World.Council);
    }

    public async Task DisposeAsync()
    {
        await Host.DisposeAsync();
        await world.DisposeAsync();
    }

    /// <summary>The same agreement under several names; some ask for what a register must hold.</summary>
    private static AgreementCatalogue Agreements()
    {
        string Named(string name, params (string Line, string Changed)[] changes) => changes.Aggregate(
            Document.Replace("testshire-attendance", $"{name}-attendance", StringComparison.Ordinal).Replace("id: testshire\n", $"id: {name}\n", StringComparison.Ordinal),
            (text, change) => text.Contains(change.Line, StringComparison.Ordinal) ? text.Replace(change.Line, change.Changed, StringComparison.Ordinal) : throw new InvalidOperationException(change.Line));
        (string, string) Exchange(string name, string line) => ($"  - id: {name}-attendance\n", $"  - id: {name}-attendance\n    {line}: true\n");
        (string Name, string Text)[] documents =
        [
            ("testshire", Document),
            ("ending", Named("ending")),
            ("leaving", Named("leaving", ("exchanges:\n", "exchanges:\n" + GivenBack))),
            ("ordered", Named("ordered")),
            ("approved", Named("approved", Exchange("approved", "asset_owner"))),
            ("named", Named("named", Exchange("named", "named"))),
            ("agreed", Named("agreed", ("owner: Testshire\n", "owner: Testshire\ntable_agreed_by_leads: true\n"))),
        ];
        return AgreementCatalogue.Load(documents.Select(document => ($"{document.Name}.yaml", (TextReader)new StringReader(document.Text))));
    }

    internal ApiClient As(Role role, string account = "scenario", string agency = "") =>
        ApiClient.At(Host.Address, Host.Tokens.Mint(new Caller(account, role, agency), TimeSpan.FromDays(4000)));

    public async Task<RegisterView> RecordAsync(RegisterKind kind, RegisterRecord record, Role role = Role.InformationGovernance)
    {
        using var api = As(role);
        return await api.PostAsync<RegisterView>($"/registers/{Kebab.Of(kind)}", record, World.Patience);
    }

    public async Task<RegisterView> TakeAsync(RegisterKind kind, string id, RegisterStep step, Role role = Role.InformationGovernance, string account = "scenario", RegisterStepRequest? body = null)
    {
        using var api = As(role, account);
        return await api.PostAsync<RegisterView>($"/registers/{Kebab.Of(kind)}/{id}/{Kebab.Of(step)}", body ?? new(), World.Patience);
    }

    public async Task<RegisterView> EntryAsync(RegisterKind kind, string id)
    {
        using var api = As(Role.Auditor);
        return (await api.GetAsync<RegisterView[]>($"/registers/{Kebab.Of(kind)}", World.Patience)).Single(entry => entry.Id == id);
    }

    public async Task<ExtractView> DropAsync(string exchange, string agency = "school-0", string account = "scenario")
    {
        using var api = As(Role.AgencySubmitter, account, agency);
        return await new DropSender(api, agency).SendAsync(new GrantRequest(exchange), new MemoryStream(World.AttendanceFile(5)), plain: false, progress: null, World.Patience);
    }

    /// <summary>Whether leave to drop is given now: the words of its refusal; empty when it is.</summary>
    public async Task<string> RefusalAsync(string exchange, string agency = "school-0", string account = "scenario")
    {
        using var api = As(Role.AgencySubmitter, account, agency);
        try
        {
            await api.PostAsync<Lifecycle.Intake.UploadPermission>($"/agencies/{agency}/grants", new GrantRequest(exchange), World.Patience);
            return "";
        }
        catch (CommandException e)
        {
            return e.Message;
        }
    }

    public static async Task<string> RefusedAsync(Func<Task> act) => (await Assert.ThrowsAsync<CommandException>(act)).Message;

    public async Task PassToAsync(DateTimeOffset moment)
    {
        await Host.Engine.AdvanceToAsync(moment, World.Patience);
        await World.SweepAsync(Host);
    }

    public Task PassAsync(TimeSpan time) => PassToAsync(Time.GetUtcNow() + time);

    public async Task<string> StateAsync(string extract)
    {
        using var api = As(Role.Coordinator);
        return (await api.GetAsync<ExtractView>($"/extracts/{extract}", World.Patience)).State;
    }

    public async Task<IReadOnlyList<string>> OutboxAsync(string agency)
    {
        using var api = As(Role.AgencySubmitter, agency: agency);
        return [.. (await api.GetAsync<OutboxDocument[]>($"/agencies/{agency}/outbox", World.Patience)).Select(document => document.Name)];
    }

    /// <summary>How often an act on one thing took effect.</summary>
    public async Task<int> CountAsync(string act, string id) => await Host.Services.GetRequiredService<Ledger>().ReadAsync(0, World.Patience)
        .CountAsync(record => record.Entry is { Kind: EntryKind.Outcome, Result: "done" } entry && entry.Act == act && entry.References.Contains(id));
}
