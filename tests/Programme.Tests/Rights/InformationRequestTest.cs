using TfFlow.Programme.Research.Counts;
using TfFlow.Programme.Rights;

namespace TfFlow.Programme.Tests.Rights;

public class InformationRequestTest
{
    private static readonly HashSet<DateOnly> Holidays = [new(2026, 4, 3), new(2026, 4, 6)];
    private static readonly HashSet<DateOnly> None = [];
    private static readonly string Hash = new('a', 64);

    private static readonly InformationRequest Asked = new()
    {
        State = InformationRequestState.Consulting,
        Regime = InformationRegime.FreedomOfInformation,
        Subjects = [InformationSubject.Agreements],
        From = new(2025, 1, 1),
        To = new(2025, 12, 31),
        ReceivedOn = new(2026, 3, 16),
    };

    [Theory]
    [InlineData("2026-03-02", false, "2026-03-30")]
    // Good Friday and Easter Monday are no working days.
    [InlineData("2026-03-16", false, "2026-04-15")]
    [InlineData("2026-03-14", false, "2026-04-14")]
    [InlineData("2026-03-02", true, "2026-04-29")]
    public void It_is_answered_in_twenty_working_days_or_when_extended_in_forty(string received, bool extended, string due) =>
        Assert.Equal(Day(due), (Asked with { ReceivedOn = Day(received), Extended = extended }).DueOn(Holidays));

    [Fact]
    public void It_is_extended_once_for_a_reason_and_in_time()
    {
        Assert.Empty(Asked.ToExtend(Day("2026-04-13"), complex: true, None));
        Assert.Single(Asked.ToExtend(Day("2026-04-14"), complex: true, None));
        Assert.Single(Asked.ToExtend(Day("2026-04-13"), complex: false, None));
        Assert.Single((Asked with { Extended = true }).ToExtend(Day("2026-04-13"), complex: true, None));
    }

    [Fact]
    public void A_request_says_what_it_asks_for_and_of_which_time()
    {
        Assert.Empty(Asked.ToReceive(Day("2026-03-16")));
        Assert.Single((Asked with { Subjects = [] }).ToReceive(Day("2026-03-16")));
        Assert.Single((Asked with { From = new(2026, 1, 1) }).ToReceive(Day("2026-03-16")));
        Assert.Single((Asked with { To = new(2026, 3, 17) }).ToReceive(Day("2026-03-16")));
        Assert.Single(Asked.ToReceive(Day("2026-03-15")));
        Assert.Single((Asked with { Regime = 0 }).ToReceive(Day("2026-03-16")));
    }

    [Fact]
    public void A_partner_is_consulted_when_it_gave_its_view_or_let_ten_working_days_pass()
    {
        var asked = Asked with { Partners = ["police"] };
        Assert.Empty(asked.ToHear("police", given: true, Day("2026-03-16"), Day("2026-03-16"), None));
        Assert.Single(asked.ToHear("police", given: false, Day("2026-03-16"), Day("2026-03-29"), None));
        Assert.Empty(asked.ToHear("police", given: false, Day("2026-03-16"), Day("2026-03-30"), None));
        Assert.Single(asked.ToHear("school", given: true, Day("2026-03-16"), Day("2026-03-16"), None));
        Assert.Single((asked with { Decision = Hash }).Obstacles(InformationRequestState.Decided));
        Assert.Empty((asked with { Decision = Hash, Consulted = ["police"] }).Obstacles(InformationRequestState.Decided));
    }

    [Theory]
    [InlineData(InformationExemption.LawEnforcement, PublicInterest.Withhold, 0)]
    [InlineData(InformationExemption.LawEnforcement, null, 1)] // qualified, and nobody weighed it
    [InlineData(InformationExemption.PersonalInformation, null, 0)]
    [InlineData(InformationExemption.PersonalInformation, PublicInterest.Disclose, 1)] // absolute
    [InlineData(InformationExemption.UnfinishedMaterial, PublicInterest.Withhold, 1)] // of the other law
    public void An_exemption_is_one_of_the_law_and_weighed_where_it_is_qualified(InformationExemption exemption, PublicInterest? interest,
        int obstacles) =>
        Assert.Equal(obstacles, Asked.ToExempt(new("agreement-a", exemption, interest, Hash, "ig"), ["agreement-a"]).Count);

    [Fact]
    public void Each_law_names_the_line_of_each_of_its_exemptions() =>
        Assert.All(Enum.GetValues<InformationExemption>(), exemption => Assert.Contains(
        Enum.GetValues<InformationRegime>(), regime => InformationExemptions.In(exemption, regime) is { Section.Length: > 0 }));

    [Fact]
    public void The_response_gives_what_is_not_exempt_and_small_figures_never()
    {
        HeldInformation[] held =
        [
            new("a", InformationSubject.Agreements, "An agreement", Day("2025-01-01"), ["police"], ["Caseshire Police"], ["Between two."]),
            new("b", InformationSubject.Breaches, "A breach", Day("2025-02-01"), [], [], ["Its kind."]),
            new("c", InformationSubject.Counts, "Cases", null, [], [], [],
                new(["supported", "reviewed", "withdrawn"], ["Cases"], [41, 23, 3])),
            new("d", InformationSubject.Reviews, "A review", Day("2025-03-01"), [], [], ["Yes."]),
        ];
        var request = Asked with
        {
            Exemptions =
            [
                new("b", InformationExemption.LawEnforcement, PublicInterest.Withhold, Hash, "ig"),
                new("d", InformationExemption.PublicAffairs, PublicInterest.Disclose, Hash, "ig"),
            ],
        };

        var response = InformationResponse.Of("r", request, "Caseshire Council", Day("2026-03-30"), held);

        Assert.Equal(["Between two.", "It is published by Caseshire Police."], response.Items[0].Words);
        Assert.Empty(response.Items[1].Words);
        Assert.StartsWith("This is not given: section 31 of the Freedom of Information Act 2000 (law enforcement).",
            response.Items[1].Withheld, StringComparison.Ordinal);
        Assert.Null(response.Items[2].Counts.Single(count => count.Name == "withdrawn").Count);
        Assert.All(response.Items[2].Counts, count => Assert.True(count.Count is null or > 7 && count.Count % 5 is null or 0));
        Assert.Equal(["Yes."], response.Items[3].Words);

        // Who knows how many there are must not reckon the small one from the rest.
        Assert.True(response.Items[2].Counts.Count(count => count.Count is null) > 1);
        var page = InformationResponseHtml.Render(response);
        Assert.Contains("<td>left out</td>", page, StringComparison.Ordinal);
        Assert.DoesNotContain(">3<", page, StringComparison.Ordinal);
    }

    [Fact]
    public void It_moves_along_the_table_and_nowhere_else()
    {
        var whole = Asked with { Decision = Hash, Responded = true };
        foreach (var (from, to) in Enum.GetValues<InformationRequestState>()
            .SelectMany(from => Enum.GetValues<InformationRequestState>().Select(to => (from, to))))
        {
            Assert.Equal((from, to) is (InformationRequestState.Received,
                InformationRequestState.Consulting) or (InformationRequestState.Consulting, InformationRequestState.Decided)
                or (InformationRequestState.Decided, InformationRequestState.Answered), (whole with { State = from }).Obstacles(to)
                    .Count == 0);
        }

        Assert.Empty(whole.ToSearch());
        Assert.Single((whole with { State = InformationRequestState.Decided }).ToSearch());
        Assert.Single((whole with { State = InformationRequestState.Decided, Responded = false })
            .Obstacles(InformationRequestState.Answered));
    }

    private static DateOnly Day(string text) => DateOnly.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
