using TfFlow.Programme.Documents;
using TfFlow.Programme.Extracts;
using TfFlow.Programme.Retention;

namespace TfFlow.Programme.Agreements;

/// <summary>Reads an agreement from its (merged) document and checks that it holds together.</summary>
internal static class AgreementParser
{
    /// <exception cref="DocumentException">Naming file, line and what was expected.</exception>
    public static Agreement Parse(DocumentMap map)
    {
        var agreement = new Agreement
        {
            Id = map.Text("id"),
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
            BatchCeiling = map.WholeOrNull("batch_ceiling"),
            Review = ParseReview(map.MapOrNull("review") ?? throw map.Error("'review' is missing")),
            Source = map.Text("source"),
        };
        CheckNames(map, agreement);
        map.Done();
        return agreement;
    }

    private static Party ParseParty(DocumentMap map)
    {
        var contacts = map.MapOrNull("contacts");
        var party = new Party(
            map.Text("id"),
            map.Text("name"),
            map.WordOrNull<PartyKind>("kind") ?? PartyKind.Controller,
            map.Texts("known_as"),
            map.DateOrNull("signed"),
            map.DateOrNull("tier_1_signed"),
            map.TextOrNull("basis"),
            contacts?.Children.Keys.ToDictionary(role => role, role => contacts.TextOrNull(role) ?? "") ?? [],
            map.Text("source"));
        map.Done();
        return party;
    }

    private static LegalBasis ParseBasis(DocumentMap map)
    {
        var basis = new LegalBasis(
            map.Text("id"),
            map.Texts("gateways"),
            map.TextOrNull("schedule_2"),
            map.TextOrNull("schedule_3"),
            map.TextOrNull("article_8"),
            map.TextOrNull("uk_gdpr_6"),
            map.TextOrNull("uk_gdpr_9_or_10"),
            map.Text("source"));
        map.Done();
        return basis;
    }

    private static Purpose ParsePurpose(DocumentMap map)
    {
        var purpose = new Purpose(map.Text("id"), map.Word<Use>("use"), map.Text("words"), map.Text("source"));
        map.Done();
        return purpose;
    }

    private static Clause ParseClause(DocumentMap map)
    {
        var clause = new Clause(map.Text("id"), map.Text("words"), map.Text("source"));
        map.Done();
        return clause;
    }

    private static RetentionRule ParseRetention(DocumentMap map)
    {
        var period = RetentionPeriod.TryParse(map.Text("period"), out var parsed)
            ? parsed
            : throw map.Error("'period' is expected to be an ISO 8601 calendar period like P12M or P0D", "period");
        var rule = new RetentionRule(
            map.Text("id"), map.Word<RetentionClass>("class"), map.Word<ClockEvent>("clock"), period, map.DateOrNull("not_before"), map.Text("source"));
        map.Done();
        return rule;
    }

    private static Exchange ParseExchange(DocumentMap map)
    {
        var exchange = new Exchange
        {
            Id = map.Text("id"),
            From = map.Texts("from"),
            To = map.Texts("to"),
            Via = map.TextOrNull("via"),
            Information = map.Text("information"),
            Dataset = map.TextOrNull("dataset"),
            Scope = map.WordOrNull<ExchangeScope>("scope") ?? ExchangeScope.Anyone,
            Uses = map.Words<Use>("uses"),
            HowOften = map.WordOrNull<Frequency>("how_often"),
            Means = map.Words<Means>("means"),
            Retention = map.Texts("retention"),
            Withheld = map.Texts("withheld"),
            Judgement = map.Flag("judgement"),
            Note = map.TextOrNull("note"),
            Source = map.Text("source"),
        };
        if (exchange.Dataset is { } dataset && DatasetCatalogue.Find(dataset) is null)
        {
            throw map.Error($"'dataset' names '{dataset}', which has no specification", "dataset");
        }

        if (exchange.Withheld.FirstOrDefault(column => exchange.Specification?.Find(column) is null or -1) is { } unknown)
        {
            throw map.Error($"'withheld' names '{unknown}', which is no column of the dataset", "withheld");
        }

        map.Done();
        return exchange;
    }

    private static Review ParseReview(DocumentMap map)
    {
        var review = new Review(map.DateOrNull("due"), map.WholeOrNull("every_months"), map.Texts("questions"), map.Text("source"));
        map.Done();
        return review;
    }

    private static void CheckNames(DocumentMap map, Agreement agreement)
    {
        foreach (var (party, at) in agreement.Parties.Zip(map.Maps("parties")))
        {
            if (party.Basis is not null && agreement.BasisOf(party) is null)
            {
                throw at.Error($"party '{party.Id}' relies on the basis '{party.Basis}', which is not there", "basis");
            }
        }

        foreach (var (exchange, at) in agreement.Exchanges.Zip(map.Maps("exchanges")))
        {
            if (exchange.From.Concat(exchange.To).FirstOrDefault(id => agreement.Party(id) is null) is { } stranger)
            {
                throw at.Error($"exchange '{exchange.Id}' names '{stranger}', which is no party");
            }

            if (exchange.Retention.FirstOrDefault(id => agreement.Retention.All(rule => rule.Id != id)) is { } missing)
            {
                throw at.Error($"exchange '{exchange.Id}' names the retention rule '{missing}', which is not there", "retention");
            }

            if (exchange.Uses.Except(agreement.Purposes.Select(purpose => purpose.Use)).Any())
            {
                throw at.Error($"exchange '{exchange.Id}' has a use no purpose of the agreement answers", "uses");
            }
        }
    }
}
