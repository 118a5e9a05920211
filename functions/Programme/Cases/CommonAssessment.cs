using System.Net;
using System.Text;

namespace TfFlow.Programme.Cases;

/// <summary>A member of the family as their signed form has them. Personal data.</summary>
public sealed record AssessedPerson(string Name, DateOnly DateOfBirth, string Address);

/// <summary>What a source said, with when it said it. Personal data.</summary>
/// <param name="Source">An organisation, by its id.</param>
/// <param name="Facts">Name and value of each field.</param>
public sealed record AssessedItem(string Source, DateOnly AsAt, string Dataset, IReadOnlyList<(string Name, string Value)> Facts);

/// <summary>The start of the Common Assessment Framework for a family: what is known is filled in with its source and date, what the key
/// worker
/// finds out with the family is left blank. Personal data.</summary>
/// <remarks>seeds/001 3 Final suitability: the pack "will also help inform the initial CAF (Common Assessment Framework) completed by the
/// keyworker during an intervention". The headings are the published framework's.</remarks>
/// <param name="Case">The family's reference.</param>
/// <param name="Problems">Why it was found, a line each.</param>
/// <param name="Withheld">How many items are left out.</param>
public sealed record CommonAssessment(
    string Case, DateOnly On, IReadOnlyList<AssessedPerson> People, IReadOnlyList<string> Problems, IReadOnlyList<AssessedItem> Items, int Withheld)
{
    private const string Style = """
        body{font:16px/1.45 system-ui,sans-serif;max-width:50rem;margin:1.5rem auto;padding:0 1rem;color:#0b0c0c}h2{margin:1.6rem 0 .4rem}
        table{border-collapse:collapse;width:100%}th,td{border:1px solid #b1b4b6;padding:.3rem .5rem;text-align:left;vertical-align:top}
        .blank{border:1px solid #505a5f;min-height:6rem;margin:.3rem 0}small{color:#505a5f}
        @media print{@page{size:A4;margin:15mm}body{font-size:10.5pt;max-width:none;margin:0;padding:0}tr{break-inside:avoid}h2{break-after:avoid}.blank{min-height:40mm}}
        """;

    private static readonly string[] ToComplete =
    [
        "Development of the child: health, learning, behaviour, relationships",
        "Parents and carers: care, warmth, guidance",
        "Family and environment: home, work, money, community",
        "What the family says itself",
        "Strengths, needs and what is to be done",
    ];

    /// <returns>A whole page to print; every text is encoded.</returns>
    public string ToHtml()
    {
        var page = new StringBuilder("<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>Common assessment</title><style>").Append(Style)
            .Append("</style></head><body><h1>Common assessment</h1><p>Family ").Append(Text(Case)).Append(", begun on ").Append(On.InWords())
            .Append(". What stands here came with the information pack. Check it with the family before you rely on it.</p>");
        Table(page, "Who lives here", ["Name", "Born", "Address"], People.Select(person => new[] { person.Name, person.DateOfBirth.InWords(), person.Address }));
        page.Append("<h2>Why the family was found</h2><ul>").AppendJoin("", Problems.Select(problem => $"<li>{Text(problem)}</li>")).Append("</ul>");
        Table(page, "What is known", ["Source", "As at", "What", "Details"], Items.Select(item => new[]
        {
            item.Source, item.AsAt.InWords(), item.Dataset, string.Join("; ", item.Facts.Select(fact => $"{fact.Name}: {fact.Value}")),
        }));
        if (Withheld > 0)
        {
            page.Append("<p><small>").Append(Withheld)
                .Append(" not shown: no longer current, not allowed now, objected to, or about a victim or witness who has not agreed.</small></p>");
        }

        foreach (var heading in ToComplete)
        {
            page.Append("<h2>").Append(Text(heading)).Append("</h2><div class=\"blank\"></div>");
        }

        return page.Append("</body></html>\n").ToString();
    }

    private static void Table(StringBuilder page, string title, string[] headers, IEnumerable<string[]> rows)
    {
        page.Append("<h2>").Append(Text(title)).Append("</h2><table><thead><tr>").AppendJoin("", headers.Select(header => $"<th scope=\"col\">{Text(header)}</th>"))
            .Append("</tr></thead><tbody>");
        page.AppendJoin("", rows.Select(row => $"<tr>{string.Concat(row.Select(cell => $"<td>{Text(cell)}</td>"))}</tr>\n")).Append("</tbody></table>");
    }

    private static string Text(string text) => WebUtility.HtmlEncode(text);
}
