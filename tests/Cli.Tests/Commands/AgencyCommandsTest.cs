using System.CommandLine;
using System.Text;
using System.Text.Json;
using TfFlow.Cli.Commands;

namespace TfFlow.Cli.Tests.Commands;

/// <summary>What an agency runs on its own machine.</summary>
public sealed class AgencyCommandsTest : IDisposable
{
    private const string Header = "Surname,First name,DOB,Address,Postcode,Benefit,Claim started,Claim ended\n";
    private const string Good = "Marlowe,Edith,14/02/1979,\"12 Wharf Street, Leicester\",LE1 1AA,JSA,04/03/2013,\n";
    private const string Bad = "Marlowe,Toby,31/02/1979,\"12 Wharf Street, Leicester\",LE1 1AA,JSA,04/03/2013,\n";

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
    public async Task Validate_answers_0_for_a_good_file_and_1_for_a_bad_one()
    {
        Assert.Equal(0, await RunAsync(ValidateCommand.Create(TimeProvider.System), Write("good.csv", Header + Good), "-e", "dwp-benefits", "--as-of", "2013-10-31"));
        Assert.StartsWith("ACCEPTED  every row", output.ToString(), StringComparison.Ordinal);

        Assert.Equal(1, await RunAsync(ValidateCommand.Create(TimeProvider.System), Write("bad.csv", Header + Good + Bad), "-e", "dwp-benefits", "--as-of", "2013-10-31"));
        Assert.StartsWith("QUARANTINED", output.ToString(), StringComparison.Ordinal);
        Assert.Contains("[date.not-a-day]\n    where  column C, row 3\n", output.ToString().ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.DoesNotContain("\u001b[", output.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("31/02/1979", output.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("Marlowe", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Validate_speaks_JSON_to_machines()
    {
        Assert.Equal(1, await RunAsync(ValidateCommand.Create(TimeProvider.System), Write("bad.csv", Header + Bad), "-e", "dwp-benefits", "--as-of", "2013-10-31", "--json"));
        using var json = JsonDocument.Parse(output.ToString());
        Assert.Equal("quarantined", json.RootElement.GetProperty("state").GetString());
        Assert.Equal("C2", json.RootElement.GetProperty("findings")[0].GetProperty("cell").GetString());
        Assert.Equal(1, json.RootElement.GetProperty("counts").GetProperty("date.not-a-day").GetInt64());
    }

    [Theory]
    [InlineData("dwp-nothing", "2013-10-31", "No agreement has an exchange 'dwp-nothing'")]
    [InlineData("leicestershire-9", "2013-10-31", "'leicestershire-9' has no dataset")]
    public async Task Validate_answers_2_where_it_cannot_begin(string exchange, string asOf, string message)
    {
        Assert.Equal(2, await RunAsync(ValidateCommand.Create(TimeProvider.System), Write("good.csv", Header + Good), "-e", exchange, "--as-of", asOf));
        Assert.StartsWith(message, error.ToString(), StringComparison.Ordinal);
        Assert.Equal(2, await RunAsync(ValidateCommand.Create(TimeProvider.System), Path.Combine(folder.FullName, "missing.csv"), "-e", "dwp-benefits"));
    }

    [Fact]
    public async Task A_day_is_a_day()
    {
        Assert.NotEqual(0, await RunAsync(ValidateCommand.Create(TimeProvider.System), Write("good.csv", Header + Good), "-e", "dwp-benefits", "--as-of", "yesterday"));
        Assert.Contains("--as-of is a day like 2026-03-02.", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Prepare_writes_what_would_be_accepted_and_nothing_of_a_quarantined_export()
    {
        var export = Write("export.csv", Header.Replace("Benefit", "NINO,Benefit", StringComparison.Ordinal) + Good.Replace("JSA", "AB123456C,JSA", StringComparison.Ordinal));
        var extract = Path.Combine(folder.FullName, "extract.csv");
        Assert.Equal(0, await RunAsync(PrepareCommand.Create(TimeProvider.System), export, "-e", "dwp-benefits", "-o", extract, "--as-of", "2013-10-31"));
        Assert.Equal("Surname,Forenames,Date of birth,Address,Postcode,Benefit,Claim started,Claim ended\r\nMarlowe,Edith,1979-02-14,\"12 Wharf Street, Leicester\",LE1 1AA,jsa,2013-03-04,\r\n", await File.ReadAllTextAsync(extract));
        Assert.Equal(0, await RunAsync(ValidateCommand.Create(TimeProvider.System), extract, "-e", "dwp-benefits", "--as-of", "2013-10-31"));

        Assert.Equal(2, await RunAsync(PrepareCommand.Create(TimeProvider.System), export, "-e", "dwp-benefits", "-o", extract)); // never overwritten
        var other = Path.Combine(folder.FullName, "other.csv");
        Assert.Equal(1, await RunAsync(PrepareCommand.Create(TimeProvider.System), Write("bad.csv", Header + Bad), "-e", "dwp-benefits", "-o", other, "--as-of", "2013-10-31"));
        Assert.False(File.Exists(other));
    }

    [Fact]
    public async Task Prepare_takes_the_shared_secret_for_household_lists_and_only_for_those()
    {
        var export = Write("export.csv", "Address,Postcode,Crime or ASB,Domestic violence,Under 18 proven offence,Persistent ASB\n12 Wharf Street,LE1 1AA,yes,no,no,no\n");
        var extract = Path.Combine(folder.FullName, "extract.csv");
        var key = Write("key.txt", new string('a', 64) + "\n");
        string[] households = [export, "-e", "bristol-households", "-o", extract];
        Assert.Equal(2, await RunAsync(PrepareCommand.Create(TimeProvider.System), households));
        Assert.Equal(2, await RunAsync(PrepareCommand.Create(TimeProvider.System), [.. households, "--key", Write("short.txt", "abc")]));
        Assert.Equal(2, await RunAsync(PrepareCommand.Create(TimeProvider.System), Write("good.csv", Header + Good), "-e", "dwp-benefits", "-o", extract, "--key", key));
        Assert.False(File.Exists(extract));
        Assert.Equal(0, await RunAsync(PrepareCommand.Create(TimeProvider.System), [.. households, "--key", key]));
        Assert.Matches(@"\AHousehold,[^\r]*\r\n[0-9a-f]{32},yes,no,no,no\r\n\z", await File.ReadAllTextAsync(extract));
    }

    [Fact]
    public async Task Prepare_leaves_out_of_a_household_list_who_is_not_known_to_have_children()
    {
        const string Columns = "Address,Postcode,Crime or ASB,Domestic violence,Under 18 proven offence,Persistent ASB\n";
        var key = Write("key.txt", new string('a', 64) + "\n");
        var known = Path.Combine(folder.FullName, "known.csv");
        Assert.Equal(0, await RunAsync(PrepareCommand.Create(TimeProvider.System), Write("known-export.csv", Columns + "12 Wharf Street,LE1 1AA,no,no,no,no\n"), "-e", "bristol-households", "-o", known, "--key", key));
        var export = Write("export.csv", Columns + "12 Wharf Street,LE1 1AA,yes,no,no,no\n3 Mill Lane,LE1 1AB,yes,no,no,no\n");
        var list = Path.Combine(folder.FullName, "list.csv");
        string[] prepare = [export, "-e", "bristol-households", "-o", list, "--key", key, "--with-children"];
        Assert.Equal(2, await RunAsync(PrepareCommand.Create(TimeProvider.System), [.. prepare, Write("other.csv", "Household\n\n12 Wharf Street\n")]));
        Assert.StartsWith("Row 3 of the file of --with-children names no household", error.ToString(), StringComparison.Ordinal);
        Assert.Equal(2, await RunAsync(PrepareCommand.Create(TimeProvider.System), [.. prepare, Write("headless.csv", $"{new string('0', 32)}\n")]));
        Assert.StartsWith("The file of --with-children has no column Household.", error.ToString(), StringComparison.Ordinal);
        Assert.Equal(2, await RunAsync(PrepareCommand.Create(TimeProvider.System), [.. prepare, Write("open.csv", "Household\n\n\"\n")]));
        Assert.StartsWith("In row 3 of the file of --with-children a quotation mark opens", error.ToString(), StringComparison.Ordinal);
        Assert.Equal(2, await RunAsync(PrepareCommand.Create(TimeProvider.System), [.. prepare, Path.Combine(folder.FullName, "none.csv")]));
        Assert.Equal(0, await RunAsync(PrepareCommand.Create(TimeProvider.System), [.. prepare, known]));
        Assert.Contains("1 household is not known to have children and is left out.", output.ToString(), StringComparison.Ordinal);
        Assert.Equal(2, (await File.ReadAllLinesAsync(list)).Length);

        // As a spreadsheet may have saved it, another column first and a title above.
        var household = (await File.ReadAllLinesAsync(list))[1].Split(',')[0];
        File.Delete(list);
        var saved = Path.Combine(folder.FullName, "saved.csv");
        await File.WriteAllTextAsync(saved, $"Households with children\r\nArea;\"HOUSEHOLD\"\r\n\"North; East\";{household.ToUpperInvariant()}\r\n", Encoding.Unicode);
        Assert.Equal(0, await RunAsync(PrepareCommand.Create(TimeProvider.System), [.. prepare, saved]));
        Assert.Equal(2, (await File.ReadAllLinesAsync(list)).Length);
    }

    [Fact]
    public async Task Template_writes_headers_and_a_codebook_that_validate_takes()
    {
        Assert.Equal(0, await RunAsync(TemplateCommand.Create(TimeProvider.System), "leicestershire-5", "-o", folder.FullName));
        var template = Path.Combine(folder.FullName, "leicestershire-5.csv");
        Assert.Equal("Surname,Forenames,Date of birth,Address,Postcode,Offence,Offence date,Outcome,Outcome date,Panel decision\r\n", await File.ReadAllTextAsync(template));
        Assert.Contains("Young people with a proven offence", await File.ReadAllTextAsync(Path.Combine(folder.FullName, "leicestershire-5-codebook.md")), StringComparison.Ordinal);
        Assert.Equal(2, await RunAsync(TemplateCommand.Create(TimeProvider.System), "leicestershire-5", "-o", folder.FullName));
        Assert.Equal(2, await RunAsync(TemplateCommand.Create(TimeProvider.System), "leicestershire-9", "-o", folder.FullName));

        Assert.Equal(1, await RunAsync(ValidateCommand.Create(TimeProvider.System), template, "-e", "leicestershire-5"));
        Assert.Contains("[file.no-rows]", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Agreements_are_listed_shown_compared_and_checked()
    {
        Assert.Equal(0, await RunAsync(AgreementCommand.Create(TimeProvider.System), "list"));
        Assert.Contains("leicestershire@2013-10-14  ", output.ToString(), StringComparison.Ordinal);

        Assert.Equal(0, await RunAsync(AgreementCommand.Create(TimeProvider.System), "show", "leicestershire@2013-10-14"));
        Assert.StartsWith("<!doctype html>", output.ToString(), StringComparison.Ordinal);

        Assert.Equal(0, await RunAsync(AgreementCommand.Create(TimeProvider.System), "compare", "leicestershire@2013-10-14", "leicestershire@2025-09-01"));
        Assert.Contains("became-allowed  leicestershire-2  by sealed-drop", output.ToString(), StringComparison.Ordinal);

        Assert.Equal(2, await RunAsync(AgreementCommand.Create(TimeProvider.System), "show", "leicestershire@2013-10-15"));
        Assert.Contains("leicestershire@2013-10-15", error.ToString(), StringComparison.Ordinal);

        Assert.Equal(0, await RunAsync(AgreementCommand.Create(TimeProvider.System), "schema"));
        using var schema = JsonDocument.Parse(output.ToString());

        Assert.Equal(1, await RunAsync(AgreementCommand.Create(TimeProvider.System), "check", Write("agreement.yaml", "id: a\ntitle: [a]\n")));
        Assert.StartsWith("agreement.yaml, line 1: 'dated' is missing", error.ToString(), StringComparison.Ordinal);
    }

    private string Write(string name, string text)
    {
        var path = Path.Combine(folder.FullName, name);
        File.WriteAllText(path, text);
        return path;
    }

    [Fact]
    public async Task A_mistyped_folder_is_told_and_not_made()
    {
        var mistyped = Path.Combine(folder.FullName, "tflow");
        var option = Options.Folder();

        Assert.NotEqual(0, await RunAsync(new RootCommand { option, QuestionCommand.Create(option) }, "question", "list", "--folder", mistyped));

        Assert.Contains($"There is no work folder {mistyped}.", error.ToString(), StringComparison.Ordinal);
        Assert.False(Directory.Exists(mistyped));
    }

    private async Task<int> RunAsync(Command command, params string[] args)
    {
        output.GetStringBuilder().Clear();
        error.GetStringBuilder().Clear();
        return await command.Parse(args).InvokeAsync(new InvocationConfiguration { Output = output, Error = error });
    }
}
