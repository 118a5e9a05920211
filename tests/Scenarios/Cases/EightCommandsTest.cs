using System.CommandLine;
using System.Runtime.CompilerServices;
using System.Text.Json;
using TfFlow.Api.Access;
using TfFlow.Cli.Commands;
using TfFlow.Lifecycle;
using TfFlow.Lifecycle.Cases;
using TfFlow.Programme.Cases;
using TfFlow.Programme.Documents;

namespace TfFlow.Scenarios.Cases;

/// <summary>What a coordinator types, and what the terminal says.</summary>
public sealed partial class EightCommandsTest(CaseWorld world) : IClassFixture<CaseWorld>, IDisposable
{
    private static readonly PersonDetails Mother = new(CaseWorld.Canary, "Edith Anne", new(1981, 2, 3), "12 Wharf Street", "LE1 1AA");
    private static readonly PersonDetails Son = new(CaseWorld.Canary, "Oswald", new(2014, 6, 7), "12 Wharf Street", "LE1 1AA");

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("tfflow-forms-");
    private readonly List<string> typed = [];

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task A_family_is_taken_from_the_cohort_to_its_key_worker_in_eight_commands()
    {
        var family = await world.NamedFamilyAsync(Mother, Son);
        var id = family.Id.Text[..8];
        var forms = new[] { await FormAsync("edith.json", Mother, null), await FormAsync("oswald.json", Son, $"Edith {CaseWorld.Canary}") };

        Assert.Contains(family.Id.Text, await TypeAsync("cohort"), StringComparison.Ordinal);
        await TypeAsync("case", "open", id);
        Assert.Contains("Pack prepared", await TypeAsync("case", "assess", id, "--multi-agency"), StringComparison.Ordinal);
        await TypeAsync("case", "currency", id, "--current");
        await TypeAsync("case", "suitability", id, "--lone-worker-considered");
        await TypeAsync("case", "invite", id, "--notice", world.Notice);
        Assert.Contains("Agreed", await TypeAsync(["case", "consent", "give", id, "--form", .. forms]), StringComparison.Ordinal);
        await TypeAsync("case", "allocate", id, "--key-worker", "kw-eight");

        Assert.Equal(8, typed.Count);
        Assert.Equal(Documented(), typed);
        var row = (await world.Registers.Cases.GetAsync(family.Id.Text, World.Patience)).Row;
        Assert.Equal((FamilyCaseState.Supported, "kw-eight", SupportBasis.Consent), (row.State, row.KeyWorker, row.Family.Basis));
        Assert.Equal(2, row.Currency.Count);

        // The same form for another family is known again.
        var other = await world.NamedFamilyAsync(Mother, Son);
        await world.ActAsync($"/families/{other.Id}/case", new Api.Endpoints.CaseOpening());
        await world.InviteAsync(other.Id);
        string[] given = ["case", "consent", "give", other.Id.Text, "--form", forms[0]];
        var again = await Assert.ThrowsAsync<CommandException>(() => TypeAsync(given));
        Assert.Contains("recorded already, for somebody else", again.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_that_is_refused_is_named_and_keeps_no_other_from_being_recorded()
    {
        var (mother, son) = (Mother with { Forenames = "Agnes" }, Son with { Forenames = "Leopold" });
        var family = await world.NamedFamilyAsync(mother, son);
        await world.ActAsync($"/families/{family.Id}/case", new Api.Endpoints.CaseOpening());
        await world.InviteAsync(family.Id);
        var stranger = mother with { Surname = "Elsewhere", Forenames = "Humphrey", DateOfBirth = new(1966, 1, 1) };
        var forms = new[]
        {
            await FormAsync("stranger.json", stranger, null),
            await FormAsync("agnes.json", mother, null),
        };

        string[] given = ["case", "consent", "give", family.Id.Text[..9], "--form", .. forms];
        var refusal = await Assert.ThrowsAsync<CommandException>(() => TypeAsync(given));

        Assert.StartsWith("stranger.json: The form names nobody of this family", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Refused, refusal.ExitCode);
        var consents = (await world.Registers.Cases.GetAsync(family.Id.Text, World.Patience)).Row.Consents;
        Assert.Equal([family.Members[0]], consents.Where(consent => consent.Stands).Select(consent => consent.Person));
    }

    [Fact]
    public async Task References_are_typed_by_their_beginning_and_an_ambiguous_one_says_how_many_it_fits()
    {
        var family = await world.NamedFamilyAsync(Mother, Son);
        await TypeAsync("case", "open", family.Id.Text, "--involved", family.Members[0][..6], family.Members[1]);
        for (var more = 0; more < 17; more++)
        {
            // Of so many, two begin alike.
            await world.ActAsync($"/families/{(await world.NamedFamilyAsync(Mother)).Id}/case", new Api.Endpoints.CaseOpening());
        }

        using var api = world.As(Role.Coordinator);
        var ids = (await api.GetAsync<Api.Endpoints.CaseView[]>("/cases", World.Patience)).Select(row => row.Id).ToList();
        var alike = ids.GroupBy(id => id[..1]).First(group => group.Count() > 1);
        var refusal = await Assert.ThrowsAsync<CommandException>(() => TypeAsync("case", "show", alike.Key));
        var words = $"'{alike.Key}' fits {alike.Count()} references of a case: type more of it.";
        Assert.Equal((ExitCode.Usage, words), (refusal.ExitCode, refusal.Message));
        Assert.Contains(alike.First(), await TypeAsync("case", "show", alike.First()[..12]), StringComparison.Ordinal);

        var none = await Assert.ThrowsAsync<CommandException>(() => TypeAsync("case", "show", "zz"));
        Assert.Equal((ExitCode.Refused, "No such case, or not one of yours."), (none.ExitCode, none.Message));
    }

    [Fact]
    public async Task People_are_printed_as_a_table_and_as_json()
    {
        var family = await world.NamedFamilyAsync(Mother, Son);
        await TypeAsync("case", "open", family.Id.Text);

        var table = await TypeAsync("case", "people", family.Id.Text[..10], "--purpose", "contact");
        Assert.Contains("Oswald", table, StringComparison.Ordinal);
        Assert.Contains("Child", table, StringComparison.Ordinal);

        var printed = await TypeAsync("case", "people", family.Id.Text[..10], "--purpose", "contact", "--json");
        var json = JsonSerializer.Deserialize<FamilyPerson[]>(printed, Outbox.Json)!;
        Assert.Equal(family.Members, json.Select(person => person.Reference));

        var services = await TypeAsync("case", "services", family.Id.Text[..10]);
        Assert.Contains("Speech therapy", services, StringComparison.Ordinal);
    }

    /// <summary>The commands of docs/cases.md, Eight commands.</summary>
    private static List<string> Documented([CallerFilePath] string here = "")
    {
        var page = File.ReadAllText(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", "docs", "cases.md"));
        var block = page[page.IndexOf("# Eight commands", StringComparison.Ordinal)..].Split("```")[1];
        var lines = block.Split('\n').Where(line => line.StartsWith("tfflow ", StringComparison.Ordinal));
        return [.. lines.Select(line => Command(line.Split(' ')[1..]))];
    }

    /// <summary>The words of a command line before its first reference or option.</summary>
    private static string Command(IEnumerable<string> words) =>
        string.Join(' ', words.TakeWhile(word => word.Length > 0 && word.All(char.IsAsciiLetter) && !word.All(char.IsAsciiHexDigit)));

    private async Task<string> FormAsync(string name, PersonDetails person, string? signedBy)
    {
        var path = Path.Combine(folder.FullName, name);
        await File.WriteAllTextAsync(path, JsonSerializer.Serialize(world.Form(person, signedBy), Outbox.Json));
        return path;
    }

    private Task<string> TypeAsync(params string[] arguments) => TypeAsync(Role.Coordinator, arguments);

    private async Task<string> TypeAsync(Role role, params string[] arguments)
    {
        typed.Add(Command(arguments));
        using var output = new StringWriter();
        var (console, work) = (Terminal.Create(output, plain: true), Options.Folder());
        var root = new RootCommand
        {
            CohortCommand.Create(work, console), CaseCommand.Create(work, console), NoticeCommand.Create(work), ObjectionCommand.Create(work),
        };
        root.Options.Add(work);
        var token = world.Host.Tokens.Mint(new Caller(Kebab.Of(role), role, ""), TimeSpan.FromHours(1));
        var parsed = root.Parse([.. arguments, "--server", world.Host.Address.ToString(), "--token", token]);
        Assert.Empty(parsed.Errors);
        var configuration = new InvocationConfiguration { Output = output, EnableDefaultExceptionHandler = false };
        Assert.Equal(ExitCode.Done, await parsed.InvokeAsync(configuration));
        return output.ToString();
    }
}
