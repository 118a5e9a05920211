using FsCheck;
using FsCheck.Fluent;
using TfFlow.Programme.Agreements;
using TfFlow.Programme.Documents;
using TfFlow.Programme.Tests.Agreements;

namespace TfFlow.Programme.Tests;

/// <summary>An authority's own folder: agreements, datasets, a programme and a plan, in documents of its own.</summary>
public sealed class LibraryTest
{
    private const string Dataset = """
        dataset: northmere-worries
        version: 1
        title: Children of concern
        source: ours
        refusals: { max_percent: 0 }
        nda: ours
        columns:
          - { name: concern, header: Concern, type: code, required: true, codes: { worry: [], alarm: [] }, role: indicator, sensitivity: sensitive, description: How much, example: worry, source: ours }
        """;

    private const string Programme = """
        programme: ours
        version: 1
        title: Our own programme
        source: ours
        in_force: { from: 2025-01-01, to: 2027-12-31, source: ours }
        decisions: []
        datasets:
          - { id: northmere-worries, fields: [concern], source: ours }
        routes:
          - { at_least: 1, of: [concern], source: ours }
        criteria:
          - id: concern
            title: Concern
            source: ours
            indicators:
              - { id: alarm, title: Alarm, dataset: northmere-worries, where: [ { field: concern, in: [alarm], source: ours } ], source: ours }
        priority:
          - { by: criteria, source: ours }
        """;

    private const string Plan = """
        authority: receiver
        programme: ours@1
        terms: [ { from: 2025-01-06, to: 2025-04-11 } ]
        """;

    private static string Agreement => Trial.Changed(Trial.Document, ("dataset: benefits", "dataset: northmere-worries"));

    [Fact]
    public void An_authoritys_own_datasets_programme_and_plan_are_read_from_its_folder_in_any_order()
    {
        var library = Library.Read(Files(Plan, Agreement, Programme, Dataset));
        var exchange = library.Agreements.Versions.Single().Exchange("trial-1")!;
        Assert.Equal(("northmere-worries", 6), (exchange.Specification!.Id, exchange.Specification.Columns.Count));
        Assert.True(exchange.Specification.Sensitive);
        Assert.Equal(("receiver", "ours@1"), (library.Plan!.Authority.Text, library.Plan.Programme.Name));
        Assert.True(new AgreementGate(library.Agreements).Check(Trial.Intake).Allowed);
    }

    [Fact]
    public void What_ships_may_be_built_upon_and_is_not_taken_in()
    {
        var library = Library.Read(Files(Trial.Changed(Trial.Document, ("title: A trial", "extends: national-police@2013-04-01\ntitle: A trial"))));
        Assert.Equal(["trial@2025-01-01"], library.Agreements.Versions.Select(version => version.Name));
        Assert.Contains(library.Agreements.Versions[0].Purposes, purpose => purpose.Id == "measure");
    }

    [Fact]
    public void Every_fault_of_every_document_is_told_at_once_with_its_line()
    {
        var agreement = Trial.Changed(
            Trial.Document,
            ("title: A trial", "titel: A trial"),
            ("dated: 2025-01-01", "dated: 2025-01-01\nowner: Somebody"),
            ("in_force_from: 2025-01-01", "in_force_from: 1 January 2025"),
            ("means: [sealed-drop]", "means: [pigeon, sealed-drop]"),
            ("uses: [identification]", "uses: [identification, research]"),
            ("retention: [r]", "retention: [r, s]"),
            ("how_often: monthly", "how_often: [monthly]"),
            ("marking_ceiling: restricted", "marking_ceiling: hush"));
        Assert.Null(Library.Check(Files(agreement, Dataset.Replace("type: code", "type: kode", StringComparison.Ordinal), Plan, "id: broken\n  dated: [", ""), out var faults));
        Assert.Equal(
            [
                "1.yaml, line 1: 'title' is missing",
                "1.yaml, line 2: 'titel' is not a key that means anything here: 'title' is",
                "1.yaml, line 5: 'in_force_from' is expected to be a date like 2013-10-14, before 2200",
                "1.yaml, line 7: 'owner' is there twice, first on line 4",
                "1.yaml, line 9: 'marking_ceiling' is expected to be one of: " + string.Join(", ", Kebab.All<Marking>()),
                "1.yaml, line 38: exchange 'trial-1' has a use no purpose of the agreement answers",
                "1.yaml, line 39: 'how_often' is expected to be a text",
                "1.yaml, line 40: 'means' is expected to be one of: " + string.Join(", ", Kebab.All<Means>()),
                "1.yaml, line 41: exchange 'trial-1' names the retention rule 's', which is not there",
            ],
            faults.Where(fault => fault.File == "1.yaml").Select(fault => fault.Message));
        Assert.Contains(faults, fault => fault is { File: "2.yaml", Line: 8 } && fault.Problem.StartsWith("'kode' is no type of column: the types are text, name, ", StringComparison.Ordinal));
        Assert.Contains(faults, fault => fault.File == "3.yaml" && fault.Problem.StartsWith("there is no programme 'ours@1': there are phase-1-000@1", StringComparison.Ordinal));
        Assert.Contains(faults, fault => fault.File == "4.yaml" && fault.Problem.StartsWith("not valid YAML", StringComparison.Ordinal));
        Assert.Contains(faults, fault => fault is { File: "5.yaml", Line: 1, Problem: "expected one YAML document that is a mapping of keys to values" });
    }

    [Fact]
    public void What_is_asked_in_other_words_is_told_once_with_the_words_there_are()
    {
        var dataset = Trial.Changed(Dataset, ("columns:", "columns:\n  - { name: many, header: Many, type: number, min: 1, max: 9, role: indicator, sensitivity: personal, description: How many, source: ours }"));
        var programme = Trial.Changed(Programme, ("where: [ ", "where: [ { field: many, more_than: 3, source: ours }, { field: many, at_leest: 3, source: ours }, { field: many, source: ours }, "));
        Assert.Null(Library.Check(Files(dataset, programme), out var faults));
        Assert.Equal(
            [
                "1.yaml: 'number' is no type of column: the types are text, name, date, whole-number",
                "2.yaml: 'at_leest' asks nothing that is known (is 'at_least' meant?); what is asked of a field is one of in, at_least",
                "2.yaml: 'more_than' asks nothing that is known; what is asked of a field is one of in, at_least",
                "2.yaml: nothing is asked of the field: one of in, at_least",
            ],
            faults.Select(fault => $"{fault.File}: {fault.Problem.Split(", percentage")[0].Split(", within_terms")[0]}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_misspelt_version_of_a_programme_hides_no_other_fault_of_the_plan()
    {
        var plan = Plan.Replace("programme: ours@1", "programme: ours@2\nchildren: [foo]\nmatch: { when: datasets-in, datasets: [benefits] }", StringComparison.Ordinal);
        Assert.Null(Library.Check(Files(Dataset, Programme, plan), out var faults));
        Assert.Contains(faults, fault => fault.Problem.StartsWith("there is no programme 'ours@2'", StringComparison.Ordinal));
        Assert.Contains(faults, fault => fault.Problem.StartsWith("'children' names 'foo'", StringComparison.Ordinal));
        Assert.Contains(faults, fault => fault.Problem.StartsWith("'match' waits for 'benefits'", StringComparison.Ordinal));
    }

    [Fact]
    public void The_faults_of_datasets_programmes_and_plans_are_told_together_and_lead_to_no_others()
    {
        var dataset = Trial.Changed(
            Dataset,
            ("version: 1\n", "version: one\n"),
            ("max_percent: 0", "max_percent: 500, quarantine_on: [no.such]"),
            ("example: worry", "example: panic"),
            ("columns:", "columns:\n  - { name: seen, header: Seen, type: daet, role: indicator, sensitivity: personal, description: When, source: ours }\n  - { name: many, header: Many, type: whole-number, min: 9, max: 3, role: indicator, sensitivity: secret, source: ours }"));
        var programme = Trial.Changed(
            Programme,
            ("to: 2027-12-31", "to: 2024-12-31"),
            ("at_least: 1, of: [concern]", "at_least: 3, of: [concern, sorrow]"),
            ("in: [alarm]", "within_months: 99999999"),
            ("where: [ ", "where: [ { field: seen, within_months: 12, source: ours }, "),
            ("by: criteria", "by: hunger"));
        var plan = Plan.Replace("terms: [ { from: 2025-01-06, to: 2025-04-11 } ]", """
            children: [foo]
            review_days: 365
            in_force: { from: 2026-01-01, to: 2025-01-01 }
            match: { when: datasets-in, datasets: [benefits] }
            terms:
              - { from: 2025-01-06, to: 2025-04-11 }
              - { from: 2025-04-01, to: 2025-07-11 }
              - { from: 2025-09-01, to: 2025-08-01 }
            """, StringComparison.Ordinal);
        var agreement = Trial.Changed(
            Agreement,
            ("review: { due: 2026-01-01,", "review: { due: 2026-01-01, every_months: 5000,"),
            ("in_force_from: 2025-01-01", "in_force_from: 2025-01-01\nends: 2024-12-31"),
            ("batch_ceiling: 200", "batch_ceiling: 0"));
        Assert.Null(Library.Check(Files(agreement, dataset, programme, plan), out var faults));
        Assert.Equal(
            [
                "1.yaml, line 5: 'ends' is before 'in_force_from': it would never be in force",
                "1.yaml, line 10: 'batch_ceiling' is expected to be a whole number of at least 1",
                "1.yaml, line 11: 'every_months' is expected to be a whole number from 1 to 1200",
                "2.yaml, line 2: 'version' is expected to be a whole number",
                "2.yaml, line 5: 'max_percent' is expected to be a whole number from 0 to 100",
                "2.yaml, line 5: 'quarantine_on' names 'no.such', which is no rule's code",
                "2.yaml, line 8: 'daet' is no type of column: the types are text, name, date, whole-number, percentage, postcode, phone, sex, upn, nhs-number, nino, "
                    + "uprn, attendance-code, exclusion-category, exclusion-reason, household-pseudonym, study-key, yes-no, code",
                "2.yaml, line 9: 'description' is missing",
                "2.yaml, line 9: 'min' is more than 'max': no number is between them",
                "2.yaml, line 9: 'sensitivity' is expected to be one of: personal, sensitive",
                "2.yaml, line 10: 'example' is none of what the column takes: expected one of the codes the specification lists (one of: worry, alarm)",
                "3.yaml, line 5: 'to' is before 'from': it would never be in force",
                "3.yaml, line 10: 'at_least' is expected to be from 1 to the number of criteria",
                "3.yaml, line 10: there is no criterion 'sorrow'",
                "3.yaml, line 16: 'within_months' is expected to be a whole number from 1 to 1200",
                "3.yaml, line 18: 'by' is expected to be one of: " + string.Join(", ", Kebab.All<TfFlow.Programme.Eligibility.PriorityBy>()),
                "4.yaml, line 3: 'children' names 'foo', which is no dataset",
                "4.yaml, line 4: 'review_days' is expected to be a whole number from 1 to 90",
                "4.yaml, line 5: 'to' is before 'from': it would never be in force",
                "4.yaml, line 6: 'match' waits for 'benefits', which ours@1 does not read",
                "4.yaml, line 9: a term overlaps another",
                "4.yaml, line 10: a term ends before it starts",
            ],
            faults.Select(fault => fault.Message));
    }

    [Theory]
    [InlineData("id: trial\n", "id: ../../x\n", 1, "'id'")]
    [InlineData("id: trial\n", "id: Trial\n", 1, "'id'")]
    [InlineData("id: sender,", "id: \"sen/der\",", 20, "'id'")]
    [InlineData("id: sender,", "id: the-sender-of-a-very-long-name-that-no-container-has,", 20, "'id'")]
    [InlineData("id: sender,", "id: sender--two,", 20, "'id'")]
    [InlineData("id: sender,", "id: -sender,", 20, "'id'")]
    [InlineData("id: trial-1", "id: trial 1", 32, "'id'")]
    [InlineData("id: r,", "id: \"r\\n\",", 28, "'id'")]
    [InlineData("name: Sender,", "name: Sender, organisations: [ok, \"../no\"],", 20, "each of 'organisations'")]
    public void An_id_of_an_agreement_has_the_form_of_one(string line, string changed, int at, string what)
    {
        Library.Check(Files(Trial.Changed(Trial.Document, (line, changed))), out var faults);
        Assert.Contains(faults, fault => fault.Line == at && fault.Problem == $"{what} is expected to be an id: lower-case letters and digits, with single hyphens between them, 40 characters at most");
    }

    [Theory]
    [InlineData("name: Sender,", "name: Sender, organisations: [oak, elm, oak],", "1.yaml, line 20: 'organisations' names 'oak' twice")]
    [InlineData("from: [sender]", "from: [sender, sender]", "1.yaml, line 33: 'from' names 'sender' twice")]
    public void Who_is_named_twice_is_a_fault(string line, string changed, string message)
    {
        Library.Check(Files(Trial.Changed(Trial.Document, (line, changed))), out var faults);
        Assert.Equal(message, Assert.Single(faults).Message);
    }

    [Theory]
    [InlineData("to: [receiver]", "to: []", "trial-1 names nobody to whom it goes: what is sent needs a receiver.")]
    [InlineData("uses: [identification]", "uses:", "What trial-1 is for is left open: agree it and amend the table.")]
    public void What_is_left_open_can_never_pass(string line, string changed, string words)
    {
        var prospect = Assert.Single(ExchangeProspect.All(Trial.Catalogue((line, changed))));
        Assert.Equal((ProspectKind.Never, words), (prospect.Kind, prospect.Words));
    }

    [Theory]
    [InlineData("northmere-worries", "local/concerns", 2, 1)]
    [InlineData("programme: ours", "programme: ../ours", 3, 1)]
    [InlineData("authority: receiver", "authority: ..", 4, 1)]
    [InlineData("- id: concern", "- id: Con cern", 3, 12)]
    public void An_id_of_a_dataset_a_programme_and_a_plan_has_the_form_of_one(string line, string changed, int file, int at)
    {
        Library.Check(Files([.. new[] { Agreement, Dataset, Programme, Plan }.Select(document => document.Replace(line, changed, StringComparison.Ordinal))]), out var faults);
        Assert.Contains(faults, fault => (fault.File, fault.Line) == ($"{file}.yaml", at) && fault.Problem.Contains("is expected to be an id: ", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("id: a\ntitle: x\nparties:\n\t- { id: b }\n", 4)]
    [InlineData("id:\ta\n\tdated: b\n", 2)]
    [InlineData("id: a\nparties:\n  - id: b\n  \tname: c\n  - id: d\n", 4)]
    [InlineData("id: a\nb:\n  x: 1\n\ty: 2\nz: 3\n", 4)]
    [InlineData("id: a\nnote: |\n  \ttab in text\n  more\nb:\n  x: 1\n\ty: 2\n", 7)]
    public void A_tab_in_the_indentation_is_told_where_it_stands(string text, int line)
    {
        Library.Check(Files(text), out var faults);
        Assert.Equal((line, "a tab stands in the indentation: indent with spaces"), (Assert.Single(faults).Line, faults[0].Problem));
    }

    [Fact]
    public void What_is_never_closed_is_told_at_a_line_that_is_there()
    {
        Library.Check(Files("id: a\ntitle: [x\n"), out var faults);
        Assert.Equal(2, Assert.Single(faults).Line);
    }

    [Theory]
    [InlineData("type: whole-number", "at_least: 3", "type: text", "'many' is read as a number, and it is none")]
    [InlineData("type: date", "within_months: 3", "type: whole-number", "'many' is read as a date, and it is none")]
    [InlineData("type: yes-no", "in: [\"yes\"]", "type: yes-no, never: {}", "")]
    public void A_column_is_read_as_what_it_is(string type, string asks, string other, string problem)
    {
        string Faults(string column)
        {
            Library.Check(
                Files(
                    Dataset + $"\n  - {{ name: many, header: Many, {column}, role: indicator, sensitivity: personal, description: Many, source: ours }}\n",
                    Programme.Replace("field: concern, in: [alarm]", $"field: many, {asks}", StringComparison.Ordinal)),
                out var faults);
            return string.Join('\n', faults.Where(fault => fault.File == "2.yaml").Select(fault => fault.Problem));
        }

        Assert.Equal("", Faults(type));
        Assert.Equal(problem, Faults(other));
    }

    [Fact]
    public void A_code_that_a_dataset_never_holds_is_told_where_it_is_looked_for()
    {
        Assert.Null(Library.Check(Files(Plan, Agreement, Programme.Replace("in: [alarm]", "in: [alarm, panic]", StringComparison.Ordinal), Dataset), out var faults));
        Assert.Equal("3.yaml, line 16: 'in' names the code 'panic', which 'concern' never holds: it holds one of worry, alarm", Assert.Single(faults).Message);
    }

    [Fact]
    public void An_amendments_faults_are_told_together_wherever_the_lines_stand()
    {
        const string Amendment = "amends: trial@2025-01-01\nid: trial\ndated: 2025-06-01\nin_force_from: 2025-06-01\nexchanges:\n  - { id: trial-1, to: [nobody], uses: [research] }\n  - { id: trial-2, from: [sender] }\n";
        Assert.Null(Library.Check(Files(Trial.Document, Amendment), out var faults));
        Assert.Equal(
            [
                "2.yaml, line 6: exchange 'trial-1' has a use no purpose of the agreement answers",
                "2.yaml, line 6: exchange 'trial-1' names 'nobody', which is no party",
                "2.yaml, line 7: 'information' is missing",
                "2.yaml, line 7: 'source' is missing",
                "2.yaml, line 7: exchange 'trial-2' says nothing of what it is used for",
            ],
            faults.Select(fault => fault.Message));

        // What ships is built upon, and what it says elsewhere is told with the rest.
        Assert.Null(Library.Check(Files("amends: leicestershire@2025-09-01\nid: leicestershire\ndated: 2026-06-01\nin_force_from: 2026-06-01\nparties:\n  - { id: leicester-city, basis: none }\nretention:\n  - { id: programme, agreed_with: nobody }\n"), out faults));
        Assert.True(faults.Count >= 2, string.Join('\n', faults.Select(fault => fault.Message)));
    }

    [Theory]
    [InlineData("id: a\nid: b\n")]
    [InlineData("id:\ta\n\tdated: b\n")]
    [InlineData("a: &x [1]\nb: *x\n")]
    [InlineData("id: [a]\ndated: {x: y}\nexchanges: none\n")]
    [InlineData("dated: 2025-02-30\nid: a\n")]
    [InlineData("\0\u0001\u0002PK\u0003\u0004")]
    [InlineData("? [a, b]\n: c\n")]
    [InlineData("<<: *base\n")]
    [InlineData("!!binary x: y\n")]
    [InlineData("- a\n- b\n")]
    [InlineData("--- a\n--- b\n")]
    [InlineData("id: a\ndated: 2025-01-01\namends: a@2025-01-01\n")]
    [InlineData("dataset: x\n")]
    [InlineData("dataset: x\nversion: 1\ntitle: t\nsource: ours\nrefusals: { max_percent: 5 }\ncolumns: [ {} ]\n")]
    [InlineData("authority: x\n")]
    [InlineData("programme: x\nroutes: [ {} ]\n")]
    [InlineData("authority: a\nprogramme: phase-1-002@1\nterms: [ { from: 2025-02-01, to: 2025-01-01 } ]\n")]
    public void Whatever_the_file_the_answer_is_its_faults(string text)
    {
        Assert.Null(Library.Check(Files(text), out var faults));
        Assert.NotEmpty(faults);
        Assert.All(faults, fault => Assert.True(fault.File == "1.yaml" && fault.Line >= 1, fault.Message));
    }

    [Fact]
    public void Damaged_folders_have_faults_or_are_read_and_nothing_else()
    {
        string[] documents = [Agreement, Dataset, Programme, Plan];
        Prop.ForAll(
            (from file in Gen.Choose(0, documents.Length - 1)
             from at in Gen.Choose(0, documents[file].Length - 1)
             from length in Gen.Choose(0, 40)
             from put in Gen.Elements("", "[", "{", ":", "- ", "\"", "'", "#", "&a ", "*a", "!", "|", ">", "%", "@", "\n", "\t", "\0", "? ", ",", "-1", "99999999999999999999", "null", "true", "\u2028", "\ud83d\ude00")
             select (file, at, length, put)).ToArbitrary(),
            sample =>
            {
                var text = documents[sample.file];
                var damaged = string.Concat(text.AsSpan(0, sample.at), sample.put, text.AsSpan(Math.Min(text.Length, sample.at + sample.length)));
                var library = Library.Check(Files([.. documents.Select((document, index) => index == sample.file ? damaged : document)]), out var faults);
                return (library is null) == (faults.Count > 0);
            }).Check(Config.QuickThrowOnFailure.WithMaxTest(1000));
    }

    [Fact]
    public void A_programme_that_reads_what_no_dataset_has_is_told_where()
    {
        Assert.Null(Library.Check(Files(Plan, Agreement, Programme.Replace("field: concern", "field: worry", StringComparison.Ordinal), Dataset), out var faults));
        Assert.Equal("3.yaml, line 16: indicator 'alarm' reads 'worry', which is no column of 'northmere-worries'", Assert.Single(faults).Message);
        Assert.Null(Library.Check(Files(Programme), out faults));
        Assert.Equal("1.yaml, line 16: there is no dataset 'northmere-worries'", Assert.Single(faults).Message);
    }

    [Theory]
    [InlineData("scores:\n  - { dataset: none, field: score, on: scored_on, most: 100, source: ours }", "there is no dataset 'none'")]
    [InlineData("scores:\n  - { dataset: csps-scores, field: points, on: scored_on, most: 100, source: ours }", "'points' is no column of 'csps-scores'")]
    [InlineData("services:\n  - { dataset: nhs-services, name: service, until: ended, source: ours }", "'ended' is no column of 'nhs-services'")]
    [InlineData(
        "services:\n  - { dataset: nhs-services, name: service, until: until, contact: [contact, email], source: ours }",
        "'email' is no column of 'nhs-services'")]
    [InlineData(
        "services:\n  - { dataset: employment-programmes, name: item, until: ended, only: [training, coaching], source: ours }",
        "'only' names 'coaching', which 'item' never holds")]
    [InlineData("demand:\n  - { dataset: northmere-worries, field: calls, source: ours }", "'calls' is no column of 'northmere-worries'")]
    public void A_programme_that_orders_by_what_no_dataset_has_is_told_where(string lines, string told)
    {
        Assert.Null(Library.Check(Files(Plan, Agreement, $"{Programme.TrimEnd()}\n{lines}\n", Dataset), out var faults));
        Assert.Contains(told, Assert.Single(faults).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_documents_hash_is_of_what_it_says_and_not_of_how_it_is_written()
    {
        var hash = Hash(Agreement);
        Assert.Matches("\\A[0-9a-f]{64}\\z", hash);
        Assert.Equal(hash, Hash("# a comment\n" + Agreement.Replace("title: A trial\ndated: 2025-01-01\n", "dated:   \"2025-01-01\"\n\ntitle: A trial\nbatch_note:\n", StringComparison.Ordinal).Replace("batch_note:\n", "", StringComparison.Ordinal)));
        Assert.NotEqual(hash, Hash(Agreement.Replace("period: P0D", "period: P1D", StringComparison.Ordinal)));
        var library = Library.Read(Files(Plan, Agreement, Programme, Dataset));
        Assert.Equal(4, new[] { library.Plan!.Sha256, library.Plan.Programme.Sha256, library.Datasets["northmere-worries"].Sha256, library.Agreements.Versions[0].Sha256 }.Distinct().Count(sha256 => sha256.Length == 64));
    }

    [Fact]
    public void An_amendments_hash_changes_with_what_it_builds_on()
    {
        const string Amendment = "amends: trial@2025-01-01\nid: trial\ndated: 2025-06-01\nin_force_from: 2025-06-01\n";
        string Hash(string document) => Trial.Load(document, Amendment).Versions[1].Sha256;
        Assert.NotEqual(Hash(Trial.Document), Hash(Trial.Changed(Trial.Document, ("period: P0D", "period: P1D"))));
    }

    [Fact]
    public void Every_shipped_document_has_a_hash_of_its_own()
    {
        var all = Library.Shipped.Agreements.Versions.Select(version => version.Sha256)
            .Concat(Library.Shipped.Datasets.Values.Select(dataset => dataset.Sha256))
            .Concat(Library.Shipped.Programmes.Values.Select(programme => programme.Sha256))
            .Append(Library.Shipped.Plan!.Sha256).ToList();
        Assert.All(all, sha256 => Assert.Equal(64, sha256.Length));
        Assert.Equal(all.Count, all.Distinct().Count());
    }

    [Fact]
    public void The_canonical_bytes_are_these()
    {
        // m, one key; "a" with a list of one text "b".
        byte[] bytes = [(byte)'m', 0, 0, 0, 1, 0, 0, 0, 1, (byte)'a', (byte)'l', 0, 0, 0, 1, (byte)'s', 0, 0, 0, 1, (byte)'b'];
        var node = DocumentNode.Parse("a.yaml", new StringReader("blank:\nempty: []\na: [b]\n"));
        Assert.Equal(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes)), DocumentHash.Of(node));
    }

    private static string Hash(string agreement) => Library.Read(Files(agreement, Dataset)).Agreements.Versions.Single().Sha256;

    private static IEnumerable<(string, TextReader)> Files(params string[] documents) =>
        documents.Select((text, index) => ($"{index + 1}.yaml", (TextReader)new StringReader(text)));
}
