using System.Globalization;
using System.Net;
using System.Text;

namespace TfFlow.Programme.Research.Release;

/// <summary>What a release of records gave up, and for what: the chart of its record.</summary>
/// <param name="AverageBefore">One in the size of the class, over the records, before anything was made coarser or left out; 0 to 1.</param>
/// <param name="MaximumBefore">One in the size of the smallest class before; 0 to 1.</param>
/// <param name="Lost">Information lost: 0 nothing, 1 everything.</param>
public sealed record ReleaseRisk(double AverageBefore, double AverageAfter, double MaximumBefore, double MaximumAfter, double Lost);

/// <summary>The record of a release as one HTML page: no script, the chart in SVG with its table behind it.</summary>
public static class ReleasePage
{
    private const int Width = 640;
    private const int Line = 28;
    private const int Left = 220;
    private const int Right = 70;

    public static string Write(SdcRecord record)
    {
        var html = new StringBuilder(
            "<!DOCTYPE html><html lang=\"en\"><meta charset=\"utf-8\"><title>Record of a release</title><style>body{font:16px/1.5 Arial,sans-serif;"
            + "max-width:46em;margin:2em auto;padding:0 1em;color:#0b0c0c}svg{display:block;max-width:100%}text{font:13px Arial,sans-serif;fill:#0b0c0c}"
            + "table{border-collapse:collapse}th,td{text-align:left;padding:.2em 1.2em .2em 0;border-bottom:1px solid #b1b4b6}.bar{fill:#1d70b8}"
            + "</style><main><h1>Record of a release</h1>");
        html.Append(CultureInfo.InvariantCulture, $"<p>Release {Text(record.Release)} for {Text(record.Recipient)}, prepared on {record.PreparedAt:d MMMM yyyy} by {Text(record.Configuration)}.</p>");
        if (record.Risk is { } risk)
        {
            Risk(html, risk);
        }

        Table(html, "Rules", ["Rule", "Asked", "Result", "Passed"], record.Rules.Select(rule => new[] { rule.Rule, rule.Threshold, rule.Result, rule.Passed ? "yes" : "no" }));
        Table(html, "Findings of the review", ["File", "What"], record.Review.Select(finding => new[] { finding.File, finding.What }));
        Table(html, "Approvals", ["Who", "Role", "When"], record.Approvals.Select(approval => new[] { approval.Approver, approval.Role, approval.At.ToString("d MMMM yyyy", CultureInfo.InvariantCulture) }));
        return html.Append("</main></html>\n").ToString();
    }

    private static void Risk(StringBuilder html, ReleaseRisk risk)
    {
        (string Name, double Share)[] bars =
        [
            ("Average risk before", risk.AverageBefore),
            ("Average risk after", risk.AverageAfter),
            ("Highest risk before", risk.MaximumBefore),
            ("Highest risk after", risk.MaximumAfter),
            ("Information lost", risk.Lost),
        ];
        html.Append(CultureInfo.InvariantCulture, $"<h2>Risk and loss</h2><svg viewBox=\"0 0 {Width} {bars.Length * Line}\" role=\"img\" aria-label=\"Risk before and after, and information lost; the figures are in the table\">");
        foreach (var (i, (name, share)) in bars.Index())
        {
            var length = Math.Clamp(share, 0, 1) * (Width - Left - Right);
            html.Append(CultureInfo.InvariantCulture, $"<text x=\"{Left - 8}\" y=\"{(i * Line) + 18}\" text-anchor=\"end\">{name}</text>");
            html.Append(CultureInfo.InvariantCulture, $"<rect class=\"bar\" x=\"{Left}\" y=\"{(i * Line) + 4}\" width=\"{length:0.#}\" height=\"{Line - 8}\"/>");
            html.Append(CultureInfo.InvariantCulture, $"<text x=\"{Left + length + 6:0.#}\" y=\"{(i * Line) + 18}\">{Per(share)}</text>");
        }

        html.Append("</svg>");
        Table(html, "", ["Figure", "Per cent"], bars.Select(bar => new[] { bar.Name, Per(bar.Share) }));
        html.Append("<p>The risk is that of being picked rightly by somebody who knows that a family is in the data, and all of its columns by which it could be recognised.</p>");
    }

    private static void Table(StringBuilder html, string title, string[] headers, IEnumerable<string[]> rows)
    {
        var lines = rows.ToList();
        if (lines.Count == 0)
        {
            return;
        }

        html.Append(title.Length > 0 ? $"<h2>{title}</h2>" : "").Append("<table><tr>").AppendJoin("", headers.Select(header => $"<th>{header}</th>")).Append("</tr>");
        foreach (var line in lines)
        {
            html.Append("<tr>").AppendJoin("", line.Select(cell => $"<td>{Text(cell)}</td>")).Append("</tr>");
        }

        html.Append("</table>");
    }

    private static string Per(double share) => share.ToString("P2", CultureInfo.InvariantCulture);

    private static string Text(string text) => WebUtility.HtmlEncode(text);
}
