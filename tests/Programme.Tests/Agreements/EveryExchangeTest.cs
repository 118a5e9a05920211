using TfFlow.Programme;
using TfFlow.Programme.Agreements;
using TfFlow.Programme.Documents;

namespace TfFlow.Programme.Tests.Agreements;

/// <summary>Where each shipped exchange ends, at each of its receivers, in the newest version that has it: written down a second time and compared.</summary>
public sealed class EveryExchangeTest
{
    private static readonly Dictionary<(Id<Exchange> Exchange, Id<Party> Receiver), ExchangeProspect> Newest = ExchangeProspect.All(AgreementCatalogue.Shipped)
        .GroupBy(prospect => (prospect.Exchange.Id, prospect.Receiver))
        .ToDictionary(group => group.Key, group => group.MaxBy(prospect => prospect.Agreement.Dated)!);

    // Exchange; receivers; how it ends there; the line that keeps it, or what is blank.
    public static TheoryData<string, string, string, string> Ends => new()
    {
        { "bristol-adults-social-care", "bristol", "dropped", "on-programme" },
        { "bristol-attendance", "bristol", "dropped", "on-programme" },
        { "bristol-baseline-census", "bristol", "dropped", "on-programme" },
        { "bristol-baseline-health", "bristol", "dropped", "on-programme" },
        { "bristol-childrens-social-care", "bristol", "dropped", "on-programme" },
        { "bristol-domestic-violence", "bristol", "dropped", "on-programme" },
        { "bristol-household-finance", "bristol", "dropped", "on-programme" },
        { "bristol-households", "bristol", "dropped", "unmatched" },
        { "bristol-incidents", "bristol", "dropped", "on-programme" },
        { "bristol-markers", "avon-somerset-police", "dropped", "marker" },
        { "bristol-nominations", "bristol", "dropped", "unmatched" },
        { "bristol-pack", "bristol", "dropped", "on-programme" },
        { "bristol-persons", "bristol", "dropped", "unmatched" },
        { "csps-adults-social-care", "xantura", "dropped", "processor" },
        { "csps-children", "xantura", "dropped", "processor" },
        { "csps-childrens-social-care", "xantura", "dropped", "processor" },
        { "csps-domestic-violence", "xantura", "dropped", "processor" },
        { "csps-finance", "xantura", "dropped", "processor" },
        { "csps-housing", "xantura", "dropped", "processor" },
        { "csps-schools", "xantura", "dropped", "processor" },
        { "csps-scores", "hackney", "dropped", "score" },
        { "dwp-benefits", "leicester-city leicestershire-county", "dropped", "unmatched" },
        { "dwp-programmes", "leicester-city leicestershire-county", "dropped", "on-programme" },
        { "leicestershire-10", "leicester-city", "dropped", "unmatched" },
        { "leicestershire-11", "leicester-city", "dropped", "unmatched" },
        { "leicestershire-12", "leicester-city leicestershire-county", "never", "leaves open how leicestershire-12 is provided" },
        { "leicestershire-13", "dwp", "dropped", "on-programme" },
        { "leicestershire-14", "working-links", "dropped", "on-programme" },
        { "leicestershire-15", "leicester-city", "never", "leaves open how leicestershire-15 is provided" },
        { "leicestershire-16", "leicester-city leicestershire-county", "dropped", "on-programme" },
        { "leicestershire-17", "lpt", "dropped", "on-programme" },
        { "leicestershire-local-concerns", "leicester-city leicestershire-county", "dropped", "unmatched" },
        { "leicestershire-18", "", "recorded", "" },
        { "leicestershire-1a", "leicester-city leicestershire-county", "dropped", "unmatched" },
        { "leicestershire-1b", "leicester-city leicestershire-county", "dropped", "on-programme" },
        { "leicestershire-2", "leicester-city leicestershire-county", "dropped", "unmatched" },
        { "leicestershire-3", "leicester-city leicestershire-county", "dropped", "unmatched" },
        { "leicestershire-4", "leicester-city", "dropped", "unmatched" },
        { "leicestershire-5", "leicestershire-county", "dropped", "unmatched" },
        { "leicestershire-6", "leicester-city leicestershire-county rutland", "dropped", "on-programme" },
        { "leicestershire-7", "leicestershire-police", "dropped", "on-programme" },
        { "leicestershire-8", "leicestershire-county", "by-other-means", "unmatched" },
        { "leicestershire-9", "rutland", "never", "is not settled as a dataset" },
        { "nis-linkage", "dfe dwp moj nhs police probation youth-offending-team", "dropped", "study-ceiling" },
        { "nis-return-education", "niesr", "dropped", "study-ceiling" },
        { "nis-return-offences", "niesr", "dropped", "study-ceiling" },
        { "nis-return-work", "niesr", "dropped", "study-ceiling" },
        { "nis-return-health", "niesr", "dropped", "study-ceiling" },
        { "nis-return-police", "niesr", "dropped", "study-ceiling" },
        { "nis-return-probation", "niesr", "dropped", "study-ceiling" },
        { "nis-return-youth-offending", "niesr", "dropped", "study-ceiling" },
        { "nis-submission", "niesr", "dropped", "study-ceiling" },
    };

    [Theory]
    [MemberData(nameof(Ends))]
    public void An_exchange_ends_where_its_document_says(string exchange, string receivers, string end, string rule)
    {
        foreach (var receiver in receivers.Split(' '))
        {
            var prospect = Newest[(exchange, receiver)];
            Assert.Equal(end, Kebab.Of(prospect.Kind));
            Assert.True(end is "never" ? prospect.Words.Contains(rule, StringComparison.Ordinal) : rule == (prospect.Retention?.Rule.Id ?? ""), prospect.Words);
            Assert.InRange(prospect.On, prospect.Agreement.InForceFrom, prospect.Agreement.Ends ?? DateOnly.MaxValue);
        }
    }

    [Fact]
    public void There_are_47_exchanges_the_return_of_the_score_four_more_returns_of_the_study_and_no_other_receivers()
    {
        Assert.Equal(47 + 1 + 4, Ends.Count);
        Assert.Equal(
            Ends.SelectMany(row => ((string)row[1]!).Split(' ').Select(receiver => ((string)row[0]!, receiver))).Order(),
            Newest.Keys.Select(key => (key.Exchange.Text, key.Receiver.Text)).Order());
    }

    [Fact]
    public void Before_a_version_names_drops_every_file_comes_by_other_means_or_never()
    {
        var before = ExchangeProspect.All(AgreementCatalogue.Shipped).Where(prospect => prospect.Agreement.InForceFrom < new DateOnly(2025, 9, 1)).ToList();
        Assert.NotEmpty(before);
        Assert.DoesNotContain(before, prospect => prospect.Kind is ProspectKind.Dropped);
        Assert.All(before.Where(prospect => prospect.Kind is ProspectKind.ByOtherMeans), prospect =>
        {
            var drop = new AgreementGate(AgreementCatalogue.Shipped).Check(new()
            {
                Act = GateAct.Intake,
                Exchange = prospect.Exchange.Id,
                Agency = prospect.Exchange.From[0],
                Recipient = prospect.Receiver,
                Notices = [],
                Means = Means.SealedDrop,
                At = new(prospect.On.AddYears(1), TimeOnly.MinValue, TimeSpan.Zero), // every party has signed by then
            });
            Assert.Equal(GateOutcome.MeansNotAgreed, drop.Outcome);
            Assert.EndsWith("Until then its file comes by those means, and its receiver takes it in ('tfflow take').", drop.Words, StringComparison.Ordinal);
        });
    }
}
