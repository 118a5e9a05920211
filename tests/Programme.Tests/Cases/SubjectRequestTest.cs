using TfFlow.Programme.Cases;

namespace TfFlow.Programme.Tests.Cases;

public class SubjectRequestTest
{
    private static readonly HashSet<DateOnly> Holidays = [Day("2014-04-18"), Day("2014-04-21")];

    private static readonly SubjectRequest Whole = new()
    {
        State = SubjectRequestState.Received,
        Kind = SubjectRequestKind.Access,
        ReceivedOn = Day("2014-02-10"),
        Originators = ["a", "b"],
        Consulted = ["b", "a"],
        ExemptionsAssessed = true,
        Decision = "given, without what would identify another person",
        AnsweredOn = Day("2014-03-01"),
    };

    [Theory]
    [InlineData("2014-02-10", false, "2014-03-10")]
    [InlineData("2014-02-10", true, "2014-05-12")]
    [InlineData("2014-01-31", false, "2014-02-28")]
    [InlineData("2014-02-28", false, "2014-03-28")]
    // Saturday and Sunday move on to Monday.
    [InlineData("2014-02-15", false, "2014-03-17")]
    [InlineData("2014-02-16", false, "2014-03-17")]
    // Good Friday to the Tuesday after Easter.
    [InlineData("2014-03-18", false, "2014-04-22")]
    public void It_is_answered_in_a_month_or_when_extended_in_three(string received, bool extended, string due)
    {
        var request = Whole with { ReceivedOn = Day(received), ExtendedOn = extended ? Day(received).AddDays(5) : null };

        Assert.Equal(Day(due), request.DueOn(Holidays));
    }

    [Fact]
    public void It_is_extended_once_for_a_reason_and_within_the_first_month()
    {
        Assert.Empty(Whole.ToExtend(Day("2014-03-10"), complex: true, Holidays));
        Assert.Single(Whole.ToExtend(Day("2014-03-11"), complex: true, Holidays));
        Assert.Single(Whole.ToExtend(Day("2014-03-10"), complex: false, Holidays));
        Assert.Single((Whole with { ExtendedOn = Day("2014-02-20") }).ToExtend(Day("2014-03-10"), complex: true, Holidays));
    }

    [Fact]
    public void A_request_that_has_everything_moves_along_the_table_and_nowhere_else()
    {
        foreach (var (from, to) in Enum.GetValues<SubjectRequestState>().SelectMany(from => Enum.GetValues<SubjectRequestState>().Select(to => (from, to))))
        {
            Assert.Equal(SubjectRequestStates.Transitions.Allows(from, to), (Whole with { State = from }).Obstacles(to).Count == 0);
        }
    }

    [Fact]
    public void Originators_are_consulted_and_exemptions_assessed_with_them()
    {
        var consulting = Whole with { State = SubjectRequestState.Consulting };

        Assert.Contains("b", Assert.Single((consulting with { Consulted = ["a"] }).Obstacles(SubjectRequestState.Decided)).What, StringComparison.Ordinal);
        Assert.Single((consulting with { ExemptionsAssessed = false }).Obstacles(SubjectRequestState.Decided));
        Assert.Empty((consulting with { Originators = [], Consulted = [], ExemptionsAssessed = false }).Obstacles(SubjectRequestState.Decided));
        Assert.Single((consulting with { Decision = null }).Obstacles(SubjectRequestState.Decided));
        Assert.Single((Whole with { State = SubjectRequestState.Decided, AnsweredOn = null }).Obstacles(SubjectRequestState.Answered));
    }

    [Theory]
    [InlineData("b", true, "2014-02-11", true)]
    [InlineData("b", false, "2014-02-24", false)]
    [InlineData("b", false, "2014-02-25", true)]
    // Heard already; never asked.
    [InlineData("a", true, "2014-02-25", false)]
    [InlineData("c", true, "2014-02-25", false)]
    public void An_originator_is_consulted_when_it_gave_its_view_or_let_fourteen_days_pass(string originator, bool given, string today, bool may)
    {
        var consulting = Whole with { State = SubjectRequestState.Consulting, Consulted = ["a"] };

        Assert.Equal(may, consulting.ToHear(originator, given, Day("2014-02-11"), Day(today)).Count == 0);
        Assert.NotEmpty((consulting with { State = SubjectRequestState.Decided }).ToHear(originator, given, Day("2014-02-11"), Day(today)));
        Assert.NotEmpty(consulting.ToHear(originator, given: false, askedOn: null, Day(today)));
    }

    [Fact]
    public void It_is_received_for_something_and_not_in_the_future_and_not_extended_once_answered()
    {
        Assert.Empty(Whole.ToReceive(Day("2014-02-10")));
        Assert.Single(Whole.ToReceive(Day("2014-02-09")));
        Assert.Single((Whole with { Kind = 0 }).ToReceive(Day("2014-02-10")));
        Assert.Single((Whole with { State = SubjectRequestState.Answered }).ToExtend(Day("2014-03-10"), complex: true, Holidays));
    }

    private static DateOnly Day(string day) => DateOnly.ParseExact(day, "yyyy-MM-dd");
}
