using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using TfFlow.Api.Access;
using TfFlow.Api.Endpoints;
using TfFlow.Cli.Commands;
using TfFlow.Lifecycle;
using TfFlow.Lifecycle.Cases;
using TfFlow.Lifecycle.Disclosures;
using TfFlow.Lifecycle.Intake;
using TfFlow.Lifecycle.Matching;
using TfFlow.Lifecycle.Rights;
using TfFlow.Programme.Agreements;
using TfFlow.Programme.Cases;
using TfFlow.Programme.Rights;
using TfFlow.TestKit.Storage;

namespace TfFlow.Scenarios.Cases;

/// <summary>A member of a supported family asks: what is held is given with the others of the family taken out, and what the person
/// contests, restricts
/// or objects to changes the gate's next answer and reaches the originator.</summary>
public sealed class SubjectRightsTest(CaseWorld world) : IClassFixture<CaseWorld>, IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("tfflow-rights-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task A_governance_lead_answers_by_commands_and_the_others_of_the_family_are_not_in_it()
    {
        var (mother, son) = Family(14, "Beatrix", "Lysander");
        var asked = "";
        var family = await SupportedAsync(mother, son, async id =>
        {
            await world.ActAsync($"/cases/{id}/judgements", new JudgementRequest(CaseWorld.Police, world.Today));
            asked = (await world.Registers.Cases.GetAsync(id, World.Patience)).Row.Judgements[0].Judgement.Reference;
            await world.ActAsync($"/cases/{id}/judgements/{asked}/answer",
                new JudgementAnswer(world.Today, "Beatrix copes well. Lysander's father called on 7/6/2014."));
        });
        using (var coordinator = world.As(Role.Coordinator))
        {
            await coordinator.PostAsync<ToldRecord>("/disclosures", new TellingRequest(
                "caseshire-meeting", [], Means.FaceToFace, InformationKind.Support, [family.Id], world.Today, Attendees: 2,
                    ConfidentialityAgreed: true), World.Patience);
        }

        var (who, paper) = (Write("person.json", PersonJson(mother)), Write("paper.pdf", "reasons"));
        var request = (string)(await RunAsync("ig-1", $"request open --kind access --received {world.Today:yyyy-MM-dd}"))["id"]!;
        var finding = await RunAsync("ig-1", $"request find {request[..6]} --person {who}");
        Assert.Equal(family.Members[0], (string)finding["found"]![0]!["members"]![0]!);
        await world.Host.Engine.IdleAsync(World.Patience);
        Assert.True(await world.LiesInOutboxAsync("caseshire-health", $"requests/{request}.json"));

        var draft = await ReadAsync("ig-1", request, "draft");
        var judgement = draft.Parts.Single(part => part.Reference == $"judgement-{asked}");
        Assert.Equal("Beatrix copes well. [another person] father called on [another person's date of birth].", judgement.Rows[0][0].Value);
        Assert.Contains(draft.Parts.Single(part => part.Reference == "disclosures").Rows, row =>
            row.Any(field => field.Value.Contains("Told face-to-face", StringComparison.Ordinal)));
        Assert.Contains(draft.Parts, part => part.Reference == $"notices-{family.Id}" && part.Rows.Count == 1);
        Assert.Contains(draft.Parts, part => part.Reference == $"form-{family.Members[0]}");
        Assert.Contains(draft.Parts.Single(part => part.Reference == $"case-{family.Id}").Rows, row =>
            row[0].Value == "Your consent: given");

        // The son's name, birthday and records are nowhere, and no staff account is.
        var text = await File.ReadAllTextAsync(Path.Combine(folder.FullName, "draft.json")) + await File.ReadAllTextAsync(
            Path.Combine(folder.FullName, "draft.html"));
        foreach (var other in (string[])["Lysander", "2014-06-07", "7 June 2014", family.Members[1], "kw-rights", "\"scenario\""])
        {
            Assert.DoesNotContain(other, text, StringComparison.Ordinal);
        }

        await RunAsync("ig-1", $"request exempt {request} --part judgement-{asked} --exemption confidential-reference --paper {paper}");
        foreach (var agency in (string[])[CaseWorld.Police, "caseshire-health"])
        {
            await RunAsync("ig-1", $"request consult {request} --agency {agency} --paper {paper}");
        }

        await RunAsync("ig-1", $"request decide {request} --exemptions-assessed --paper {paper}");
        Assert.Contains("given to the person", (await FailAsync("ig-1", $"request close {request}")).Message, StringComparison.Ordinal);
        await ReadAsync("ig-1", request, "read");
        await RunAsync("ig-1", $"request release {request} --bundle {Path.Combine(folder.FullName, "read.json")}");
        Assert.Contains("two people", (await FailAsync("ig-1",
            $"request export {request} --out {Path.Combine(folder.FullName, "answer")}")).Message, StringComparison.Ordinal);
        await RunAsync("ig-2", $"request release {request} --bundle {Path.Combine(folder.FullName, "read.json")}");
        await RunAsync("ig-2", $"request export {request} --out {Path.Combine(folder.FullName, "answer")}");
        Assert.Equal(2, (await FailAsync("ig-2", $"request export {request} --out {Path.Combine(folder.FullName, "answer")}")).ExitCode);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite,
                File.GetUnixFileMode(Path.Combine(folder.FullName, "answer.html")));
        }

        Assert.Contains("This part is not given: it is a reference that was given in confidence",
            await File.ReadAllTextAsync(Path.Combine(folder.FullName, "answer.html")), StringComparison.Ordinal);
        Assert.Equal("Answered", (string)(await RunAsync("ig-1", $"request close {request}"))["state"]!);
        Assert.Empty(await world.DiscrepanciesAsync());
    }

    [Fact]
    public async Task What_a_person_says_is_wrong_is_withheld_at_once_and_its_source_is_asked_to_correct_it()
    {
        var (mother, son) = Family(15, "Cressida", "Orlando");
        var family = await SupportedAsync(mother, son);
        var request = await OpenedAsync(SubjectRequestKind.Rectification, mother);

        // The item of the pack that is about her waits, from the search on.
        using var keyWorker = world.As(Role.KeyWorker, account: "kw-rights");
        var before = await keyWorker.GetAsync<CaseInformation>($"/cases/{family.Id}/incidents", World.Patience);
        Assert.Empty(before.Items);
        Assert.True(before.Withheld > 0);

        await DecideAsync(request, SubjectRequestOutcome.Granted);
        var told = await world.DocumentAsync<SubjectDecision>(CaseWorld.Police, $"requests/{request}-decided.json");
        Assert.Contains("send the correction", told.Words, StringComparison.Ordinal);
        Assert.NotEmpty(told.Extracts);
        Assert.Empty((await keyWorker.GetAsync<CaseInformation>($"/cases/{family.Id}/incidents", World.Patience)).Items);
    }

    [Fact]
    public async Task What_is_refused_goes_on_and_what_is_upheld_has_ended_for_the_uses_that_were_named()
    {
        var (mother, son) = Family(16, "Perdita", "Florizel");
        var family = await SupportedAsync(mother, son);
        using var keyWorker = world.As(Role.KeyWorker, account: "kw-rights");
        async Task<int> ShownAsync() =>
            (await keyWorker.GetAsync<CaseInformation>($"/cases/{family.Id}/incidents", World.Patience)).Items.Count;
        var shown = await ShownAsync();
        Assert.True(shown > 0);

        var refused = await OpenedAsync(SubjectRequestKind.Restriction, mother);
        Assert.Equal(0, await ShownAsync());
        await DecideAsync(refused, SubjectRequestOutcome.Refused);
        Assert.Equal(shown, await ShownAsync());

        var upheld = await OpenedAsync(SubjectRequestKind.Objection, mother, Use.Management, Use.KeyWorker);
        await DecideAsync(upheld, SubjectRequestOutcome.Granted);
        Assert.Equal(0, await ShownAsync());
        var objection = await world.Registers.Objections.ListAsync(World.Patience).Select(row => row.Row.Objection)
            .SingleAsync(objection => objection.Family == family.Id.Text && objection.State is ObjectionState.Upheld);
        Assert.Equal([Use.Management, Use.KeyWorker], objection.Uses);

        // A family that is supported is not erased around one of its members.
        var erasure = await OpenedAsync(SubjectRequestKind.Erasure, mother);
        Assert.Contains("A case lives of",
            (await Assert.ThrowsAsync<CommandException>(() => DecideAsync(erasure, SubjectRequestOutcome.Granted)))
            .Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Somebody_with_another_home_is_a_doubt_until_it_is_decided_with_them()
    {
        var (mother, son) = Family(17, "Hermia", "Lysimachus");
        var family = await world.NamedFamilyAsync(mother, son);
        await IndexAsync(family, mother, son);
        var moved = mother with { Address = "1 Elsewhere Road", Postcode = "LE9 9ZZ" };
        var request = await OpenAsync(SubjectRequestKind.Access);

        var doubt = Assert.Single((await FindAsync(request, moved)).Found);
        Assert.Equal((FoundIn.Family, false), (doubt.In, doubt.Theirs));
        Assert.Contains("address that the person did not name", doubt.Why, StringComparison.Ordinal);
        Assert.Empty((await world.Registers.SubjectRequests.GetAsync(request, World.Patience)).Row.Sources);

        var taken = Assert.Single((await FindAsync(request, moved, doubt.Reference)).Found);
        Assert.True(taken.Theirs);
        Assert.Equal([family.Members[0]], taken.Members);
        Assert.Empty((await FindAsync(request, mother with { Forenames = "Imogen", DateOfBirth = new(1990, 9, 9) })).Found);
    }

    // Names, homes and birthdays of their own for each test: the families live in one deployment.
    private static (PersonDetails Mother, PersonDetails Son) Family(int number, string mother, string son)
    {
        var (address, postcode) = ($"{number} Answer Street", $"LE{number} 7AA");
        return (new(CaseWorld.Canary, mother, new(1967 + number, 2, 3), address, postcode),
            new(CaseWorld.Canary, son, new(2000 + number, 6, 7), address, postcode));
    }

    private async Task<Family> SupportedAsync(PersonDetails mother, PersonDetails son, Func<string, Task>? before = null)
    {
        var family = await world.NamedFamilyAsync(mother, son);
        await IndexAsync(family, mother, son);
        await world.ActAsync($"/families/{family.Id}/case", new CaseOpening());
        await (before?.Invoke(family.Id.Text) ?? Task.CompletedTask);
        await world.InviteAsync(family.Id);
        await world.ActAsync($"/cases/{family.Id}/consents/{family.Members[0]}/give", world.Form(mother));
        await world.ActAsync($"/cases/{family.Id}/consents/{family.Members[1]}/give", world.Form(son, family.Members[0]));
        await world.ActAsync($"/cases/{family.Id}/key-worker", new AllocationRequest("kw-rights"));
        return family;
    }

    /// <summary>As matching leaves it.</summary>
    private async Task IndexAsync(Family family, params PersonDetails[] people)
    {
        using var hand = WriteWatch.ByHand();
        var services = world.Host.Services;
        var (index, secret) = (services.GetRequiredService<HouseholdIndex>(), await services.GetRequiredService<HouseholdSecrets>()
            .OpenInternalAsync(World.Patience));
        using var tokens = await index.OpenAsync(World.Patience);
        using var meeting = await index.OpenMeetingKeysAsync(World.Patience);
        var household = HouseholdSecrets.Name(secret, people[0].Address, people[0].Postcode)!.Value;
        var meets = PeopleReader.KeysOf(meeting, people.Select(CaseWorld.Fields));
        await index.ClaimAsync(family.Programme, [tokens.Of(family.Programme, household)], family.Id, meets, World.Patience);
    }

    private async Task<string> OpenedAsync(SubjectRequestKind kind, PersonDetails person, params Use[] uses)
    {
        var id = await OpenAsync(kind, uses);
        Assert.All((await FindAsync(id, person)).Found, found => Assert.True(found.Theirs));
        await world.Host.Engine.IdleAsync(World.Patience);
        return id;
    }

    private async Task<string> OpenAsync(SubjectRequestKind kind, params Use[] uses)
    {
        using var governance = world.As(Role.InformationGovernance);
        return (await governance.PostAsync<RequestView>("/requests", new RequestReceipt(kind, world.Today, null, uses), World.Patience)).Id;
    }

    private async Task<RequestFinding> FindAsync(string request, PersonDetails person, params string[] taken)
    {
        using var governance = world.As(Role.InformationGovernance);
        var search = new RequestSearch(person.Surname, person.Forenames, $"{person.DateOfBirth:dd/MM/yyyy}", person.Address,
            person.Postcode, Taken: taken);
        return await governance.PostAsync<RequestFinding>($"/requests/{request}/search", search, World.Patience);
    }

    private async Task DecideAsync(string request, SubjectRequestOutcome outcome)
    {
        using var governance = world.As(Role.InformationGovernance);
        foreach (var agency in (await governance.GetAsync<RequestView[]>("/requests", World.Patience)).Single(view => view.Id == request)
            .Unheard)
        {
            await governance.PostAsync<RequestView>($"/requests/{request}/views", new RequestViewRecord(agency, new string('e', 64)),
                World.Patience);
        }

        await governance.PostAsync<RequestView>($"/requests/{request}/decision",
            new RequestDecision(new string('d', 64), ExemptionsAssessed: true, outcome), World.Patience);
        await world.Host.Engine.IdleAsync(World.Patience);
    }

    private static string PersonJson(PersonDetails person) => JsonSerializer.Serialize(
        new RequestSearch(person.Surname, person.Forenames, $"{person.DateOfBirth:dd/MM/yyyy}", person.Address, person.Postcode),
            Outbox.Json);

    private string Write(string name, string text)
    {
        var path = Path.Combine(folder.FullName, name);
        File.WriteAllText(path, text);
        return path;
    }

    private async Task<SubjectBundle> ReadAsync(string account, string request, string name)
    {
        var path = Path.Combine(folder.FullName, name);
        await RunAsync(account, $"request read {request} --out {path}");
        return JsonSerializer.Deserialize<SubjectBundle>(await File.ReadAllBytesAsync(path + ".json"), Outbox.Json)!;
    }

    private async Task<JsonNode> RunAsync(string account, string line)
    {
        using var output = new StringWriter();
        var work = Options.Folder();
        var root = new RootCommand("tfflow") { RequestCommand.Create(work) };
        root.Options.Add(work);
        var token = world.Host.Tokens.Mint(new Caller(account, Role.InformationGovernance, ""), TimeSpan.FromDays(400));
        var parsed = root.Parse([.. line.Split(' '), "--server", world.Host.Address.ToString(), "--token", token, "--json"]);
        Assert.True(parsed.Errors.Count == 0, $"{line}: {string.Join(' ', parsed.Errors.Select(error => error.Message))}");
        var code = await parsed.InvokeAsync(new InvocationConfiguration { Output = output, EnableDefaultExceptionHandler = false });
        return code == ExitCode.Done ? JsonNode.Parse(output.ToString())! : throw new CommandException(code, output.ToString());
    }

    private Task<CommandException> FailAsync(string account, string line) =>
        Assert.ThrowsAsync<CommandException>(() => RunAsync(account, line));
}
