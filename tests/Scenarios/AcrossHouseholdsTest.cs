using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using TfFlow.Api.Endpoints;
using TfFlow.Cli.Demo;
using TfFlow.Host.Local.Engine;
using TfFlow.Host.Local.Hosting;
using TfFlow.Lifecycle.Matching;
using TfFlow.Programme.Eligibility;
using TfFlow.Programme.Ledger;
using TfFlow.Vault.Ledger;

namespace TfFlow.Scenarios;

/// <summary>A family whose records have two addresses, from its files to the cohort.</summary>
public class AcrossHouseholdsTest
{
    private static readonly string[] Nda = ["Surname", "Forenames", "Date of birth", "Address", "Postcode"];
    private static readonly string[] Edith = ["Marlowe", "Edith", "09/05/2024"];
    private static readonly string[] Anne = ["Marlowe", "Anne", "01/03/1998"];
    private static readonly string[] Ben = ["Okafor", "Ben", "14/02/2022"];
    private static readonly string[] Old = ["12 Wharf Street, Leicester", "LE1 1AA"];
    private static readonly string[] New = ["3 Mill Lane, Leicester", "LE2 4RB"];

    [Fact]
    public async Task A_family_that_moved_is_found_by_both_its_addresses_and_of_nobody_else_people_are_opened()
    {
        await using var world = await World.CreateAsync();
        await using var host = await world.StartAsync(new VirtualClock(Northmere.Day), northmere: true);

        // The census knows where they live now; the schools and the jobcentre have the old address, where another family lives.
        await DropAsync(host, DemoAuthority.Id, "northmere-census", ["Sex", "On roll"], [[.. Edith, .. New, "2", "yes"], [.. Ben, .. Old, "1", "yes"], .. Neighbours().Select(child => (string[])[.. child, "0", "yes"])]);
        await DropAsync(
            host,
            "northmere-schools",
            "northmere-attendance",
            ["Term starts", "Possible sessions", "Unauthorised sessions", "Authorised sessions", "Fixed exclusions", "Permanent exclusion", "Provision", "Previously excluded"],
            [
                .. DemoAuthority.TermStarts(DateOnly.FromDateTime(Northmere.Day.UtcDateTime)).SelectMany(term =>
                    new[] { (string[])[.. Edith, .. Old], [.. Ben, .. Old] }.Concat(Neighbours()).Select(child => (string[])[.. child, Day(term), "120", child[1] == "Edith" ? "40" : "2", "0", "0", "no", "school", ""])),
            ]);
        await DropAsync(host, "northmere-jobcentre", "northmere-benefits", ["Benefit", "Claim started", "Claim ended"], [[.. Anne, .. Old, "JSA", "01/03/2033", ""]]);

        using var coordinator = Northmere.Coordinator(host);
        var round = await DemoMatch.RoundAsync(host, coordinator, World.Patience);

        Assert.Equal((2, 1, 0), (round.CouldReach, round.InCohort, round.InReview));
        var family = Assert.Single(await Northmere.FamiliesAsync(host, CohortState.InCohort));
        Assert.Equal(2, family.Members.Count);
        var shown = await coordinator.GetAsync<FamilyView>($"/matching/families/{family.Id}", World.Patience);
        Assert.Contains(shown.Explanation, line => line.Contains("one person with two addresses", StringComparison.Ordinal) && line.Contains("school-census", StringComparison.Ordinal));
        var rows = await RowsAsync(host, family);
        Assert.Equal(5, rows.Count);
        Assert.DoesNotContain(rows, row => row.Fields.GetValueOrDefault("surname") == "Okafor");
        var opened = await host.Services.GetRequiredService<Ledger>().ReadAsync(0, World.Patience).Where(record => record.Entry is { Act: "match.people", Kind: EntryKind.Outcome }).ToListAsync();
        Assert.All(opened, record => Assert.InRange(record.Entry.Count, 1, 2));

        // Erased, both its households are forgotten.
        await coordinator.PostAsync($"/matching/cohort/{family.Id}/removal/found-in-error", World.Patience);
        Assert.Empty(await host.Services.GetRequiredService<HouseholdIndex>().ListAsync(family.Programme, World.Patience));
    }

    private static async Task<List<FamilyRow>> RowsAsync(LocalHost host, Family family)
    {
        using var byHand = TestKit.Storage.WriteWatch.ByHand();
        var rows = new List<FamilyRow>();
        foreach (var blob in family.Records)
        {
            rows.AddRange(await host.Services.GetRequiredService<FamilyVault>().ReadAsync(blob, World.Patience));
        }

        return rows;
    }

    /// <summary>Other children, each in a household alone.</summary>
    private static IEnumerable<string[]> Neighbours() => Enumerable.Range(0, 40).Select(i => (string[])
        [$"Neigh{(char)('a' + (i % 26))}bour", $"Pers{(char)('a' + (i % 23))}on", $"{1 + (i % 27):00}/{1 + (i % 12):00}/{2020 + (i % 7)}", $"{i + 20} Canal Street, Leicester", $"LE3 {i % 9}AB"]);

    private static Task DropAsync(LocalHost host, string agency, string exchange, string[] columns, IReadOnlyList<string[]> rows)
    {
        var csv = new CsvBuilder().Row([.. Nda, .. columns]);
        foreach (var row in rows)
        {
            csv.Row(row);
        }

        return Northmere.DropAsync(host, new SyntheticExtract(exchange, agency, exchange, csv.ToUtf8(), csv.Rows, Refused: 0));
    }

    private static string Day(DateOnly day) => day.ToString("dd/MM/yyyy", CultureInfo.InvariantCulture);
}
