using System.Net;
using System.Text;

namespace TfFlow.Programme.Agreements;

/// <summary>A privacy notice as a page to publish and to print.</summary>
public static class PrivacyNoticeHtml
{
    internal const string Style = """
        body{font:18px/1.5 system-ui,sans-serif;max-width:44rem;margin:2rem auto;padding:0 1rem;color:#0b0c0c}
        h1{font-size:2rem;line-height:1.2}h2{font-size:1.35rem;margin:2rem 0 .5rem}li{margin:.3rem 0}
        table{border-collapse:collapse;width:100%;font-size:1rem}th,td{border-bottom:1px solid #b1b4b6;padding:.4rem .6rem .4rem 0;text-align:left;vertical-align:top}
        footer{margin-top:2.5rem;border-top:1px solid #b1b4b6;color:#505a5f;font-size:1rem}
        @media print{@page{size:A4;margin:18mm}body{font-size:11pt;max-width:none;margin:0;padding:0}h1{font-size:20pt}h2{font-size:13pt;break-after:avoid}
        table{font-size:9.5pt}thead{display:table-header-group}tr,li{break-inside:avoid}footer{font-size:9pt}}
        """;

    /// <param name="version">Its name, as it is published; empty before.</param>
    /// <returns>A whole page: one style, no script, nothing from anywhere else.</returns>
    public static string Render(PrivacyNotice notice, string version)
    {
        var page = new StringBuilder("<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>Privacy notice: ");
        page.Append(Text(notice.Organisation)).Append("</title><style>").Append(Style).Append("</style></head><body><main><h1>Privacy notice: families we support</h1><p>")
            .Append(Text(notice.Organisation)).Append("</p>");
        foreach (var section in notice.Sections.Where(section => section.Paragraphs.Count + section.Lines.Count + section.Rows.Count > 0))
        {
            page.Append("<h2>").Append(Text(section.Title)).Append("</h2>");
            page.AppendJoin("", section.Paragraphs.Select(paragraph => $"<p>{Text(paragraph)}</p>"));
            if (section.Lines.Count > 0)
            {
                page.Append("<ul>").AppendJoin("", section.Lines.Select(line => $"<li>{Text(line)}</li>")).Append("</ul>");
            }

            Table(section, page);
        }

        return page.Append("</main><footer><p>Version ").Append(Text(version)).Append(". It tells of these agreements: ")
            .Append(Text(string.Join(", ", notice.Agreements))).Append(".</p></footer></body></html>\n").ToString();
    }

    private static void Table(NoticeSection section, StringBuilder page)
    {
        if (section.Rows.Count == 0)
        {
            return;
        }

        page.Append("<table><thead><tr>").AppendJoin("", section.Headers.Select(header => $"<th scope=\"col\">{Text(header)}</th>")).Append("</tr></thead><tbody>");
        page.AppendJoin("", section.Rows.Select(row => $"<tr>{string.Concat(row.Select(cell => $"<td>{Text(cell)}</td>"))}</tr>\n"));
        page.Append("</tbody></table>");
    }

    private static string Text(string text) => WebUtility.HtmlEncode(text);
}
