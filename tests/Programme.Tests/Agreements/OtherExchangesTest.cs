using TfFlow.Programme.Agreements;
using TfFlow.Programme.Documents;

namespace TfFlow.Programme.Tests.Agreements;

/// <summary>The exchanges of the other agreements, written down a second time and compared.</summary>
public sealed class OtherExchangesTest
{
    // Agreement; exchange; from; to; uses; how often; means; about; dataset.
    public static TheoryData<string, string, string, string, string, string, string, string, string> Rows => new()
    {
        { "bristol@2015-04-13", "bristol-baseline-census", "bristol", "bristol", "identification baseline", "", "internally-hosted", "anyone", "school-census" },
        { "bristol@2015-04-13", "bristol-baseline-health", "bristol", "bristol", "identification baseline", "", "internally-hosted", "anyone", "child-health" },
        { "bristol@2015-04-13", "bristol-households", "avon-somerset-police", "bristol", "identification", "as-required", "internally-hosted", "anyone", "household-list" },
        { "bristol@2015-04-13", "bristol-persons", "avon-somerset-police", "bristol", "identification baseline", "as-required", "internally-hosted", "anyone", "police-persons" },
        { "bristol@2015-04-13", "bristol-pack", "avon-somerset-police", "bristol", "key-worker", "as-required", "internally-hosted", "meeting-criteria", "key-worker-information" },
        { "bristol@2015-04-13", "bristol-markers", "bristol", "avon-somerset-police", "management", "as-required", "internally-hosted", "allocated", "markers" },
        { "bristol@2015-04-13", "bristol-incidents", "avon-somerset-police", "bristol", "management", "as-required", "internally-hosted", "allocated", "incidents" },
        { "bristol@2015-04-13", "bristol-childrens-social-care", "bristol", "bristol", "identification baseline", "daily", "internally-hosted", "anyone", "childrens-social-care" },
        { "bristol@2015-04-13", "bristol-attendance", "bristol", "bristol", "identification baseline", "daily", "internally-hosted", "anyone", "school-attendance" },
        { "bristol@2015-04-13", "bristol-nominations", "bristol avon-somerset-police", "bristol", "identification", "as-required", "internally-hosted", "anyone", "nominations" },
        { "bristol@2025-09-01", "bristol-households", "avon-somerset-police", "bristol", "identification", "as-required", "sealed-drop", "anyone", "household-list" },
        { "bristol@2025-09-01", "bristol-household-finance", "bristol", "bristol", "identification baseline", "daily", "internally-hosted sealed-drop", "anyone", "household-finance" },
        { "bristol@2025-09-01", "bristol-domestic-violence", "bristol", "bristol", "identification baseline", "daily", "internally-hosted sealed-drop", "anyone", "domestic-violence" },
        { "bristol@2025-09-01", "bristol-adults-social-care", "bristol", "bristol", "identification baseline", "daily", "internally-hosted sealed-drop", "anyone", "adults-social-care" },
        { "leicestershire@2025-09-01", "leicestershire-local-concerns", "leicester-city leicestershire-county leicestershire-police probation lpt", "leicester-city leicestershire-county", "identification", "monthly", "sealed-drop", "anyone", "local-concerns" },
        { "dwp@2025-09-01", "dwp-benefits", "dwp", "leicester-city leicestershire-county", "identification", "monthly", "sealed-drop", "anyone", "benefits" },
        { "dwp@2025-09-01", "dwp-programmes", "dwp", "leicester-city leicestershire-county", "key-worker", "weekly", "sealed-drop", "meeting-criteria", "employment-programmes" },
        { "hackney-csps@2025-09-01", "csps-children", "hackney", "xantura", "profiling", "monthly", "sealed-drop", "anyone", "csps-children" },
        { "hackney-csps@2025-09-01", "csps-schools", "hackney", "xantura", "profiling", "termly", "sealed-drop", "anyone", "school-attendance" },
        { "hackney-csps@2025-09-01", "csps-childrens-social-care", "hackney", "xantura", "profiling", "monthly", "sealed-drop", "anyone", "childrens-social-care" },
        { "hackney-csps@2025-09-01", "csps-adults-social-care", "hackney", "xantura", "profiling", "monthly", "sealed-drop", "anyone", "adults-social-care" },
        { "hackney-csps@2025-09-01", "csps-housing", "hackney", "xantura", "profiling", "monthly", "sealed-drop", "anyone", "housing" },
        { "hackney-csps@2025-09-01", "csps-domestic-violence", "hackney", "xantura", "profiling", "monthly", "sealed-drop", "anyone", "domestic-violence" },
        { "hackney-csps@2025-09-01", "csps-finance", "hackney", "xantura", "profiling", "monthly", "sealed-drop", "anyone", "household-finance" },
        { "hackney-csps@2025-12-01", "csps-scores", "xantura", "hackney", "profiling", "monthly", "sealed-drop", "meeting-criteria-or-allocated", "csps-scores" },
        { "nis-authority@2025-09-01", "nis-submission", "hackney", "niesr", "research", "once", "sealed-drop", "anyone", "study-submission" },
        { "nis-department@2025-09-01", "nis-linkage", "niesr", "dfe dwp moj", "research", "as-required", "sealed-drop", "anyone", "study-linkage" },
        { "nis-department@2025-09-01", "nis-return-education", "dfe", "niesr", "research", "as-required", "sealed-drop", "anyone", "return-education" },
        { "nis-department@2025-09-01", "nis-return-work", "dwp", "niesr", "research", "as-required", "sealed-drop", "anyone", "return-work" },
        { "nis-department@2025-09-01", "nis-return-offences", "moj", "niesr", "research", "as-required", "sealed-drop", "anyone", "return-offences" },
        { "nis-department@2025-12-01", "nis-linkage", "niesr", "dfe dwp moj nhs police probation youth-offending-team", "research", "as-required", "sealed-drop", "anyone", "study-linkage" },
        { "nis-department@2025-12-01", "nis-return-health", "nhs", "niesr", "research", "as-required", "sealed-drop", "anyone", "return-health" },
        { "nis-department@2025-12-01", "nis-return-police", "police", "niesr", "research", "as-required", "sealed-drop", "anyone", "return-police" },
        { "nis-department@2025-12-01", "nis-return-probation", "probation", "niesr", "research", "as-required", "sealed-drop", "anyone", "return-probation" },
        { "nis-department@2025-12-01", "nis-return-youth-offending", "youth-offending-team", "niesr", "research", "as-required", "sealed-drop", "anyone", "return-youth-offending" },
    };

    [Theory]
    [MemberData(nameof(Rows))]
    public void An_exchange_is_as_its_document_has_it(string agreement, string id, string from, string to, string uses, string often, string means, string about, string dataset)
    {
        var exchange = AgreementCatalogue.Shipped.Find(agreement)!.Exchange(id)!;
        Assert.Equal(from, string.Join(' ', exchange.From));
        Assert.Equal(to, string.Join(' ', exchange.To));
        Assert.Equal(uses, string.Join(' ', exchange.Uses.Select(Kebab.Of)));
        Assert.Equal(often, exchange.HowOften is { } frequency ? Kebab.Of(frequency) : "");
        Assert.Equal(means, string.Join(' ', exchange.Means.Select(Kebab.Of)));
        Assert.Equal(about, Kebab.Of(exchange.Scope));
        Assert.Equal(dataset, exchange.Dataset);
    }

    [Fact]
    public void There_are_no_others() => Assert.Equal(
        Rows.Select(row => (string)row[1]!).Distinct().Order(StringComparer.Ordinal),
        AgreementCatalogue.Shipped.Versions.SelectMany(agreement => agreement.Exchanges).Select(exchange => exchange.Id.Text).Distinct()
            .Except(AgreementCatalogue.Shipped.Find("leicestershire@2013-10-14")!.Exchanges.Select(exchange => exchange.Id.Text)).Order(StringComparer.Ordinal));

    [Fact]
    public void No_authority_can_hold_what_a_department_returns() => Assert.All(
        AgreementCatalogue.Shipped.Find("nis-department@2025-12-01")!.Exchanges.Where(exchange => exchange.Id.Text.StartsWith("nis-return-", StringComparison.Ordinal)),
        exchange => Assert.Equal(["niesr"], exchange.To));

    [Fact]
    public void The_household_list_goes_from_the_police_to_the_authority_only() => Assert.All(
        AgreementCatalogue.Shipped.Versions.SelectMany(agreement => agreement.Exchanges).Where(exchange => exchange.Dataset == "household-list"),
        exchange => Assert.Equal(("avon-somerset-police", "bristol"), (exchange.From.Single().Text, exchange.To.Single().Text)));
}
