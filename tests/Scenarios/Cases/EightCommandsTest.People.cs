using System.Globalization;
using System.Text.Json;
using TfFlow.Api.Access;
using TfFlow.Api.Endpoints;
using TfFlow.Cli.Commands;
using TfFlow.Lifecycle;
using TfFlow.Lifecycle.Cases;
using TfFlow.Programme.Cases;

namespace TfFlow.Scenarios.Cases;

/// <remarks>What is typed about notices, objections, and one person under two references.</remarks>
public sealed partial class EightCommandsTest
{
    private string Today => world.Time.GetUtcNow().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    [Fact]
    public async Task A_notice_is_published_shown_and_given_by_command()
    {
        var family = await world.NamedFamilyAsync(Mother, Son);
        await TypeAsync("case", "open", family.Id.Text);
        var published = JsonSerializer.Deserialize<NoticeView>(await TypeAsync("notice", "publish", "--json"), Outbox.Json)!;
        Assert.Contains(published.Version, await TypeAsync("notice", "list"), StringComparison.Ordinal);

        var page = Path.Combine(folder.FullName, "notice.html");
        await TypeAsync("notice", "show", published.Version, "--out", page);
        Assert.Contains("Caseshire Council", await File.ReadAllTextAsync(page), StringComparison.Ordinal);
        var unknown = await Assert.ThrowsAsync<CommandException>(() => TypeAsync("notice", "show", "2001-01-01-00000000", "--out", page));
        Assert.Equal((ExitCode.Refused, "No such version of the privacy notice."), (unknown.ExitCode, unknown.Message));

        // The family by how its reference begins; one person of it, and then all.
        string[] give = ["notice", "give", family.Id.Text[..10], "--version", published.Version, "--how", "by-hand", "--on", Today];
        await TypeAsync([.. give, "--person", family.Members[1]]);
        await TypeAsync(give);
        var given = JsonSerializer.Deserialize<NoticeGivenView[]>(await TypeAsync("notice", "given", "--json"), Outbox.Json)!;
        Assert.Equal([1, 2], given.Where(row => row.Family == family.Id.Text).Select(row => row.Persons.Count).Order());

        var stranger = await Assert.ThrowsAsync<CommandException>(() => TypeAsync([.. give, "--person", new string('0', 20)]));
        Assert.Contains("members of a family that is kept here", stranger.Message, StringComparison.Ordinal);
        var early = await Assert.ThrowsAsync<CommandException>(
            () => TypeAsync("notice", "give", family.Id.Text, "--version", published.Version, "--how", "post", "--on", "2001-01-01"));
        Assert.Contains("a day on which the version was published", early.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_objection_is_recorded_decided_and_taken_back_by_command_and_what_it_is_about_stops_meanwhile()
    {
        var family = await world.NamedFamilyAsync(Mother, Son);
        await TypeAsync("case", "open", family.Id.Text);
        var (letter, decision) = (Path.Combine(folder.FullName, "letter.pdf"), Path.Combine(folder.FullName, "decision.pdf"));
        await File.WriteAllTextAsync(letter, "a letter");
        await File.WriteAllTextAsync(decision, "a decision");
        string[] record =
        [
            "objection", "record", "--family", family.Id.Text[..10], "--person", family.Members[0][..8],
            "--against", "key-worker", "management", "--reason", "own-situation", "--on", Today, "--paper", letter,
        ];
        async Task<ObjectionView> RecordAsync() =>
            JsonSerializer.Deserialize<ObjectionView>(await TypeAsync([.. record, "--json"]), Outbox.Json)!;
        Task<string> ServicesAsync() => TypeAsync("case", "services", family.Id.Text);
        Assert.Contains("Speech therapy", await ServicesAsync(), StringComparison.Ordinal);

        var first = await RecordAsync();
        Assert.Equal((family.Members[0], "Raised"), (first.Person, first.State));
        Assert.DoesNotContain("Speech therapy", await ServicesAsync(), StringComparison.Ordinal);
        var listed = await TypeAsync("objection", "list");
        Assert.Contains("Own situation", listed, StringComparison.Ordinal);
        Assert.Contains("Key worker, Management", listed, StringComparison.Ordinal);

        // A coordinator does not decide it; information governance does, on paper.
        string[] decide = ["objection", "decide", first.Id[..10], "--outcome", "not-upheld", "--paper", decision];
        Assert.Equal(ExitCode.Refused, (await Assert.ThrowsAsync<CommandException>(() => TypeAsync(decide))).ExitCode);
        Assert.Contains("Not upheld", await TypeAsync(Role.InformationGovernance, decide), StringComparison.Ordinal);
        Assert.Contains("Speech therapy", await ServicesAsync(), StringComparison.Ordinal);
        var again = await Assert.ThrowsAsync<CommandException>(() => TypeAsync(Role.InformationGovernance, decide));
        Assert.Contains("the objection was not upheld", again.Message, StringComparison.Ordinal);

        // Another is upheld, and then taken back by who made it.
        var second = await RecordAsync();
        await TypeAsync(Role.InformationGovernance, "objection", "decide", second.Id, "--outcome", "upheld", "--paper", decision);
        Assert.DoesNotContain("Speech therapy", await ServicesAsync(), StringComparison.Ordinal);
        Assert.Contains("Withdrawn", await TypeAsync("objection", "withdraw", second.Id[..10]), StringComparison.Ordinal);
        Assert.Contains("Speech therapy", await ServicesAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_references_are_said_to_be_one_person_and_taken_back_by_command()
    {
        var family = await world.NamedFamilyAsync(Mother, Son, Mother with { Forenames = "Edith A" });
        await TypeAsync("case", "open", family.Id.Text);
        string[] pair = [family.Id.Text[..10], family.Members[0][..8], family.Members[2][..8]];

        string[] one = ["case", "person", "one", .. pair, "--reason", "records-show"];
        var refused = await Assert.ThrowsAsync<CommandException>(() => TypeAsync(one));
        Assert.Contains("a look at both", refused.Message, StringComparison.Ordinal);
        Assert.Contains("Edith A", await TypeAsync(["case", "person", "compare", .. pair]), StringComparison.Ordinal);
        await TypeAsync(one);
        var people = await TypeAsync("case", "people", pair[0], "--purpose", "contact", "--json");
        Assert.Equal(2, JsonSerializer.Deserialize<FamilyPerson[]>(people, Outbox.Json)!.Length);

        // The second reference is still understood, by its beginning too.
        await TypeAsync(["case", "person", "undo", .. pair]);
        await TypeAsync(["case", "person", "compare", .. pair]);
        await TypeAsync(["case", "person", "two", .. pair, "--reason", "paper-seen"]);
        var row = (await world.Registers.Cases.GetAsync(family.Id.Text, World.Patience)).Row;
        Assert.Equal((PersonPairState.TwoPeople, PersonPairReason.PaperSeen), (Assert.Single(row.Pairs).State, row.Pairs[0].Reason));
    }
}
