using System.Net;
using System.Text;
using TfFlow.Programme.Agreements;
using TfFlow.Programme.Research.Counts;

namespace TfFlow.Programme.Rights;

/// <summary>Something that is held, and is about nobody who can be recognised.</summary>
/// <param name="Reference">Names it, for whoever marks an exemption.</param>
/// <param name="Partners">Whose information it is too: they are consulted.</param>
/// <param name="PublishedBy">Partners on whose websites it stands: it is accessible already.</param>
/// <param name="Words">What it says, in sentences.</param>
/// <param name="Counts">Where it is figures: as they are, not for publication.</param>
public sealed record HeldInformation(
    string Reference, InformationSubject Subject, string Title, DateOnly? On, IReadOnlyList<string> Partners,
        IReadOnlyList<string> PublishedBy, IReadOnlyList<string> Words, CountTable? Counts = null);

/// <summary>A line of figures as it may be given; null: suppressed, since so few could be recognised.</summary>
public sealed record ResponseCount(string Name, long? Count);

/// <summary>What is given of something that is held.</summary>
/// <param name="Withheld">Why it is not given; empty when it is.</param>
public sealed record ResponseItem(string Reference, string Title, DateOnly? On, IReadOnlyList<string> Words,
    IReadOnlyList<ResponseCount> Counts, string Withheld);

/// <summary>The response to a request for information.</summary>
/// <remarks>seeds/002 §16.</remarks>
public sealed record InformationResponse(string Request, string Organisation, DateOnly On, IReadOnlyList<string> Words,
    IReadOnlyList<ResponseItem> Items)
{
    /// <summary>How figures are made safe: a reader may know the totals from elsewhere.</summary>
    private static readonly CountRules Rules = new() { ReaderKnows = KnownTotals.Exact };

    /// <summary>What is given of what is held: without what is exempt, and figures through disclosure control.</summary>
    public static InformationResponse Of(string id, InformationRequest request, string organisation, DateOnly on,
        IReadOnlyList<HeldInformation> held) => new(
        id,
        organisation,
        on,
        [
            held.Count == 0 ? "Nothing of what you asked for is held." : "This is what is held of what you asked for.",
            "Nobody can be recognised in it: small numbers are left out, and the others are rounded to the nearest five.",
            "If you are not content, ask us for an internal review. You can then complain to the Information Commissioner.",
        ],
        [.. held.Select(item => ItemOf(request, item))]);

    private static ResponseItem ItemOf(InformationRequest request, HeldInformation item)
    {
        var exemption = request.Exemptions.LastOrDefault(marked => marked.ItemReference == item.Reference && marked.Withholds);
        return exemption is null
            ? new(item.Reference, item.Title, item.On, [.. item.Words, .. Published(item)], item.Counts is { } counts ? Protected(counts)
                : [], "")
            : new(item.Reference, item.Title, item.On, exemption.Exemption is InformationExemption.AlreadyAccessible ? [.. Published(item)]
                : [], [], WordsOf(exemption, request.Regime));
    }

    private static IEnumerable<string> Published(HeldInformation item) =>
        item.PublishedBy.Count == 0 ? [] : [$"It is published by {string.Join(", ", item.PublishedBy)}."];

    private static IReadOnlyList<ResponseCount> Protected(CountTable counts)
    {
        var table = ProtectedTable.Of(counts, Rules);

        // What cannot be hidden is not given at all.
        return table.Exposed.Count > 0
            ? [.. counts.Rows.Select(name => new ResponseCount(name, null))]
            : [.. counts.Rows.Select((name, row) => new ResponseCount(name, table[new(row, 0)]))];
    }

    private static string WordsOf(ItemExemption exemption, InformationRegime regime)
    {
        var line = InformationExemptions.In(exemption.Exemption, regime)!;
        var law = regime is InformationRegime.FreedomOfInformation ? "Freedom of Information Act 2000"
            : "Environmental Information Regulations 2004";
        return $"This is not given: {line.Section} of the {law} ({Documents.Kebab.Of(exemption.Exemption).Replace('-', ' ')})."
            + (line.Qualified ? " The interest of the public in having it was weighed, and is outweighed." : "");
    }
}

/// <summary>The response as a page to read and to print.</summary>
public static class InformationResponseHtml
{
    /// <returns>A whole page: one style, no script, nothing from anywhere else.</returns>
    public static string Render(InformationResponse response)
    {
        var page = new StringBuilder(
            "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>Information that is held</title><style>");
        page.Append(PrivacyNoticeHtml.Style).Append("</style></head><body><main><h1>Information that is held</h1>")
            .AppendJoin("", response.Words.Select(Paragraph));
        foreach (var item in response.Items)
        {
            page.Append("<h2>").Append(Text(item.Title)).Append("</h2>")
                .AppendJoin("", item.On is { } day ? [Paragraph(day.InWords())] : Array.Empty<string>())
                .AppendJoin("", item.Words.Select(Paragraph));
            if (item.Counts.Count > 0)
            {
                page.Append("<table><tbody>").AppendJoin("", item.Counts.Select(count =>
                    $"<tr><th scope=\"row\">{Text(count.Name)}</th><td>{(count.Count is { } number ? number.ToString(System.Globalization.CultureInfo.InvariantCulture) : "left out")}</td></tr>")).Append("</tbody></table>");
            }

            page.AppendJoin("", item.Withheld.Length > 0 ? [Paragraph(item.Withheld)] : Array.Empty<string>());
        }

        return page.Append("</main><footer><p>").Append(Text(response.Organisation)).Append(", request ").Append(Text(response.Request))
            .Append(", ").Append(Text(response.On.InWords())).Append(".</p></footer></body></html>\n").ToString();
    }

    private static string Paragraph(string text) => $"<p>{Text(text)}</p>";

    private static string Text(string text) => WebUtility.HtmlEncode(text);
}
