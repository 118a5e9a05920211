using TfFlow.Programme.Agreements;
using TfFlow.Programme.Documents;

namespace TfFlow.Programme.Tests.Agreements;

/// <summary>How long each agreement keeps what, written down a second time and compared.</summary>
public sealed class RetentionRowsTest
{
    // Agreement; rule; about; clock; period; floor.
    public static TheoryData<string, string, string, string, string, string> Rows => new()
    {
        { "bristol@2015-04-13", "not-meeting", "not-meeting", "matching-completed", "P0D", "" },
        { "bristol@2015-04-13", "unmatched", "unmatched", "received", "P3M", "" },
        { "bristol@2015-04-13", "on-programme", "on-programme", "programme-ended", "P0D", "2020-04-01" },
        { "bristol@2015-04-13", "marker", "bare-marker", "case-closed", "P0D", "" },
        { "bristol@2025-09-01", "on-programme", "on-programme", "programme-ended", "P0D", "2030-04-01" },
        { "dwp@2025-09-01", "not-meeting", "not-meeting", "matching-completed", "P0D", "" },
        { "dwp@2025-09-01", "unmatched", "unmatched", "received", "P1M", "" },
        { "dwp@2025-09-01", "on-programme", "on-programme", "outcomes-checked", "P6M", "" },
        { "hackney-csps@2025-09-01", "processor", "processor", "processing-ended", "P0D", "" },
        { "hackney-csps@2025-12-01", "score", "processor", "received", "P3M", "" },
        { "hackney-csps@2025-12-01", "score-on-programme", "on-programme", "outcomes-checked", "P0D", "" },
        { "leicestershire@2013-10-14", "not-meeting", "not-meeting", "matching-completed", "P0D", "" },
        { "leicestershire@2013-10-14", "unmatched", "unmatched", "received", "P3M", "" },
        { "leicestershire@2013-10-14", "on-programme", "on-programme", "outcomes-checked", "P12M", "2015-06-01" },
        { "leicestershire@2013-10-14", "comparison", "comparison-group", "sent-to-study", "P0D", "" },
        { "leicestershire@2013-10-14", "marker", "bare-marker", "case-closed", "P12M", "" },
        { "nis-authority@2025-09-01", "study", "study", "research-ended", "P0D", "" },
        { "nis-authority@2025-09-01", "study-ceiling", "study", "sent-to-study", "P7Y", "" },
        { "nis-department@2025-09-01", "study", "study", "research-ended", "P0D", "" },
        { "nis-department@2025-09-01", "study-ceiling", "study", "sent-to-study", "P7Y", "" },
    };

    [Theory]
    [MemberData(nameof(Rows))]
    public void A_retention_row_is_as_its_document_has_it(string agreement, string id, string about, string clock, string period, string floor)
    {
        var rule = Assert.Single(AgreementCatalogue.Shipped.Find(agreement)!.Retention, rule => rule.Id == id);
        Assert.Equal(
            (about, clock, period, floor),
            (Kebab.Of(rule.Class), Kebab.Of(rule.Clock), rule.Period.ToString(), rule.NotBefore?.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture) ?? ""));
    }

    [Fact]
    public void There_are_no_others_and_an_amendment_changes_no_more_than_these()
    {
        var written = AgreementCatalogue.Shipped.Versions.SelectMany(version =>
        {
            var amended = version.BuildsOn?.StartsWith(version.Id + "@", StringComparison.Ordinal) == true ? AgreementCatalogue.Shipped.Find(version.BuildsOn)!.Retention : [];
            return version.Retention.Except(amended).Select(rule => $"{version.Name} {rule.Id}");
        });
        Assert.Equal(Rows.Select(row => $"{row[0]} {row[1]}").Order(StringComparer.Ordinal), written.Order(StringComparer.Ordinal));
    }
}
