using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using TfFlow.Programme.Documents;
using TfFlow.Programme.Retention;

namespace TfFlow.Programme.Agreements;

/// <summary>What people are told about the use of what is known of them: who, what, why, how long, and their rights. It is written from the
/// agreements in force, so that it says what is done.</summary>
/// <remarks>seeds/003, seeds/004 are such notices; seeds/002 App A, fair processing. The rights are today's law (ours).</remarks>
public sealed record PrivacyNotice
{
    private const int HashDigits = 8;

    /// <summary>The organisation that gives it, by its name.</summary>
    public required string Organisation { get; init; }

    /// <summary>The ids of the agreements it tells of.</summary>
    public required IReadOnlyList<string> Agreements { get; init; }

    public required IReadOnlyList<NoticeSection> Sections { get; init; }

    /// <summary>SHA-256 of what it says, lower-case hex: the same agreements say the same.</summary>
    public string Sha256 => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(PrivacyNoticeHtml.Render(this, ""))));

    /// <summary>The name of the version that is published on a day: <c>2026-03-02-1f0c9a2b</c>.</summary>
    public string VersionOn(DateOnly day) => string.Create(CultureInfo.InvariantCulture, $"{day:yyyy-MM-dd}-{Sha256[..HashDigits]}");

    /// <param name="organisation">The controller whose notice it is.</param>
    /// <param name="agreements">Those in force; only those it is a party of are told of.</param>
    /// <returns>Null when it is a party of none.</returns>
    public static PrivacyNotice? Of(Id<Party> organisation, IEnumerable<Agreement> agreements)
    {
        var own = agreements.Where(agreement => agreement.Party(organisation) is not null).OrderBy(agreement => agreement.Id, StringComparer.Ordinal).ToList();
        return own.Count == 0 ? null : new()
        {
            Organisation = own[0].Party(organisation)!.Name,
            Agreements = [.. own.Select(agreement => agreement.Id)],
            Sections = [.. new NoticeWriter(organisation, own).Write()],
        };
    }
}

/// <summary>A part of a notice: paragraphs, then lines of a list, then a table.</summary>
/// <param name="Headers">Of the table; none: there is no table.</param>
public sealed record NoticeSection(
    string Title, IReadOnlyList<string> Paragraphs, IReadOnlyList<string> Lines, IReadOnlyList<string> Headers, IReadOnlyList<IReadOnlyList<string>> Rows);

/// <summary>Words a notice from agreements.</summary>
internal sealed class NoticeWriter(Id<Party> organisation, IReadOnlyList<Agreement> agreements)
{
    private string Name => agreements[0].Party(organisation)!.Name;

    // What a document leaves open is refused at the gate: it is not done, so it is not told.
    private IEnumerable<(Agreement Agreement, Exchange Exchange)> Exchanges =>
        from agreement in agreements
        from exchange in agreement.Exchanges
        where exchange.From.Contains(organisation) || exchange.To.Contains(organisation)
        where exchange.Uses.Count > 0 && exchange.Means.Count > 0 && (exchange.Dataset is not null || exchange.Means.Any(means => means.IsSpoken()))
        select (agreement, exchange);

    public IEnumerable<NoticeSection> Write()
    {
        yield return Plain(
            "What this is about",
            [
                $"{Name} and its partners support families who need help of several kinds. To find those families, to help them and to "
                + "see whether the help works, they share information about people. This notice says what is shared, with whom, why and "
                + "for how long, and what you can ask of us."],
            Purposes());
        yield return Plain("Who is responsible", [
            $"{Name} decides why and how the information that it holds is used: it is the controller. A partner that receives "
            + "information is the controller of what it received."], Processors());
        yield return Table(
            "What we receive about you",
            ["From", "What", "What for", "How often"],
            Exchanges.Where(pair => pair.Exchange.To.Contains(organisation)).Select(pair => Row(pair.Agreement, pair.Exchange, pair.Exchange.From, "our own records")));
        yield return Table(
            "What we give to others",
            ["To", "What", "What for", "How often"],
            Exchanges.Where(pair => pair.Exchange.From.Contains(organisation) && (pair.Exchange.To.Count == 0 || pair.Exchange.To.Any(party => party != organisation)))
                .Select(pair => Row(pair.Agreement, pair.Exchange, pair.Exchange.To, "those who meet about your family")));
        yield return Plain("What the law allows", ["Sharing needs a power in law and a reason that data protection law accepts. We rely on:"], Bases());
        yield return Plain("Your agreement", [
            "To find families we do not ask for consent. Before a key worker supports you we do, of everybody involved, unless the "
            + "law obliges us to share. You can refuse, and you can take consent back at any time: sharing for your support then stops."], Terms(agreement => agreement.Consent));
        if (Exchanges.Any(pair => pair.Exchange.Uses.Contains(Use.Profiling)))
        {
            yield return Plain("A computer's estimate", [
                "A processor works out from such information how likely it is that a child needs help. The estimate is advice. It has "
                + "a date and its reasons, and a person decides; it never decides alone."], []);
        }

        if (Exchanges.Any(pair => pair.Exchange.Uses.Contains(Use.Research)))
        {
            yield return Research();
        }

        yield return Plain("What is never shared", [], Terms(agreement => agreement.Exclusions));
        yield return Table("How long it is kept", ["What", "Until"], Retention());
        yield return Plain("Your rights", ["You can, at no cost:"], Rights());
        yield return Plain("Whom to ask", [], Contacts());
    }

    private IEnumerable<string> Purposes() => agreements.SelectMany(agreement => agreement.Purposes).Select(purpose => Public(purpose.Words)).Distinct();

    private IEnumerable<string> Processors() =>
        from party in agreements.SelectMany(agreement => agreement.Parties).DistinctBy(party => party.Id)
        where party.Kind is PartyKind.Processor
        select $"{party.Name} works on such information for its controller, under a contract, and for nothing else.";

    private string[] Row(Agreement agreement, Exchange exchange, IReadOnlyList<Id<Party>> parties, string none) =>
    [
        parties.Where(party => party != organisation).ToList() is { Count: > 0 } others ? string.Join(", ", others.Select(party => agreement.Party(party)?.Name ?? party)) : none,
        exchange.Information
            + (exchange.Scope is ExchangeScope.Anyone || exchange.Information.Contains("famil", StringComparison.OrdinalIgnoreCase) ? "" : $" ({About(exchange.Scope)})"),
        string.Join("; ", exchange.Uses.Select(For)),
        exchange.HowOften is { } often ? Kebab.Of(often).Replace('-', ' ') : "not settled",
    ];

    private IEnumerable<string> Bases() =>
        from agreement in agreements
        let party = agreement.Party(organisation)!
        let basis = agreement.BasisOf(party)
        where basis is not null
        select $"{agreement.Title}: {Public(basis.Words(agreement.UnderTodaysLaw))}.";

    private static NoticeSection Research() => Plain(
        "Research into whether the programme works",
        [
            "Names, dates of birth and addresses of families that took part, and of families that were assessed and did not, are "
                + "given to researchers. Government departments match them to what they hold, take every name, date of birth and "
                + "address out, and return the rest. The researchers compare the two groups.",
            "It does not affect you: no benefit, service or treatment depends on it, and no decision about anybody is made from "
                + "it. What the researchers put together never comes back to us or to any other public body. Reports speak of groups; "
                + "nobody can be recognised in them. Everything about people is destroyed when the research ends.",
            "For example: the Smith family was supported and the Jones family was assessed and was not. The researchers learn "
                + "that school attendance rose in one group and not in the other; they do not learn it of a Smith or a Jones.",
        ],
        []);

    private IEnumerable<string> Terms(Func<Agreement, IEnumerable<Clause>> clauses) => agreements.SelectMany(clauses).Select(clause => Public(clause.Words)).Distinct();

    private IEnumerable<string[]> Retention() =>
        from agreement in agreements
        from rule in agreement.Retention
        where Exchanges.Any(pair => pair.Agreement == agreement && pair.Exchange.Retention.Contains(rule.Id))
        select new[] { $"{Kept(rule.Class)} ({agreement.Title})", rule.Period.IsZero ? $"Erased {rule.InWords}" : $"Kept until {rule.InWords}" };

    private static IEnumerable<string> Rights()
    {
        yield return "see what is held about you, and have a copy;";
        yield return "have what is wrong put right;";
        yield return "ask for it to be erased, or for its use to be restricted;";
        yield return "object to particular uses. Tell us why: the use stops until we have decided, and if we find you right it has stopped for good;";
        yield return "take back any consent that you gave;";
        yield return "complain to us, and to the Information Commissioner (ico.org.uk). We answer within a month.";
    }

    private IEnumerable<string> Contacts()
    {
        var posts = agreements.SelectMany(agreement => agreement.Party(organisation)!.Contacts).Select(contact => $"{Name}, {contact.Value} ({contact.Key})").Distinct().ToList();
        return posts.Count > 0 ? posts : [$"{Name}: ask for whoever is responsible for information governance."];
    }

    private static NoticeSection Plain(string title, IReadOnlyList<string> paragraphs, IEnumerable<string> lines) => new(title, paragraphs, [.. lines], [], []);

    private static NoticeSection Table(string title, IReadOnlyList<string> headers, IEnumerable<IReadOnlyList<string>> rows) => new(title, [], [], headers, [.. rows]);

    // Documents mark what no paper says; that is for their readers.
    private static string Public(string words) => words.Replace("ours: ", "", StringComparison.Ordinal).Replace(" (ours)", "", StringComparison.Ordinal);

    private static string About(ExchangeScope scope) => scope is ExchangeScope.Allocated ? "families with a key worker only" : "families that meet the criteria only";

    private static string For(Use use) => use switch
    {
        Use.Identification => "to find families that need help",
        Use.Baseline => "to see whether the help works",
        Use.KeyWorker => "to inform the worker who supports you",
        Use.Management => "to support you well",
        Use.Research => "research",
        _ => "to estimate who may need help",
    };

    private static string Kept(RetentionClass about) => about switch
    {
        RetentionClass.Unmatched => "What came to find families and was not used",
        RetentionClass.NotMeeting => "What came about people whose family needs no such help",
        RetentionClass.OnProgramme => "What is known of families that are helped",
        RetentionClass.ComparisonGroup => "What is known of families that were assessed and were not helped",
        RetentionClass.Study => "What researchers hold",
        RetentionClass.BareMarker => "That somebody was a member of a family that was helped",
        _ => "What a processor holds",
    };
}
