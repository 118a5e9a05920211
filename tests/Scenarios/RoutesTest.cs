using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using TfFlow.Api.Access;
using TfFlow.Api.Endpoints;
using TfFlow.Cli.Commands;
using TfFlow.Cli.Demo;
using TfFlow.Host.Local.Engine;
using TfFlow.Host.Local.Hosting;
using TfFlow.Lifecycle;
using TfFlow.Programme.Agreements;
using TfFlow.Programme.Cases;
using TfFlow.Programme.Eligibility;
using TfFlow.Programme.Extracts.Quality;
using TfFlow.Vault.Ledger;

namespace TfFlow.Scenarios;

/// <summary>Every way into the programmes that the source documents write, reached from data under the agreements that ship.</summary>
public class RoutesTest
{
    /// <summary>A day on which every shipped agreement is in force and no upload address has lapsed.</summary>
    private static readonly DateTimeOffset Day = new(2029, 3, 9, 9, 0, 0, TimeSpan.Zero);
    private static readonly DateOnly[] Terms = [new(2028, 4, 18), new(2028, 8, 29), new(2029, 1, 4)];
    private static readonly string[] Nda = ["Surname", "Forenames", "Date of birth", "Address", "Postcode"];

    /// <remarks>seeds/002 App D.</remarks>
    [Fact]
    public async Task Both_routes_of_phase_1_are_reached_from_data_and_the_cohort_says_who_has_room_and_which_services_are_known()
    {
        await using var world = await World.CreateAsync();
        await using var host = await StartAsync(world, MatchingPlan.Shipped with
        {
            Terms = new(Terms.Select(start => new Term(start, start.AddDays(70)))),
            Window = MatchingWindow.OnDemand,
            Programme = MatchingPlan.Shipped.Programme with { Families = new(2, "the board of 2029") },
        });

        // Three of three; two, a concern and high cost; two and a concern; two, the police's list for a concern, and high cost.
        var (three, filter, cheap, listed) = (new Home("Marlowe", 12), new Home("Okafor", 14), new Home("Tarn", 16), new Home("Brackwell", 18));
        await DropAsync(host, "leicester-city-yos", "leicestershire-4", ["Offence", "Offence date", "Outcome", "Outcome date", "Panel decision", "Managed as"], [three, filter, cheap, listed], home =>
            [.. home.Child, "Criminal damage", "02/11/2028", "fine", "05/01/2029", "", "none"]);
        await DropAsync(host, "leicestershire-county", "leicestershire-10", ["Term starts", "Possible sessions", "Unauthorised sessions", "Authorised sessions", "Fixed exclusions", "Permanent exclusion", "Provision", "Previously excluded"], [three, filter, cheap, listed], home =>
            [.. home.Child, "04/01/2029", "120", "2", "0", "0", "yes", "school", ""]);
        await DropAsync(host, "dwp", "dwp-benefits", ["Benefit", "Claim started", "Claim ended"], [three], home => [.. home.Adult, "ESA", "01/03/2027", ""]);
        await DropAsync(host, "lpt", "leicestershire-local-concerns", ["Concern", "Noted on", "High cost"], [filter, cheap], home => [.. home.Adult, "mental-health", "02/02/2029", home == filter ? "yes" : "no"]);
        await DropAsync(host, "leicester-city", "leicestershire-local-concerns", ["Concern", "Noted on", "High cost"], [listed], home => [.. home.Adult, "rent-arrears", "02/02/2029", "yes"]);
        await DropAsync(host, "leicestershire-police", "leicestershire-1a", ["Category", "DV incidents in 2 weeks"], [listed], home => [.. home.Adult, "ppo", ""]);

        using var coordinator = Northmere.Coordinator(host);
        var round = await DemoMatch.RoundAsync(host, coordinator, World.Patience);

        Assert.Equal((3, 0), (round.InCohort, round.InReview));
        Assert.Equal([3, 2, 2], (await Northmere.FamiliesAsync(host, CohortState.InCohort)).Select(family => family.Problems).OrderDescending());

        // Two places for three families. Services that work with a family put it after one that nobody works with.
        var before = await coordinator.GetAsync<CohortView[]>("/matching/cohort", World.Patience);
        Assert.Equal(["left", "shared", "shared"], before.Select(family => family.Room));
        await DropAsync(host, "lpt", "leicestershire-16", ["Service", "Contact", "Telephone", "Involved until"], [filter], home => [.. home.Adult, "CAMHS", "Duty worker", "0116 496 0123", ""]);
        await host.Engine.IdleAsync(World.Patience);
        var cohort = await coordinator.GetAsync<CohortView[]>("/matching/cohort", World.Patience);
        Assert.Equal(["left", "left", "waits"], cohort.Select(family => family.Room));
        Assert.Contains("services working with it now 0 against 1", cohort[1].Why, StringComparison.Ordinal);
        Assert.Contains("services working with it now 1", cohort[2].Why, StringComparison.Ordinal);
        Assert.Contains("It waits: the places left of 2 families agreed, 2, go to those before it. It is kept until 2030-03-09 at the latest.", cohort[2].Why, StringComparison.Ordinal);
        Assert.Equal((2, 0, 2, 1), await coordinator.GetAsync<PlacesView>("/matching/places", World.Patience) is var places ? (places.Agreed, places.Taken, places.Left, places.Waiting) : default);

        // Once both places are taken no third case is opened.
        await coordinator.PostAsync<CaseView>($"/families/{cohort[0].Id}/case", new CaseOpening(), World.Patience);
        await coordinator.PostAsync<CaseView>($"/families/{cohort[1].Id}/case", new CaseOpening(), World.Patience);
        var refusal = await Assert.ThrowsAsync<CommandException>(() => coordinator.PostAsync<CaseView>($"/families/{cohort[2].Id}/case", new CaseOpening(), World.Patience));
        Assert.Contains("a place among the 2 families agreed, which are all taken", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(["taken", "taken", "waits"], (await coordinator.GetAsync<CohortView[]>("/matching/cohort", World.Patience)).Select(family => family.Room));

        // Of so few people nothing is told.
        var fairness = await coordinator.GetAsync<FairnessView>("/matching/fairness", World.Patience);
        Assert.Equal(round.Id, fairness.Round);
        Assert.Contains(fairness.Lines, line => line is { By: FairnessBy.Age, Group: "11 to 15" });
        Assert.All(fairness.Lines, line => Assert.True(line is { Share: null, InCohort: null or 0 }));
    }

    /// <remarks>seeds/001 Identifying families.</remarks>
    [Fact]
    public async Task All_six_problems_of_phase_2_are_reached_from_data()
    {
        await using var world = await World.CreateAsync();
        await using var host = await StartAsync(world, MatchingPlan.Shipped with
        {
            Authority = "bristol",
            Programme = ProgrammeCatalogue.Shipped["phase-2-001@1"] with { InForce = (new(2025, 9, 1), new(2030, 3, 31)) },
            Terms = new(Terms.Select(start => new Term(start, start.AddDays(70)))),
            Children = ["school-census", "child-health"],
            Window = MatchingWindow.OnDemand,
        });
        var home = new Home("Marlowe", 12);
        await DropAsync(host, "bristol", "bristol-baseline-census", ["Sex", "On roll"], [home], home => [.. home.Child, "2", "yes"]);
        await DropAsync(host, "avon-somerset-police", "bristol-persons", ["Proven offence 12 months", "Persistent ASB", "Arrests", "Convictions", "Call outs"], [home], home => [.. home.Adult, "yes", "no", "1", "0", "2"]);
        await DropAsync(host, "bristol", "bristol-attendance", ["Term starts", "Possible sessions", "Unauthorised sessions", "Authorised sessions", "Fixed exclusions", "Permanent exclusion", "Provision", "Previously excluded"], [home], home =>
            [.. home.Child, "04/01/2029", "120", "2", "0", "0", "no", "PRU", "yes"]);
        await DropAsync(host, "bristol", "bristol-childrens-social-care", ["Status", "Started"], [home], home => [.. home.Child, "child-in-need", "01/02/2028"]);
        await DropAsync(host, "bristol", "bristol-household-finance", ["Council tax arrears", "Other debt", "Housing benefit"], [home], home => [.. home.Adult, "yes", "no", "yes"]);
        await DropAsync(host, "bristol", "bristol-domestic-violence", ["Subject role", "Incidents 12 months"], [home], home => [.. home.Child, "child-of-household", "2"]);
        await DropAsync(host, "bristol", "bristol-adults-social-care", ["Support"], [home], home => [.. home.Adult, "mental-health"]);

        using var coordinator = Northmere.Coordinator(host);
        var round = await DemoMatch.RoundAsync(host, coordinator, World.Patience);

        Assert.Equal((1, 0), (round.InCohort, round.InReview));
        Assert.Equal(6, Assert.Single(await Northmere.FamiliesAsync(host, CohortState.InCohort)).Problems);
    }

    /// <remarks>Ours: UK GDPR Art 21.</remarks>
    [Fact]
    public async Task A_household_somebody_of_which_objects_is_left_alone_by_the_next_round_and_found_again_once_it_is_taken_back()
    {
        await using var world = await World.CreateAsync();
        await using var host = await StartAsync(world, MatchingPlan.Shipped with
        {
            Authority = "bristol",
            Programme = ProgrammeCatalogue.Shipped["phase-2-001@1"] with { InForce = (new(2025, 9, 1), new(2030, 3, 31)) },
            Terms = new(Terms.Select(start => new Term(start, start.AddDays(70)))),
            Children = ["school-census", "child-health"],
            Window = MatchingWindow.OnDemand,
        });
        using var coordinator = Northmere.Coordinator(host);
        var home = new Home("Marlowe", 12);
        async Task<MatchingView> RoundAsync()
        {
            await DropAsync(host, "bristol", "bristol-baseline-census", ["Sex", "On roll"], [home], one => [.. one.Child, "2", "yes"]);
            await DropAsync(host, "avon-somerset-police", "bristol-persons", ["Proven offence 12 months", "Persistent ASB", "Arrests", "Convictions", "Call outs"], [home], one => [.. one.Adult, "yes", "no", "1", "0", "2"]);
            await DropAsync(host, "bristol", "bristol-childrens-social-care", ["Status", "Started"], [home], one => [.. one.Child, "child-in-need", "01/02/2028"]);
            var round = await DemoMatch.RoundAsync(host, coordinator, World.Patience);
            await host.Engine.AdvanceToAsync(host.Services.GetRequiredService<TimeProvider>().GetUtcNow().AddDays(65), World.Patience);
            return round;
        }

        Assert.Equal(1, (await RoundAsync()).InCohort);
        var family = Assert.Single(await Northmere.FamiliesAsync(host, CohortState.InCohort));
        var objection = await coordinator.PostAsync<ObjectionView>(
            "/objections", new ObjectionRequest(family.Id, family.Members[0], [Use.Identification], ObjectionReason.OwnSituation, DateOnly.FromDateTime(Day.UtcDateTime)), World.Patience);
        Assert.Empty(await coordinator.GetAsync<CohortView[]>("/matching/cohort", World.Patience));
        using var governance = World.As(host, "", Role.InformationGovernance);
        await governance.PostAsync<ObjectionView>($"/objections/{objection.Id}/decision", new ObjectionDecision(Upheld: true, new string('a', 64)), World.Patience);

        var left = await RoundAsync();
        Assert.Equal((0, 0), (left.InCohort, left.InReview));
        var opened = await host.Services.GetRequiredService<Ledger>().ReadAsync(0, World.Patience).Select(record => record.Entry)
            .Where(entry => entry.Act == "match.people" && entry.References.Contains(left.Id)).ToListAsync();
        Assert.Empty(opened);
        await World.AssertAccountedForAsync(host);

        await coordinator.PostAsync<ObjectionView>($"/objections/{objection.Id}/withdrawal", null, World.Patience);
        Assert.Equal(1, (await RoundAsync()).InCohort);
    }

    private static Task<LocalHost> StartAsync(World world, MatchingPlan plan) => world.StartAsync(
        new VirtualClock(Day), agreements: AgreementCatalogue.Shipped, matching: plan, deployment: new Deployment(DeploymentKind.Authority, plan.Authority));

    private static async Task DropAsync(LocalHost host, string agency, string exchange, string[] columns, Home[] homes, Func<Home, IEnumerable<string>> row)
    {
        var csv = new CsvBuilder().Row([.. Nda, .. columns]);
        foreach (var home in homes)
        {
            csv.Row(row(home));
        }

        await DiscoverAsync(host, agency, exchange);
        await Northmere.DropAsync(host, new SyntheticExtract(exchange, agency, exchange, csv.ToUtf8(), csv.Rows, Refused: 0));
    }

    // Where the agreement asks for a look at the source before its first use, one was taken.
    private static async Task DiscoverAsync(LocalHost host, string agency, string exchange)
    {
        var today = DateOnly.FromDateTime(Day.UtcDateTime);
        if (AgreementCatalogue.Shipped.WithExchange(exchange, today)?.Exchange(exchange) is not { Discovery: true, Dataset: { } dataset })
        {
            return;
        }

        using var api = World.As(host, agency);
        var profile = new QualityProfile(dataset, today, Rows: 100, new Dictionary<string, double>(), Validity: 100, Uniqueness: 100, Located: 100, Age: 0);
        await api.PostAsync<DiscoveryView>($"/agencies/{agency}/discoveries", new DiscoveryRequest(exchange, profile), World.Patience);
    }

    private sealed record Home(string Surname, int Number)
    {
        private string[] Address => [string.Create(CultureInfo.InvariantCulture, $"{Number} Wharf Street, Leicester"), "LE1 1AA"];

        public IEnumerable<string> Child => [Surname, "Edith", $"0{Number % 10}/05/2014", .. Address];

        public IEnumerable<string> Adult => [Surname, "Anne", $"0{Number % 10}/03/1992", .. Address];
    }
}
