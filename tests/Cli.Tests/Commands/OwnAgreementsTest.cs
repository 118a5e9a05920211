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
              yourtown-attendance at yourtown: may be dropped (sealed-drop). Kept: "deleted after three months if no matching has read it" unmatched: erased 3 months after it was received (ours: §10); "deleted as soon as matching is completed" not-meeting: erased at once when matching was completed (ours: §10); "deleted within twelve months of the last outcome check" on-programme: erased 12 months after the outcome checks were made (ours: §10)
              yourtown-concerns at yourtown: may be dropped (sealed-drop). Kept: "deleted after three months if no matching has read it" unmatched: erased 3 months after it was received (ours: §10); "deleted as soon as matching is completed" not-meeting: erased at once when matching was completed (ours: §10); "police data: six months after support ends" police-data: erased 6 months after support ended, as agreed with yourtown-police (ours: §10)
              yourtown-key-worker at yourtown: comes by secure-email and is taken in with 'tfflow take'; a drop is refused. Kept: "police data: six months after support ends" police-data: erased 6 months after support ended, as agreed with yourtown-police (ours: §10)

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
        Assert.Matches("yourtown-concerns +yourtown-police +yourtown +neighbourhood-concerns +identification +monthly +sealed-drop, secure-email +unmatched 3 months, not-meeting at once, on-programme 12 months", output.ToString());
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
    public async Task A_batch_over_the_ceiling_of_the_agreement_is_told_before_it_is_sent()
    {
        await RunAsync(Agreement, "start", "-o", Documents);
        Edit("agreement.yaml", ("# batch_ceiling: 500 ", "batch_ceiling: 1 "));
        const string Rows = "Surname,Forenames,Date of birth,Address,Postcode,Concern,Noted on\r\nMarlowe,Edith,14/02/1999,\"12 Wharf Street, Leicester\",LE1 1AA,ASB,14/01/2026\r\n";
        var (one, two, extract) = (Path.Combine(folder.FullName, "one.csv"), Path.Combine(folder.FullName, "two.csv"), Path.Combine(folder.FullName, "extract.csv"));
        await File.WriteAllTextAsync(one, Rows);
        await File.WriteAllTextAsync(two, Rows + "Marlowe,Tom,14/02/2012,\"12 Wharf Street, Leicester\",LE1 1AA,ASB,14/01/2026\r\n");
        string[] own = ["-e", "yourtown-concerns", "--agreements", Documents];
        Assert.Equal(0, await RunAsync(ValidateCommand.Create(Clock), [one, .. own]));
        Assert.Equal(1, await RunAsync(ValidateCommand.Create(Clock), [two, .. own]));
        Assert.Contains("at most 1 row in a batch, by the agreement; here are 2", output.ToString(), StringComparison.Ordinal);
        Assert.Contains("[gate.over-ceiling]", output.ToString(), StringComparison.Ordinal);
        Assert.Equal(1, await RunAsync(PrepareCommand.Create(Clock), [two, "-o", extract, .. own]));
        Assert.False(File.Exists(extract));
    }

    [Fact]
    public async Task What_is_marked_official_at_most_can_pass()
    {
        await RunAsync(Agreement, "start", "-o", Documents);
        Edit("agreement.yaml", ("marking_ceiling: official-sensitive", "marking_ceiling: official"));
        Assert.Equal(0, await RunAsync(Agreement, "check", Documents));
        Assert.Contains("yourtown-attendance at yourtown: may be dropped (sealed-drop)", output.ToString(), StringComparison.Ordinal);
        Edit("agreement.yaml", ("marking_ceiling: official", "marking_ceiling: not-protectively-marked"));
        Assert.Equal(0, await RunAsync(Agreement, "check", Documents));
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
            ["it was the deployment of the matching plan's authority and would be b's deployment", "agreement a@2026-01-01 says something else", "plan a is not there any more"],
            before.Differences(With("b", ("agreement a@2026-01-01", "4"))));
    }

    [Fact]
    public void The_advice_fits_what_was_named_otherwise()
    {
        WorkDocuments With(string organisation, string? folder, string? plan, string sha256) =>
            new(DeploymentKind.Authority, organisation, folder, plan, new Dictionary<string, string> { ["plan a"] = sha256 });

        var before = With("", "there", null, "1");
        Assert.Empty(before.Refusal("work", With("", "elsewhere", null, "1")));
        string Advice(WorkDocuments now) => before.Refusal("work", now)[(before.Refusal("work", now).LastIndexOf(". ", StringComparison.Ordinal) + 2)..];
        Assert.Equal("Put the documents back as they were, and write the change as a new version; or give --accept-change if it is meant (a version that was used already stays refused).", Advice(With("", "there", null, "2")));
        Assert.Equal("Leave out --agreements and --matching to go on as before; or give --accept-change if it is meant (a version that was used already stays refused).", Advice(With("", "elsewhere", "plan.yaml", "2")));
        Assert.Equal("Leave out --organisation to go on as before; or give --accept-change if it is meant.", Advice(With("b", "there", null, "1")));
        Assert.Equal(
            "Leave out --organisation to go on as before; or put the documents back as they were, and write the change as a new version; or give --accept-change if it is meant (a version that was used already stays refused).",
            Advice(With("b", "there", null, "2")));
        Assert.Contains("The documents that ship are another version's", With("", null, null, "1").Refusal("work", With("", null, null, "2")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_tells_an_authority_that_is_no_party_and_an_agreement_of_which_nothing_can_pass()
    {
        await RunAsync(Agreement, "start", "-o", Documents);
        Edit("matching.yaml", ("authority: yourtown", "authority: mytown"));
        Assert.Equal(1, await RunAsync(Agreement, "check", Documents));
        Assert.Contains("The matching plan's authority 'mytown' is no party of these agreements: a host that serves them does not start. The parties are: yourtown, yourtown-police, yourtown-schools.", error.ToString(), StringComparison.Ordinal);

        File.Delete(Path.Combine(Documents, "matching.yaml"));
        Assert.Equal(0, await RunAsync(Agreement, "check", Documents));
        Assert.Contains("a host does not start on these documents without --organisation", output.ToString(), StringComparison.Ordinal);

        Edit("agreement.yaml", ("means: [sealed-drop, secure-email]", "means: []"), ("means: [sealed-drop]", "means: []"), ("means: [secure-email] ", "means: [] "));
        Assert.Equal(1, await RunAsync(Agreement, "check", Documents));
        Assert.Equal($"No exchange of yourtown@2026-01-01 can ever pass.{Environment.NewLine}", error.ToString());
    }

    [Fact]
    public async Task Check_hides_nothing_behind_a_fault()
    {
        await RunAsync(Agreement, "start", "-o", Documents);
        var second = File.ReadAllText(Path.Combine(Documents, "agreement.yaml")).Replace("id: yourtown\n", "id: othertown\n", StringComparison.Ordinal)
            .Replace("- id: yourtown-", "- id: othertown-", StringComparison.Ordinal);
        File.WriteAllText(Path.Combine(Documents, "other.yaml"), second);
        File.WriteAllText(Path.Combine(Documents, "later.yaml"), "amends: othertown@2026-01-01\nid: othertown\ndated: 2026-02-01\nin_force_from: 2026-02-01\n");
        Edit("other.yaml", ("how_often: monthly", "how_often: hourly"));
        Edit("matching.yaml", ("authority: yourtown", "authority: mytown"));
        Edit("programme.yaml", ("at_least: 2", "at_least: two"));
        File.WriteAllText(Path.Combine(Documents, "broken.yaml"), "id: [\n");
        Assert.Equal(1, await RunAsync(Agreement, "check", Documents));
        var faults = error.ToString();
        Assert.Matches("(?m)^broken.yaml, line [0-9]+: ", faults);
        Assert.Matches("(?m)^matching.yaml, line 2: The matching plan's authority 'mytown' is no party of these agreements", faults);
        Assert.Matches("(?m)^other.yaml, line [0-9]+: 'how_often' is expected to be one of", faults);
        Assert.Matches("(?m)^programme.yaml, line [0-9]+: 'at_least' is expected to be a whole number", faults);

        // What could be read is judged all the same; what has a fault, or builds on what has one, is not.
        Assert.Contains("yourtown-attendance at yourtown: may be dropped (sealed-drop)", output.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("othertown-attendance", output.ToString(), StringComparison.Ordinal);
        Assert.Contains("Not judged until its faults are mended, and what builds on it: broken.yaml, matching.yaml, other.yaml, programme.yaml.", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_says_from_when_an_exchange_can_pass_and_until_when_it_could()
    {
        await RunAsync(Agreement, "start", "-o", Documents);
        Edit("agreement.yaml", ("name: Yourtown Police, basis: police, signed: 2026-01-01", "name: Yourtown Police, basis: police, signed: 2027-02-03"));
        Assert.Equal(0, await RunAsync(Agreement, "check", Documents));
        Assert.Contains("yourtown-concerns at yourtown: not before 2027-02-03; then it may be dropped (sealed-drop)", output.ToString(), StringComparison.Ordinal);
        Assert.Contains("yourtown-key-worker at yourtown: not before 2027-02-03; then it comes by secure-email", output.ToString(), StringComparison.Ordinal);
        Assert.Contains("yourtown-attendance at yourtown: may be dropped", output.ToString(), StringComparison.Ordinal);
        Edit("agreement.yaml", ("# ends: 2030-12-31 ", "ends: 2030-12-31 "));
        Assert.Equal(0, await RunAsync(Agreement, "check", Documents));
        Assert.Contains("yourtown-attendance at yourtown: until 2030-12-31: may be dropped", output.ToString(), StringComparison.Ordinal);
        Assert.Contains("yourtown-concerns at yourtown: not before 2027-02-03, and until 2030-12-31; then it may be dropped", output.ToString(), StringComparison.Ordinal);
        Edit("agreement.yaml", ("ends: 2030-12-31 ", "ends: 2026-02-28 "));
        Assert.Equal(0, await RunAsync(Agreement, "check", Documents));
        Assert.Contains("yourtown-attendance at yourtown: until 2026-02-28, which is over: may not be dropped any more. Kept: ", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_warns_of_a_class_without_a_line_of_conditions_that_count_for_nothing_and_of_what_is_not_there()
    {
        await RunAsync(Agreement, "start", "-o", Documents);
        var document = Path.Combine(Documents, "agreement.yaml");
        var text = await File.ReadAllTextAsync(document);
        await File.WriteAllTextAsync(document, System.Text.RegularExpressions.Regex.Replace(text, "retention: \\[unmatched, [^\\]]*\\]", "retention: [unmatched]"));
        Assert.Equal(0, await RunAsync(Agreement, "check", Documents));
        Assert.Contains("Warning: it is taken in, and no retention line of it is of class not-meeting or on-programme", output.ToString(), StringComparison.Ordinal);

        await File.WriteAllTextAsync(document, new System.Text.RegularExpressions.Regex("( +)uk_gdpr_6:").Replace(text, "$1schedule_2: DPA 1998 Sch 2 para 6\n$1uk_gdpr_6:", 1));
        Assert.Equal(0, await RunAsync(Agreement, "check", Documents));
        Assert.Contains(": schedule_2 counts for nothing. A version in force from 25 May 2018", output.ToString(), StringComparison.Ordinal);

        await File.WriteAllTextAsync(document, new System.Text.RegularExpressions.Regex("uk_gdpr_6: .*").Replace(text, "uk_gdpr_6: DPA 1998 Sch 2 para 6", 1));
        Assert.Equal(1, await RunAsync(Agreement, "check", Documents));
        Assert.Matches("agreement.yaml, line [0-9]+: 'uk_gdpr_6' is a condition of today's law, and names the Data Protection Act 1998", error.ToString());

        Assert.Equal(2, await RunAsync(Agreement, "check", "nosuchdir"));
        Assert.Contains("There is no such folder: nosuchdir.", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Without_an_agreed_number_of_families_there_is_room_for_all()
    {
        var words = CohortCommand.Words(new(null, "", 0, null, 0));
        Assert.EndsWith("There is room for all. 0 families are taken on so far.", words, StringComparison.Ordinal);
    }

    [Fact]
    public void Take_names_its_own_means()
    {
        var refused = DropCommand.CreateTake(new("--folder"), Spectre.Console.AnsiConsole.Console, TimeProvider.System).Parse(["x.csv", "--agency", "a", "--exchange", "e", "--means", "sealed-drop"]);
        Assert.Contains("'sealed-drop' is none of secure-email, internal-transfer, accessed-in-system, internally-hosted.", refused.Errors.Select(fault => fault.Message));
    }

    [Fact]
    public async Task A_party_that_no_agreement_knows_is_told_and_a_template_makes_its_folder()
    {
        await RunAsync(Agreement, "start", "-o", Documents);
        Assert.Equal(2, await RunAsync(Agreement, "exchanges", "--agreements", Documents, "--party", "nowhere"));
        Assert.StartsWith("'nowhere' is no party of any agreement here. The parties are: yourtown, yourtown-police, yourtown-schools.", error.ToString(), StringComparison.Ordinal);
        using var table = new StringWriter();
        var calendar = CalendarCommand.Create(Options.Folder(), Terminal.Create(table), Clock);
        await Assert.ThrowsAsync<CommandException>(() => calendar.Parse(["--agreements", Documents, "--at", "nowhere"]).InvokeAsync(new() { EnableDefaultExceptionHandler = false }));
        await Assert.ThrowsAsync<CommandException>(() => calendar.Parse(["--at", "yourtown"]).InvokeAsync(new() { EnableDefaultExceptionHandler = false }));

        var made = Path.Combine(folder.FullName, "made", "here");
        Assert.Equal(0, await RunAsync(TemplateCommand.Create(Clock), "yourtown-concerns", "-o", made, "--agreements", Documents));
        Assert.True(File.Exists(Path.Combine(made, "yourtown-concerns.csv")));
        Assert.Equal(2, await RunAsync(TemplateCommand.Create(Clock), "yourtown-concerns", "-o", Path.Combine(made, "yourtown-concerns.csv"), "--agreements", Documents));
        Assert.Contains("is a file: --out names a folder", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_household_list_of_ones_own_is_prepared_and_has_a_template_as_the_one_that_ships()
    {
        await RunAsync(Agreement, "start", "-o", Documents);
        await File.WriteAllTextAsync(Path.Combine(Documents, "list.yaml"), """
            dataset: flood-list
            version: 1
            title: Households the flood team knows
            source: "ours: Appendix D"
            refusals: { max_percent: 0 }
            columns:
              - { name: household, header: Household, type: household-pseudonym, required: true, role: identity, sensitivity: personal, description: Who, source: ours }
              - { name: known, header: Known, type: yes-no, required: true, role: indicator, sensitivity: personal, description: Known, example: "yes", source: ours }
              - { name: depth, header: Depth, type: whole-number, max: 9, role: indicator, sensitivity: personal, description: How deep, example: "2", source: ours }
              - { name: seen_on, header: Seen on, type: date, role: indicator, sensitivity: personal, description: When, example: 14/01/2026, source: ours }
            """);
        Edit("agreement.yaml", ("dataset: neighbourhood-concerns ", "dataset: flood-list "));
        string[] own = ["--agreements", Documents];
        Assert.Equal(0, await RunAsync(Agreement, "check", Documents));
        Assert.Equal(0, await RunAsync(TemplateCommand.Create(Clock), ["yourtown-concerns", "-o", folder.FullName, .. own]));
        var template = Path.Combine(folder.FullName, "yourtown-concerns.csv");
        Assert.Equal("Address,Postcode,Known,Depth,Seen on\r\n", await File.ReadAllTextAsync(template));
        await File.AppendAllTextAsync(template, "\"12 Wharf Street, Leicester\",LE1 1AA,no,2,14/01/2026\r\n12 WHARF STREET LEICESTER,LE1 1AA,yes,2,14/01/2026\r\n\"12 Wharf Street, Leicester\",LE1 1AA,no,3,\r\n");
        var (key, list) = (Path.Combine(folder.FullName, "key.txt"), Path.Combine(folder.FullName, "list.csv"));
        await File.WriteAllTextAsync(key, new string('a', 64));
        Assert.Equal(2, await RunAsync(PrepareCommand.Create(Clock), [template, "-e", "yourtown-concerns", "-o", list, .. own]));
        Assert.Equal(0, await RunAsync(PrepareCommand.Create(Clock), [template, "-e", "yourtown-concerns", "--key", key, "-o", list, .. own]));
        Assert.Matches("\\AHousehold,Known,Depth,Seen on\r?\n([0-9a-f]{32}),yes,2,2026-01-14\r?\n\\1,no,3,\r?\n\\z", await File.ReadAllTextAsync(list));
        Assert.Equal(0, await RunAsync(ValidateCommand.Create(Clock), [list, "-e", "yourtown-concerns", .. own]));

        Edit("list.yaml", ("name: household, ", "name: home, "));
        Assert.Equal(1, await RunAsync(Agreement, "check", Documents));
        Assert.Contains("list.yaml, line 7: a column of type household-pseudonym is called 'household'", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_calendar_expects_what_the_documents_agree_and_nothing_that_is_refused()
    {
        await RunAsync(Agreement, "start", "-o", Documents);
        var library = LibraryFolder.Read(new(Documents));
        var expected = CalendarCommand.ByDocuments(library, at: null, Clock.GetUtcNow());
        Assert.Equal([("yourtown-attendance", "yourtown-schools"), ("yourtown-concerns", "yourtown-police")], expected.Select(item => (item.Exchange, item.Agency)));
        Assert.Equal(expected, CalendarCommand.ByDocuments(library, "yourtown", Clock.GetUtcNow()));
        Assert.Empty(CalendarCommand.ByDocuments(library, "yourtown-police", Clock.GetUtcNow()));

        // As a host does, it looks out for drops alone: what comes by secure email lies with whoever received it.
        Edit("agreement.yaml", ("means: [sealed-drop, secure-email]", "means: [secure-email]"));
        expected = CalendarCommand.ByDocuments(LibraryFolder.Read(new(Documents)), "yourtown", Clock.GetUtcNow());
        Assert.Equal(["yourtown-attendance"], expected.Select(item => item.Exchange.Text));
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
