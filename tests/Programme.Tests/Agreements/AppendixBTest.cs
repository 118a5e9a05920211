using TfFlow.Programme.Agreements;
using TfFlow.Programme.Documents;
using TfFlow.Programme.Retention;

namespace TfFlow.Programme.Tests.Agreements;

/// <summary>The eighteen rows of seeds/002 Appendix B, written down a second time and compared.</summary>
public sealed class AppendixBTest
{
    private const string CityCounty = "leicester-city leicestershire-county";
    private const string Del = "identification rows are deleted at matching";

    private static readonly Agreement Leicestershire = AgreementCatalogue.Shipped.Find("leicestershire@2013-10-14")!;

    // Row; from; to; uses (I B K M); how often; means; about; dataset.
    public static TheoryData<string, string, string, string, string, string, string, string> Rows => new()
    {
        { "1a", "leicestershire-police", CityCounty, "I", "monthly", "secure-email", "anyone", "police-nominals" },
        { "1b", "leicestershire-police", CityCounty, "B", "monthly", "secure-email", "meeting-criteria", "proven-offences-by-month" },
        { "2", "leicestershire-police", CityCounty, "I B", "", "secure-email", "anyone", "asb-perpetrators" },
        { "3", "probation", CityCounty, "I", "monthly", "secure-email", "anyone", "probation-parents" },
        { "4", "leicester-city-yos", "leicester-city", "I B", "monthly", "internal-transfer", "anyone", "youth-offences" },
        { "5", "leicestershire-yos", "leicestershire-county", "I", "monthly", "internal-transfer", "anyone", "youth-offences" },
        { "6", "leicestershire-police", CityCounty + " rutland", "M", "on-allocation-and-as-required", "secure-email", "allocated", "key-worker-information" },
        { "7", "rutland " + CityCounty, "leicestershire-police", "K", "on-identification-or-allocation", "secure-email", "meeting-criteria-or-allocated", "families" },
        { "8", "blaby charnwood harborough hinckley-bosworth melton north-west-leicestershire oadby-wigston", "leicestershire-county", "I B", "monthly", "accessed-in-system", "anyone", "asb-disposals" },
        { "9", "leicestershire-police", "rutland", "K", "on-allocation-and-as-required", "secure-email", "allocated", "" },
        { "10", "leicestershire-county", "leicester-city", "I B", "termly", "secure-email", "anyone", "school-attendance" },
        { "11", "leicestershire-county", "leicester-city", "I B", "termly", "secure-email", "anyone", "school-attendance" },
        { "12", "dwp", CityCounty, "K", "weekly", "", "meeting-criteria", "employment-programmes" },
        { "13", "leicester-city", "dwp", "K", "weekly", "secure-email", "meeting-criteria-or-allocated", "families" },
        { "14", "leicester-city", "working-links", "K", "on-allocation-and-as-required", "secure-email", "meeting-criteria-or-allocated", "families" },
        { "15", "working-links", "leicester-city", "M", "on-allocation-and-as-required", "", "allocated", "key-worker-information" },
        { "16", "lpt", CityCounty, "K M", "on-allocation-and-as-required", "secure-email", "meeting-criteria-or-allocated", "nhs-services" },
        { "17", CityCounty, "lpt", "K", "weekly", "secure-email", "meeting-criteria-or-allocated", "families" },
        { "18", CityCounty + " rutland", "", "M", "ad-hoc", "face-to-face secure-email", "allocated", "" },
    };

    [Theory]
    [MemberData(nameof(Rows))]
    public void A_row_is_as_tabled(string row, string from, string to, string uses, string often, string means, string about, string dataset)
    {
        var exchange = Leicestershire.Exchange($"leicestershire-{row}")!;
        Assert.Equal(from, string.Join(' ', exchange.From));
        Assert.Equal(to, string.Join(' ', exchange.To));
        Assert.Equal(uses, string.Join(' ', exchange.Uses.Select(Letter)));
        Assert.Equal(often, exchange.HowOften is { } frequency ? Kebab.Of(frequency) : "");
        Assert.Equal(means, string.Join(' ', exchange.Means.Select(Kebab.Of)));
        Assert.Equal(about, Kebab.Of(exchange.Scope));
        Assert.Equal(dataset, exchange.Dataset ?? "");
        Assert.StartsWith($"seeds/002 App B row {row.TrimEnd('a', 'b')}", exchange.Source, StringComparison.Ordinal);
    }

    [Fact]
    public void There_are_these_rows_and_no_others() =>
        Assert.Equal(Rows.Select(row => $"leicestershire-{row[0]}"), Leicestershire.Exchanges.Select(exchange => exchange.Id.Text));

    [Theory]
    [MemberData(nameof(Rows))]
    public void Whoever_else_asks_is_refused(string row, string from, string to, string uses, string often, string means, string about, string dataset)
    {
        _ = (often, about);
        var gate = new AgreementGate(AgreementCatalogue.Shipped);
        var at = new DateTimeOffset(2014, 9, 1, 0, 0, 0, TimeSpan.Zero);
        foreach (var party in Leicestershire.Parties)
        {
            var intake = gate.Check(new() { Act = GateAct.Intake, Exchange = $"leicestershire-{row}", Agency = party.Id, At = at, Notices = [], Means = Enum.GetValues<Means>().First(value => means.Length == 0 || means.StartsWith(Kebab.Of(value), StringComparison.Ordinal)), Judgement = new("a", at, "b") });
            Assert.Equal(from.Split(' ').Contains(party.Id) && means.Length > 0 && dataset.Length > 0, intake.Allowed);
            foreach (var use in Enum.GetValues<Use>())
            {
                var opening = gate.Check(new() { Act = GateAct.Opening, Exchange = $"leicestershire-{row}", Agency = party.Id, At = at, Notices = [], Use = use, Families = FamilyStanding.Allocated });
                Assert.Equal(to.Split(' ').Contains(party.Id) && uses.Contains(Letter(use), StringComparison.Ordinal), opening.Allowed);
            }
        }
    }

    [Fact]
    public void A_party_without_a_row_passes_and_receives_nothing()
    {
        Assert.NotNull(Leicestershire.Party("womens-aid"));
        Assert.DoesNotContain(Leicestershire.Exchanges, exchange => exchange.From.Concat(exchange.To).Contains("womens-aid"));
    }

    [Fact]
    public void Whatever_comes_for_identification_is_deleted_at_matching()
    {
        foreach (var exchange in Leicestershire.Exchanges.Where(exchange => exchange.Uses.Contains(Use.Identification)))
        {
            var rule = Leicestershire.Retention.FirstOrDefault(line => line.Class is RetentionClass.NotMeeting && exchange.Retention.Contains(line.Id));
            Assert.True(rule is { Clock: ClockEvent.MatchingCompleted, Period.IsZero: true, NotBefore: null }, $"{exchange.Id}: {Del}");
        }
    }

    [Fact]
    public void Row_5_leaves_PPO_and_IOM_out() => Assert.Equal(["managed_as"], Leicestershire.Exchange("leicestershire-5")!.Withheld);

    [Fact]
    public void The_eighteen_partners_are_parties() => Assert.Equal(18, Leicestershire.Parties.Count);

    private static string Letter(Use use) => use switch
    {
        Use.Identification => "I",
        Use.Baseline => "B",
        Use.KeyWorker => "K",
        Use.Management => "M",
        Use.Research => "R",
        _ => "P",
    };
}
