using System.Globalization;
using System.Text;
using TfFlow.Linkage;

namespace TfFlow.Linkage.Tests;

/// <summary>Files of no, one or a few records, by every path: every identical person is found, figures are numbers, and what so few records cannot tell is said.</summary>
public sealed class FewRecordsTest
{
    private static readonly string[] Given = "Amara Bilal Chloe Dmitri Esme Farah Gareth Hana Idris Jodie Kamil Leila Marcus Nadia Owen Priya Quentin Rosa Samir Tamsin Umar Verity Wendell Xenia Yusuf Zara Alan Betty Carl Doris".Split(' ');
    private static readonly string[] Surnames = "Abbott Begum Castle Dixon Evans Farooq Green Hughes Iqbal Jarvis".Split(' ');
    private static readonly string[] Headers = ["forename", "surname", "date of birth", "sex", "address", "postcode"];

    /// <summary>How many records, and which columns the files have.</summary>
    public static TheoryData<int, string> Files()
    {
        var files = new TheoryData<int, string>();
        foreach (var columns in (string[])["012345", "012", "015", "0235"])
        {
            foreach (var records in (int[])[0, 1, 2, 3, 5, 9, 15, 30])
            {
                files.Add(records, columns);
            }
        }

        return files;
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Two_files(int records, string columns)
    {
        var (left, right) = (Csv(records, columns, "L"), Csv(records, columns, "R"));
        foreach (var oneToOne in (bool[])[false, true])
        {
            var found = RecordLinkage.Link(LinkageTest.Input(left), LinkageTest.Input(right), new() { OneToOne = oneToOne });
            AllFound(records, found);
            Honest(records, found.Report);

            // By the model it wrote, the same.
            AllFound(records, RecordLinkage.Link(LinkageTest.Input(left), LinkageTest.Input(right), new() { OneToOne = oneToOne, Model = Written(found.Model) }));
        }
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void One_file(int records, string columns)
    {
        var twice = Csv(records, columns, "L") + string.Join('\n', Csv(records, columns, "R").Split('\n')[1..]);
        var found = RecordLinkage.Dedupe(LinkageTest.Input(twice), new());
        AllFound(records, found);
        Honest(records, found.Report);
        AllFound(records, RecordLinkage.Dedupe(LinkageTest.Input(twice), new() { Model = Written(found.Model) }));
        Assert.Empty(RecordLinkage.Dedupe(LinkageTest.Input(Csv(records, columns, "L")), new()).Pairs);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Records_added_to_a_population(int records, string columns)
    {
        var (left, right) = (Csv(records, columns, "L"), Csv(records, columns, "R"));
        foreach (var model in (LinkageModel[])[RecordLinkage.Dedupe(LinkageTest.Input(left), new()).Model, RecordLinkage.Link(LinkageTest.Input(left), LinkageTest.Input(right), new()).Model])
        {
            var known = Enumerable.Range(0, records).ToDictionary(i => $"L{i}", i => $"L{i}");
            var grown = RecordLinkage.Extend(LinkageTest.Input(left), known, LinkageTest.Input(right), new() { Model = Written(model) });
            Assert.Equal(2 * records, grown.Clusters.Count);
            Assert.All(Enumerable.Range(0, records), i => Assert.Equal($"L{i}", grown.Clusters[$"R{i}"]));
            Assert.All(grown.Pairs, p => Assert.InRange(p.Probability, 0, 1));
        }
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Explanations_and_pages(int records, string columns)
    {
        var (left, right) = (Csv(records, columns, "L"), Csv(records, columns, "R"));
        using var page = new MemoryStream();
        RecordLinkage.WriteReport(page, LinkageTest.Input(left), LinkageTest.Input(right), records == 0 ? null : ("L0", "R0"), new());
        var text = Encoding.UTF8.GetString(page.ToArray());
        Assert.DoesNotContain("NaN", text, StringComparison.Ordinal);
        Assert.DoesNotContain("∞", text, StringComparison.Ordinal);
        if (records > 0)
        {
            var same = RecordLinkage.Explain(LinkageTest.Input(left), LinkageTest.Input(right), ("L0", "R0"), new());
            Assert.Equal(same.LogOdds, same.Start + same.Steps.Sum(s => s.Weight), 1e-3);
            Assert.True(same.Probability > 0.5, $"{same.Probability}");

            // By a model that was written, the same two are one as well.
            var model = Written(RecordLinkage.Link(LinkageTest.Input(left), LinkageTest.Input(right), new()).Model);
            var again = RecordLinkage.Explain(LinkageTest.Input(left), LinkageTest.Input(right), ("L0", "R0"), new() { Model = model });
            Assert.InRange(again.Probability, 0.5, 1);
            var other = RecordLinkage.Explain(LinkageTest.Input(left), LinkageTest.Input(right), ("L0", $"R{records - 1}"), new());
            Assert.True(records == 1 || other.Probability < 0.1, $"{other.Probability}");
        }
    }

    /// <summary>Quality and estimates of what was found, against the truth and against a reviewer who says "same" of all.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void Evaluations(int records)
    {
        var (left, right) = (Csv(records, "012345", "L"), Csv(records, "012345", "R"));
        var found = RecordLinkage.Link(LinkageTest.Input(left), LinkageTest.Input(right), new());
        var pairs = found.Pairs.Select(p => (Left: found.LeftId(p), Right: found.RightId(p), p.Probability)).ToList();
        Assert.All(PairQuality.ByThreshold(pairs, (l, r) => l[1..] == r[1..], records).Where(q => q.Threshold <= 0.5), q =>
        {
            Assert.Equal((records, 0, 0), (q.Right, q.Wrong, q.Missed));
            Assert.Equal((1, 1, records == 0 ? 0 : 1), (q.Precision, q.Recall, q.F1));
        });
        Assert.Equal(records, ClericalEstimate.Sample(pairs, 10).Count);
        foreach (var labels in (Dictionary<(string, string), bool>[])[[], pairs.ToDictionary(p => (p.Left, p.Right), _ => true)])
        {
            Assert.All(ClericalEstimate.Of(pairs, labels), estimate =>
            {
                double[] figures = [estimate.Precision.Low, estimate.Precision.Value, estimate.Precision.High, estimate.Recall.Low, estimate.Recall.Value, estimate.Recall.High];
                Assert.All(figures, f => Assert.InRange(f, 0, 1));
                Assert.True(records == 0 || estimate.Precision.Low < 0.95, $"{estimate}");
            });
        }
    }

    /// <summary>One to a few looked up in a register of many, and nobody of a few.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(20)]
    public void A_few_against_themselves_and_others(int records)
    {
        var (register, few) = (Csv(30, "012345", "L"), Csv(records, "012345", "R"));
        AllFound(records, RecordLinkage.Link(LinkageTest.Input(register), LinkageTest.Input(few), new()));
        AllFound(records, RecordLinkage.Link(LinkageTest.Input(Csv(records, "012345", "L")), LinkageTest.Input(Csv(30, "012345", "R")), new()));
        var others = string.Join('\n', Csv(30, "012345", "R").Split('\n').Where((_, i) => i == 0 || i > 30 - Math.Min(records, 9)));
        Assert.Empty(RecordLinkage.Link(LinkageTest.Input(Csv(20, "012345", "L")), LinkageTest.Input(others), new()).Pairs);
    }

    private static void AllFound(int records, LinkageResult found)
    {
        Assert.Equal(
            Enumerable.Range(0, records).Select(i => $"L{i} R{i}").Order(StringComparer.Ordinal),
            found.Pairs.Select(p => $"{found.LeftId(p)} {found.RightId(p)}").Order(StringComparer.Ordinal));
        Assert.All(found.Pairs, p => Assert.InRange(p.Probability, 0.5, 1));
    }

    /// <summary>Of a few records nothing is certain.</summary>
    private static void Honest(int records, LinkageReport report)
    {
        double[] figures = [report.ExpectedPrecision, report.ExpectedRecall, report.BlockingRecall, report.Precision.Low, report.Precision.High, report.Recall.Low, report.Recall.High, report.Threshold];
        Assert.All(figures, f => Assert.InRange(f, 0, 1));
        Assert.True(records == 0 || report.Precision.Low <= records / (records + 2.0), $"{report.Precision}");
        Assert.Equal(1, report.Precision.High);
    }

    private static LinkageModel Written(LinkageModel model)
    {
        using var file = new MemoryStream();
        ModelJson.Write(file, model);
        file.Position = 0;
        return ModelJson.Read(file, "model");
    }

    private static string Csv(int records, string columns, string prefix)
    {
        var csv = new StringBuilder("id," + string.Join(',', columns.Select(c => Headers[c - '0'])) + "\n");
        for (var i = 0; i < records; i++)
        {
            string[] person =
            [
                Given[i], Surnames[i * 7 % 10], string.Create(CultureInfo.InvariantCulture, $"{1940 + (i * 17 % 80)}-{1 + (i * 5 % 12):00}-{1 + (i * 11 % 28):00}"), i % 2 == 0 ? "F" : "M",
                $"{3 + (i * 13 % 150)} {(i % 3 == 0 ? "Elm Road" : "Mill Lane")}", $"LE{1 + (i % 9)} {1 + (i * 3 % 9)}A{"ABDEF"[i % 5]}",
            ];
            csv.Append(CultureInfo.InvariantCulture, $"{prefix}{i},{string.Join(',', columns.Select(c => person[c - '0']))}\n");
        }

        return csv.ToString();
    }
}
