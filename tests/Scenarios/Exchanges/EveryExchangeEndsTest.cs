using System.Globalization;
using TfFlow.Programme.Agreements;

namespace TfFlow.Scenarios.Exchanges;

/// <summary>Every shipped exchange, at each party it goes to, reaches the end its document names: by its means, on its day, with a certificate that quotes its line; refused only where the source is blank.</summary>
public sealed class EveryExchangeEndsTest(ShippedExchanges run) : IClassFixture<ShippedExchanges>
{
    // Lines of the agreements as certificates quote them, and whom the lists name.
    private const string Unmatched = "unmatched: erased 3 months after it was received";
    private const string Life = "\"retained for the life of the programme\" on-programme: erased at once when the programme ended, and not before 1 April 2030";
    private const string OnProgramme = "\"Within 12 months information relating to individuals/families will be assessed and if there is no indication of further risk information will be deleted\" on-programme";
    private const string Processor = "\"for as long as necessary for these purposes\" processor: erased at once when the processing ended";
    private const string Study = "\"Your personal data will be destroyed at the end of the research\" study: erased at once when the research ended";
    private const string Supported = "Zyxwvutson";
    private const string Families = "Zyxwvutsdottir Zyxwvutson";

    // Exchange; the parties at which, or from whom to whom; how it ends; by which means; the day nothing is left; what the certificate, the file or the refusal says.
    public static TheoryData<string, string, string, string, string, string> Ends => new()
    {
        { "bristol-adults-social-care", "bristol", "kept", "sealed-drop", "2030-04-01", Life },
        { "bristol-domestic-violence", "bristol", "kept", "sealed-drop", "2030-04-01", Life },
        { "bristol-household-finance", "bristol", "kept", "sealed-drop", "2030-04-01", Life },
        { "bristol-attendance", "bristol", "kept", "sealed-drop", "2030-04-01", Life },
        { "bristol-baseline-census", "bristol", "kept", "sealed-drop", "2030-04-01", Life },
        { "bristol-baseline-health", "bristol", "kept", "sealed-drop", "2030-04-01", Life },
        { "bristol-childrens-social-care", "bristol", "kept", "sealed-drop", "2030-04-01", Life },
        { "bristol-households", "bristol", "kept", "sealed-drop", "2026-04-06", Unmatched },
        { "bristol-nominations", "bristol", "kept", "sealed-drop", "2026-04-06", Unmatched },
        { "bristol-persons", "bristol", "kept", "sealed-drop", "2026-04-06", Unmatched },
        { "bristol-incidents", "bristol", "key-worker", "sealed-drop", "2030-04-01", Life },
        { "bristol-pack", "bristol", "key-worker", "sealed-drop", "2030-04-01", Life },
        { "bristol-markers", "bristol → avon-somerset-police", "given", "sealed-drop", "2026-01-05", Supported },
        { "csps-adults-social-care", "xantura", "kept", "sealed-drop", "2026-01-05", Processor },
        { "csps-children", "xantura", "kept", "sealed-drop", "2026-01-05", Processor },
        { "csps-childrens-social-care", "xantura", "kept", "sealed-drop", "2026-01-05", Processor },
        { "csps-domestic-violence", "xantura", "kept", "sealed-drop", "2026-01-05", Processor },
        { "csps-finance", "xantura", "kept", "sealed-drop", "2026-01-05", Processor },
        { "csps-housing", "xantura", "kept", "sealed-drop", "2026-01-05", Processor },
        { "csps-schools", "xantura", "kept", "sealed-drop", "2026-01-05", Processor },
        { "csps-adults-social-care", "hackney → xantura", "given", "sealed-drop", "2026-01-19", Supported },
        { "csps-children", "hackney → xantura", "given", "sealed-drop", "2026-01-19", Supported },
        { "csps-childrens-social-care", "hackney → xantura", "given", "sealed-drop", "2026-01-19", Supported },
        { "csps-domestic-violence", "hackney → xantura", "given", "sealed-drop", "2026-01-19", Supported },
        { "csps-finance", "hackney → xantura", "given", "sealed-drop", "2026-01-19", Supported },
        { "csps-housing", "hackney → xantura", "given", "sealed-drop", "2026-01-19", Supported },
        { "csps-schools", "hackney → xantura", "given", "sealed-drop", "2026-01-19", Supported },
        { "csps-scores", "hackney", "advice", "sealed-drop", "2027-01-20", "score-on-programme: erased at once when the outcome checks were made" },
        { "dwp-benefits", "leicester-city;leicestershire-county", "kept", "sealed-drop", "2026-02-06", "dwp@2025-09-01, dwp-benefits, unmatched: erased 1 month after it was received" },
        { "dwp-programmes", "leicester-city;leicestershire-county", "key-worker", "sealed-drop", "2027-01-20", "dwp@2025-09-01, dwp-programmes, on-programme: erased 6 months after the outcome checks were made" },
        { "leicestershire-1a", "leicester-city;leicestershire-county", "kept", "sealed-drop", "2026-04-06", Unmatched },
        { "leicestershire-1b", "leicester-city;leicestershire-county", "outcomes", "sealed-drop", "2027-01-20", OnProgramme },
        { "leicestershire-2", "leicester-city;leicestershire-county", "kept", "sealed-drop", "2026-04-06", Unmatched },
        { "leicestershire-3", "leicester-city;leicestershire-county", "kept", "sealed-drop", "2026-04-06", Unmatched },
        { "leicestershire-4", "leicester-city", "kept", "sealed-drop", "2026-04-06", Unmatched },
        { "leicestershire-5", "leicestershire-county", "kept", "sealed-drop", "2026-04-06", Unmatched },
        { "leicestershire-6", "leicester-city;leicestershire-county;rutland", "key-worker", "sealed-drop", "2027-01-20", OnProgramme },
        { "leicestershire-7", "leicester-city → leicestershire-police;leicestershire-county → leicestershire-police", "given", "sealed-drop", "2026-01-19", Families },
        { "leicestershire-7", "rutland → leicestershire-police", "given", "sealed-drop", "2026-01-19", Supported },
        { "leicestershire-8", "leicestershire-county", "kept", "accessed-in-system", "2026-04-06", Unmatched },
        { "leicestershire-9", "rutland", "refused", "", "", "What leicestershire-9 carries is not settled as a dataset" },
        { "leicestershire-10", "leicester-city", "kept", "sealed-drop", "2026-04-06", Unmatched },
        { "leicestershire-11", "leicester-city", "kept", "sealed-drop", "2026-04-06", Unmatched },
        { "leicestershire-12", "leicester-city;leicestershire-county", "refused", "", "", "leaves open how leicestershire-12 is provided" },
        { "leicestershire-13", "leicester-city → dwp", "given", "sealed-drop", "2026-01-19", Families },
        { "leicestershire-14", "leicester-city → working-links", "given", "sealed-drop", "2026-01-19", Families },
        { "leicestershire-15", "leicester-city", "refused", "", "", "leaves open how leicestershire-15 is provided" },
        { "leicestershire-16", "leicester-city;leicestershire-county", "key-worker", "sealed-drop", "2027-01-20", OnProgramme },
        { "leicestershire-17", "leicester-city → lpt;leicestershire-county → lpt", "given", "sealed-drop", "2026-01-19", Families },
        { "leicestershire-18", "leicester-city → those who attend;leicestershire-county → those who attend;rutland → those who attend", "told", "face-to-face", "2026-01-05", "Crime and Disorder Act 1998 s115" },
        { "leicestershire-local-concerns", "leicester-city;leicestershire-county", "kept", "sealed-drop", "2026-04-06", Unmatched },
        { "nis-linkage", "niesr → dfe;niesr → dwp;niesr → moj;niesr → nhs;niesr → police;niesr → probation;niesr → youth-offending-team", "given", "sealed-drop", "2027-01-05", "Zyxwvutman Zyxwvutson" },
        { "nis-return-education", "niesr", "kept", "sealed-drop", "2027-01-05", Study },
        { "nis-return-offences", "niesr", "kept", "sealed-drop", "2027-01-05", Study },
        { "nis-return-work", "niesr", "kept", "sealed-drop", "2027-01-05", Study },
        { "nis-return-health", "niesr", "kept", "sealed-drop", "2027-01-05", Study },
        { "nis-return-police", "niesr", "kept", "sealed-drop", "2027-01-05", Study },
        { "nis-return-probation", "niesr", "kept", "sealed-drop", "2027-01-05", Study },
        { "nis-return-youth-offending", "niesr", "kept", "sealed-drop", "2027-01-05", Study },
        { "nis-submission", "niesr", "kept", "sealed-drop", "2027-01-05", Study },
    };

    [Theory]
    [MemberData(nameof(Ends))]
    public void An_exchange_reaches_its_end(string exchange, string parties, string how, string means, string on, string words)
    {
        foreach (var party in parties.Split(';'))
        {
            var end = run.Ends[(exchange, party)];
            Assert.Equal((how, means, on), (end.How, end.Means, end.On?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? ""));
            Assert.Contains(words, end.Words, StringComparison.Ordinal);
            Assert.True(end.Drop.Length == 0 || end.Drop.Contains("not by sealed-drop", StringComparison.Ordinal), end.Drop);
        }
    }

    [Fact]
    public void Every_shipped_exchange_has_its_end_and_none_has_another()
    {
        Assert.Equal(AgreementCatalogue.Shipped.Versions.SelectMany(version => version.Exchanges).Select(exchange => exchange.Id.Text).Distinct().Order(StringComparer.Ordinal), Ends.Select(row => (string)row[0]!).Distinct().Order(StringComparer.Ordinal));
        Assert.Equal(run.Ends.Keys.Order(), Ends.SelectMany(row => ((string)row[1]!).Split(';'), (row, party) => ((string)row[0]!, party)).Order());
    }
}
