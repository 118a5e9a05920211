using Microsoft.Extensions.DependencyInjection;
using TfFlow.Api.Access;
using TfFlow.Api.Endpoints;
using TfFlow.Cli.Commands;
using TfFlow.Cli.Demo;
using TfFlow.Cli.Drops;
using TfFlow.Host.Local.Engine;
using TfFlow.Host.Local.Hosting;
using TfFlow.Lifecycle;
using TfFlow.Lifecycle.Agreements;
using TfFlow.Lifecycle.Intake;
using TfFlow.Lifecycle.Matching;
using TfFlow.Programme.Agreements;
using TfFlow.Programme.Cases;
using TfFlow.Programme.Eligibility;
using TfFlow.Programme.Extracts;
using TfFlow.Vault.Keys;
using TfFlow.Vault.Ledger;

namespace TfFlow.Scenarios;

/// <summary>What a real authority meets: documents that change, files that are not for it, corrections, and feeds that come on different nights.</summary>
public class AuthorityTest
{
    private const string Termly = "testshire-attendance-termly";

    private static string Testshire => File.ReadAllText(Path.Combine(World.AgreementFolder, "testshire-2025-01-01.yaml"));

    [Fact]
    public async Task An_agreement_edited_under_a_version_that_was_used_stops_the_start_naming_what_changed()
    {
        await using var world = await World.CreateAsync();
        await using (var host = await world.StartAsync(agreements: Load(Testshire), deployment: World.Council))
        {
            await World.DropAsync(host, World.AttendanceFile(20));
            var used = (await host.Services.GetRequiredService<Ledger>().FindAsync("document.use.agreement.testshire@2025-01-01", Programme.Ledger.EntryKind.Outcome, World.Patience))!;
            Assert.Equal(Load(Testshire).Versions[0].Sha256, used.Entry.Hash);
            Assert.Equal(used.Entry.Hash, (await host.Services.GetRequiredService<Registers>().Grants.ListAsync(World.Patience).FirstAsync()).Row.AgreementSha256);
        }

        var edited = Testshire.Replace("clock: received, period: P1M", "clock: received, period: P2M", StringComparison.Ordinal);
        var refused = await Assert.ThrowsAsync<DocumentChangedException>(() => world.StartAsync(agreements: Load(edited), deployment: World.Council));
        Assert.StartsWith("testshire@2025-01-01 was used and says something else now: retention/unmatched. ", refused.Message, StringComparison.Ordinal);

        await using (await world.StartAsync(agreements: Load("# laid out anew\n" + Testshire), deployment: World.Council))
        {
            // What it says is what counts.
        }
    }

    [Fact]
    public async Task What_goes_to_another_authority_is_refused_in_words_of_its_own()
    {
        await using var world = await World.CreateAsync();
        await using var host = await world.StartAsync(agreements: AgreementCatalogue.Shipped);
        using var yos = World.As(host, "leicestershire-yos");
        var refused = await Assert.ThrowsAsync<CommandException>(() => yos.PostAsync<UploadPermission>("/agencies/leicestershire-yos/grants", new GrantRequest("leicestershire-5"), World.Patience));
        Assert.Contains("this is the deployment of leicester-city", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_school_that_a_service_submits_for_is_counted_and_expected_by_itself_and_one_that_is_not_listed_is_refused()
    {
        await using var world = await World.CreateAsync();
        var schools = Testshire.Replace("name: School 1,", "name: School 1, organisations: [oak-primary, elm-primary],", StringComparison.Ordinal);
        await using var host = await world.StartAsync(new VirtualClock(TimeProvider.System.GetUtcNow()), agreements: Load(schools), deployment: World.Council);
        using var service = World.As(host, "school-1");
        var drops = new DropSender(service, "school-1");
        Task<ExtractView> DropAsync(string? school, int rows) => drops.SendAsync(
            new GrantRequest(Termly, Organisation: school), new MemoryStream(World.AttendanceFile(rows)), plain: false, progress: null, World.Patience);

        Assert.Equal("Kept", (await DropAsync("oak-primary", 20)).State);
        Assert.Equal("Kept", (await DropAsync("elm-primary", 21)).State);
        Assert.Contains("testshire-attendance-termly is termly; one was accepted on", await RefusalAsync(() => DropAsync("oak-primary", 22)), StringComparison.Ordinal);
        Assert.Contains("submits for 2 organisations: say for which this file is (oak-primary, elm-primary)", await RefusalAsync(() => DropAsync(null, 22)), StringComparison.Ordinal);
        Assert.Contains("does not list that organisation among those that school-1 submits for", await RefusalAsync(() => DropAsync("ash-primary", 22)), StringComparison.Ordinal);

        var calendar = await service.GetAsync<Expectation[]>("/calendar", World.Patience);
        Assert.Equal(["school-1, for elm-primary Received", "school-1, for oak-primary Received"], calendar.Select(expected => $"{expected.Sender} {expected.State}"));
        await host.Engine.AdvanceToAsync(new(calendar[0].Due.AddDays(1), TimeOnly.MinValue, TimeSpan.Zero), World.Patience);
        Assert.Equal("Kept", (await drops.SendAsync(new GrantRequest(Termly, Organisation: "oak-primary", Correction: true), new MemoryStream(World.AttendanceFile(23)), plain: false, progress: null, World.Patience)).State);
        var extracts = await host.Services.GetRequiredService<Registers>().Extracts.ListAsync(World.Patience).Select(extract => extract.Row).ToListAsync();
        Assert.Equal(["oak-primary"], extracts.Where(extract => extract.SupersededBy.Length > 0).Select(extract => extract.Organisation));
    }

    [Fact]
    public async Task Who_is_no_party_and_who_sends_after_the_end_of_the_agreement_are_each_told_so_in_words_of_their_own()
    {
        await using var world = await World.CreateAsync();
        var ending = Testshire.Replace("in_force_from: 2025-01-01", "in_force_from: 2025-01-01\nends: 2034-03-31", StringComparison.Ordinal);
        var time = new VirtualClock(Northmere.Day);
        await using var host = await world.StartAsync(time, agreements: Load(ending), deployment: World.Council);
        using var stranger = World.As(host, "academy-9");
        using var school = World.As(host, "school-0");
        var grant = new GrantRequest(World.Attendance);

        Assert.Contains("is sent by school-0, school-1", await RefusalAsync(() => stranger.PostAsync<UploadPermission>("/agencies/academy-9/grants", grant, World.Patience)), StringComparison.Ordinal);
        Assert.NotNull(await school.PostAsync<UploadPermission>("/agencies/school-0/grants", grant, World.Patience));
        await host.Engine.AdvanceToAsync(new(2034, 4, 1, 0, 0, 0, TimeSpan.Zero), World.Patience);
        Assert.Contains("testshire@2025-01-01 ended on 2034-03-31.", await RefusalAsync(() => school.PostAsync<UploadPermission>("/agencies/school-0/grants", grant, World.Patience)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_correction_may_name_an_earlier_extract_and_then_leaves_the_last_one_as_it_is()
    {
        await using var world = await World.CreateAsync();
        var time = new VirtualClock(TimeProvider.System.GetUtcNow());
        await using var host = await world.StartAsync(time);
        using var school = World.As(host, "school-0");
        var january = await SendAsync(new(World.Attendance), 20);
        await host.Engine.AdvanceToAsync(time.GetUtcNow().AddDays(20), World.Patience);
        var february = await SendAsync(new(World.Attendance), 21);
        Assert.Equal(("Kept", "Kept"), (january.State, february.State));

        using var other = World.As(host, "school-1");
        Assert.Contains(
            "There is no such extract of this exchange among what you sent",
            await RefusalAsync(() => other.PostAsync<UploadPermission>("/agencies/school-1/grants", new GrantRequest(World.Attendance, Corrects: january.Id), World.Patience)),
            StringComparison.Ordinal);
        var corrected = await SendAsync(new(World.Attendance, Corrects: january.Id), 22);

        var registers = host.Services.GetRequiredService<Registers>();
        Assert.Equal((ExtractStage.Erased, corrected.Id), await StateAsync(january.Id));
        Assert.Equal((ExtractStage.Kept, ""), await StateAsync(february.Id));
        Assert.Contains(
            $"{corrected.Id} took its place",
            await RefusalAsync(() => school.PostAsync<UploadPermission>("/agencies/school-0/grants", new GrantRequest(World.Attendance, Corrects: january.Id), World.Patience)),
            StringComparison.Ordinal);

        async Task<(ExtractStage, string)> StateAsync(string id) => (await registers.Extracts.GetAsync(id, World.Patience)).Row is var row ? (row.State, row.SupersededBy) : default;
        Task<ExtractView> SendAsync(GrantRequest request, int rows) => new DropSender(school, "school-0").SendAsync(
            request, new MemoryStream(World.AttendanceFile(rows)), plain: false, progress: null, World.Patience);
    }

    [Fact]
    public async Task A_correction_takes_the_place_of_what_it_corrects_which_is_erased_with_a_certificate()
    {
        await using var world = await World.CreateAsync();
        await using var host = await world.StartAsync();
        using var school = World.As(host, "school-0");
        var first = await CorrectAsync(20);
        var second = await CorrectAsync(21);

        Assert.Equal(("Kept", ""), (second.State, second.RefusalCode));
        Assert.Contains("nothing had been accepted before it", await ReportAsync(first), StringComparison.Ordinal);
        Assert.Contains($"It takes the place of extract {first.Id}, received on ", await ReportAsync(second), StringComparison.Ordinal);
        var registers = host.Services.GetRequiredService<Registers>();
        var (old, correction) = ((await registers.Extracts.GetAsync(first.Id, World.Patience)).Row, (await registers.Extracts.GetAsync(second.Id, World.Patience)).Row);
        Assert.Equal((ExtractStage.Erased, second.Id), (old.State, old.SupersededBy));
        Assert.Equal((ExtractStage.Kept, ""), (correction.State, correction.SupersededBy));
        var certificate = await OutboxCommand.ReadAsync(school, "school-0", $"certificates/{first.Id}.json", World.Patience);
        Assert.Contains($"corrected it by {second.Id}", System.Text.Encoding.UTF8.GetString(certificate), StringComparison.Ordinal);
        await World.AssertAccountedForAsync(host);

        Task<ExtractView> CorrectAsync(int rows) => new DropSender(school, "school-0").SendAsync(
            new GrantRequest(World.Attendance, Correction: true), new MemoryStream(World.AttendanceFile(rows)), plain: false, progress: null, World.Patience);

        async Task<string> ReportAsync(ExtractView extract) =>
            System.Text.Encoding.UTF8.GetString(await OutboxCommand.ReadAsync(school, "school-0", OutboxNames.Report(extract.Id), World.Patience));
    }

    [Fact]
    public async Task Three_feeds_over_three_nights_with_restarts_between_meet_and_the_families_are_found()
    {
        await using var world = await World.CreateAsync();
        var today = DateOnly.FromDateTime(Northmere.Day.UtcDateTime);
        var plan = DemoAuthority.Plan(today) with { Window = new(MatchingWhen.DatasetsIn, [], ["school-attendance", "asb-perpetrators", "benefits"]) };
        var authority = new SyntheticAuthority(7, today, 600, 0.16, Canaries.For(today), 1);
        IReadOnlyList<AuthorityExtract>[] nights = [];
        for (var night = 0; night < 3; night++)
        {
            await using var host = await world.StartAsync(new VirtualClock(Northmere.Day.AddDays(night)), northmere: true, matching: plan);
            if (night == 0)
            {
                var month = await authority.MonthAsync(await host.Services.GetRequiredService<IKeyRing>().GetSecretAsync(HouseholdSecrets.NameOf(DemoAuthority.Id), World.Patience), World.Patience);
                nights = [[.. month.Where(extract => !Late(extract))], [.. month.Where(extract => extract.File.Exchange == "northmere-asb")], [.. month.Where(extract => extract.File.Exchange == "northmere-benefits")]];
            }

            var matchings = host.Services.GetRequiredService<Matchings>();
            await matchings.ResumeAsync(World.Patience); // what the host does when it comes up
            foreach (var extract in nights[night])
            {
                await Northmere.DropAsync(host, extract.File);
            }

            var (run, refusal) = await matchings.StartIfDueAsync(World.Patience);
            var kept = await host.Services.GetRequiredService<Registers>().Extracts.ListAsync(World.Patience).CountAsync(extract => extract.Row.State is ExtractStage.Kept);
            if (night < 2)
            {
                Assert.Equal("matching.window-open", refusal?.Code);
                Assert.Equal(nights[..(night + 1)].Sum(extracts => extracts.Count), kept);
                using var coordinator = Northmere.Coordinator(host);
                var under = await Assert.ThrowsAsync<CommandException>(() => coordinator.PostAsync<MatchingView>("/matching", body: null, World.Patience));
                Assert.Contains("benefits has come for the first round, and the plan waits for it: have it sent", under.Message, StringComparison.Ordinal);
                var preview = await coordinator.GetAsync<MatchingPreview>("/matching/preview", World.Patience);
                Assert.Equal(night == 0 ? ["asb-perpetrators", "benefits"] : ["benefits"], preview.Missing);
                await AssertForecastAsync(host, coordinator, preview);
                await AssertUnmatchedAsync(coordinator, preview);
                await AssertAskedAsync(host);
                continue;
            }

            Assert.NotNull(run);
            using var asks = Northmere.Coordinator(host);
            MatchingView round;
            while ((round = (await asks.GetAsync<MatchingView[]>("/matching", World.Patience)).Single()).State is not ("Reviewing" or "Completed"))
            {
                await host.Engine.AdvanceToAsync(host.Services.GetRequiredService<TimeProvider>().GetUtcNow().AddSeconds(1), World.Patience);
            }

            Assert.True(round.InCohort > 10, $"{round.InCohort} families were found");
        }
    }

    /// <summary>What a preview says of the households is counted from facts, in the ledger, and changes nothing.</summary>
    private static async Task AssertForecastAsync(LocalHost host, ApiClient coordinator, MatchingPreview preview)
    {
        var forecast = await coordinator.GetAsync<MatchingForecastView>("/matching/preview/households", World.Patience);
        Assert.Equal(forecast.Households.Select(count => count.Problems).OrderDescending(), forecast.Households.Select(count => count.Problems));
        Assert.InRange(forecast.CouldBeFamilies, 1, forecast.Households.Where(count => count.Problems >= 2).Sum(count => count.Households));
        Assert.Equal(0, forecast.Known);
        Assert.InRange(forecast.ErasedRows, 1, preview.Waiting.Where(extract => extract.Erased).Sum(extract => extract.Rows));
        Assert.Equal(3, forecast.Terms.Count);
        Assert.All(forecast.Terms, term => Assert.True(term is { Dataset: "school-attendance", Rows: > 0 }));
        var looks = await host.Services.GetRequiredService<Ledger>().ReadAsync(0, World.Patience).Where(record => record.Entry is { Act: "match.preview", Kind: Programme.Ledger.EntryKind.Outcome }).ToListAsync();
        Assert.Equal(preview.Waiting.Count, looks.Select(record => record.Entry.References[0]).Distinct().Count());
        Assert.All(looks, record => Assert.True(record.Entry is { Actor: "scenario", Basis.Length: > 0, Purpose.Length: > 0, Count: > 0 }));
        Assert.Empty(await Northmere.FamiliesAsync(host, Enum.GetValues<CohortState>()));
        var words = MatchPreview.Words(preview, forecast);
        Assert.Contains("Nothing of benefits has come for the first round: what it would show is not seen.", words, StringComparison.Ordinal);
        Assert.Matches("school-attendance has come for the term [0-9-]+ to [0-9-]+: [0-9,]+ rows\\.", words);
        Assert.Matches("[0-9]+ households could show 2 problems\\.", words);
    }

    /// <summary>Records that nothing else places are named by extract and row, so that their source can be asked about them.</summary>
    private static async Task AssertUnmatchedAsync(ApiClient coordinator, MatchingPreview preview)
    {
        var unmatched = await coordinator.GetAsync<UnmatchedExtract[]>("/matching/preview/unmatched", World.Patience);
        Assert.NotEmpty(unmatched);
        Assert.All(unmatched, extract =>
        {
            Assert.Equal(extract.Rows, preview.Waiting.Single(waiting => waiting.Id == extract.Id).Rows);
            Assert.InRange(extract.Unmatched, 1, extract.Rows);
            Assert.Equal(Math.Min(extract.Unmatched, SourceQuestionRules.MostRows), extract.First.Count);
            Assert.All(extract.First, row => Assert.True(row > 1));
        });
        Assert.Contains($"tfflow question ask {unmatched[0].Id} --kind match --row {unmatched[0].First[0]}", MatchPreview.Words(unmatched), StringComparison.Ordinal);
    }

    /// <summary>Where nobody can be asked, the command refuses before it starts anything.</summary>
    private static async Task AssertAskedAsync(LocalHost host)
    {
        using var output = new StringWriter();
        var console = Terminal.Create(output);
        console.Profile.Capabilities.Interactive = false;
        var token = host.Tokens.Mint(new Caller("scenario", Role.Coordinator, ""), TimeSpan.FromHours(1));
        var folder = Options.Folder();
        var match = MatchCommand.CreateMatch(folder, console);
        match.Options.Add(folder);
        var command = match.Parse(["--server", host.Address.ToString(), "--token", token]);
        Assert.Contains("or match without it ('tfflow match --yes'), after which whoever does not reach the threshold without it is erased as the agreements say.", await RefusalAsync(() => command.InvokeAsync(new() { EnableDefaultExceptionHandler = false })), StringComparison.Ordinal);
    }

    private static bool Late(AuthorityExtract extract) => extract.File.Exchange is "northmere-asb" or "northmere-benefits";

    private static async Task<string> RefusalAsync(Func<Task> act) => (await Assert.ThrowsAsync<CommandException>(act)).Message;

    private static AgreementCatalogue Load(string document) => AgreementCatalogue.Load([("testshire.yaml", new StringReader(document))]);
}
