using System.Text.Json;
using System.Text.RegularExpressions;
using TfFlow.Programme.Agreements;
using TfFlow.Programme.Documents;
using TfFlow.Programme.Extracts;
using TfFlow.Programme.Retention;

namespace TfFlow.Programme.Tests.Agreements;

public sealed partial class ShippedAgreementsTest
{
    public static TheoryData<string> Names => [.. AgreementCatalogue.Shipped.Versions.Select(agreement => agreement.Name)];

    [Fact]
    public void The_reference_agreements_ship() => Assert.Equal(
        ["bristol@2015-04-13", "bristol@2025-09-01", "dwp@2025-09-01", "hackney-csps@2025-09-01", "hackney-csps@2025-12-01", "leicestershire@2013-10-14", "leicestershire@2025-09-01", "national-police@2013-04-01", "nis-authority@2025-09-01", "nis-authority@2025-12-01", "nis-department@2025-09-01", "nis-department@2025-12-01"],
        AgreementCatalogue.Shipped.Versions.Select(agreement => agreement.Name));

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_line_cites_the_document_that_carries_it_or_says_it_is_ours(string name)
    {
        var agreement = AgreementCatalogue.Shipped.Find(name)!;
        var sources = agreement.Parties.Select(party => party.Source)
            .Concat(agreement.Bases.Select(basis => basis.Source))
            .Concat(agreement.Purposes.Select(purpose => purpose.Source))
            .Concat(agreement.Exchanges.Select(exchange => exchange.Source))
            .Concat(agreement.Retention.Select(rule => rule.Source))
            .Concat(agreement.Exclusions.Concat(agreement.Consent).Select(clause => clause.Source))
            .Append(agreement.Source).Append(agreement.Review.Source);
        Assert.All(sources, source => Assert.Matches(Citation(), source));
    }

    [Fact]
    public void Every_dataset_is_carried_by_an_exchange_and_cites_its_columns()
    {
        var carried = AgreementCatalogue.Shipped.Versions.SelectMany(agreement => agreement.Exchanges).Select(exchange => exchange.Dataset).ToHashSet();
        Assert.All(DatasetCatalogue.All.Values, dataset =>
        {
            Assert.Contains(dataset.Id, carried);
            Assert.Matches(Citation(), dataset.Source);
            Assert.All(dataset.Columns, column => Assert.Matches(Citation(), column.Source));
        });
    }

    [Fact]
    public void No_reference_dataset_asks_for_identifiers_its_row_does_not_carry()
    {
        var types = DatasetCatalogue.All.Values.SelectMany(dataset => dataset.Columns.Select(column => (dataset.Id, Type: column.Validator.Name))).ToList();
        Assert.DoesNotContain(types, pair => pair.Type is "nhs-number" or "nino" or "uprn");
        Assert.Equal(["csps-children"], types.Where(pair => pair.Type == "upn").Select(pair => pair.Id));
    }

    [Fact]
    public void What_a_department_returns_has_no_identity() =>
        Assert.All(DatasetCatalogue.All.Values.Where(dataset => dataset.Id.StartsWith("return-", StringComparison.Ordinal)), dataset => Assert.Empty(dataset.IdentityColumns));

    [Fact]
    public void The_Leicestershire_amendment_moves_the_means_and_the_review_adds_local_concerns_and_nothing_else()
    {
        var changes = AgreementComparison.Compare(AgreementCatalogue.Shipped.Find("leicestershire@2013-10-14")!, AgreementCatalogue.Shipped.Find("leicestershire@2025-09-01")!);
        Assert.Equal(
            ["1a", "1b", "2", "3", "4", "5", "6", "7", "10", "11", "13", "14", "16", "17"],
            changes.Where(change => change is { Kind: ChangeKind.BecameAllowed, Words: "by sealed-drop" }).Select(change => change.Subject["leicestershire-".Length..]));
        Assert.Equal(
            [
                new(ChangeKind.Changed, "agreement", "judged by: the UK GDPR and the Data Protection Act 2018 instead of the Data Protection Act 1998"),
                new(ChangeKind.Changed, "agreement", "review: 2030-09-01 instead of 2014-10-14"),
            ], changes.Where(change => change.Words != "by sealed-drop" && change.Subject != "leicestershire-local-concerns"));
        Assert.Equal(ChangeKind.BecameAllowed, Assert.Single(changes, change => change.Subject == "leicestershire-local-concerns").Kind);
        Assert.NotEmpty(AgreementCatalogue.Shipped.Find("leicestershire@2025-09-01")!.Changes);
    }

    [Fact]
    public void Agreements_build_on_the_national_police_guidance()
    {
        var bristol = AgreementCatalogue.Shipped.Find("bristol@2015-04-13")!;
        Assert.Equal("national-police@2013-04-01", bristol.BuildsOn);
        Assert.Contains(bristol.Exclusions, clause => clause is { Id: "informal-disposals", Source: "seeds/000 Criteria note 1" });
        Assert.Contains(bristol.Exclusions, clause => clause.Id == "victims" && clause.Words.StartsWith("Complainants never", StringComparison.Ordinal));
        Assert.Equal(new DateOnly(2020, 3, 31), bristol.Ends);
    }

    [Fact]
    public void The_day_decides_which_version_answers()
    {
        Assert.Equal("2013-10-14", AgreementCatalogue.Shipped.WithExchange("leicestershire-2", new(2012, 1, 1))!.Version);
        Assert.Equal("2013-10-14", AgreementCatalogue.Shipped.WithExchange("leicestershire-2", new(2025, 8, 31))!.Version);
        Assert.Equal("2025-09-01", AgreementCatalogue.Shipped.WithExchange("leicestershire-2", new(2025, 9, 1))!.Version);
        Assert.Null(AgreementCatalogue.Shipped.WithExchange("leicestershire-99", new(2025, 9, 1)));
        Assert.Null(AgreementCatalogue.Shipped.Find("leicestershire@2013-10-15"));
    }

    [Fact]
    public void Signatories_are_those_who_have_signed_by_the_day_in_the_version_of_the_day()
    {
        var agreement = AgreementCatalogue.Shipped.Versions.Last(version => version.Parties.Any(party => party is { SignedOn: not null, Tier1SignedOn: not null }));
        var signed = agreement.Parties.First(party => party is { SignedOn: not null, Tier1SignedOn: not null });
        var from = new[] { signed.SignedOn!.Value, signed.Tier1SignedOn!.Value, agreement.InForceFrom }.Max();

        Assert.Contains(signed.Id, AgreementCatalogue.Shipped.Signatories(agreement.Id, from));
        Assert.Contains(signed.Id, AgreementCatalogue.Shipped.Signatories(agreement.Id, from.AddYears(50)));
        Assert.All(
            AgreementCatalogue.Shipped.Versions.SelectMany(version => version.Parties.Where(party => party.SignedOn is null).Select(party => (version.Id, version.InForceFrom, Party: party.Id))),
            unsigned => Assert.DoesNotContain(unsigned.Party, AgreementCatalogue.Shipped.Signatories(unsigned.Id, unsigned.InForceFrom)));
        Assert.Empty(AgreementCatalogue.Shipped.Signatories(agreement.Id, new(1990, 1, 1)));
        Assert.Empty(AgreementCatalogue.Shipped.Signatories("nowhere", from));
    }

    [Fact]
    public void The_study_is_destroyed_at_its_end_and_after_seven_years_at_the_latest()
    {
        var study = AgreementCatalogue.Shipped.Find("nis-authority@2025-09-01")!;
        Assert.Contains(study.Retention, rule => rule is { Clock: ClockEvent.ResearchEnded, Period.IsZero: true });
        Assert.Contains(study.Retention, rule => rule is { Clock: ClockEvent.SentToStudy, Period.Years: 7 });
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_page_to_publish_says_what_the_agreement_says(string name)
    {
        var agreement = AgreementCatalogue.Shipped.Find(name)!;
        var page = System.Net.WebUtility.HtmlDecode(AgreementHtml.Render(agreement));
        Assert.Contains(agreement.Title, page, StringComparison.Ordinal);
        Assert.All(agreement.Exchanges, exchange =>
        {
            Assert.Contains($"<td>{exchange.Id}</td>", page, StringComparison.Ordinal);
            Assert.Contains(exchange.Information, page, StringComparison.Ordinal);
        });
        Assert.All(agreement.Parties, party => Assert.Contains(party.Name, page, StringComparison.Ordinal));
        Assert.All(agreement.Exclusions.Concat(agreement.Consent), clause => Assert.Contains(clause.Words, page, StringComparison.Ordinal));
        Assert.All(agreement.Changes, change => Assert.Contains(change, page, StringComparison.Ordinal));
    }

    /// <summary>Who reads the page is a partner or the public: a period is in words, a party is named, and a word of ours is no code.</summary>
    [Fact]
    public void The_page_to_publish_has_no_code_where_there_are_words()
    {
        Assert.All(AgreementCatalogue.Shipped.Versions, agreement =>
        {
            var page = AgreementHtml.Render(agreement);
            Assert.DoesNotMatch(">P[0-9]+[YMD]", page);
            Assert.All(
                Kebab.All<Use>().Concat(Kebab.All<Means>()).Concat(Kebab.All<Frequency>()).Concat(Kebab.All<ExchangeScope>()).Concat(Kebab.All<ClockEvent>()).Concat(Kebab.All<RetentionClass>())
                    .Where(word => word.Contains('-', StringComparison.Ordinal)).Except(agreement.Retention.Select(rule => rule.Id)).Except(agreement.Purposes.Select(purpose => purpose.Id)),
                word => Assert.DoesNotMatch($"(>|, ){word}(<|, )", page));
        });
        var trial = AgreementHtml.Render(Trial.Catalogue(("period: P0D", "period: P4M"), ("marking_ceiling: restricted", "marking_ceiling: official-sensitive")).Versions[0]);
        Assert.Contains("<td>4 months</td><td>it was received</td>", trial, StringComparison.Ordinal);
        Assert.Contains("<td>trial-1</td><td>Sender</td><td>Receiver</td>", trial, StringComparison.Ordinal);
        Assert.Contains("<dd>OFFICIAL-SENSITIVE</dd>", trial, StringComparison.Ordinal);
    }

    [Fact]
    public void The_page_shows_blanks_as_blanks_and_never_runs_what_it_shows()
    {
        var page = AgreementHtml.Render(AgreementCatalogue.Shipped.Find("leicestershire@2013-10-14")!);
        Assert.Contains("<span class=\"blank\">blank</span>", page, StringComparison.Ordinal);
        page = AgreementHtml.Render(Trial.Catalogue(("name: Sender,", "name: Sender, organisations: [oak-primary, elm-primary],")).Versions[0]);
        Assert.Contains("<td>oak-primary, elm-primary</td>", page, StringComparison.Ordinal);
        page = AgreementHtml.Render(Trial.Catalogue(("information: Something", "information: <script>alert(1)</script>")).Versions[0]);
        Assert.DoesNotContain("<script>", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_document_satisfies_the_published_schema_which_knows_every_key_and_word()
    {
        var schema = JsonDocument.Parse(AgreementSchema.Read()).RootElement;
        var assembly = typeof(AgreementSchema).Assembly;
        foreach (var name in assembly.GetManifestResourceNames().Where(name => name.Contains(".Agreements.Documents.", StringComparison.Ordinal)))
        {
            using var text = new StreamReader(assembly.GetManifestResourceStream(name)!);
            Assert.Empty(Schema.Check(schema, text.ReadToEnd()));
        }

        foreach (var (line, changed) in new[]
        {
            ("id: trial\n", "id: Trial\n"), ("owner: An owner\n", ""), ("uses: [identification]", "uses: [everything]"), ("means: [sealed-drop]", "means: [pigeon]"),
            ("period: P0D", "period: soon"), ("how_often: monthly", "how_often: hourly"), ("batch_ceiling: 200", "batch_ceiling: many"), ("title: A trial", "titel: A trial"), ("source: ours\npurposes", "source: hearsay\npurposes"),
        })
        {
            Assert.NotEmpty(Schema.Check(schema, Trial.Document.Replace(line, changed, StringComparison.Ordinal).Replace("source: ours, basis", line.StartsWith("source", StringComparison.Ordinal) ? "source: hearsay, basis" : "source: ours, basis", StringComparison.Ordinal)));
        }

        Assert.Empty(Schema.Check(schema, Trial.Document));
    }

    [GeneratedRegex("seeds/00[0-4]|ours")]
    private static partial Regex Citation();
}
