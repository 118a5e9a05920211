using Microsoft.Extensions.DependencyInjection;
using TfFlow.Api.Endpoints;
using TfFlow.Cli.Commands;
using TfFlow.Cli.Demo;
using TfFlow.Host.Local.Engine;
using TfFlow.Host.Local.Azurite;
using TfFlow.Host.Local.Hosting;
using TfFlow.Lifecycle;
using TfFlow.Lifecycle.Intake;
using TfFlow.Lifecycle.Matching;
using TfFlow.Linkage;
using TfFlow.Programme.Eligibility;
using TfFlow.Programme.Extracts;
using TfFlow.Programme.Ledger;
using TfFlow.TestKit.Storage;
using TfFlow.Vault;
using TfFlow.Vault.Envelope;
using TfFlow.Vault.Households;
using TfFlow.Vault.Keys;
using TfFlow.Vault.Ledger;
using TfFlow.Vault.Storage;

namespace TfFlow.Scenarios;

/// <summary>A matching round over an authority with known truth: who is found, who is looked at, and what is left of everybody else.</summary>
public class MatchingTest
{
    private static readonly DateOnly Today = DateOnly.FromDateTime(Northmere.Day.UtcDateTime);

    [Fact]
    public async Task The_families_are_found_only_who_could_be_one_is_looked_at_and_of_everybody_else_nothing_can_be_opened()
    {
        await using var world = await World.CreateAloneAsync();
        var time = new VirtualClock(Northmere.Day);
        await using var host = await world.StartAsync(time, northmere: true);
        var northmere = await Northmere.DropMonthAsync(host, Today, people: 1_600, troubled: 0.16, guessed: 1);
        var forTheKeyWorker = await DropForKeyWorkerAsync(host, northmere);
        var registers = host.Services.GetRequiredService<Registers>();
        var extracts = await registers.Extracts.ListAsync(World.Patience).Select(extract => extract.Row).ToListAsync();
        var everyone = await EveryHouseholdAsync(host, [.. extracts.Where(extract => extract.Id != forTheKeyWorker)]);
        await using var thief = await world.CopyAzuriteAsync();

        using var coordinator = Northmere.Coordinator(host);
        var round = await DemoMatch.RoundAsync(host, coordinator, World.Patience);

        await AssertOnlyCandidatesWereOpenedAsync(host, extracts, round);
        await AssertNotReadAsync(host, forTheKeyWorker);
        var partners = extracts.Where(extract => extract.Agency != DemoAuthority.Id && extract.Id != forTheKeyWorker).ToList();
        await AssertUndecryptableAsync(host, thief, partners, everyone);
        await AssertCertifiedAsync(host, partners);
        var own = await registers.Extracts.GetAsync(extracts.Single(extract => extract.Agency == DemoAuthority.Id).Id, World.Patience);
        Assert.Equal(ExtractStage.Kept, own.Row.State);

        await AssertReviewsEndAsync(host, northmere, coordinator);
        var quality = await northmere.Truth(host).MeasureAsync(World.Patience);
        Assert.True(quality.True >= 60, $"{quality.True} families are too few to measure by");
        Assert.True(quality is { Precision: >= 0.97, Recall: >= 0.97 }, quality.ToString());
        AssertInOrder(await coordinator.GetAsync<CohortView[]>("/matching/cohort", World.Patience), quality.Found);

        await World.AssertAccountedForAsync(host);
        await AssertErasedWhenDueAsync(host);
        await AssertNoCanaryAsync(world);
    }

    [Fact]
    public async Task A_second_round_touches_only_what_something_new_was_received_about()
    {
        await using var world = await World.CreateAloneAsync();
        await using var host = await world.StartAsync(new VirtualClock(Northmere.Day), northmere: true);
        var northmere = await Northmere.DropMonthAsync(host, Today, people: 250, troubled: 0.3);
        using var coordinator = Northmere.Coordinator(host);
        await DemoMatch.RoundAsync(host, coordinator, World.Patience);
        var registers = host.Services.GetRequiredService<Registers>();
        var before = await registers.Families.ListAsync(World.Patience).ToDictionaryAsync(family => family.Row.Id);

        var nothing = await Assert.ThrowsAsync<CommandException>(() => DemoMatch.RoundAsync(host, coordinator, World.Patience));
        Assert.Contains("Nothing that came for identification", nothing.Message, StringComparison.Ordinal);

        var (family, file) = await NewsAboutOneFamilyAsync(host, northmere, [.. before.Values.Select(family => family.Row)]);
        var news = await Northmere.DropAsync(host, file);
        var round = await DemoMatch.RoundAsync(host, coordinator, World.Patience);

        Assert.Equal((1, 0, 0), (round.Households, round.InCohort, round.InReview));
        var after = await registers.Families.ListAsync(World.Patience).ToDictionaryAsync(row => row.Row.Id);
        Assert.Equal(before.Keys.Order(), after.Keys.Order());
        Assert.All(after.Values.Where(row => row.Row.Id != family.Id), row => Assert.Equal(Text(before[row.Row.Id].Row), Text(row.Row)));
        Assert.Equal(family.Records.Count + 1, after[family.Id].Row.Records.Count);
        var added = Assert.Single(after[family.Id].Row.Records, blob => blob.ExtractId == news.Id);
        Assert.All(await OpenAsync(host, added), row => Assert.Contains(row.Member, family.Members));

        // The problem that came to light since is counted, with its source and day.
        Assert.Equal(family.Problems + 1, after[family.Id].Row.Problems);
        var shown = await coordinator.GetAsync<FamilyView>($"/matching/families/{family.Id}", World.Patience);
        Assert.Contains(shown.Explanation, line => line.Contains($"nominations, row 2 of extract {news.Id} from northmere-yos, as at 10 March 2034", StringComparison.Ordinal));
        Assert.Contains(shown.Explanation, line => line.StartsWith("More was found on 2034-03-10", StringComparison.Ordinal));
        Assert.Equal(ExtractStage.Erased, (await registers.Extracts.GetAsync(news.Id, World.Patience)).Row.State);
        await World.AssertAccountedForAsync(host);
    }

    private static string Text(Family family) => System.Text.Json.JsonSerializer.Serialize(family);

    private static async Task<IReadOnlyList<FamilyRow>> OpenAsync(LocalHost host, FamilyBlob blob)
    {
        using var byHand = WriteWatch.ByHand();
        return await host.Services.GetRequiredService<FamilyVault>().ReadAsync(blob, World.Patience);
    }

    /// <summary>All in review but one are decided by the truth; the one lapses at its deadline, not a moment before.</summary>
    private static async Task AssertReviewsEndAsync(LocalHost host, Northmere northmere, ApiClient coordinator)
    {
        var waiting = await coordinator.GetAsync<ReviewView[]>("/matching/reviews", World.Patience);
        Assert.True(waiting.Length >= 2, $"{waiting.Length} households in review are too few to try");
        var decided = waiting[..^1];
        foreach (var review in decided)
        {
            var shown = await coordinator.GetAsync<FamilyView>($"/matching/families/{review.Id}", World.Patience);
            Assert.NotEmpty(shown.Doubts);
            Assert.NotEmpty(shown.Sources);
            var family = (await host.Services.GetRequiredService<Registers>().Families.GetAsync(review.Id, World.Patience)).Row;
            var household = await northmere.Truth(host).HouseholdOfAsync(family, World.Patience);
            await coordinator.PostAsync($"/matching/reviews/{review.Id}/{(household!.IsFamily ? "include" : "exclude")}", World.Patience);
        }

        var again = await Assert.ThrowsAsync<CommandException>(() => coordinator.PostAsync($"/matching/reviews/{decided[0].Id}/include", World.Patience));
        Assert.Contains("decided", again.Message, StringComparison.Ordinal);

        var deadline = waiting.Max(review => review.Deadline);
        await host.Engine.AdvanceToAsync(deadline.AddSeconds(-1), World.Patience);
        Assert.Equal(waiting.Length - decided.Length, (await Northmere.FamiliesAsync(host, CohortState.InReview)).Count);
        await host.Engine.AdvanceToAsync(deadline, World.Patience);
        var run = (await coordinator.GetAsync<MatchingView[]>("/matching", World.Patience)).Single();
        await host.Orchestrations.WaitForInstanceCompletionAsync(run.InstanceId, World.Patience);

        Assert.Empty(await Northmere.FamiliesAsync(host, CohortState.InReview, CohortState.Erasing, CohortState.Recorded));
        Assert.Equal("Completed", (await coordinator.GetAsync<MatchingView[]>("/matching", World.Patience)).Single().State);
        Assert.All(await Northmere.FamiliesAsync(host, CohortState.Erased), erased => Assert.True(erased is { Members: [], Records: [], Explanation: null, Problems: 0, DecidedBy: null }));
    }

    /// <summary>The key rows that are left and the ledger agree: people were opened of the households that could reach the threshold, and of no others.</summary>
    private static async Task AssertOnlyCandidatesWereOpenedAsync(LocalHost host, List<Extract> extracts, MatchingView round)
    {
        Assert.InRange(round.CouldReach, round.InCohort + round.InReview, round.Households / 3);
        var ledger = await host.Services.GetRequiredService<Ledger>().ReadAsync(0, World.Patience).Select(record => record.Entry).ToListAsync();
        var opened = ledger.Where(entry => entry is { Act: "match.people", Kind: EntryKind.Outcome }).ToList();
        Assert.All(opened, entry => Assert.True(entry is { Agreement.Length: > 0, AgreementVersion.Length: > 0, Exchange.Text.Length: > 0, Basis.Length: > 0, Purpose.Length: > 0 }));
        Assert.All(opened, entry => Assert.InRange(entry.Count, 1, round.CouldReach));

        var census = extracts.Single(extract => extract.Agency == DemoAuthority.Id);
        var row = await host.Services.GetRequiredService<DataKeys>().FindAsync(census.Sealed!.Persons.Name, World.Patience);
        Assert.Equal(opened.Where(entry => entry.References.Contains(census.Id.Text)).Sum(entry => entry.Count), row!.Openings);
        Assert.InRange(row.Openings, 1, round.CouldReach);
    }

    private static async Task AssertNotReadAsync(LocalHost host, string extractId)
    {
        var extract = (await host.Services.GetRequiredService<Registers>().Extracts.GetAsync(extractId, World.Patience)).Row;
        Assert.Equal("", extract.MatchedBy);
        var ledger = await host.Services.GetRequiredService<Ledger>().ReadAsync(0, World.Patience).ToListAsync();
        Assert.DoesNotContain(ledger, record => record.Entry.Act.StartsWith("match", StringComparison.Ordinal) && record.Entry.References.Contains(extractId));
        Assert.All(await Northmere.FamiliesAsync(host, CohortState.InCohort, CohortState.InReview), family => Assert.DoesNotContain(family.Records, blob => blob.ExtractId == extractId));
    }

    /// <summary>With a byte copy of the store from before, and every key that is left: facts by the blob, people by every household there was.</summary>
    private static async Task AssertUndecryptableAsync(
        LocalHost host, AzuriteServer thief, List<Extract> erased, Dictionary<string, List<HouseholdPseudonym>> households)
    {
        using var byHand = WriteWatch.ByHand();
        var keys = host.Services.GetRequiredService<DataKeys>();
        var stolen = new BlobStore(thief.ConnectionString(AzuriteAccounts.Personal));
        var left = await keys.ListAsync(World.Patience).ToListAsync();
        Assert.NotEmpty(left);
        foreach (var extract in erased)
        {
            var (facts, persons) = (extract.Sealed!.Facts.Name, extract.Sealed.Persons.Name);
            Assert.NotNull(await stolen.GetPropertiesAsync(new("vault", persons), World.Patience));
            Assert.Equal("key.destroyed", (await Assert.ThrowsAsync<SealException>(() => keys.OpenAsync(facts, World.Patience))).Code);
            Assert.Equal("key.destroyed", (await Assert.ThrowsAsync<SealException>(() => keys.OpenHouseholdsAsync(persons, households[extract.Id], World.Patience))).Code);

            foreach (var row in left.Where(row => row.Grain is KeyGrain.Household))
            {
                using var other = await keys.OpenHouseholdsAsync(row.Reference, households[extract.Id], World.Patience);
                Assert.Equal("seal.wrong-blob", (await Assert.ThrowsAsync<SealException>(() => PersonsReader.OpenAsync(stolen, new("vault", persons), other, World.Patience))).Code);
            }

            foreach (var row in left.Where(row => row.Grain is KeyGrain.Blob).Take(20))
            {
                using var other = await keys.OpenAsync(row.Reference, World.Patience);
                await using var download = await stolen.OpenReadAsync(new("vault", facts), ifMatch: null, World.Patience);
                await using var segments = new SegmentReader(download.Content, other);
                Assert.Equal("seal.wrong-blob", (await Assert.ThrowsAsync<SealException>(() => segments.ReadAtLeastAsync(new byte[1], 1).AsTask())).Code);
            }
        }
    }

    private static async Task AssertCertifiedAsync(LocalHost host, List<Extract> partners)
    {
        foreach (var partner in partners)
        {
            var extract = (await host.Services.GetRequiredService<Registers>().Extracts.GetAsync(partner.Id, World.Patience)).Row;
            Assert.Equal(ExtractStage.Erased, extract.State);
            Assert.Contains("not-meeting", extract.RetentionRule, StringComparison.Ordinal);
            await using var certificate = await host.Services.GetRequiredService<Outbox>().FindAsync(extract.Agency, $"certificates/{extract.Id}.json", World.Patience);
            Assert.NotNull(certificate);
        }
    }

    private static void AssertInOrder(CohortView[] cohort, int families)
    {
        Assert.Equal(families, cohort.Length);
        Assert.Equal(cohort.Select(family => family.Place).Order(), cohort.Select(family => family.Place));
        Assert.All(cohort.Select((family, i) => (family, i)), at => Assert.True(at.family.Place == at.i + 1 || at.family.Place == cohort[at.i - 1].Place));
        Assert.Equal(cohort.Select(family => family.Problems).OrderDescending(), cohort.Select(family => family.Problems));
        Assert.All(cohort, family => Assert.True(family is { Problems: >= 2, Members: >= 1, Sources: >= 1 }));
        Assert.All(cohort.Zip(cohort.Skip(1)), pair => Assert.Contains(
            pair.First.Problems > pair.Second.Problems ? "before the next household by number of criteria" : pair.First.Place == pair.Second.Place ? "at one place with" : "before the next household by", pair.First.Why, StringComparison.Ordinal));
        Assert.All(cohort.CountBy(family => family.Place), level => Assert.True(level.Value <= Math.Max(3, 0.05 * families), $"{level.Value} of {families} share place {level.Key}"));
    }

    /// <summary>No case takes the families up: what is kept of them goes when it is due, with a certificate for whoever it came from.</summary>
    private static async Task AssertErasedWhenDueAsync(LocalHost host)
    {
        var families = await Northmere.FamiliesAsync(host, CohortState.InCohort);
        await host.Engine.AdvanceToAsync(families.Max(family => family.DueAt)!.Value.AddSeconds(-1), World.Patience);
        Assert.NotEmpty(await Northmere.FamiliesAsync(host, CohortState.InCohort));
        await host.Engine.AdvanceToAsync(families.Max(family => family.DueAt)!.Value, World.Patience);
        await World.SweepAsync(host);
        Assert.Empty(await Northmere.FamiliesAsync(host, CohortState.InCohort));
        foreach (var blob in families.SelectMany(family => family.Records.Select(blob => (family.Id, blob.ExtractId, blob.Originator))))
        {
            await using var certificate = await host.Services.GetRequiredService<Outbox>().FindAsync(blob.Originator, $"certificates/{blob.ExtractId}.{blob.Id}.json", World.Patience);
            Assert.NotNull(certificate);
        }

        await World.AssertAccountedForAsync(host);
    }

    private static async Task AssertNoCanaryAsync(World world)
    {
        foreach (var folder in (string[])[world.AzuriteFolder, world.WorkFolder])
        {
            var (_, hits) = await CanaryScan.FolderAsync(folder, Canaries.Texts(Today), World.Patience);
            Assert.Empty(hits);
        }
    }

    /// <summary>By extract id.</summary>
    private static async Task<Dictionary<string, List<HouseholdPseudonym>>> EveryHouseholdAsync(LocalHost host, List<Extract> extracts)
    {
        using var byHand = WriteWatch.ByHand();
        var (reader, gate) = (host.Services.GetRequiredService<FactsReader>(), host.Services.GetRequiredService<MatchingGate>());
        var households = new Dictionary<string, List<HouseholdPseudonym>>();
        foreach (var extract in extracts)
        {
            var found = households[extract.Id] = [];
            await reader.ReadAsync(extract.Sealed!.Facts.Name, gate.Find(extract, DemoAuthority.Id, standing: [])!.Specification, _ => true, row => found.Add(row.Household), World.Patience);
            Assert.Equal(extract.RowsAccepted, found.Count);
        }

        return households;
    }

    /// <summary>What the police send for the key worker, about families that are in truth on the programme: matching has no business with it, and as no case of theirs is open it ends at once.</summary>
    private static async Task<string> DropForKeyWorkerAsync(LocalHost host, Northmere northmere)
    {
        var csv = new CsvBuilder().Row("Surname", "Forenames", "Date of birth", "Address", "Postcode", "Standing");
        foreach (var person in northmere.Authority.Households.Where(household => household.IsFamily).SelectMany(household => household.Adults))
        {
            csv.Row(person.Surname, person.Forenames, person.BornUk, person.Address, person.Postcode, "allocated");
        }

        var dropped = await Northmere.DropAsync(host, new("For the key worker", "northmere-police", "northmere-known", csv.ToUtf8(), csv.Rows, Refused: 0));
        await host.Engine.IdleAsync(World.Patience);
        Assert.Equal(ExtractStage.Erased, (await host.Services.GetRequiredService<Registers>().Extracts.GetAsync(dropped.Id, World.Patience)).Row.State);
        return dropped.Id;
    }

    /// <summary>A nomination of a child of one family that is in the cohort.</summary>
    private static async Task<(Family Family, SyntheticExtract File)> NewsAboutOneFamilyAsync(LocalHost host, Northmere northmere, List<Family> families)
    {
        foreach (var family in families.Where(family => family.State is CohortState.InCohort))
        {
            var household = await northmere.Truth(host).HouseholdOfAsync(family, World.Patience);
            if (household!.Children is [var child, ..] && !household.Problems.Contains("health"))
            {
                var csv = new CsvBuilder()
                    .Row("Surname", "Forenames", "Date of birth", "Address", "Postcode", "Criterion", "Reason", "Nominated on")
                    .Row(child.Surname, child.Forenames, child.BornUk, child.Address, child.Postcode, "health", "Parents ask for help", CsvBuilder.Date(Today.AddDays(-2)));
                return (family, new("One nomination", "northmere-yos", "northmere-nominations", csv.ToUtf8(), csv.Rows, Refused: 0));
            }
        }

        throw new InvalidOperationException("No family of the cohort has a child and no problem of health.");
    }
}
