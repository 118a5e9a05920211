using System.Text;
using System.Text.Json;
using TfFlow.Api.Access;
using TfFlow.Api.Endpoints;
using TfFlow.Cli.Commands;
using TfFlow.Lifecycle;
using TfFlow.Lifecycle.Disclosures;
using TfFlow.Programme.Agreements;
using TfFlow.Programme.Cases;
using TfFlow.Programme.Ledger;
using TfFlow.TestKit;
using TfFlow.Vault.Ledger;
using TfFlow.Vault.Sealing;

namespace TfFlow.Scenarios.Exchanges;

/// <summary>What leaves an authority, and what does not: lists, files, and what is told.</summary>
public sealed class DisclosuresTest : IAsyncLifetime
{
    private const string City = "leicester-city";
    private const string Police = "leicestershire-police";

    private static readonly Agreement Rows = AgreementCatalogue.Shipped.Find("leicestershire@2025-09-01")!;

    private World world = null!;
    private Place place = null!;

    public async Task InitializeAsync()
    {
        world = await World.CreateAsync();
        place = await Place.StartAsync(world, City, AgreementCatalogue.Shipped, DeploymentKind.Authority, ShippedExchanges.Begin);
    }

    public async Task DisposeAsync()
    {
        await place.DisposeAsync();
        await world.DisposeAsync();
    }

    [Fact]
    public async Task A_list_names_who_is_owed_replaces_the_one_before_and_leaves_out_who_objected()
    {
        var supported = await place.SupportedAsync();
        using var coordinator = place.As(Role.Coordinator);
        Assert.Contains("has registered no key", await RefusedAsync(coordinator, "/lists", new ListRequest("leicestershire-7", Police)), StringComparison.Ordinal);
        await place.KeyOfAsync(Police);
        var refusal = await RefusedAsync(coordinator, "/lists", new ListRequest("leicestershire-7", "lpt"));
        Assert.Contains("not to lpt", refusal, StringComparison.Ordinal);
        Assert.DoesNotContain("It needs:", refusal, StringComparison.Ordinal);
        Assert.Contains("is sent by", await RefusedAsync(coordinator, "/lists", new ListRequest("leicestershire-6", City)), StringComparison.Ordinal);

        var first = await coordinator.PostAsync<GivenFileView>("/lists", new ListRequest("leicestershire-7", Police), World.Patience);
        var text = Encoding.UTF8.GetString(await place.OpenAsync(Police, first.File, first.Id, Police));
        Assert.Equal("\uFEFFSurname,Forenames,Date of birth,Address,Postcode,Standing\r\nZyxwvutson,Edith,03/02/2012,\"12 Wharf Street\",LE1 1AA,allocated\r\n".Replace("\"", "", StringComparison.Ordinal), text);

        // A mistyped reference would name to the police whoever objected.
        Assert.Contains("nobody-of-that-name: no family that could be on this list. Nothing was given", await RefusedAsync(coordinator, "/lists", new ListRequest("leicestershire-7", Police, [supported.Id, "nobody-of-that-name"])), StringComparison.Ordinal);
        Assert.Contains("'nowhere' is no party of any agreement here", await RefusedAsync(place.As(Role.AgencySubmitter, "nowhere"), "/agencies/nowhere/key", new RecipientKeyRequest(SomeKey())), StringComparison.Ordinal);

        var second = await coordinator.PostAsync<GivenFileView>("/lists", new ListRequest("leicestershire-7", Police, [supported.Id]), World.Patience);
        Assert.Equal(0, second.Rows);
        Assert.Null(await place.ReadAsync(Police, first.File));
        Assert.NotNull(await place.ReadAsync(Police, second.File));
        var given = await coordinator.GetAsync<GivenFileView[]>("/files", World.Patience);
        Assert.Equal([(first.Id, "Removed"), (second.Id, "Given")], given.Select(file => (file.Id, file.State)).OrderBy(file => file.State == "Given"));
        Assert.All(await place.Registers.Given.ListAsync(World.Patience).ToListAsync(), file => Assert.Equal((Rows.Sha256, Rows.Exchange("leicestershire-7")!.Specification!.Sha256), (file.Row.AgreementSha256, file.Row.DatasetSha256)));
        var dataset = Rows.Exchange("leicestershire-7")!.Specification!;
        Assert.Equal(dataset.Sha256, (await place.Service<Ledger>().FindAsync($"document.use.dataset.families@{dataset.Version}", EntryKind.Outcome, World.Patience))!.Entry.Hash);
        Assert.Equal(["list.send", "list.send"], (await EntriesAsync()).Where(entry => entry.Act is "list.send").Select(entry => entry.Act));
    }

    [Fact]
    public async Task A_list_that_names_a_family_which_is_no_longer_kept_is_withdrawn_and_owed_anew()
    {
        var family = await place.FamilyAsync(Place.InCohort, record: null);
        var other = await place.FamilyAsync(Place.Stranger, record: null);
        await place.KeyOfAsync("dwp");
        using var coordinator = place.As(Role.Coordinator);
        var list = await coordinator.PostAsync<GivenFileView>("/lists", new ListRequest("leicestershire-13", "dwp"), World.Patience);
        Assert.NotNull(await place.ReadAsync("dwp", list.File));

        await coordinator.PostAsync($"/matching/cohort/{family.Id}/removal/moved-away", World.Patience);
        await place.Host.Engine.IdleAsync(World.Patience);

        Assert.Null(await place.ReadAsync("dwp", list.File));
        Assert.Equal("Removed", Assert.Single(await coordinator.GetAsync<GivenFileView[]>("/files", World.Patience)).State);
        Assert.DoesNotContain(await place.Registers.Given.ListAsync(World.Patience).ToListAsync(), file => file.Row.Families.Count > 0);
        var owed = (await coordinator.GetAsync<Expectation[]>("/calendar", World.Patience)).Where(item => item.Exchange == "leicestershire-13" && item.Recipient == "dwp");
        Assert.DoesNotContain(owed, item => item.State is ExpectationState.Received);

        var next = await coordinator.PostAsync<GivenFileView>("/lists", new ListRequest("leicestershire-13", "dwp"), World.Patience);
        Assert.Equal([other.Id.Text], (await place.Registers.Given.GetAsync(next.Id, World.Patience)).Row.Families);
        await World.AssertAccountedForAsync(place.Host);
    }

    [Fact]
    public async Task Who_objects_is_on_no_list_and_one_that_lies_there_is_taken_away_at_once()
    {
        var family = await place.SupportedAsync();
        await place.KeyOfAsync("dwp");
        using var coordinator = place.As(Role.Coordinator);
        var list = await coordinator.PostAsync<GivenFileView>("/lists", new ListRequest("leicestershire-13", "dwp"), World.Patience);
        Assert.Equal(1, list.Rows);

        var request = new ObjectionRequest(family.Id, family.Members[0], [Use.KeyWorker], ObjectionReason.Safety, place.Today);
        var objection = await coordinator.PostAsync<ObjectionView>("/objections", request, World.Patience);
        Assert.Null(await place.ReadAsync("dwp", list.File));
        Assert.Equal(0, (await coordinator.PostAsync<GivenFileView>("/lists", new ListRequest("leicestershire-13", "dwp"), World.Patience)).Rows);

        await coordinator.PostAsync<ObjectionView>($"/objections/{objection.Id}/withdrawal", null, World.Patience);
        Assert.Equal(1, (await coordinator.PostAsync<GivenFileView>("/lists", new ListRequest("leicestershire-13", "dwp"), World.Patience)).Rows);
    }

    [Fact]
    public async Task The_calendar_has_the_lists_that_are_owed_and_the_night_reminds_of_them_until_they_are_given()
    {
        using var coordinator = place.As(Role.Coordinator);
        async Task<IEnumerable<string>> OwedAsync(ExpectationState state) => (await coordinator.GetAsync<Expectation[]>("/calendar", World.Patience))
            .Where(item => item.Recipient != default && item.State == state).Select(item => $"{item.Exchange} to {item.Recipient}: {item.Period}");

        // Nobody is on any list yet.
        await place.SweepAtAsync(place.Now);
        Assert.Empty(await OwedAsync(ExpectationState.Overdue));
        await place.SupportedAsync();
        Assert.Equal(["leicestershire-14 to working-links: the first list", "leicestershire-7 to leicestershire-police: the first list"], (await OwedAsync(ExpectationState.Overdue)).Order(StringComparer.Ordinal));
        Assert.Equal(["leicestershire-13 to dwp: week of 2026-01-05", "leicestershire-17 to lpt: week of 2026-01-05"], (await OwedAsync(ExpectationState.Awaited)).Order(StringComparer.Ordinal));
        await place.SweepAtAsync(place.Now.AddDays(1));
        var reminder = Encoding.UTF8.GetString((await place.ReadAsync(City, "reminders/leicestershire-7.20250901.leicestershire-police.json"))!);
        Assert.Contains("'tfflow give list --exchange leicestershire-7 --to leicestershire-police'", JsonDocument.Parse(reminder).RootElement.GetProperty("words").GetString(), StringComparison.Ordinal);

        await place.KeyOfAsync(Police);
        await place.KeyOfAsync("dwp");
        await coordinator.PostAsync<GivenFileView>("/lists", new ListRequest("leicestershire-7", Police), World.Patience);
        await coordinator.PostAsync<GivenFileView>("/lists", new ListRequest("leicestershire-13", "dwp"), World.Patience);
        Assert.Contains("leicestershire-7 to leicestershire-police: what changed since 2026-01-06", await OwedAsync(ExpectationState.Received));
        Assert.Contains("leicestershire-13 to dwp: week of 2026-01-05", await OwedAsync(ExpectationState.Received));

        // Nobody is on the list that is given without the one who objected: it is what is owed.
        var supported = (await place.Registers.Families.ListAsync(World.Patience).SingleAsync()).Row;
        await coordinator.PostAsync<GivenFileView>("/lists", new ListRequest("leicestershire-7", Police, [supported.Id]), World.Patience);
        Assert.Contains("leicestershire-7 to leicestershire-police: what changed since 2026-01-06", await OwedAsync(ExpectationState.Received));

        // Another family, and another week.
        await place.FamilyAsync(Place.InCohort, record: null);
        Assert.Contains("leicestershire-7 to leicestershire-police: what changed since 2026-01-06", await OwedAsync(ExpectationState.Overdue));
        await place.SweepAtAsync(place.Now.AddDays(14));
        Assert.NotNull(await place.ReadAsync(City, "reminders/leicestershire-7.20260106.leicestershire-police.json"));
        Assert.NotNull(await place.ReadAsync(City, "reminders/leicestershire-13.20260112.dwp.json"));
        Assert.NotNull(await place.ReadAsync(City, "reminders/leicestershire-17.20260112.lpt.json"));
        Assert.Equal(5, (await EntriesAsync()).Count(entry => entry.Act is "file.chase"));
        await World.AssertAccountedForAsync(place.Host);
    }

    [Fact]
    public async Task What_is_told_is_recorded_by_kind_and_to_whom_and_what_was_said_nowhere()
    {
        var supported = await place.SupportedAsync();
        using var keyWorker = place.As(Role.KeyWorker, account: Place.KeyWorker);
        var telling = new TellingRequest("leicestershire-18", [Police], Means.FaceToFace, InformationKind.DomesticViolence, [supported.Id], place.Today, Attendees: 2);
        Assert.Contains("signing the meeting's confidentiality agreement. Once they have signed it, say so: --confidentiality-agreed", await RefusedAsync(keyWorker, "/disclosures", telling), StringComparison.Ordinal);
        Assert.Contains("has not signed", await RefusedAsync(keyWorker, "/disclosures", telling with { To = ["womens-institute"], ConfidentialityAgreed = true }), StringComparison.Ordinal);
        Assert.Contains("what is a file is given as one", await RefusedAsync(keyWorker, "/disclosures", telling with { Means = Means.InternalTransfer }), StringComparison.Ordinal);
        await RefusedAsync(keyWorker, "/disclosures", telling with { Families = ["Zyxwvutson"] });
        using var stranger = place.As(Role.KeyWorker, account: "kw-2");
        await RefusedAsync(stranger, "/disclosures", telling with { ConfidentialityAgreed = true });

        var told = await keyWorker.PostAsync<ToldRecord>("/disclosures", telling with { ConfidentialityAgreed = true }, World.Patience);
        var entries = (await EntriesAsync()).Where(entry => entry.Act is "disclosure.tell" && entry.Kind is EntryKind.Outcome && entry.References[0] == told.Id).ToList();
        Assert.Equal([(Police, 1L), ("attendees", 2L)], entries.Select(entry => (entry.Agency, entry.Count)));
        Assert.All(entries, entry =>
        {
            Assert.Equal((Place.KeyWorker, "leicestershire-18", "2025-09-01"), (entry.Actor, entry.Exchange.Text, entry.AgreementVersion));
            Assert.EndsWith("Told face-to-face on 2026-01-05: domestic-violence.", entry.Purpose, StringComparison.Ordinal);
            Assert.Contains("Children Act 2004 s10", entry.Basis, StringComparison.Ordinal);
            Assert.Equal([told.Id, supported.Id], entry.References);
        });

        using var coordinator = place.As(Role.Coordinator);
        var listed = Assert.Single(await coordinator.GetAsync<ToldView[]>("/disclosures", World.Patience), view => view.Id == told.Id);
        Assert.Equal((told.Id, Place.KeyWorker, 2L), (listed.Id, listed.By, listed.Attendees));
        Assert.Equal([Police], listed.To);
        Assert.Equal([supported.Id.Text], listed.Families);
        Assert.EndsWith("Told face-to-face on 2026-01-05: domestic-violence.", listed.What, StringComparison.Ordinal);

        // Row 18 goes by secure email too. Who searches by means finds each, and an auditor without the store as well.
        var mailed = await keyWorker.PostAsync<ToldRecord>(
            "/disclosures", telling with { Means = Means.SecureEmail, Attendees = 0, Kind = InformationKind.Support }, World.Patience);
        using var auditor = place.As(Role.Auditor);
        async Task<string> SearchAsync(string filter) =>
            System.Text.Encoding.UTF8.GetString(await auditor.GetBytesAsync($"/ledger/entries?format=csv&purpose=audit&{filter}", World.Patience));
        var (byEmail, byMeeting, all) = (await SearchAsync("means=SecureEmail"), await SearchAsync("means=FaceToFace"), await SearchAsync("disclosures=true"));
        Assert.Contains(mailed.Id, byEmail, StringComparison.Ordinal);
        Assert.Contains("Told by secure email on 2026-01-05: support.", byEmail, StringComparison.Ordinal);
        Assert.DoesNotContain(told.Id, byEmail, StringComparison.Ordinal);
        Assert.Contains(told.Id, byMeeting, StringComparison.Ordinal);
        Assert.All((string[])[told.Id, mailed.Id], id => Assert.Contains(id, all, StringComparison.Ordinal));
        Assert.DoesNotContain("case.", all, StringComparison.Ordinal);
    }

    /// <remarks>seeds/002 §5.</remarks>
    [Fact]
    public async Task What_a_partner_sent_is_told_on_only_by_leave_that_stands_in_the_register()
    {
        var supported = await place.SupportedAsync();
        using var coordinator = place.As(Role.Coordinator);
        using var governance = place.As(Role.InformationGovernance);
        var telling = new TellingRequest("leicestershire-2", ["ofsted"], Means.Telephone, InformationKind.AntiSocialBehaviour, [supported.Id], place.Today, Onward: "0123456789abcdef0123");
        Assert.Contains("tfflow register record onward-disclosure", await RefusedAsync(coordinator, "/disclosures", telling), StringComparison.Ordinal);
        var leave = await governance.PostAsync<RegisterView>(
            "/registers/onward-disclosure", new RegisterRecord(Exchange: "leicestershire-2", Recipient: "ofsted", Scope: "statutory-obligation", PaperSha256: new string('a', 64)), World.Patience);

        var told = await coordinator.PostAsync<ToldRecord>("/disclosures", telling with { Onward = leave.Id }, World.Patience);
        Assert.StartsWith($"statutory-obligation: {leave.Id}; ", told.Basis, StringComparison.Ordinal);
        await RefusedAsync(coordinator, "/disclosures", telling with { Onward = leave.Id, To = ["another-body"] });
        await governance.PostAsync<RegisterView>($"/registers/onward-disclosure/{leave.Id}/end", new RegisterStepRequest(), World.Patience);
        await RefusedAsync(coordinator, "/disclosures", telling with { Onward = leave.Id });
    }

    [Fact]
    public async Task Who_is_no_party_is_told_so_in_place_of_an_empty_list()
    {
        using var stranger = place.As(Role.AgencySubmitter, "leicestershire-polise");
        foreach (var list in (string[])["/agencies/leicestershire-polise/outbox", "/agencies/leicestershire-polise/outbox/reports/none.json", "/questions", "/discoveries", "/extracts"])
        {
            var told = await Assert.ThrowsAsync<CommandException>(() => stranger.GetAsync<object[]>(list, World.Patience));
            Assert.StartsWith("'leicestershire-polise' is no party of any agreement here. The parties are: ", told.Message, StringComparison.Ordinal);
        }

        using var police = place.As(Role.PoliceOperator, Police);
        Assert.Empty(await police.GetAsync<MarkerView[]>($"/agencies/{Police}/markers", World.Patience));
        using var force = place.As(Role.PoliceOperator, "rural-police");
        await Assert.ThrowsAsync<CommandException>(() => force.GetAsync<MarkerView[]>("/agencies/rural-police/markers", World.Patience));
    }

    /// <summary>Who sends to a processor does not end what the processor keeps.</summary>
    [Fact]
    public async Task Only_the_deployment_of_its_receiver_ends_a_processing()
    {
        using var governance = place.As(Role.InformationGovernance);
        Assert.Equal(
            "Nothing that leicester-city receives under hackney-csps is kept until a processing ends. Whoever receives it says so on its own deployment: xantura.",
            await RefusedAsync(governance, "/agreements/hackney-csps/processing-end", new { }));
        Assert.StartsWith("Nothing under leicestershire is kept until a processing ends", await RefusedAsync(governance, "/agreements/leicestershire/processing-end", new { }), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_came_by_other_means_is_taken_in_by_those_its_exchange_names_and_no_others()
    {
        var exchange = AgreementCatalogue.Shipped.Find("leicestershire@2025-09-01")!.Exchange("leicestershire-1a")!;
        var file = ExampleFile.Of(exchange.Specification!, [], place.Today, Place.Stranger);
        var taken = await place.SendAsync("leicestershire-1a", Police, Means.SecureEmail, file);
        Assert.Equal("", taken.RefusalCode);
        var entry = (await EntriesAsync()).Single(entry => entry is { Act: "grant.take-in", Kind: EntryKind.Outcome });
        Assert.Equal((Police, "Coordinator"), (entry.Agency.Text, entry.Role));
        Assert.EndsWith("The file came by secure-email.", entry.Purpose, StringComparison.Ordinal);
        Assert.Contains("That it should be shared was judged by ", entry.Purpose, StringComparison.Ordinal);
        Assert.NotNull((await place.As(Role.Coordinator).GetAsync<ExtractView>($"/extracts/{taken.Id}", World.Patience)).Judgement);

        using var coordinator = place.As(Role.Coordinator);
        var path = $"/agencies/{Police}/files";
        Assert.Contains("travels by secure-email, sealed-drop, not by internal-transfer", await RefusedAsync(coordinator, path, new GrantRequest("leicestershire-1a", "information-manager", "reviewed", Means: Means.InternalTransfer)), StringComparison.Ordinal);
        Assert.Contains("Say by which means", await RefusedAsync(coordinator, path, new GrantRequest("leicestershire-1a", Means: Means.SealedDrop)), StringComparison.Ordinal);
        using var agency = place.As(Role.AgencySubmitter, Police);
        Assert.Contains("may not do this", await RefusedAsync(agency, path, new GrantRequest("leicestershire-1a", Means: Means.SecureEmail)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_of_the_county_is_given_when_every_row_of_it_conforms_and_not_before()
    {
        await using var county = await Place.StartAsync(world, "leicestershire-county", AgreementCatalogue.Shipped, DeploymentKind.Authority, ShippedExchanges.Begin);
        var key = await county.KeyOfAsync(City);
        using var coordinator = county.As(Role.Coordinator);
        var exchange = AgreementCatalogue.Shipped.Find("leicestershire@2025-09-01")!.Exchange("leicestershire-10")!;
        var file = ExampleFile.Of(exchange.Specification!, [], county.Today, Place.Supported);
        var path = $"/exchanges/{exchange.Id}/files/{City}";

        // Each term it is owed to the City.
        await county.SweepAtAsync(county.Now);
        Assert.Equal(["leicestershire-10 spring term 2026 Awaited", "leicestershire-11 spring term 2026 Awaited"], await OwedAsync());
        byte[] faulty = [.. file, .. "Zyxwvutson,Edith\n"u8];
        var refused = await Assert.ThrowsAsync<CommandException>(() => coordinator.PostFileAsync<GivenFileView>(path, new MemoryStream(faulty), World.Patience));
        Assert.Contains("every row of which conforms to school-attendance", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("Zyxwvutson", refused.Message, StringComparison.Ordinal);

        var given = await coordinator.PostFileAsync<GivenFileView>(path, new MemoryStream(file), World.Patience);
        Assert.Equal((1, "leicester-city"), (given.Rows, given.Outbox));
        Assert.Equal(file, await key.OpenAsync(new MemoryStream((await county.ReadAsync(City, given.File))!), given.Id, City, World.Patience));
        Assert.Equal(["leicestershire-10 spring term 2026 Received", "leicestershire-11 spring term 2026 Awaited"], await OwedAsync());
        await county.SweepAtAsync(new DateTimeOffset(2026, 5, 20, 9, 0, 0, TimeSpan.Zero));
        var reminder = Assert.Single((await county.Service<Ledger>().ReadAsync(0, World.Patience).ToListAsync()).Select(record => record.Entry), entry => entry is { Act: "file.chase", Kind: EntryKind.Outcome });
        Assert.Equal("leicestershire-11", reminder.Exchange);
        var words = JsonDocument.Parse((await county.ReadAsync("leicestershire-county", "reminders/leicestershire-11.20260101.leicester-city.json"))!).RootElement.GetProperty("words").GetString();
        Assert.Contains("'tfflow give file FILE --exchange leicestershire-11 --to leicester-city' checks and seals a file of school-attendance", words, StringComparison.Ordinal);
        await World.AssertAccountedForAsync(county.Host);

        async Task<IEnumerable<string>> OwedAsync() => (await coordinator.GetAsync<Expectation[]>("/calendar", World.Patience))
            .Where(item => item.Recipient != default && item.Due > county.Today.AddDays(-1)).Select(item => $"{item.Exchange} {item.Period} {item.State}").Order(StringComparer.Ordinal);
    }

    [Fact]
    public async Task A_file_about_families_is_not_given_as_a_file()
    {
        await place.KeyOfAsync("dwp");
        using var coordinator = place.As(Role.Coordinator);
        var refused = await Assert.ThrowsAsync<CommandException>(() => coordinator.PostFileAsync<GivenFileView>("/exchanges/leicestershire-13/files/dwp", new MemoryStream("Surname\r\nZyxwvutson\r\n"u8.ToArray()), World.Patience));
        Assert.Contains("is about families that meet the criteria only", refused.Message, StringComparison.Ordinal);
        Assert.Empty(await coordinator.GetAsync<GivenFileView[]>("/files", World.Patience));
    }

    private static string SomeKey()
    {
        using var key = RecipientKey.Create();
        return Convert.ToBase64String(key.PublicKey.Span);
    }

    private static async Task<string> RefusedAsync(ApiClient api, string path, object body) =>
        (await Assert.ThrowsAsync<CommandException>(() => api.PostAsync<object>(path, body, World.Patience))).Message;

    private async Task<List<LedgerEntry>> EntriesAsync() =>
        await place.Service<Ledger>().ReadAsync(0, World.Patience).Select(record => record.Entry).Where(entry => entry.Kind is EntryKind.Outcome).ToListAsync();
}
