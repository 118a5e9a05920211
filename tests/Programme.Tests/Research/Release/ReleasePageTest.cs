using System.Xml.Linq;
using TfFlow.Programme.Research.Release;

namespace TfFlow.Programme.Tests.Research.Release;

public class ReleasePageTest
{
    [Fact]
    public void The_chart_has_its_figures_in_the_table_behind_it()
    {
        var page = ReleasePage.Write(Record(new(0.5, 0.04, 1, 0.1, 0.25)));
        var bars = XElement.Parse(page[page.IndexOf("<svg", StringComparison.Ordinal)..(page.IndexOf("</svg>", StringComparison.Ordinal) + 6)])
            .Elements("rect").Select(bar => (double)bar.Attribute("width")!).ToList();

        Assert.Equal([175, 14, 350, 35, 87.5], bars);
        Assert.All((string[])["50.00", "4.00", "100.00", "10.00", "25.00"], figure => Assert.Contains($"<td>{figure} %</td>", page, StringComparison.Ordinal));
    }

    [Fact]
    public void It_holds_every_rule_and_runs_nothing()
    {
        var page = ReleasePage.Write(Record(null) with { Rules = [new("k-anonymity", "<10>", "12", Passed: true)] });

        Assert.Contains("<td>k-anonymity</td><td>&lt;10&gt;</td><td>12</td><td>yes</td>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<svg", page, StringComparison.Ordinal);
    }

    private static SdcRecord Record(ReleaseRisk? risk) => new()
    {
        Release = "r1",
        Recipient = "national-team",
        Requester = "evaluator-1",
        PreparedAt = new(2026, 6, 1, 0, 0, 0, TimeSpan.Zero),
        Tool = "TfFlow",
        Configuration = "national-evaluation 1",
        Risk = risk,
    };
}
