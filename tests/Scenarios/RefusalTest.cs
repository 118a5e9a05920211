using System.Net;
using System.Net.Http.Headers;
using Microsoft.Extensions.DependencyInjection;
using TfFlow.Api.Access;
using TfFlow.Host.Local.Engine;
using TfFlow.Host.Local.Hosting;
using TfFlow.Lifecycle.Governance;
using TfFlow.Programme.Ledger;
using TfFlow.Vault.Ledger;

namespace TfFlow.Scenarios;

/// <summary>Who is refused access stands in the ledger, and a flood of refusals does not bury it.</summary>
public sealed class RefusalTest : IAsyncLifetime
{
    private readonly VirtualClock time = new(new(2026, 1, 5, 9, 0, 0, TimeSpan.Zero));
    private World world = null!;
    private LocalHost host = null!;

    public async Task InitializeAsync()
    {
        world = await World.CreateAsync();
        host = await world.StartAsync(time, watch: false);
    }

    public async Task DisposeAsync()
    {
        await host.DisposeAsync();
        await world.DisposeAsync();
    }

    [Fact]
    public async Task A_refusal_names_the_account_the_role_the_operation_and_the_hour_and_nothing_that_was_asked_for()
    {
        using var worker = By("a.worker", Role.KeyWorker);
        using var school = By("a.school", Role.AgencySubmitter, "school-1");

        Assert.Equal(HttpStatusCode.Forbidden, (await worker.GetAsync(Path("/matching/cohort"))).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await worker.GetAsync(Path("/matching/cohort?name=Jane-Doe-1984"))).StatusCode);

        // Another agency's outbox, and a register that another role keeps.
        Assert.Equal(HttpStatusCode.Forbidden, (await school.GetAsync(Path("/agencies/school-0/outbox/Jane-Doe-1984.json"))).StatusCode);
        using var coordinator = By("a.coordinator", Role.Coordinator);
        var risk = new StringContent("{}", new MediaTypeHeaderValue("application/json"));
        Assert.Equal(HttpStatusCode.Forbidden, (await coordinator.PostAsync(Path("/registers/risk"), risk)).StatusCode);

        // Strangers have no name, and could fill the ledger.
        using var stranger = new HttpClient { BaseAddress = host.Address };
        Assert.Equal(HttpStatusCode.Unauthorized, (await stranger.GetAsync(Path("/matching/cohort"))).StatusCode);

        var refused = await RefusedAsync();
        Assert.Equal(
            [("a.worker", "KeyWorker", "cohort-list"), ("a.school", "AgencySubmitter", "outbox-read"),
                ("a.coordinator", "Coordinator", "register-record")],
            refused.Select(entry => (entry.Actor, entry.Role, entry.Purpose)));
        Assert.All(refused, entry => Assert.Equal((time.GetUtcNow(), 1L, AccessRefusals.Result), (entry.At, entry.Count, entry.Result)));
        Assert.DoesNotContain(await EntriesAsync(), entry => $"{entry}".Contains("Jane", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_thousand_refusals_are_four_entries_and_another_hour_begins_anew()
    {
        using var worker = By("a.worker", Role.KeyWorker);
        for (var i = 0; i < 1000; i += 50)
        {
            var all = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => worker.GetAsync(Path("/matching/cohort"))));
            Assert.All(all, answer => Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode));
        }

        Assert.Equal(
            [("cohort-list", 1L), (AccessRefusals.Several, 10L), (AccessRefusals.Several, 100L), (AccessRefusals.Several, 1000L)],
            (await RefusedAsync()).Select(entry => (entry.Purpose, entry.Count)).OrderBy(entry => entry.Count));

        // Somebody else is told of as ever; and so is the same account an hour later.
        using var other = By("b.worker", Role.KeyWorker);
        await other.GetAsync(Path("/matching/cohort"));
        await host.Engine.AdvanceToAsync(time.GetUtcNow().AddHours(1), World.Patience);
        await worker.GetAsync(Path("/matching/cohort"));
        Assert.Equal(["b.worker", "a.worker"], (await RefusedAsync()).Skip(4).Select(entry => entry.Actor));
    }

    private async Task<IReadOnlyList<LedgerEntry>> RefusedAsync() =>
        [.. (await EntriesAsync()).Where(entry => entry is { Act: AccessRefusals.Act, Kind: EntryKind.Outcome })];

    private async Task<IReadOnlyList<LedgerEntry>> EntriesAsync() =>
        await host.Services.GetRequiredService<Ledger>().ReadAsync(0, World.Patience).Select(record => record.Entry).ToListAsync();

    private HttpClient By(string account, Role role, string agency = "")
    {
        var http = new HttpClient { BaseAddress = host.Address };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer",
            host.Tokens.Mint(new Caller(account, role, agency), TimeSpan.FromDays(400)));
        return http;
    }

    private static Uri Path(string path) => new(path, UriKind.Relative);
}
