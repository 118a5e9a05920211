using System.CommandLine;
using System.Text.Json;
using TfFlow.Cli.Commands;

namespace TfFlow.Cli.Tests.Commands;

public sealed class ResearchCommandTest : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("research").FullName;

    public ResearchCommandTest()
    {
        Write("families.csv", "age;area;need\n4;N;a\n4;N;b\n7;N;a\n8;N;c\n8;S;\"a\"\n9;S;a\n");
        Write("families_hierarchy_age.csv", "4;0-4;*\n7;5-9;*\n8;5-9;*\n9;5-9;*\n");
        Write("area.csv", "N,*\nS,*\n");
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Json_has_every_measure_under_its_documented_name()
    {
        var (code, output, _) = Run("--quasi", "age,area", "--sensitive", "need", "--json");
        var json = JsonDocument.Parse(output).RootElement;

        Assert.Equal(0, code);
        Assert.Equal(
            ["rows", "classes", "smallestClass", "sampleUniques", "averageRisk", "maximumRisk", "recordsInClassesBelow", "quasi", "sensitive"],
            json.EnumerateObject().Select(property => property.Name));
        Assert.Equal((6, 5, 1, 4), (Int(json, "rows"), Int(json, "classes"), Int(json, "smallestClass"), Int(json, "sampleUniques")));
        Assert.Equal(5.0 / 6, json.GetProperty("averageRisk").GetDouble(), 12);
        Assert.Equal(1, json.GetProperty("maximumRisk").GetDouble());
        Assert.Equal(["2:4", "3:6", "5:6", "10:6", "20:6", "100:6"], json.GetProperty("recordsInClassesBelow").EnumerateObject().Select(below => $"{below.Name}:{below.Value}"));
        Assert.Equal(["column", "level", "values", "distinction", "separation"], json.GetProperty("quasi")[0].EnumerateObject().Select(property => property.Name));
        Assert.Equal(["column", "distinctL", "entropyL", "t"], json.GetProperty("sensitive")[0].EnumerateObject().Select(property => property.Name));
    }

    [Fact]
    public void Levels_are_those_of_the_quasi_identifiers_in_order()
    {
        var (code, output, _) = Run("--quasi", "area,age", "--hierarchies", folder, "--levels", "0,1", "--sensitive", "need", "--json");
        var json = JsonDocument.Parse(output).RootElement;

        // 0-4 N: a b. 5-9 N: a c. 5-9 S: a a.
        Assert.Equal((0, 3, 2), (code, Int(json, "classes"), Int(json, "smallestClass")));
        var need = json.GetProperty("sensitive")[0];
        Assert.Equal((1, 1.0), (Int(need, "distinctL"), need.GetProperty("entropyL").GetDouble()));
        Assert.Equal(1.0 / 3, need.GetProperty("t").GetDouble(), 12);
    }

    [Fact]
    public void Text_is_plain_when_it_is_not_for_a_terminal()
    {
        var (code, output, _) = Run("--quasi", "age", "--sensitive", "need");

        Assert.Equal(0, code);
        Assert.Matches(@"(?m)^sample uniques +2 *$", output);
        Assert.Matches(@"(?m)^records in classes below 100 +6 *$", output);
        Assert.DoesNotContain('\u001b', output);
    }

    [Theory]
    [InlineData("--quasi nope", "no column 'nope'")]
    [InlineData("--quasi age --levels 3 --hierarchies DIR", "0 to 2")]
    [InlineData("--quasi need --levels 1 --hierarchies DIR", "no hierarchy file for column 'need'")]
    [InlineData("--quasi age --levels 1 --hierarchies DIR/none", "none")]
    public void What_the_files_do_not_give_is_a_data_problem(string arguments, string said)
    {
        var (code, output, error) = Run(arguments.Replace("DIR", folder, StringComparison.Ordinal).Split(' '));

        Assert.Equal((ExitCode.Refused, ""), (code, output));
        Assert.Contains(said, error, StringComparison.Ordinal);
    }

    /// <summary>Ten children, three terms each, one child a ward: everybody is unique, whatever the rows say.</summary>
    [Theory]
    [InlineData(',', "")]
    [InlineData(';', ";;;;\n;;;;\n")]
    [InlineData('\t', "\t\t\t\t\n  \t \t\t\t\n")]
    public void Rows_of_one_person_are_one_person(char separator, string blank)
    {
        var rows = Enumerable.Range(0, 30).Select(i => $"c{i / 3},{(i / 3 % 2 == 0 ? "M" : "F")},{2005 + (i / 3)},W{i / 3},{(i % 3 == 0 ? "EX" : "OK")}");
        Write("terms.csv", $"child,sex,year,ward,outcome\n{string.Join('\n', rows)}\n".Replace(',', separator) + blank);
        string[] command = ["--data", Path.Combine(folder, "terms.csv"), "--quasi", "sex,year,ward", "--sensitive", "outcome", "--json"];
        var (rowsAlone, people) = (JsonDocument.Parse(Run(command).Output).RootElement, JsonDocument.Parse(Run([.. command, "--person", "child"]).Output).RootElement);

        Assert.Equal((30, 3, 0), (Int(rowsAlone, "rows"), Int(rowsAlone, "smallestClass"), Int(rowsAlone, "sampleUniques")));
        Assert.False(rowsAlone.TryGetProperty("people", out _));
        Assert.Equal((30, 10, 1, 10), (Int(people, "rows"), Int(people, "people"), Int(people, "smallestClass"), Int(people, "sampleUniques")));
        Assert.Equal((1.0, 1), (people.GetProperty("averageRisk").GetDouble(), Int(people.GetProperty("sensitive")[0], "distinctL")));
    }

    /// <summary>Of a and b in ward N, b was in ward S for a term: alone there, and so recognisable.</summary>
    [Fact]
    public void A_person_is_as_safe_as_the_rarest_of_their_rows()
    {
        Write("moved.csv", "person,ward\na,N\na,N\nb,N\nb,S\n");
        var json = JsonDocument.Parse(Run("--data", Path.Combine(folder, "moved.csv"), "--quasi", "ward", "--person", "person", "--json").Output).RootElement;

        Assert.Equal((2, 2, 1, 1), (Int(json, "people"), Int(json, "classes"), Int(json, "smallestClass"), Int(json, "sampleUniques")));
        Assert.Equal(0.75, json.GetProperty("averageRisk").GetDouble(), 12);
    }

    [Fact]
    public void A_file_that_is_not_there_is_a_data_problem() => Assert.Equal(ExitCode.Refused, Run("--quasi", "age", "--data", "none.csv").Code);

    [Theory]
    [InlineData("--quasi")]
    [InlineData("--quasi age,age")]
    [InlineData("--quasi age --levels 1,2 --hierarchies DIR")]
    [InlineData("--quasi age --levels one --hierarchies DIR")]
    [InlineData("--quasi age --levels -1 --hierarchies DIR")]
    [InlineData("--quasi age --levels 1")]
    [InlineData("--quasi age --delimiter ab")]
    [InlineData("--quasi age --colour red")]
    public void A_wrong_command_line_is_usage(string arguments) => Assert.NotEmpty(Parse(arguments.Split(' '), TextWriter.Null).Errors);

    private (int Code, string Output, string Error) Run(params string[] arguments)
    {
        using var output = new StringWriter();
        try
        {
            return (Parse(arguments, output).Invoke(new() { EnableDefaultExceptionHandler = false }), output.ToString(), "");
        }
        catch (CommandException e)
        {
            return (e.ExitCode, output.ToString(), e.Message);
        }
    }

    private ParseResult Parse(string[] arguments, TextWriter output) => ResearchCommand.Create(Terminal.Create(output, plain: true), output).Parse(
        ["assess", .. arguments.Contains("--data") ? Array.Empty<string>() : ["--data", Path.Combine(folder, "families.csv")], .. arguments]);

    private static int Int(JsonElement json, string name) => json.GetProperty(name).GetInt32();

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(folder, name), text);
}
