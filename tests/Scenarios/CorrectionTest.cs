using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using TfFlow.Api.Endpoints;
using TfFlow.Cli.Commands;
using TfFlow.Cli.Demo;
using TfFlow.Cli.Drops;
using TfFlow.Host.Local.Engine;
using TfFlow.Host.Local.Hosting;
using TfFlow.Lifecycle;
using TfFlow.Lifecycle.Matching;
using TfFlow.Programme.Eligibility;
using TfFlow.Programme.Ledger;
using TfFlow.Programme.Retention;
using TfFlow.Vault.Keys;
using TfFlow.Vault.Ledger;

namespace TfFlow.Scenarios;

/// <summary>An extract that was matched turns out to be wrong, or a family to be in the cohort without reason.</summary>
public class CorrectionTest
{
    private const string Schools = "northmere-schools";

    /// <summary>Counted from the end of a line of the attendance file: what stands before may hold commas.</summary>
    private const int Unauthorised = 6, FixedExclusions = 4;

    private static readonly DateOnly Today = DateOnly.FromDateTime(Northmere.Day.UtcDateTime);

    [Fact]
    public async Task A_correction_after_matching_takes_out_the_family_that_was_found_by_what_was_wrong_and_no_other()
    {
        await using var world = await World.CreateAsync();
        await using var host = await world.StartAsync(new VirtualClock(Northmere.Day), northmere: true);
        var northmere = await Northmere.DropMonthAsync(host, Today, people: 250, troubled: 0.3);
        using var coordinator = Northmere.Coordinator(host);
        await DemoMatch.RoundAsync(host, coordinator, World.Patience);
        var (wrong, source) = northmere.Sources.Single(extract => extract.Value.File is { Agency: Schools, Exchange: "northmere-attendance" });
        var before = await Northmere.FamiliesAsync(host, CohortState.InCohort);
        var family = await FoundByAttendanceAsync(host, northmere, before, wrong);
        var others = before.Where(other => other.Id != family.Id && other.Records.Any(record => record.ExtractId == wrong)).ToList();
        Assert.NotEmpty(others);

        var corrected = await DropCorrectionAsync(host, northmere, family, source);

        var after = await Northmere.FamiliesAsync(host, CohortState.InCohort, CohortState.InReview);
        Assert.Equal(before.Select(one => one.Id).Where(id => id != family.Id).Order(), after.Where(one => before.Any(was => was.Id == one.Id)).Select(one => one.Id).Order());
        var registers = host.Services.GetRequiredService<Registers>();
        var gone = (await registers.Families.GetAsync(family.Id, World.Patience)).Row;
        Assert.Equal((CohortState.Erased, RemovalReason.Corrected), (gone.State, gone.Removal));
        Assert.Equal(corrected.Id, (await registers.Extracts.GetAsync(wrong, World.Patience)).Row.SupersededBy);
        await AssertCorrectedAsync(host, others, after, wrong, corrected.Id);
        await AssertCertifiedAsync(host, family, wrong, corrected.Id);
        await AssertInLedgerAsync(host, family.Id, others, corrected.Id);
        int[] places = [.. (await coordinator.GetAsync<CohortView[]>("/matching/cohort", World.Patience)).Select(place => place.Place)];
        Assert.Equal(after.Count(one => one.State is CohortState.InCohort), places.Length);
        Assert.All(places, (place, i) => Assert.True(place == i + 1 || place == places[i - 1]));
        await World.AssertAccountedForAsync(host);
    }

    [Fact]
    public Task Killed_while_it_looks_again_the_host_corrects_every_family_and_none_twice() => KillAsync(kills: 2);

    [Fact]
    [Trait("Category", "Exhaustive")]
    public Task Killed_twenty_times_while_it_looks_again_the_host_corrects_every_family_and_none_twice() => KillAsync(kills: 20);

    private static async Task KillAsync(int kills)
    {
        await using var world = await World.CreateAloneAsync();
        var today = World.Today;
        Northmere northmere;
        Family family;
        SyntheticExtract correction;
        string wrong;
        List<Family> before;
        await using (var first = await world.StartAsync(new VirtualClock(TimeProvider.System.GetUtcNow()), northmere: true))
        {
            northmere = await Northmere.DropMonthAsync(first, today, people: 300, troubled: 0.5);
            using var coordinator = Northmere.Coordinator(first);
            await DemoMatch.RoundAsync(first, coordinator, World.Patience);
            (wrong, var source) = northmere.Sources.Single(extract => extract.Value.File is { Agency: Schools, Exchange: "northmere-attendance" });
            before = await Northmere.FamiliesAsync(first, CohortState.InCohort);
            family = await FoundByAttendanceAsync(first, northmere, before, wrong);
            correction = await CorrectedAsync(first, northmere, family, source);
        }

        var documents = MatchingKillTest.Documents(world, today);
        var random = new Random(13);
        var id = "";
        for (var kill = 0; kill < kills; kill++)
        {
            await using var host = await HostProcess.StartAsync(world, documents);
            if (kill == 0)
            {
                using var schools = host.As(world, Schools);
                id = (await new DropSender(schools, Schools).PutAsync(
                    new GrantRequest(correction.Exchange, "information-manager", "reviewed this month", Correction: true), new MemoryStream(correction.Csv), plain: false, World.Patience)).GrantId;
                while ((await schools.GetAsync<GrantView>($"/agencies/{Schools}/grants/{id}", World.Patience)).State is not "Closed")
                {
                    // Once the drop is closed, the host is about to look again.
                    await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
                }
            }

            await Task.Delay(TimeSpan.FromMilliseconds(random.Next(0, 1_500)), TimeProvider.System);
            await host.KillAsync();
        }

        // A day on: what the kills cut short is past everybody's patience.
        var time = new VirtualClock(TimeProvider.System.GetUtcNow().AddDays(1));
        await using var last = await world.StartAsync(time, northmere: true, matching: DemoAuthority.Plan(today));
        using var api = World.As(last, Schools);
        var corrected = await new DropSender(api, Schools).WaitAsync(id, World.Patience);
        var intake = last.Orchestrations.WaitForInstanceCompletionAsync($"intake-{corrected.Id}", World.Patience);
        while (!intake.IsCompleted)
        {
            // What the killed host had taken comes back by the store's clock, what is tried again by this one.
            await last.Engine.AdvanceToAsync(time.GetUtcNow().AddMinutes(1), World.Patience);
            await Task.WhenAny(intake, Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System));
        }

        var ended = await intake;
        Assert.True(ended.RuntimeStatus is Microsoft.DurableTask.Client.OrchestrationRuntimeStatus.Completed, ended.FailureDetails?.ToString());
        Assert.Equal(("", corrected.Id), (corrected.RefusalCode, (await last.Services.GetRequiredService<Registers>().Extracts.GetAsync(wrong, World.Patience)).Row.SupersededBy));
        await World.SweepAsync(last);
        await last.Engine.IdleAsync(World.Patience);

        var others = before.Where(other => other.Id != family.Id && other.Records.Any(record => record.ExtractId == wrong)).ToList();
        await AssertCorrectedAsync(last, others, await Northmere.FamiliesAsync(last, CohortState.InCohort, CohortState.InReview), wrong, corrected.Id);
        await AssertCertifiedAsync(last, family, wrong, corrected.Id);
        var entries = await last.Services.GetRequiredService<Ledger>().ReadAsync(0, World.Patience).Select(record => record.Entry).Where(entry => entry.Kind is EntryKind.Outcome).ToListAsync();
        var verdicts = entries.Where(entry => entry.Act is "family.correct" && !entry.Result.StartsWith(Acts.FailedPrefix, StringComparison.Ordinal)).ToList();
        Assert.Equal(others.Append(family).Select(other => other.Id.Text).Order(), verdicts.Select(entry => entry.References[0]).Order());
        Assert.Single(entries, entry => entry.Act is "family.erase" && entry.References[0] == family.Id);
        await World.AssertAccountedForAsync(last);
    }

    [Fact]
    public async Task A_coordinator_takes_a_family_out_of_the_cohort_with_a_reason_unless_its_case_has_begun()
    {
        await using var world = await World.CreateAsync();
        await using var host = await world.StartAsync(new VirtualClock(Northmere.Day), northmere: true);
        await Northmere.DropMonthAsync(host, Today, people: 150, troubled: 0.3);
        using var coordinator = Northmere.Coordinator(host);
        await DemoMatch.RoundAsync(host, coordinator, World.Patience);
        var cohort = await coordinator.GetAsync<CohortView[]>("/matching/cohort", World.Patience);
        var family = (await host.Services.GetRequiredService<Registers>().Families.GetAsync(cohort[0].Id, World.Patience)).Row;

        var unknown = await Assert.ThrowsAsync<CommandException>(() => coordinator.PostAsync($"/matching/cohort/{family.Id}/removal/because", World.Patience));
        Assert.Contains("found-in-error, moved-away, duplicate, no-child, objection", unknown.Message, StringComparison.Ordinal);
        await coordinator.PostAsync($"/matching/cohort/{family.Id}/removal/moved-away", World.Patience);

        var gone = (await host.Services.GetRequiredService<Registers>().Families.GetAsync(family.Id, World.Patience)).Row;
        Assert.Equal((CohortState.Erased, RemovalReason.MovedAway), (gone.State, gone.Removal));
        Assert.Equal(cohort[1].Id, (await coordinator.GetAsync<CohortView[]>("/matching/cohort", World.Patience))[0].Id);
        var removed = (await host.Services.GetRequiredService<Ledger>().FindAsync($"family.remove.{family.Id}", EntryKind.Outcome, World.Patience))!.Entry;
        Assert.Equal(("moved-away", "scenario", "Coordinator"), (removed.Result, removed.Actor, removed.Role));
        Assert.All(
            await Task.WhenAll(family.Records.Where(record => record.Originator != DemoAuthority.Id).Select(record => CertificateAsync(host, record.Originator, $"{record.ExtractId}.{family.Id}"))),
            text => Assert.Matches("a coordinator took the family out of the cohort \\(moved-away\\).*line would have applied.*not-meeting", text));

        await coordinator.PostAsync<CaseView>($"/families/{cohort[1].Id}/case", new CaseOpening([]), World.Patience);
        var begun = await Assert.ThrowsAsync<CommandException>(() => coordinator.PostAsync($"/matching/cohort/{cohort[1].Id}/removal/moved-away", World.Patience));
        Assert.Contains("Its case has begun", begun.Message, StringComparison.Ordinal);
        await World.AssertAccountedForAsync(host);
    }

    /// <summary>A family that would be none without its unauthorised sessions and exclusions.</summary>
    private static async Task<Family> FoundByAttendanceAsync(LocalHost host, Northmere northmere, List<Family> families, string extract)
    {
        foreach (var family in families.Where(family => family is { Problems: 2, DecidedBy: null } && family.Records.Any(record => record.ExtractId == extract)))
        {
            if ((await northmere.Truth(host).HouseholdOfAsync(family, World.Patience))!.Problems.Contains("attendance")
                && family.Records.Count(record => record.Dataset == "school-attendance") == 1)
            {
                return family;
            }
        }

        throw new InvalidOperationException("No family of the cohort was found by attendance and one other problem.");
    }

    private static async Task<ExtractView> DropCorrectionAsync(LocalHost host, Northmere northmere, Family family, AuthorityExtract source)
    {
        var corrected = await Northmere.DropAsync(host, await CorrectedAsync(host, northmere, family, source), correction: true);
        northmere.Sources.Add(corrected.Id, source);
        await host.Engine.IdleAsync(World.Patience);
        return corrected;
    }

    /// <summary>The attendance file without a family's unauthorised sessions and exclusions.</summary>
    private static async Task<SyntheticExtract> CorrectedAsync(LocalHost host, Northmere northmere, Family family, AuthorityExtract source)
    {
        var household = (await northmere.Truth(host).HouseholdOfAsync(family, World.Patience))!.Number;
        var lines = Encoding.UTF8.GetString(source.File.Csv).Split("\r\n");
        for (var i = 1; i < lines.Length; i++)
        {
            if (source.HouseholdOf.GetValueOrDefault(i + 1, -1) == household)
            {
                var cells = lines[i].Split(',');
                cells[^Unauthorised] = "0";
                cells[^FixedExclusions] = "0";
                lines[i] = string.Join(',', cells);
            }
        }

        return source.File with { Csv = Encoding.UTF8.GetBytes(string.Join("\r\n", lines)) };
    }

    /// <summary>Everybody else keeps their place among the families, with the corrected record where the wrong one was.</summary>
    private static async Task AssertCorrectedAsync(LocalHost host, List<Family> before, List<Family> after, string wrong, string corrected)
    {
        foreach (var was in before)
        {
            var now = after.Single(family => family.Id == was.Id);
            Assert.DoesNotContain(now.Records, record => record.ExtractId == wrong);
            Assert.Single(now.Records, record => record.ExtractId == corrected);
            Assert.Equal((was.Records.Count, was.Problems, was.Members.Order()), (now.Records.Count, now.Problems, now.Members.Order()), (one, other) =>
                one.Item1 == other.Item1 && one.Item2 == other.Item2 && one.Item3.SequenceEqual(other.Item3));
            Assert.Null(await host.Services.GetRequiredService<DataKeys>().FindAsync(was.Records.Single(record => record.ExtractId == wrong).Blob.Name, World.Patience));
            var certificate = JsonSerializer.Deserialize<ErasureCertificate>(await CertificateAsync(host, Schools, $"{wrong}.{was.Id}"), Outbox.Json)!;
            Assert.Matches("corrected the extract by", certificate.Rule);
            Assert.Equal((certificate.EffectiveAt, "the agency that corrected its extract"), (certificate.DueAt, certificate.ApprovedBy));
        }
    }

    private static async Task AssertCertifiedAsync(LocalHost host, Family family, string wrong, string corrected)
    {
        Assert.Contains("not-meeting", await CertificateAsync(host, Schools, wrong), StringComparison.Ordinal);
        foreach (var record in family.Records.Where(record => record.Originator != DemoAuthority.Id))
        {
            Assert.Matches($"corrected the extract by {corrected}: without it the family does not meet the criteria \\(UK GDPR Article 5.*line would have applied.*not-meeting", await CertificateAsync(host, record.Originator, $"{record.ExtractId}.{family.Id}"));
        }
    }

    private static async Task AssertInLedgerAsync(LocalHost host, string family, List<Family> others, string corrected)
    {
        var entries = await host.Services.GetRequiredService<Ledger>().ReadAsync(0, World.Patience).Select(record => record.Entry).Where(entry => entry.Kind is EntryKind.Outcome).ToListAsync();
        var verdicts = entries.Where(entry => entry.Act is "family.correct").ToDictionary(entry => entry.References[0], entry => entry.Result);
        Assert.Equal("not-meeting", verdicts[family]);
        Assert.All(others, other => Assert.Equal("eligible", verdicts[other.Id]));
        Assert.Single(entries, entry => entry.Act is "family.erase" && entry.References[0] == family);
        Assert.All(entries.Where(entry => entry.Act is "match.known" && entry.References[0] == corrected), entry => Assert.True(entry is { Basis.Length: > 0, Purpose.Length: > 0, Count: > 0 }));
        Assert.Single(entries, entry => entry.Act is "match.people" && entry.References[0] == corrected);
    }

    private static async Task<string> CertificateAsync(LocalHost host, string agency, string name)
    {
        using var api = World.As(host, agency);
        return Encoding.UTF8.GetString(await OutboxCommand.ReadAsync(api, agency, $"certificates/{name}.json", World.Patience));
    }
}
