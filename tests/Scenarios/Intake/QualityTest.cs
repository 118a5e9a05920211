using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using TfFlow.Api.Endpoints;
using TfFlow.Cli.Commands;
using TfFlow.Host.Local.Hosting;
using TfFlow.Lifecycle;
using TfFlow.Lifecycle.Intake;
using TfFlow.Programme.Extracts.Quality;
using TfFlow.Vault.Ledger;

namespace TfFlow.Scenarios.Intake;

/// <summary>A source is assessed before its first use, and each extract against the last (seeds/001 Data to be shared).</summary>
public class QualityTest
{
    [Fact]
    public async Task A_first_extract_that_places_nobody_is_not_used_and_later_ones_are_told_what_is_unlike_the_last()
    {
        await using var world = await World.CreateAsync();
        await using var host = await world.StartAsync();

        var poor = await World.DropAsync(host, File("No fixed abode,", 40));
        Assert.Equal(("Quarantined", "quality.first-use"), (poor.State, poor.RefusalCode));
        Assert.Null(poor.Quality);
        Assert.Contains("at least 50 % of the rows with the address of a household; here 0 %", (await ReportAsync(host, poor.Id)).Meaning, StringComparison.Ordinal);

        var first = await World.DropAsync(host, File("{0} Wharf Street,LE1 1AA", 40));
        Assert.Equal(("", 100.0), (first.RefusalCode, first.Quality!.Located));
        Assert.Empty((await ReportAsync(host, first.Id)).SinceLast);

        // Once a source is used, a poor extract is told, and refused by nothing but its specification.
        using var api = World.As(host, "school-0");
        var correction = await new Cli.Drops.DropSender(api, "school-0").SendAsync(
            new(World.Attendance, Correction: true), new MemoryStream(File("No fixed abode,", 30)), plain: false, progress: null, World.Patience);
        Assert.Equal("", correction.RefusalCode);
        var told = (await ReportAsync(host, correction.Id)).SinceLast;
        Assert.Contains("rows: 40 in the last extract, 30 in this one", told);
        Assert.Contains("addresses that belong to a household: 100 in the last extract, 0 in this one", told);
    }

    [Fact]
    public async Task What_was_found_out_about_a_source_is_filed_with_the_agreement_and_decides_whether_its_first_file_is_taken()
    {
        await using var world = await World.CreateAsync();
        await using var host = await world.StartAsync();
        using var api = World.As(host, "school-0");
        Task<DiscoveryView> FileAsync(QualityProfile profile) =>
            api.PostAsync<DiscoveryView>("/agencies/school-0/discoveries", new DiscoveryRequest(World.Attendance, profile), World.Patience);
        var profile = new QualityProfile("school-attendance", World.Today, Rows: 40,
            new Dictionary<string, double> { ["surname"] = 100 }, Validity: 100, Uniqueness: 100, Located: 10, Age: 30);

        Assert.Contains("a profile of the columns of school-attendance alone", (await Assert.ThrowsAsync<CommandException>(
            () => FileAsync(profile with { Completeness = new Dictionary<string, double> { ["Marlowe"] = 100 } }))).Message, StringComparison.Ordinal);
        Assert.Single((await FileAsync(profile)).Problems);
        var refused = await Assert.ThrowsAsync<CommandException>(() =>
            api.PostAsync<UploadPermission>("/agencies/school-0/grants", new GrantRequest(World.Attendance), World.Patience));
        Assert.Contains("at least 50 % of the rows with the address of a household; here 10 %", refused.Message, StringComparison.Ordinal);

        var filed = await FileAsync(profile with { Located = 95 });
        Assert.Empty(filed.Problems);
        Assert.Equal("", (await World.DropAsync(host, File("{0} Wharf Street,LE1 1AA", 40))).RefusalCode);
        Assert.Equal(["Superseded", "Filed"], (await api.GetAsync<DiscoveryView[]>("/discoveries", World.Patience)).Select(row => row.State));
        using var other = World.As(host, "school-1");
        Assert.Empty(await other.GetAsync<DiscoveryView[]>("/discoveries", World.Patience));
        await Assert.ThrowsAsync<CommandException>(() =>
            other.PostAsync<DiscoveryView>("/agencies/school-0/discoveries", new DiscoveryRequest(World.Attendance, profile), World.Patience));
        var acts = await host.Services.GetRequiredService<Ledger>().ReadAsync(0, World.Patience).Where(entry => entry.Entry.Act == "discovery.file").ToListAsync();
        Assert.All(acts, entry => Assert.Equal(("school-0", World.Attendance), (entry.Entry.Agency.Text, entry.Entry.Exchange.Text)));
        Assert.Equal(4, acts.Count);
    }

    private static byte[] File(string home, int rows)
    {
        var day = World.Today.AddMonths(-1).ToString("dd/MM/yyyy", CultureInfo.InvariantCulture);
        return Encoding.UTF8.GetBytes(
            "Surname,Forenames,Date of birth,Address,Postcode,Term starts,Possible sessions,Unauthorised sessions,Authorised sessions,Fixed exclusions,Permanent exclusion,Provision,Previously excluded\n"
            + string.Concat(Enumerable.Range(1, rows).Select(row => string.Format(CultureInfo.InvariantCulture, $"Marlowe{(char)('a' + (row % 26))}{(char)('a' + (row / 26))},Ada,14/02/2012,{home},{day},60,5,3,0,no,mainstream,\n", row))));
    }

    private static async Task<IntakeReport> ReportAsync(LocalHost host, string extract)
    {
        using var api = World.As(host, "school-0");
        return JsonSerializer.Deserialize<IntakeReport>(await OutboxCommand.ReadAsync(api, "school-0", OutboxNames.Report(extract), World.Patience), Outbox.Json)!;
    }
}
