using System.CommandLine;
using TfFlow.Cli.Commands;
using TfFlow.Lifecycle;

namespace TfFlow.Cli.Tests.Commands;

/// <summary>An authority's own documents, from the starter to a checked file, without a host.</summary>
public sealed class OwnAgreementsTest : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("tfflow-");
    private readonly StringWriter output = new();
    private readonly StringWriter error = new();

    public void Dispose()
    {
        folder.Delete(recursive: true);
        output.Dispose();
        error.Dispose();
    }

    [Fact]
    public async Task The_starter_is_whole_and_every_exchange_of_it_can_pass()
    {
        Assert.Equal(0, await RunAsync(Agreement, "start", "-o", Documents));
        Assert.Equal(2, await RunAsync(Agreement, "start", "-o", Documents)); // nothing is overwritten
        Assert.Equal(0, await RunAsync(Agreement, "check", Documents));
        Assert.Equal(
            """
            yourtown@2026-01-01  3 exchanges
              yourtown-attendance at yourtown: may be dropped (sealed-drop), and is kept by "deleted after three months if no matching has read it" unmatched: erased 3 months after it was received (ours: §10)
              yourtown-concerns at yourtown: may be dropped (sealed-drop), and is kept by "deleted after three months if no matching has read it" unmatched: erased 3 months after it was received (ours: §10)
              yourtown-key-worker at yourtown: comes by secure-email and is taken in with 'tfflow take' (a drop is refused), and is kept by "police data: six months after support ends" police-data: erased 6 months after support ended, as agreed with yourtown-police (ours: §10)

            """.ReplaceLineEndings("\n"),
            output.ToString().ReplaceLineEndings("\n"));
    }

    [Fact]
    public async Task Check_tells_every_fault_and_which_exchanges_can_never_pass()
    {
        await RunAsync(Agreement, "start", "-o", Documents);
        Edit("agreement.yaml", ("signed: 2026-01-01, tier_1_signed: 2025-06-01, source: \"ours: page 2\" }\n\n#", "tier_1_signed: 2025-06-01, source: \"ours: page 2\" }\n\n#"), ("means: [secure-email]", "means: []"));
        Assert.Equal(0, await RunAsync(Agreement, "check", Documents));
        Assert.Contains("yourtown-concerns at yourtown: can never pass. Yourtown Police has not signed both", output.ToString(), StringComparison.Ordinal);

        Edit("agreement.yaml", ("uses: [key-worker]", "uses: [keyworker]"), ("kind: ", "kind: "));
        Edit("dataset.yaml", ("type: date", "type: data"));
        File.WriteAllBytes(Path.Combine(Documents, "z-binary.yaml"), [0xff, 0xfe, 0xfd, 0x00, 0x80]);
        File.WriteAllBytes(Path.Combine(Documents, "z-latin.yaml"), "id: caf\u00e9\n"u8.ToArray()[..8]);
        Assert.Equal(1, await RunAsync(Agreement, "check", Documents));
        var faults = error.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);
        Assert.All(faults, fault => Assert.Matches(@"\A[a-z-]+\.yaml, line [0-9]+: ", fault));
        Assert.Equal(["agreement.yaml", "dataset.yaml", "z-binary.yaml", "z-latin.yaml"], faults.Select(fault => fault.Split(',')[0]).Distinct());
        Assert.Equal(2, await RunAsync(Agreement, "check", Path.Combine(Documents, "missing.yaml")));
        Assert.Equal(2, await RunAsync(Agreement, "list", "--agreements", Documents)); // told there as well, and no exception
        Assert.Contains("dataset.yaml, line", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Exchanges_lists_who_sends_what_to_whom_for_what_and_how_often()
    {
        await RunAsync(Agreement, "start", "-o", Documents);
        Assert.Equal(0, await RunAsync(Agreement, "exchanges", "--agreements", Documents, "--on", "2026-03-01", "--party", "yourtown-police"));
        Assert.Matches("yourtown-concerns +yourtown-police +yourtown +neighbourhood-concerns +identification +monthly +sealed-drop, secure-email +unmatched P3M", output.ToString());
        Assert.DoesNotContain("yourtown-attendance", output.ToString(), StringComparison.Ordinal);
        Assert.Equal(0, await RunAsync(Agreement, "exchanges", "--on", "2025-10-01"));
        Assert.Contains("(blank)", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_dataset_of_ones_own_has_a_template_is_prepared_and_validated()
    {
        await RunAsync(Agreement, "start", "-o", Documents);
        string[] own = ["--agreements", Documents];
        Assert.Equal(0, await RunAsync(TemplateCommand.Create(Clock), ["yourtown-concerns", "-o", folder.FullName, .. own]));
        var template = Path.Combine(folder.FullName, "yourtown-concerns.csv");
        Assert.Equal("Surname,Forenames,Date of birth,Address,Postcode,Concern,Noted on\r\n", await File.ReadAllTextAsync(template));

        var (export, extract) = (Path.Combine(folder.FullName, "export.csv"), Path.Combine(folder.FullName, "extract.csv"));
        await File.WriteAllTextAsync(export, "Surname,Forenames,Date of birth,Address,Postcode,Concern,Noted on,Officer\nMarlowe,Edith,14/02/1999,\"12 Wharf Street, Leicester\",LE1 1AA,ASB,14/01/2026,PC 1\n");
        Assert.Equal(0, await RunAsync(PrepareCommand.Create(Clock), [export, "-e", "yourtown-concerns", "-o", extract, .. own]));
        Assert.Equal(0, await RunAsync(ValidateCommand.Create(Clock), [extract, "-e", "yourtown-concerns", .. own]));
        Assert.Equal(2, await RunAsync(ValidateCommand.Create(Clock), extract, "-e", "yourtown-concerns"));
    }

    [Fact]
    public async Task Without_a_folder_named_commands_go_by_the_documents_that_the_work_folder_was_started_with()
    {
        await RunAsync(Agreement, "start", "-o", Documents);
        var library = LibraryFolder.Read(new(Documents));
        WorkDocuments.Of(Deployment.Authority, new DirectoryInfo(Documents), matching: null, library, library.Plan!).Save(folder.FullName);
        var root = new RootCommand { TemplateCommand.Create(Clock), PrepareCommand.Create(Clock), ValidateCommand.Create(Clock), Agreement };
        root.Options.Add(Options.Folder());
        string[] work = ["--folder", folder.FullName];
        var extract = Path.Combine(folder.FullName, "extract.csv");
        Assert.Equal(0, await RunAsync(root, ["template", "yourtown-concerns", "-o", folder.FullName, .. work]));
        Assert.Contains($"By the documents of {Documents}", error.ToString(), StringComparison.Ordinal);
        await File.AppendAllTextAsync(Path.Combine(folder.FullName, "yourtown-concerns.csv"), "Marlowe,Edith,14/02/1999,\"12 Wharf Street, Leicester\",LE1 1AA,ASB,14/01/2026\r\n");
        Assert.Equal(0, await RunAsync(root, ["prepare", Path.Combine(folder.FullName, "yourtown-concerns.csv"), "-e", "yourtown-concerns", "-o", extract, .. work]));
        Assert.Equal(0, await RunAsync(root, ["validate", extract, "-e", "yourtown-concerns", .. work]));
        Assert.Equal(0, await RunAsync(root, ["agreement", "list", .. work]));
        Assert.Contains("yourtown@2026-01-01", output.ToString(), StringComparison.Ordinal);
        Assert.Equal(2, await RunAsync(root, "validate", extract, "-e", "yourtown-concerns", "--folder", Documents));
    }

    [Fact]
    public void What_a_work_folder_would_serve_otherwise_is_named_and_what_is_added_is_no_difference()
    {
        WorkDocuments With(string organisation, params (string Name, string Sha256)[] documents) =>
            new(DeploymentKind.Authority, organisation, Documents, Matching: null, documents.ToDictionary(document => document.Name, document => document.Sha256));

        var before = With("", ("agreement a@2026-01-01", "1"), ("plan a", "2"));
        Assert.Empty(before.Differences(With("", ("agreement a@2026-01-01", "1"), ("agreement a@2027-01-01", "3"), ("plan a", "2"))));
        Assert.Equal(
            ["it was an authority and would be an authority of b", "agreement a@2026-01-01 says something else", "plan a is not there any more"],
            before.Differences(With("b", ("agreement a@2026-01-01", "4"))));
    }

    [Fact]
    public async Task The_calendar_expects_what_the_documents_agree_and_nothing_that_is_refused()
    {
        await RunAsync(Agreement, "start", "-o", Documents);
        var agreements = LibraryFolder.Read(new(Documents)).Agreements;
        var expected = CalendarCommand.ByDocuments(agreements, "yourtown", Clock.GetUtcNow());
        Assert.Equal([("yourtown-attendance", "yourtown-schools"), ("yourtown-concerns", "yourtown-police")], expected.Select(item => (item.Exchange, item.Agency)));
        Assert.Empty(CalendarCommand.ByDocuments(agreements, "elsewhere", Clock.GetUtcNow()));
    }

    [Fact]
    public async Task A_household_list_has_a_template_with_the_columns_that_prepare_reads()
    {
        Assert.Equal(0, await RunAsync(TemplateCommand.Create(Clock), "bristol-households", "-o", folder.FullName));
        var template = Path.Combine(folder.FullName, "bristol-households.csv");
        await File.AppendAllTextAsync(template, "\"12 Wharf Street, Leicester\",LE1 1AA,yes,no,no,no\r\n");
        var key = Path.Combine(folder.FullName, "key.txt");
        await File.WriteAllTextAsync(key, new string('a', 64));
        Assert.Equal(0, await RunAsync(PrepareCommand.Create(Clock), template, "-e", "bristol-households", "--key", key, "-o", Path.Combine(folder.FullName, "list.csv")));
    }

    private static MarchClock Clock { get; } = new();

    private static Command Agreement => AgreementCommand.Create(Clock);

    private string Documents => Path.Combine(folder.FullName, "documents");

    private void Edit(string file, params (string Line, string Changed)[] changes)
    {
        var path = Path.Combine(Documents, file);
        File.WriteAllText(path, changes.Aggregate(File.ReadAllText(path), (text, change) => text.Replace(change.Line, change.Changed, StringComparison.Ordinal)));
    }

    private async Task<int> RunAsync(Command command, params string[] args)
    {
        output.GetStringBuilder().Clear();
        error.GetStringBuilder().Clear();
        return await command.Parse(args).InvokeAsync(new InvocationConfiguration { Output = output, Error = error });
    }

    private sealed class MarchClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => new(2026, 3, 10, 9, 0, 0, TimeSpan.Zero);
    }
}
