using System.Net;
using TfFlow.Programme.Agreements;
using TfFlow.Programme.Cases;

namespace TfFlow.Programme.Tests.Agreements;

/// <summary>What people are told, made from the agreements: seeds/003, seeds/004, seeds/002 App A.</summary>
public sealed class PrivacyNoticeTest
{
    private static readonly DateOnly Day = new(2026, 3, 2);

    private static PrivacyNotice Of(string organisation, DateOnly? day = null) =>
        PrivacyNotice.Of(organisation, AgreementCatalogue.Shipped.InForce(day ?? Day))!;

    [Fact]
    public void It_says_who_what_why_how_long_and_which_rights()
    {
        var notice = Of("leicester-city");
        var page = WebUtility.HtmlDecode(PrivacyNoticeHtml.Render(notice, notice.VersionOn(Day)));
        Assert.Contains("leicestershire", notice.Agreements);
        Assert.All(
            (string[])[
                "Leicester City Council", "Leicestershire Police", "Information Governance Manager (governance)",
                "School attendance data for city children attending county schools", "to find families that need help",
                "Children Act 2004 s10", "UK GDPR Art 6(1)(e)",
                "12 months after the outcome checks were made",
                "see what is held about you", "object to particular uses", "Information Commissioner", notice.VersionOn(Day),
            ],
            words => Assert.Contains(words, page, StringComparison.Ordinal));
        Assert.DoesNotContain("ours:", page, StringComparison.Ordinal);

        // Row 12 leaves open how it is provided, so it is refused: nothing is told of what is not done.
        Assert.DoesNotContain("as agreed in the DWP data sharing template", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);

        // Exchanges between others are others' to tell of.
        Assert.DoesNotContain("Accessed via Sentinel", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Name, address, date of birth for individuals with relevant ASB disposals", page, StringComparison.Ordinal);
    }

    [Fact]
    public void A_study_and_a_computers_estimate_are_told_where_the_agreements_have_them_and_nowhere_else()
    {
        var hackney = PrivacyNoticeHtml.Render(Of("hackney"), "");
        Assert.Contains("Xantura works on such information for its controller", hackney, StringComparison.Ordinal);
        Assert.Contains("it never decides alone", hackney, StringComparison.Ordinal);
        Assert.Contains("What the researchers put together never comes back to us", hackney, StringComparison.Ordinal);
        var leicester = PrivacyNoticeHtml.Render(Of("leicester-city"), "");
        Assert.DoesNotContain("researchers", leicester, StringComparison.Ordinal);
        Assert.DoesNotContain("estimate", leicester, StringComparison.Ordinal);
        Assert.Null(PrivacyNotice.Of("nobody", AgreementCatalogue.Shipped.Versions));
    }

    [Fact]
    public void The_same_agreements_make_the_same_notice_and_changed_ones_another()
    {
        Assert.Equal(Of("hackney").Sha256, Of("hackney", Day.AddDays(9)).Sha256);
        Assert.NotEqual(Of("hackney").Sha256, Of("hackney", new(2025, 10, 1)).Sha256);
        Assert.Matches(@"\A2026-03-02-[0-9a-f]{8}\z", Of("hackney").VersionOn(Day));
    }

    [Fact]
    public void Who_was_told_is_told_of_the_agreements_that_the_version_has_from_its_day_on()
    {
        var apart = new HeldReferences(["p1", "p2"], []);
        var given = new NoticeGiven("f", ["p1"], "v", ["nis-authority"], Day);
        Assert.Empty(given.ToGive(["p1", "p2"], Day, Day));
        Assert.Single(given.ToGive(["p2"], Day, Day));
        Assert.Single(given.ToGive(["p1"], null, Day));
        Assert.Single(given.ToGive(["p1"], Day.AddDays(1), Day.AddDays(1)));
        Assert.Single(given.ToGive(["p1"], Day, Day.AddDays(-1)));
        Assert.Equal(["p2"], NoticeGiven.Untold(["p1", "p2"], apart, "nis-authority", Day, [given]));
        Assert.Equal(["p1"], NoticeGiven.Untold(["p1"], apart, "nis-authority", Day.AddDays(-1), [given]));
        Assert.Equal(["p1"], NoticeGiven.Untold(["p1"], apart, "leicestershire", Day, [given]));
    }
}
