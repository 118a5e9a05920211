using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using TfFlow.Api.Access;
using TfFlow.Api.Endpoints;
using TfFlow.Cli.Commands;
using TfFlow.Cli.Demo;
using TfFlow.Cli.Drops;
using TfFlow.Host.Local.Hosting;
using TfFlow.Lifecycle;
using TfFlow.Lifecycle.Cases;
using TfFlow.Lifecycle.Intake;
using TfFlow.Lifecycle.Research.Study;
using TfFlow.Lifecycle.Retention;
using TfFlow.Programme.Agreements;
using TfFlow.Programme.Cases;
using TfFlow.Programme.Extracts;
using TfFlow.Programme.Research.Study;
using TfFlow.TestKit.Storage;
using TfFlow.Vault.Envelope;
using TfFlow.Vault.Keys;
using TfFlow.Vault.Sealing;
using TfFlow.Vault.Storage;

namespace TfFlow.Scenarios.Research;

/// <summary>The National Impact Study: an authority's deployment, a study's, and a department's machine.</summary>
public sealed class StudyTest : IAsyncLifetime
{
    private const string Canary = "Zyxwvutson";
    private const string Authority = "hackney";
    private const string Organisation = "niesr";
    private const int FamiliesEach = 10;
    private const int PeopleEach = 3;

    private static DateOnly Started => World.Today.AddMonths(-12);

    private readonly DirectoryInfo department = Directory.CreateTempSubdirectory("tfflow-department-");
    private World authorityWorld = null!;
    private World studyWorld = null!;
    private LocalHost authority = null!;
    private LocalHost study = null!;

    public async Task InitializeAsync()
    {
        authorityWorld = await World.CreateAloneAsync();
        studyWorld = await World.CreateAloneAsync();
        authority = await authorityWorld.StartAsync(watch: false, deployment: new(DeploymentKind.Authority, Authority), agreements: AgreementCatalogue.Shipped);
        study = await studyWorld.StartAsync(deployment: new(DeploymentKind.Study, Organisation), agreements: AgreementCatalogue.Shipped);
    }

    public async Task DisposeAsync()
    {
        await authority.DisposeAsync();
        await study.DisposeAsync();
        await authorityWorld.DisposeAsync();
        await studyWorld.DisposeAsync();
        department.Delete(recursive: true);
    }

    [Fact]
    public async Task Groups_are_compared_without_a_name_coming_back_and_everything_is_destroyed_at_the_end()
    {
        var people = await FamiliesAsync();
        using var key = RecipientKey.Create();
        using var custodian = At(study, Role.LinkageCustodian, "custodian-1");
        using var dwp = At(study, Role.AgencySubmitter, "dwp-1", "dwp");
        await dwp.PostAsync<RecipientView>("/agencies/dwp/key", new RecipientKeyRequest(Convert.ToBase64String(key.PublicKey.Span)), World.Patience);

        // The study's people work with commands, each with an account of their own.
        var round = Id(await StudyAsync($"study open --ends {World.Today.AddYears(1):yyyy-MM-dd}", Role.LinkageCustodian, "custodian-1"));

        using (var own = At(authority, Role.Coordinator, "co-1", Authority))
        {
            var untold = new SubmissionRequest(Authority, "nis-submission", Organisation, Reference.New(), Convert.ToBase64String(key.PublicKey.Span));
            var refusal = await Assert.ThrowsAsync<CommandException>(() => own.PostAsync<SubmissionView>("/study-submissions", untold, World.Patience));
            Assert.Contains("has nobody in the register who is named and passed a security check", refusal.Message, StringComparison.Ordinal);
            await ListClearedAsync();
            refusal = await Assert.ThrowsAsync<CommandException>(() => own.PostAsync<SubmissionView>("/study-submissions", untold, World.Patience));
            Assert.Contains("nis-submission is released once everybody it names was told", refusal.Message, StringComparison.Ordinal);
        }

        await TellAsync();
        var submitted = await SubmitAsync();
        Assert.Equal(("Received", people.Count), (submitted.State, submitted.People));
        var cases = await Services<Registers>(authority).Cases.ListAsync(World.Patience).Select(row => row.Row).ToListAsync();
        Assert.All(cases, row => Assert.NotNull(row.SentToStudyAt));
        await using (var left = await Services<Outbox>(authority).FindAsync(Authority, submitted.File, World.Patience))
        {
            Assert.Null(left);
        }

        await StudyAsync($"study link {round[..6]} --exchange nis-linkage --departments dwp", Role.LinkageCustodian, "custodian-1");
        await UntilAsync(round, row => row.State is StudyRoundState.Linking);
        var linkage = await dwp.GetBytesAsync($"/agencies/dwp/outbox/linkage/{round}.sealed", World.Patience);

        var matched = await MatchAsync(people, key, linkage, round);
        Assert.True(matched.People >= 55, $"{matched.People} of {matched.Asked}");
        var text = Encoding.UTF8.GetString(matched.Return);
        Assert.All(people, person => Assert.DoesNotContain(person.Person.Surname, text, StringComparison.Ordinal));
        Assert.DoesNotContain("local-", text, StringComparison.Ordinal);
        var ciphertext = await ReturnAsync(dwp, matched.Return);
        await AuthorityCannotOpenAsync(ciphertext);

        await StudyAsync($"study report {round} --measure weeks_in_work", Role.Analyst, "analyst-1");
        await UntilAsync(round, row => row.State is StudyRoundState.Reported);
        await ReleaseAsync(round);
        var report = await ReportAsync(round);
        var measure = Assert.Single(report.Measures);
        Assert.StartsWith("Over 70% of families on the programme were successful in increasing their time in work", measure.Statements[0], StringComparison.Ordinal);
        Assert.StartsWith("Fewer than 30% of families that were assessed", measure.Statements[1], StringComparison.Ordinal);
        Assert.True(measure.Effect!.InDifferences is { Low: > 3, High: < 7 }, $"{measure.Effect}");
        Assert.Equal(0, report.UnknownKeys);
        Assert.Equal(2, report.Record.Approvals.Count);

        await Assert.ThrowsAsync<CommandException>(() => StudyAsync($"study end {round}", Role.Analyst, "analyst-1"));
        await StudyAsync($"study end {round}", Role.LinkageCustodian, "custodian-1");
        await UntilAsync(round, row => row.State is StudyRoundState.Destroyed);
        Assert.Empty(await Services<DataKeys>(study).ListAsync(World.Patience).ToListAsync());
        Assert.All(
            await Services<Registers>(study).Extracts.ListAsync(World.Patience).ToListAsync(), extract => Assert.Equal(ExtractStage.Erased, extract.Row.State));
        Assert.Empty(await Services<Inventory>(study).FindAsync(World.Patience).ToListAsync());
        Assert.Empty(await Services<Inventory>(authority).FindAsync(World.Patience).ToListAsync());
        foreach (var folder in (string[])[authorityWorld.AzuriteFolder, authorityWorld.WorkFolder, studyWorld.AzuriteFolder, studyWorld.WorkFolder])
        {
            Assert.Empty((await CanaryScan.FolderAsync(folder, [Canary], World.Patience)).Hits);
        }
    }

    /// <summary>It refuses to be sent one, has no endpoint of a study, and none of its keys opens what a department sealed.</summary>
    private async Task AuthorityCannotOpenAsync(byte[] ciphertext)
    {
        using var asDepartment = At(authority, Role.AgencySubmitter, "dwp-1", "dwp");
        var refusal = await Assert.ThrowsAsync<CommandException>(() => asDepartment.PostAsync<UploadPermission>("/agencies/dwp/grants", new GrantRequest("nis-return-work"), World.Patience));
        Assert.Contains("never to this one", refusal.Message, StringComparison.Ordinal);
        using var asCustodian = At(authority, Role.LinkageCustodian, "custodian-1");
        await Assert.ThrowsAsync<CommandException>(() => asCustodian.GetAsync<StudyView[]>("/studies", World.Patience));

        using var hand = WriteWatch.ByHand();
        var dropKeys = Services<DropKeys>(authority);
        await dropKeys.CreateAsync(Reference.New(), "dwp", World.Patience);
        var tried = 0;
        await foreach (var row in Services<DataKeys>(authority).ListAsync(World.Patience).Where(row => row.Grain is KeyGrain.Drop))
        {
            using var opener = await dropKeys.OpenAsync(row.Reference, World.Patience);
            await Assert.ThrowsAsync<SealException>(async () =>
            {
                await using var plaintext = await opener.OpenAsync(new MemoryStream(ciphertext), World.Patience);
                await plaintext.ReadExactlyAsync(new byte[1], World.Patience);
            });
            await Services<DataKeys>(authority).DestroyAsync(row.Reference, World.Patience);
            tried++;
        }

        Assert.Equal(1, tried);
    }

    /// <summary>The study's named person, who passed a security check, in the authority's register.</summary>
    private async Task ListClearedAsync()
    {
        using var governance = At(authority, Role.InformationGovernance, "ig-1", Authority);
        await governance.PostAsync<RegisterView>(
            "/registers/named-person",
            new RegisterRecord(Exchange: "nis-submission", Party: Organisation, Account: "custodian-1", Scope: "share", ClearedOn: World.Today, Until: World.Today.AddYears(1)),
            World.Patience);
    }

    private async Task TellAsync()
    {
        using var own = At(authority, Role.Coordinator, "co-1", Authority);
        var version = (await own.PostAsync<NoticeView>("/notices", body: null, World.Patience)).Version;
        foreach (var family in await own.GetAsync<CaseView[]>("/cases", World.Patience))
        {
            await own.PostAsync<NoticeGivenView>($"/families/{family.Id}/notices", new NoticeGiving(version, NoticeMeans.Post, World.Today), World.Patience);
        }
    }

    private async Task<SubmissionView> SubmitAsync()
    {
        var there = study.Tokens.Mint(new Caller("hackney-1", Role.AgencySubmitter, Authority), TimeSpan.FromHours(1));
        var line = $"study submit --authority {Authority} --study {Organisation} --exchange nis-submission --study-server {study.Address} --study-token {there}";
        return (await Typed.RunAsync(authority, StudyCommand.Create, line, Role.Coordinator, "co-1", Authority)).Deserialize<SubmissionView>(Outbox.Json)!;
    }

    private async Task<MatchedReturn> MatchAsync(IReadOnlyList<(PersonDetails Person, bool TookPart)> people, RecipientKey key, byte[] linkage, string round)
    {
        var (own, outcomes) = (new StringBuilder("local_id,Surname,Forenames,Date of birth,Address,Postcode\r\n"), new StringBuilder("local_id,Quarter starts,Weeks on out-of-work benefits,Weeks in work\r\n"));
        foreach (var (i, (person, tookPart)) in people.Index())
        {
            own.Append(CultureInfo.InvariantCulture, $"local-{i},{person.Surname},{person.Forenames},{person.DateOfBirth:dd/MM/yyyy},{person.Address},{person.Postcode}\r\n");

            // Half a year in work before and after the start; the programme adds five weeks a quarter.
            var first = new DateOnly(Started.Year, ((Started.Month - 1) / 3 * 3) + 1, 1);
            foreach (var quarter in Enumerable.Range(-3, 7).Select(ahead => first.AddMonths(3 * ahead)))
            {
                var weeks = 2 + (i % 5) + (tookPart && quarter > Started ? 5 : 0);
                outcomes.Append(CultureInfo.InvariantCulture, $"local-{i},{quarter:dd/MM/yyyy},0,{weeks}\r\n");
            }
        }

        for (var i = 0; i < 40; i++)
        {
            own.Append(CultureInfo.InvariantCulture, $"local-x{i},Stranger{(char)('a' + (i % 26))},Other{i},01/01/{1950 + i},{i} Far Road,LE9 {i % 9}AB\r\n");
        }

        var (ownFile, outcomesFile) = (new FileInfo(Path.Combine(department.FullName, "people.csv")), new FileInfo(Path.Combine(department.FullName, "outcomes.csv")));
        await File.WriteAllTextAsync(ownFile.FullName, own.ToString());
        await File.WriteAllTextAsync(outcomesFile.FullName, outcomes.ToString());
        var opened = await key.OpenAsync(new MemoryStream(linkage), round, "dwp", World.Patience);
        return await DepartmentMatch.RunAsync(opened, ownFile, "local_id", outcomesFile, "return-work", World.Today, World.Patience);
    }

    /// <returns>The return as it travelled.</returns>
    private static async Task<byte[]> ReturnAsync(ApiClient dwp, byte[] content)
    {
        var grant = await dwp.PostAsync<UploadPermission>("/agencies/dwp/grants", new GrantRequest("nis-return-work"), World.Patience);
        var ciphertext = await RecipientKey.SealAsync(Convert.FromBase64String(grant.PublicKey), grant.GrantId, "dwp", content, World.Patience);
        await UploadClient.PutAsync(grant.UploadUri, new MemoryStream(ciphertext), World.Patience);
        Assert.Equal("Kept", (await new DropSender(dwp, "dwp").WaitAsync(grant.GrantId, World.Patience)).State);
        return ciphertext;
    }

    private async Task ReleaseAsync(string round)
    {
        Assert.Equal(round, Id(Assert.Single((JsonArray)await StudyAsync("study list", Role.StudyApprover, "approver-1"))!));
        Assert.Equal("weeks_in_work", (string)(await StudyAsync($"study show {round}", Role.StudyApprover, "approver-1"))["measures"]![0]!["measure"]!);
        var release = $"study release {round}";
        await Assert.ThrowsAsync<CommandException>(() => StudyAsync(release, Role.StudyApprover, "analyst-1"));
        await StudyAsync(release, Role.StudyApprover, "approver-1");
        await Assert.ThrowsAsync<CommandException>(() => StudyAsync(release, Role.StudyApprover, "approver-1"));
        Assert.Equal("Released", (string)(await StudyAsync(release, Role.StudyApprover, "approver-2"))["state"]!);
    }

    private async Task<StudyReport> ReportAsync(string round)
    {
        await using var document = (await Services<Outbox>(study).FindAsync(Organisation, $"reports/study-{round}.json", World.Patience))!;
        return (await JsonSerializer.DeserializeAsync<StudyReport>(document.Content, Outbox.Json))!;
    }

    /// <summary>Families that took part and families that did not, with their people's forms.</summary>
    private async Task<IReadOnlyList<(PersonDetails Person, bool TookPart)>> FamiliesAsync()
    {
        string[] surnames = ["Abbott", "Barlow", "Castell", "Dunmore", "Eastwick", "Farrow", "Garside", "Holroyd", "Ingham", "Jessop", "Kershaw", "Lomax", "Mawson", "Norcliffe", "Oldroyd", "Pickles", "Quarmby", "Rushworth", "Sugden", "Thackray"];
        string[] forenames = ["Ada", "Bertram", "Clementine", "Dorian", "Esme", "Felix", "Greta", "Hamish", "Imogen", "Jasper"];
        using var hand = WriteWatch.ByHand();
        var registers = Services<Registers>(authority);
        var people = new List<(PersonDetails, bool)>();
        for (var family = 0; family < 2 * FamiliesEach; family++)
        {
            var tookPart = family < FamiliesEach;
            var forms = new List<ConsentForm>();
            for (var member = 0; member < PeopleEach; member++)
            {
                var person = new PersonDetails(
                    surnames[family], $"{forenames[(family + (3 * member)) % 10]} {forenames[(family + 1 + member) % 10]}", new(1970 + (family * 2) + member, 1 + (family % 12), 1 + ((member * 9) + family) % 28), $"{family + 1} {Canary} Lane", $"LE{1 + (family % 9)} {family % 9}A{"BDE"[family % 3]}");
                forms.Add(await FormAsync(person));
                people.Add((person, tookPart));
            }

            // Known to matching under two references: one person all the same.
            forms.Add(await FormAsync(people[^1].Item1));

            var now = new DateTimeOffset(Started, TimeOnly.MinValue, TimeSpan.Zero);
            var row = new Case { Id = Reference.New(), State = FamilyCaseState.Identified, Authority = Authority, OpenedAt = now, ChangedAt = now, Involved = [.. forms.Select(form => form.Person)], Forms = forms };
            await registers.Cases.TryAddAsync(row, World.Patience);
            var current = await registers.Cases.GetAsync(row.Id, World.Patience);
            FamilyCaseState[] path = tookPart
                ? [FamilyCaseState.SupportAssessed, FamilyCaseState.PackPrepared, FamilyCaseState.SuitabilityConfirmed, FamilyCaseState.Agreed, FamilyCaseState.Supported]
                : [FamilyCaseState.DidNotTakePart];
            foreach (var state in path)
            {
                current = await registers.Cases.ChangeAsync(current, current.Row with { State = state }, World.Patience);
            }
        }

        return people;
    }

    private async Task<ConsentForm> FormAsync(PersonDetails person)
    {
        var blob = new SealedBlob(Reference.New());
        var (sha256, length) = await Services<SealedDocuments>(authority).SealAsync(blob.Name, Authority, JsonSerializer.SerializeToUtf8Bytes(person, Outbox.Json), World.Patience);
        return new(Reference.New(), blob with { Sha256 = sha256, Length = length });
    }

    private async Task UntilAsync(string round, Predicate<StudyRound> condition) =>
        await Cases.CaseWorld.UntilAsync(async () => (await Services<Registers>(study).Studies.FindAsync(round, World.Patience))?.Row, condition);

    private Task<JsonNode> StudyAsync(string line, Role role, string account) => Typed.RunAsync(study, StudyCommand.Create, line, role, account);

    private static string Id(JsonNode answer) => (string)answer["id"]!;

    private static T Services<T>(LocalHost host)
        where T : notnull => host.Services.GetRequiredService<T>();

    private static ApiClient At(LocalHost host, Role role, string account, string agency = "") =>
        ApiClient.At(host.Address, host.Tokens.Mint(new Caller(account, role, agency), TimeSpan.FromHours(1)));
}
