using System.Text.RegularExpressions;
using TfFlow.Programme.Documents;
using TfFlow.Programme.Extracts;
using TfFlow.Programme.Retention;

namespace TfFlow.Programme.Agreements;

/// <summary>Reads an agreement from its (merged) document and checks that it holds together.</summary>
/// <param name="datasets">The specifications exchanges may name, by id.</param>
internal sealed partial class AgreementParser(IReadOnlyDictionary<string, DatasetSpecification> datasets)
{
    /// <exception cref="DocumentException">Naming file, line and what was expected.</exception>
    public Agreement Parse(DocumentMap map)
    {
        var agreement = new Agreement
        {
            Id = map.Id("id"),
            Title = map.Text("title"),
            Dated = map.Date("dated"),
            InForceFrom = map.Date("in_force_from"),
            Ends = map.DateOrNull("ends"),
            BuildsOn = map.TextOrNull("amends") ?? map.TextOrNull("extends"),
            Changes = map.Texts("changes"),
            Tier1 = map.Text("tier_1"),
            Owner = map.Text("owner"),
            Bases = [.. map.Maps("bases").Select(ParseBasis)],
            Parties = [.. map.Maps("parties").Select(ParseParty)],
            Purposes = [.. map.Maps("purposes").Select(ParsePurpose)],
            Retention = [.. map.Maps("retention").Select(ParseRetention)],
            Exchanges = [.. map.Maps("exchanges").Select(ParseExchange)],
            Exclusions = [.. map.Maps("exclusions").Select(ParseClause)],
            Consent = [.. map.Maps("consent").Select(ParseClause)],
            VictimsAndWitnessesWithConsent = map.Flag("victims_and_witnesses_with_consent"),
            MarkingCeiling = map.Word<Marking>("marking_ceiling"),
            BatchCeiling = map.WholeOrNull("batch_ceiling", least: 1),
            Review = map.MapOrNull("review") is { } review ? ParseReview(review) : map.Fault("'review' is missing", null, new Review(null, null, [], "")),
            TableAgreedByLeads = map.Flag("table_agreed_by_leads"),
            Source = map.Text("source"),
            Sha256 = DocumentHash.Of(map),
            Parts = DocumentHash.Parts(map),
        };
        CheckNames(map, agreement);
        map.Done();
        return agreement;
    }

    private static Party ParseParty(DocumentMap map)
    {
        var contacts = map.MapOrNull("contacts");
        var party = new Party(
            map.Id("id"),
            map.Text("name"),
            map.WordOrNull<PartyKind>("kind") ?? PartyKind.Controller,
            map.Texts("known_as"),
            map.DateOrNull("signed"),
            map.DateOrNull("tier_1_signed"),
            map.TextOrNull("basis"),
            contacts?.Children.Keys.ToDictionary(role => role, role => contacts.TextOrNull(role) ?? "") ?? [],
            map.Text("source"))
        {
            Organisations = map.Texts("organisations"),
            Contract = map.Flag("contract"),
            ClearedStaff = map.Flag("cleared_staff"),
            ChiefOfficer = map.Flag("chief_officer"),
        };
        foreach (var organisation in party.Organisations.Where(id => !DocumentMap.IsId(id)).Take(1))
        {
            map.Fault($"each of 'organisations' is expected to be an id: {DocumentMap.IdForm}", "organisations");
        }

        Once(map, "organisations", party.Organisations);
        map.Done();
        return party;
    }

    private static LegalBasis ParseBasis(DocumentMap map)
    {
        var basis = new LegalBasis(
            map.Id("id"),
            map.Texts("gateways"),
            map.TextOrNull("schedule_2"),
            map.TextOrNull("schedule_3"),
            map.TextOrNull("article_8"),
            map.TextOrNull("uk_gdpr_6"),
            map.TextOrNull("uk_gdpr_9_or_10"),
            map.TextOrNull("dpa_2018"),
            map.Text("source"));
        Of1998(map, "schedule_2", basis.Schedule2);
        Of1998(map, "schedule_3", basis.Schedule3);
        OfToday(map, "uk_gdpr_6", basis.UkGdpr6);
        OfToday(map, "uk_gdpr_9_or_10", basis.UkGdpr9Or10);
        OfToday(map, "dpa_2018", basis.Dpa2018);
        map.Done();
        return basis;
    }

    private static void Of1998(DocumentMap map, string key, string? value) => Expect(
        value is null || !Todays().IsMatch(value),
        map,
        $"'{key}' is a condition of the Data Protection Act 1998, and names an act of today: write that under 'uk_gdpr_6', 'uk_gdpr_9_or_10' or 'dpa_2018'",
        key);

    private static void OfToday(DocumentMap map, string key, string? value) => Expect(
        value is null || !Former().IsMatch(value),
        map,
        $"'{key}' is a condition of today's law, and names the Data Protection Act 1998: write that under 'schedule_2' or 'schedule_3'",
        key);

    [GeneratedRegex(@"\bGDPR\b|\b(?:DPA|Data Protection Act)[ ,]*2018\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Todays();

    [GeneratedRegex(@"\b(?:DPA|Data Protection Act)[ ,]*1998\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Former();

    private static Purpose ParsePurpose(DocumentMap map)
    {
        var purpose = new Purpose(map.Id("id"), map.Word<Use>("use"), map.Text("words"), map.Text("source"));
        map.Done();
        return purpose;
    }

    private static Clause ParseClause(DocumentMap map)
    {
        var clause = new Clause(map.Id("id"), map.Text("words"), map.Text("source"));
        map.Done();
        return clause;
    }

    private static RetentionRule ParseRetention(DocumentMap map)
    {
        var text = map.Text("period");
        var period = RetentionPeriod.TryParse(text, out var parsed) || text.Length == 0
            ? parsed
            : map.Fault("'period' is expected to be an ISO 8601 calendar period like P12M or P0D", "period", default(RetentionPeriod));
        var rule = new RetentionRule(
            map.Id("id"), map.Word<RetentionClass>("class"), map.Word<ClockEvent>("clock"), period, map.DateOrNull("not_before"), map.Text("source"))
        {
            Words = map.TextOrNull("words") ?? "",
            AgreedWith = map.IdOrNull<Party>("agreed_with"),
        };
        map.Done();
        return rule;
    }

    private Exchange ParseExchange(DocumentMap map)
    {
        var dataset = map.TextOrNull("dataset");
        var specification = dataset is null ? null : datasets.GetValueOrDefault(dataset) ?? map.Fault<DatasetSpecification?>($"'dataset' names '{dataset}', which has no specification", "dataset", null);
        var exchange = new Exchange
        {
            Id = map.Id("id"),
            From = map.Ids<Party>("from"),
            To = map.Ids<Party>("to"),
            Via = map.IdOrNull<Party>("via"),
            Information = map.Text("information"),
            Dataset = dataset,
            Specification = specification,
            Scope = map.WordOrNull<ExchangeScope>("scope") ?? ExchangeScope.Anyone,
            Uses = map.Words<Use>("uses"),
            HowOften = map.WordOrNull<Frequency>("how_often"),
            Means = map.Words<Means>("means"),
            Retention = map.Texts("retention"),
            Withheld = map.Texts("withheld"),
            Judgement = map.Flag("judgement"),
            Discovery = map.Flag("discovery"),
            AssetOwner = map.Flag("asset_owner"),
            Named = map.Flag("named"),
            TellFirst = map.Flag("tell_first"),
            Note = map.TextOrNull("note"),
            Source = map.Text("source"),
        };
        foreach (var unknown in exchange.Withheld.Where(column => specification is not null && specification.Find(column) < 0))
        {
            map.Fault($"'withheld' names '{unknown}', which is no column of the dataset", "withheld");
        }

        Once(map, "from", exchange.From.Texts());
        Once(map, "to", exchange.To.Texts());
        map.Done();
        return exchange;
    }

    private static Review ParseReview(DocumentMap map)
    {
        var review = new Review(map.DateOrNull("due"), map.WholeOrNull("every_months", least: 1, most: 1200), map.Texts("questions"), map.Text("source"));
        map.Done();
        return review;
    }

    private static void CheckNames(DocumentMap map, Agreement agreement)
    {
        Expect(agreement.Ends is not { } ends || ends >= agreement.InForceFrom || agreement.InForceFrom == default, map, "'ends' is before 'in_force_from': it would never be in force", "ends");
        foreach (var (party, at) in agreement.Parties.Zip(map.Maps("parties")))
        {
            Expect(party.Basis is null || agreement.BasisOf(party) is not null, at, $"party '{party.Id}' relies on the basis '{party.Basis}', which is not there", "basis");
        }

        foreach (var (rule, at) in agreement.Retention.Zip(map.Maps("retention")))
        {
            Expect(rule.AgreedWith is not { } with || agreement.Party(with) is not null, at, $"retention rule '{rule.Id}' is agreed with '{rule.AgreedWith}', which is no party", "agreed_with");
        }

        foreach (var (exchange, at) in agreement.Exchanges.Zip(map.Maps("exchanges")))
        {
            foreach (var (key, party) in exchange.From.Select(party => ("from", party)).Concat(exchange.To.Select(party => ("to", party))))
            {
                Expect(agreement.Party(party) is not null, at, $"exchange '{exchange.Id}' names '{party}', which is no party", key);
            }

            foreach (var rule in exchange.Retention)
            {
                Expect(agreement.Retention.Any(there => there.Id == rule), at, $"exchange '{exchange.Id}' names the retention rule '{rule}', which is not there", "retention");
            }

            Expect(exchange.Uses.Count > 0 || at.Has("uses"), at, $"exchange '{exchange.Id}' says nothing of what it is used for", "uses");
            Expect(!exchange.Uses.Except(agreement.Purposes.Select(purpose => purpose.Use)).Any(), at, $"exchange '{exchange.Id}' has a use no purpose of the agreement answers", "uses");
        }

        Twice(map, "parties", agreement.Parties.Select(party => party.Id.Text));
        Twice(map, "exchanges", agreement.Exchanges.Select(exchange => exchange.Id.Text));
        Twice(map, "bases", agreement.Bases.Select(basis => basis.Id));
        Twice(map, "purposes", agreement.Purposes.Select(purpose => purpose.Id));
        Twice(map, "retention", agreement.Retention.Select(rule => rule.Id));
    }

    private static void Once(DocumentMap map, string key, IEnumerable<string> ids)
    {
        foreach (var twice in ids.GroupBy(id => id).Where(group => group.Count() > 1))
        {
            map.Fault($"'{key}' names '{twice.Key}' twice", key);
        }
    }

    private static void Twice(DocumentMap map, string key, IEnumerable<string> ids)
    {
        foreach (var (id, at) in ids.Zip(map.Maps(key)).GroupBy(pair => pair.First).SelectMany(group => group.Skip(1)))
        {
            Expect(id.Length == 0, at, $"'{id}' is there twice in '{key}'", "id");
        }
    }

    private static void Expect(bool holds, DocumentMap at, string problem, string key)
    {
        if (!holds)
        {
            at.Fault(problem, key);
        }
    }
}
