using System.Net;
using System.Text;
using TfFlow.Programme.Agreements;

namespace TfFlow.Programme.Rights;

/// <summary>The answer to a person as a page to read and to print. Personal data.</summary>
public static class SubjectBundleHtml
{
    /// <summary>Columns of a table that still fits a printed page; a wider record is shown field by field.</summary>
    private const int WidestTable = 5;

    /// <returns>A whole page: one style, no script, nothing from anywhere else.</returns>
    public static string Render(SubjectBundle bundle)
    {
        var page = new StringBuilder(
            "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>What is held about you</title><style>");
        page.Append(PrivacyNoticeHtml.Style)
            .Append("h3{font-size:1.1rem;margin:1.5rem 0 .3rem}.left-out{border-left:.4rem solid #b1b4b6;padding-left:.8rem}</style></head><body><main><h1>What is held about you</h1>");
        page.AppendJoin("", bundle.Words.Select(Paragraph));
        foreach (var section in bundle.Parts.GroupBy(part => part.Section))
        {
            page.Append("<h2>").Append(Text(TitleOf(section.Key))).Append("</h2>");
            foreach (var part in section)
            {
                Part(part, page);
            }
        }

        return page.Append("</main><footer><p>").Append(Text(bundle.Organisation)).Append(", request ").Append(Text(bundle.Request))
            .Append(", as at ").Append(Text(bundle.AsAt.InWords())).Append(".</p></footer></body></html>\n").ToString();
    }

    private static string TitleOf(BundleSection section) => section switch
    {
        BundleSection.Records => "What others said of you",
        BundleSection.Case => "Your family's case",
        BundleSection.Disclosures => "Who was given or told something",
        _ => "What was done with it",
    };

    private static void Part(BundlePart part, StringBuilder page)
    {
        page.Append("<h3>").Append(Text(part.Title)).Append("</h3>");
        string[] about = [part.Source, part.AsAt is { } day ? $"as at {day.InWords()}" : ""];
        page.AppendJoin("", about.Any(text => text.Length > 0) ? [Paragraph(string.Join(", ", about.Where(text => text.Length > 0)))]
            : Array.Empty<string>());
        page.AppendJoin("", part.Words.Select(Paragraph));
        var names = part.Rows.SelectMany(row => row.Select(field => field.Name)).Distinct().ToList();
        if (names.Count <= WidestTable)
        {
            Table(names, part.Rows, page);
        }
        else
        {
            page.AppendJoin("", part.Rows.Select(row =>
                $"<table><tbody>{string.Concat(row.Select(field => $"<tr><th scope=\"row\">{Text(field.Name)}</th><td>{Text(field.Value)}</td></tr>"))}</tbody></table>\n"));
        }

        if (part.LeftOut.Length > 0)
        {
            page.Append("<p class=\"left-out\">").Append(Text(part.LeftOut)).Append("</p>");
        }
    }

    private static void Table(List<string> names, IReadOnlyList<IReadOnlyList<BundleField>> rows, StringBuilder page)
    {
        if (rows.Count == 0)
        {
            return;
        }

        page.Append("<table><thead><tr>").AppendJoin("", names.Select(name => $"<th scope=\"col\">{Text(name)}</th>"))
            .Append("</tr></thead><tbody>");
        page.AppendJoin("", rows.Select(row =>
            $"<tr>{string.Concat(names.Select(name => $"<td>{Text(string.Join("; ", row.Where(field => field.Name == name).Select(field => field.Value)))}</td>"))}</tr>\n"));
        page.Append("</tbody></table>");
    }

    private static string Paragraph(string text) => $"<p>{Text(text)}</p>";

    private static string Text(string text) => WebUtility.HtmlEncode(text);
}
