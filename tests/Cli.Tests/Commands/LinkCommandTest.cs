using System.CommandLine;
using System.Globalization;
using System.Text;
using TfFlow.Cli.Commands;

namespace TfFlow.Cli.Tests.Commands;

/// <summary>`tfflow link`, on files as people have them.</summary>
public sealed class LinkCommandTest : IDisposable
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
    public void Two_files_are_linked_evaluated_and_explained()
    {
        var (left, right) = (Write("left.csv", People(false)), Write("right.csv", People(true)));
        Assert.Equal(0, Run("run", left, right, "--out", Name("pairs.csv"), "--model", Name("model.json")));
        Assert.Contains("forename is GivenName", error.ToString(), StringComparison.Ordinal);
        var lines = File.ReadAllLines(Name("pairs.csv"));
        Assert.Equal("left_id,right_id,match_probability", lines[0]);
        Assert.InRange(lines.Length, 590, 601);
        Assert.Equal(lines[1..].Order(StringComparer.Ordinal), lines[1..]);

        Assert.Equal(0, Run("evaluate", Name("pairs.csv"), "--truth", "regex:[0-9]+", "--left", left, "--right", right));
        Assert.Contains("threshold,pairs,right,wrong,missed,precision,recall,f1", output.ToString(), StringComparison.Ordinal);
        Assert.Matches("0.5,[0-9]+,[0-9]+,[0-9],[0-9]+,(1.0|0.99)", output.ToString());

        Assert.Equal(0, Run("explain", left, right, "--pair", "L17,R17", "--model", Name("model.json")));
        Assert.Contains("date of birth: the same", output.ToString(), StringComparison.Ordinal);
        Assert.Equal(1, Run("explain", left, right, "--pair", "L17,nobody"));
    }

    /// <summary>A register that its own pairs were written over would be lost.</summary>
    [Theory]
    [InlineData("run left.csv right.csv --out left.csv", "--out and LEFT are one file, left.csv")]
    [InlineData("run left.csv right.csv --out pairs.csv --doubts pairs.csv", "--out and --doubts are one file, pairs.csv")]
    [InlineData("dedupe left.csv --out pairs.csv --clusters left.csv", "--clusters and FILE are one file, left.csv")]
    [InlineData("report left.csv right.csv --out right.csv", "--out and RIGHT are one file, right.csv")]
    [InlineData("run left.csv right.csv --out pairs.csv --threshold NaN", "above 0 and up to 1")]
    [InlineData("sample pairs.csv --out sample.csv --size 0", "--size is 1 or more")]
    public void What_would_lie_on_another_file_or_mean_nothing_is_refused_and_nothing_is_written(string line, string expected)
    {
        Write("left.csv", People(false));
        Write("right.csv", People(true));
        Write("pairs.csv", "left_id,right_id,match_probability\nL1,R1,0.9\n");
        var before = Directory.GetFiles(folder.FullName).Order().Select(File.ReadAllText).ToList();
        Assert.Equal(2, Run([.. line.Split(' ').Select(word => word.EndsWith(".csv", StringComparison.Ordinal) ? Name(word) : word)]));
        Assert.Contains(expected, error.ToString(), StringComparison.Ordinal);
        Assert.Equal(before, Directory.GetFiles(folder.FullName).Order().Select(File.ReadAllText));
    }

    /// <summary>One of two twins on each register: the fields speak for one person, the rule for people of one home against it.</summary>
    [Fact]
    public void An_explanation_says_that_something_else_than_the_fields_decided()
    {
        var left = Write("left.csv", People(false) + "L900,Hassan,Mahmood,2014-05-06,LE2 3AB\n");
        var right = Write("right.csv", People(true) + "R900,Hussein,Mahmood,06/05/2014,LE2 3AB\n");
        Assert.Equal(0, Run("explain", left, right, "--pair", "L900,R900"));
        Assert.Contains("what no field says", output.ToString(), StringComparison.Ordinal);
        Assert.Equal(0, Run("explain", left, right, "--pair", "L17,R17"));
        Assert.DoesNotContain("what no field says", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_pair_that_is_decided_both_ways_is_refused_by_its_lines()
    {
        var (left, right) = (Write("left.csv", People(false)), Write("right.csv", People(true)));
        Write("decisions.csv", "left_id,right_id,decision\nL1,R1,same\nL2,R2,same\nR1,L1,different\n");
        Assert.Equal(1, Run("run", left, right, "--out", Name("pairs.csv"), "--decisions", Name("decisions.csv")));
        Assert.Contains("lines 2 and 4", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_population_is_grouped_extended_and_forgotten()
    {
        var left = Write("left.csv", People(false));
        Assert.Equal(0, Run("dedupe", left, "--out", Name("pairs.csv"), "--clusters", Name("clusters.csv"), "--model", Name("model.json")));
        var added = Write("new.csv", string.Join('\n', People(true).Split('\n')[..41]) + '\n');
        Assert.Equal(0, Run("extend", left, added, "--known", Name("clusters.csv"), "--clusters", Name("clusters.csv"), "--model", Name("model.json"), "--out", Name("more.csv")));
        var clusters = File.ReadAllLines(Name("clusters.csv")).Skip(1).Select(l => l.Split(',')).ToDictionary(l => l[0], l => l[1]);
        Assert.Equal(640, clusters.Count);
        Assert.True(clusters.Count(c => c.Key[0] == 'R' && c.Value == $"L{c.Key[1..]}") >= 38);

        Write("gone.csv", "id\nL3\n");
        Assert.Equal(0, Run("forget", Name("gone.csv"), "--clusters", Name("clusters.csv"), "--pairs", Name("more.csv")));
        foreach (var file in (string[])["clusters.csv", "more.csv"])
        {
            Assert.DoesNotContain("L3", File.ReadAllLines(Name(file)).SelectMany(l => l.Split(',')));
        }
    }

    [Fact]
    public void Reviewers_label_a_sample_and_their_labels_give_intervals()
    {
        Assert.Equal(0, Run("run", Write("left.csv", People(false)), Write("right.csv", People(true)), "--out", Name("pairs.csv"), "--threshold", "0.01"));
        Assert.Equal(0, Run("sample", Name("pairs.csv"), "--size", "60", "--out", Name("labels.csv")));
        var labels = File.ReadAllLines(Name("labels.csv"));
        File.WriteAllLines(Name("labels.csv"), labels.Take(1).Concat(labels.Skip(1).Select(l => l + (l.Split(',')[0][1..] == l.Split(',')[1][1..] ? "same" : "different"))));
        Assert.Equal(0, Run("evaluate", Name("pairs.csv"), "--labels", Name("labels.csv")));
        var row = output.ToString().Split('\n').Single(l => l.StartsWith("0.5,", StringComparison.Ordinal)).Split(',').Select(c => double.Parse(c, CultureInfo.InvariantCulture)).ToArray();
        Assert.True(row[2] > 0.9 && row[3] <= row[2] && row[2] <= row[4], string.Join(' ', row));
    }

    [Theory]
    [InlineData("a,b\n1,2\n", "none of its 2 columns could be recognised", 1)]
    [InlineData("id,forename\n1,Ann\n1,Bob\n", "repeats an earlier id", 1)]
    [InlineData("id,forename\n1,Ann,x\n", "3 fields where the header has 2", 1)]
    [InlineData("", "a header row was expected", 1)]
    [InlineData("Ann,1990-02-01,F\nBob,1991-03-02,M\nCleo,1992-04-03,F\nDan,1993-05-04,M\nEve,1994-06-05,F\nFay,1995-07-06,F\n", "looks like a record", 1)]
    public void A_file_that_cannot_be_linked_is_refused_and_leaves_what_was_there(string csv, string message, int code)
    {
        File.WriteAllText(Name("pairs.csv"), "earlier");
        string[] id = csv.StartsWith("id", StringComparison.Ordinal) ? ["--id", "id"] : [];
        Assert.Equal(code, Run(["dedupe", Write("bad.csv", csv), "--out", Name("pairs.csv"), .. id]));
        Assert.Contains(message, error.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("Ann", error.ToString(), StringComparison.Ordinal);
        Assert.Equal("earlier", File.ReadAllText(Name("pairs.csv")));
        Assert.DoesNotContain(folder.GetFiles(), f => f.Name.EndsWith(".partial", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("--columns", "GivenName=forenam")]
    [InlineData("--exclude", "pupil_note")]
    public void A_column_that_neither_file_has_is_a_slip_and_stops_the_run(string option, string value)
    {
        Assert.Equal(1, Run("run", Write("left.csv", People(false)), Write("right.csv", People(true)), "--out", Name("pairs.csv"), option, value));
        Assert.Contains($"there is no column {value.Split('=')[^1]}.", error.ToString(), StringComparison.Ordinal);
        Assert.False(File.Exists(Name("pairs.csv")));
    }

    [Fact]
    public void What_a_file_lacks_is_said_beside_the_figures()
    {
        Assert.Equal(0, Run("dedupe", Write("homes.csv", "id,postcode,sex\n1,LE1 1AA,F\n1,LE1 1AA,M\n2,LE1 1AB,F\n"), "--out", Name("pairs.csv")));
        Assert.Contains("no column says who a person is", error.ToString(), StringComparison.Ordinal);
        Assert.Contains("the column id is named like an id, but is empty or repeats", error.ToString(), StringComparison.Ordinal);

        Assert.Equal(0, Run("dedupe", Write("left.csv", People(false)), "--out", Name("pairs.csv")));
        Assert.DoesNotContain("no column says who", error.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("named like an id", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Labels_of_no_pair_of_the_file_give_no_figures()
    {
        Write("pairs.csv", "left_id,right_id,match_probability\nL1,R1,0.9\n");
        Assert.Equal(1, Run("evaluate", Name("pairs.csv"), "--labels", Write("labels.csv", "left_id,right_id,decision\nL1,R1,\n")));
        Assert.Contains("no decision in it is about a pair", error.ToString(), StringComparison.Ordinal);
        Assert.Empty(output.ToString());
    }

    [Fact]
    public void A_report_says_what_was_read_and_found()
    {
        Assert.Equal(0, Run("report", Write("left.csv", People(false)), Write("right.csv", People(true)), "--out", Name("page.html")));
        var page = File.ReadAllText(Name("page.html"));
        Assert.Contains("<b>left.csv</b>: 600 records, named by record_id.", page, StringComparison.Ordinal);
        Assert.Matches("<b>(5[0-9]{2}|600) links</b> of [0-9,]+ pairs scored, kept at probability 0\\.[0-9]+ or more", page);
    }

    [Fact]
    public void A_write_that_is_stopped_leaves_the_old_file_and_nothing_else()
    {
        File.WriteAllText(Name("pairs.csv"), "earlier");
        Assert.Throws<OperationCanceledException>(() => PairFiles.Write(new(Name("pairs.csv")), stream =>
        {
            stream.Write("half"u8);
            throw new OperationCanceledException();
        }));
        Assert.Equal("earlier", File.ReadAllText(Name("pairs.csv")));
        Assert.Single(folder.GetFiles());
    }

    /// <summary>Six hundred people; the later file as another office writes them, a few letters wrong.</summary>
    private static string People(bool later)
    {
        var csv = new StringBuilder(later ? "ref,forename,surname,d.o.b,post code\n" : "record_id,first_name,last_name,date_of_birth,postcode\n");
        for (var i = 0; i < 600; i++)
        {
            var random = new Random(i);
            string Name() => new([.. Enumerable.Range(0, 7).Select(at => at % 2 == 0 ? "BDFGKLMNPRST"[random.Next(12)] : "AEIOU"[random.Next(5)])]);
            var (given, surname, born) = (Name(), Name(), new DateOnly(1950, 1, 1).AddDays(random.Next(22_000)));
            given = later && i % 5 == 0 ? given.Remove(3, 1) : given;
            csv.Append(CultureInfo.InvariantCulture, $"{(later ? 'R' : 'L')}{i},{given},{surname},{born.ToString(later ? "dd/MM/yyyy" : "yyyy-MM-dd", CultureInfo.InvariantCulture)},LE{1 + random.Next(19)} {random.Next(1, 9)}AB\n");
        }

        return csv.ToString();
    }

    private string Name(string name) => Path.Combine(folder.FullName, name);

    private string Write(string name, string content)
    {
        File.WriteAllText(Name(name), content);
        return Name(name);
    }

    private int Run(params string[] args)
    {
        output.GetStringBuilder().Clear();
        error.GetStringBuilder().Clear();
        return LinkCommand.Create().Parse(args).Invoke(new InvocationConfiguration { Output = output, Error = error });
    }
}
