using System.Globalization;
using System.Net;
using System.Text;
using TfFlow.Programme.Documents;
using TfFlow.Programme.Retention;

namespace TfFlow.Programme.Agreements;

/// <summary>An agreement as one page to publish beside the signed paper: every line with the line of the source that carries it.</summary>
/// <remarks>seeds/002 §16: each partner publishes the agreement on its website.</remarks>
public static class AgreementHtml
{
    private const string Style = """
        body{font:16px/1.5 system-ui,sans-serif;max-width:70rem;margin:2rem auto;padding:0 1rem;color:#0b0c0c}
        table{border-collapse:collapse;width:100%;margin:.5rem 0 2rem}th,td{border:1px solid #b1b4b6;padding:.4rem .6rem;text-align:left;vertical-align:top}
        th{background:#f3f2f1}small{color:#505a5f}.blank{color:#942514}dt{font-weight:bold}
        """;

    public static string Render(Agreement agreement)
    {
        var page = new StringBuilder();
        page.Append("<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>")
            .Append(Text(agreement.Title)).Append("</title><style>").Append(Style).Append("</style></head><body>");
        page.Append("<h1>").Append(Text(agreement.Title)).Append("</h1><p>").Append(Text(agreement.Name)).Append("</p>");
        Head(agreement, page);
        Table(page, "What this version changed", ["Change"], agreement.Changes.Select(change => new[] { change }));
        Table(page, "Parties", ["Party", "Also called", "Signed", "Signed the agreement above", "Relies on", "Submits for", "Contacts (posts)", "Source"], agreement.Parties.Select(party => new[]
        {
            $"{party.Name} ({Plain(party.Kind)})", Or(string.Join(", ", party.KnownAs)), Day(party.SignedOn), Day(party.Tier1SignedOn), party.Basis ?? "", party.Organisations.Count > 0 ? string.Join(", ", party.Organisations) : "itself", Or(string.Join("; ", party.Contacts.Select(contact => $"{contact.Key}: {contact.Value}"))), party.Source,
        }));
        Table(page, "Legal bases", ["Basis", "Gateways", "Schedule 2 (1998)", "Schedule 3 (1998)", "Article 8", "UK GDPR and DPA 2018", "Source"], agreement.Bases.Select(basis => new[]
        {
            basis.Id, string.Join("; ", basis.Gateways), Asked(!agreement.UnderTodaysLaw, basis.Schedule2), Asked(!agreement.UnderTodaysLaw, basis.Schedule3), basis.Article8 ?? "",
            Asked(agreement.UnderTodaysLaw, string.Join("; ", new[] { basis.UkGdpr6, basis.UkGdpr9Or10, basis.Dpa2018 }.OfType<string>())), basis.Source,
        }));
        Table(page, "Purposes", ["Use", "Purpose", "Source"], agreement.Purposes.Select(purpose => new[] { Plain(purpose.Use), purpose.Words, purpose.Source }));
        Table(page, "Exchanges", ["Exchange", "From", "To", "Information", "About", "Used for", "How often", "Means", "Kept by", "Dataset", "Note", "Source"], agreement.Exchanges.Select(exchange => Row(agreement, exchange)));
        Table(page, "Retention", ["Rule", "About", "Period", "Counted from", "Not before", "Agreed with", "Words", "Source"], agreement.Retention.Select(rule => new[]
        {
            rule.Id, Plain(rule.Class), rule.Period.InWords, rule.Clock.InWords(), rule.NotBefore is { } floor ? Day(floor) : "–", rule.AgreedWith is { } partner ? Name(agreement, partner) : "–", rule.Words.Length > 0 ? rule.Words : "–", rule.Source,
        }));
        Table(page, "Never shared", ["Term", "Words", "Source"], agreement.Exclusions.Select(Row));
        Table(page, "Basis by stage", ["Term", "Words", "Source"], agreement.Consent.Select(Row));
        return page.Append("</body></html>\n").ToString();
    }

    private static void Head(Agreement agreement, StringBuilder page)
    {
        page.Append("<dl>");
        foreach (var (term, words) in new[]
        {
            ("In force", $"{Day(agreement.InForceFrom)} to {(agreement.Ends is { } end ? Day(end) : "further notice")}"),
            ("Builds on", agreement.BuildsOn ?? "nothing: a first version"),
            ("Under", agreement.Tier1),
            ("Owner", agreement.Owner.Text),
            ("Review", $"{Day(agreement.Review.Due)}{(agreement.Review.EveryMonths is { } months ? $", then every {months} months" : "")} ({agreement.Review.Source})"),
            ("Questions of the review", agreement.Review.Questions.Count == 0 ? "–" : string.Join(" ", agreement.Review.Questions)),
            ("Highest protective marking", Marked(agreement.MarkingCeiling)),
            ("Rows in a batch", agreement.BatchCeiling?.ToString(CultureInfo.InvariantCulture) ?? "no ceiling"),
            ("Victims and witnesses", agreement.VictimsAndWitnessesWithConsent ? "only with their consent, specifically sought" : "never"),
            ("Source", agreement.Source),
        })
        {
            page.Append("<dt>").Append(Text(term)).Append("</dt><dd>").Append(Cell(words)).Append("</dd>");
        }

        page.Append("</dl>");
    }

    private static string[] Row(Clause clause) => [clause.Id, clause.Words, clause.Source];

    private static string[] Row(Agreement agreement, Exchange exchange) =>
    [
        exchange.Id,
        Names(agreement, exchange.From) + (exchange.Via is { } via ? $" ({Name(agreement, via)})" : ""),
        Names(agreement, exchange.To),
        exchange.Information,
        Plain(exchange.Scope),
        string.Join(", ", exchange.Uses.Select(Plain)),
        exchange.HowOften is { } often ? Plain(often) : "",
        string.Join(", ", exchange.Means.Select(Plain)),
        string.Join(", ", exchange.Retention),
        (exchange.Specification?.Title ?? "") + (exchange.Withheld.Count > 0 ? $" without {string.Join(", ", exchange.Withheld)}" : ""),
        Or(string.Join(' ', new[]
        {
            exchange.Note ?? "",
            exchange.Judgement ? "Needs the sender's judgement before transfer." : "",
            exchange.Discovery ? "Needs a profile of the source, filed before its first file." : "",
            exchange.AssetOwner ? "Needs the approval of its Information Asset Owner." : "",
            exchange.Named ? "Only people who are named send it, take it in and match it." : "",
            exchange.TellFirst ? "Everybody it names is given the privacy notice first." : "",
        }.Where(note => note.Length > 0))),
        exchange.Source,
    ];

    private static void Table(StringBuilder page, string title, string[] headers, IEnumerable<string[]> rows)
    {
        var body = rows.ToList();
        if (body.Count == 0)
        {
            return;
        }

        page.Append("<h2>").Append(Text(title)).Append("</h2><table><thead><tr>");
        foreach (var header in headers)
        {
            page.Append("<th scope=\"col\">").Append(Text(header)).Append("</th>");
        }

        page.Append("</tr></thead><tbody>");
        foreach (var row in body)
        {
            page.Append("<tr>").AppendJoin("", row.Select(cell => $"<td>{Cell(cell)}</td>")).Append("</tr>\n");
        }

        page.Append("</tbody></table>");
    }

    // What no paper has to say is no blank of it.
    private static string Or(string text) => text.Length > 0 ? text : "–";

    private static string Asked(bool asked, string? text) => asked ? text ?? "" : Or(text ?? "");

    // A blank of the paper is shown as one: it means not agreed.
    private static string Cell(string text) => text.Length == 0 ? "<span class=\"blank\">blank</span>" : Text(text);

    private static string Names(Agreement agreement, IEnumerable<Id<Party>> parties) => string.Join(", ", parties.Select(party => Name(agreement, party)));

    private static string Name(Agreement agreement, Id<Party> party) => agreement.Party(party)?.Name ?? party;

    private static string Plain<T>(T word)
        where T : struct, Enum => Kebab.Of(word).Replace('-', ' ');

    private static string Marked(Marking marking) => marking is Marking.OfficialSensitive ? "OFFICIAL-SENSITIVE" : Plain(marking).ToUpperInvariant();

    private static string Text(string text) => WebUtility.HtmlEncode(text);

    private static string Day(DateOnly? day) => day?.ToString("d MMMM yyyy", CultureInfo.InvariantCulture) ?? "";
}
