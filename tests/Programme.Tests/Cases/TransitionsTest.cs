using TfFlow.Programme.Agreements;
using TfFlow.Programme.Cases;
using TfFlow.Programme.Governance;

namespace TfFlow.Programme.Tests.Cases;

/// <summary>Each state machine of the cases against a second table, written apart from the first: every pair, allowed and forbidden.</summary>
public class TransitionsTest
{
    [Fact]
    public void A_family_case() => Same(FamilyCaseStates.Transitions, """
                             Identified SupportAssessed PartnerLed PackPrepared SuitabilityConfirmed Invited Agreed Supported Completed Withdrawn OutcomesChecked Reviewed DidNotTakePart Erasing Erased
        Identified           .          x               x          .            .                    .       .      .         .         .         .               .        x              .       .
        SupportAssessed      .          .               .          x            .                    .       .      .         .         .         .               .        x              .       .
        PartnerLed           .          x               .          .            .                    .       .      .         x         .         .               .        x              .       .
        PackPrepared         .          .               .          .            x                    .       .      .         .         .         .               .        x              .       .
        SuitabilityConfirmed .          .               .          .            .                    x       x      .         .         .         .               .        x              .       .
        Invited              .          .               .          .            .                    .       x      .         .         .         .               .        x              .       .
        Agreed               .          .               .          .            .                    .       .      x         .         .         .               .        x              .       .
        Supported            .          .               .          .            .                    .       .      .         x         x         .               .        .              .       .
        Completed            x          .               .          .            .                    .       .      .         .         .         x               .        .              .       .
        Withdrawn            x          .               .          .            .                    .       .      .         .         .         .               x        .              .       .
        OutcomesChecked      .          .               .          .            .                    .       .      .         .         .         .               x        .              .       .
        Reviewed             .          .               .          .            .                    .       .      .         .         .         .               .        .              x       .
        DidNotTakePart       x          .               .          .            .                    .       .      .         .         .         .               .        .              x       .
        Erasing              .          .               .          .            .                    .       .      .         .         .         .               .        .              .       x
        Erased               .          .               .          .            .                    .       .      .         .         .         .               .        .              .       .
        """);

    [Fact]
    public void A_consent() => Same(ConsentStates.Transitions, """
                  Sought Given Refused Lapsed Withdrawn
        Sought    .      x     x       x      .
        Given     .      .     .       .      x
        Refused   .      .     .       .      .
        Lapsed    .      .     .       .      .
        Withdrawn .      .     .       .      .
        """);

    [Fact]
    public void A_marker_instruction() => Same(MarkerChangeStates.Transitions, """
                   Instructed Sent Chased Escalated Confirmed Overtaken
        Instructed .          x    .      .         .         x
        Sent       .          .    x      .         x         x
        Chased     .          .    .      x         x         x
        Escalated  .          .    .      .         x         x
        Confirmed  .          .    .      .         .         .
        Overtaken  .          .    .      .         .         .
        """);

    [Fact]
    public void A_breach() => Same(BreachStates.Transitions, """
                     Recorded ProviderTold Investigated Concluded
        Recorded     .        x            .            .
        ProviderTold .        .            x            .
        Investigated .        .            .            x
        Concluded    .        .            .            .
        """);

    [Fact]
    public void A_suspension() => Same(SuspensionStates.Transitions, """
                    InForce MeetingHeld Lifted Lapsed
        InForce     .       x           .      x
        MeetingHeld .       .           x      x
        Lifted      .       .           .      .
        Lapsed      .       .           .      .
        """);

    [Fact]
    public void A_subject_request() => Same(SubjectRequestStates.Transitions, """
                   Received Consulting Decided Answered
        Received   .        x          .       .
        Consulting .        .          x       .
        Decided    .        .          .       x
        Answered   .        .          .       .
        """);

    [Fact]
    public void An_objection() => Same(ObjectionStates.Transitions, """
                  Raised Upheld NotUpheld Withdrawn
        Raised    .      x      x         x
        Upheld    .      .      .         x
        NotUpheld .      .      .         .
        Withdrawn .      .      .         .
        """);

    [Fact]
    public void A_question_to_a_source() => Same(SourceQuestionStates.Transitions, """
                 Asked Answered Lapsed
        Asked    .     x        x
        Answered .     .        .
        Lapsed   .     .        .
        """);

    [Fact]
    public void A_problem_that_came_to_light() => Same(SurfacedProblemStates.Transitions, """
                  Surfaced Withdrawn
        Surfaced  .        x
        Withdrawn .        .
        """);

    [Fact]
    public void Two_references_of_one_family() => Same(PersonPairStates.Transitions, """
                  Compared OnePerson TwoPeople TakenBack
        Compared  .        x         x         .
        OnePerson .        .         .         x
        TwoPeople .        .         .         x
        TakenBack x        .         .         .
        """);

    [Fact]
    public void A_legal_hold() => Same(LegalHoldStates.Transitions, """
                 InForce Released
        InForce  .       x
        Released .       .
        """);

    [Fact]
    public void A_file_given_to_a_party() => Same(GivenFileStates.Transitions, """
                Ordered Given Removed
        Ordered .       x     x
        Given   .       .     x
        Removed .       .     .
        """);

    [Fact]
    public void An_entry_of_a_register() => Same(RegisterStates.Standing, """
                   Recorded Authorised InForce CarriedOut Ended Lapsed Refused
        Recorded   .        .          .       .          x     x      .
        Authorised .        .          .       .          .     .      .
        InForce    .        .          .       .          .     .      .
        CarriedOut .        .          .       .          .     .      .
        Ended      .        .          .       .          .     .      .
        Lapsed     .        .          .       .          .     .      .
        Refused    .        .          .       .          .     .      .
        """);

    [Fact]
    public void A_notice_in_a_register() => Same(RegisterStates.Notice, """
                   Recorded Authorised InForce CarriedOut Ended Lapsed Refused
        Recorded   .        .          .       x          x     .      .
        Authorised .        .          .       .          .     .      .
        InForce    .        .          .       .          .     .      .
        CarriedOut .        .          .       .          .     .      .
        Ended      .        .          .       .          .     .      .
        Lapsed     .        .          .       .          .     .      .
        Refused    .        .          .       .          .     .      .
        """);

    [Fact]
    public void An_accounts_access() => Same(RegisterStates.Access, """
                   Recorded Authorised InForce CarriedOut Ended Lapsed Refused
        Recorded   .        x          .       .          .     x      x
        Authorised .        .          x       .          .     x      x
        InForce    .        .          .       .          x     x      .
        CarriedOut .        .          .       .          .     .      .
        Ended      .        .          .       .          .     .      .
        Lapsed     .        .          .       .          .     .      .
        Refused    .        .          .       .          .     .      .
        """);

    [Fact]
    public void The_store_allows_what_some_register_allows_and_nothing_else() => Same(RegisterStates.Transitions, """
                   Recorded Authorised InForce CarriedOut Ended Lapsed Refused
        Recorded   .        x          .       x          x     x      x
        Authorised .        .          x       .          .     x      x
        InForce    .        .          .       .          x     x      .
        CarriedOut .        .          .       .          .     .      .
        Ended      .        .          .       .          .     .      .
        Lapsed     .        .          .       .          .     .      .
        Refused    .        .          .       .          .     .      .
        """);

    [Fact]
    public void Every_family_case_can_be_brought_to_its_erasure()
    {
        var table = FamilyCaseStates.Transitions;
        Assert.Equal([FamilyCaseState.Erased], Enum.GetValues<FamilyCaseState>().Where(table.IsFinal));

        // Backwards from its end: a family may come back, so that the table has rings.
        HashSet<FamilyCaseState> reaching = [FamilyCaseState.Erased];
        bool ReachesOne(FamilyCaseState from) => !reaching.Contains(from) && reaching.Any(to => table.Allows(from, to));
        while (Enum.GetValues<FamilyCaseState>().Where(ReachesOne).ToList() is { Count: > 0 } more)
        {
            reaching.UnionWith(more);
        }

        Assert.Equal(Enum.GetValues<FamilyCaseState>(), reaching.Order());
    }

    [Fact]
    public void The_diagrams_in_the_documents_are_those_of_the_tables()
    {
        var document = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "cases.md"));
        string[] diagrams =
        [
            FamilyCaseStates.Transitions.ToMermaid(), ConsentStates.Transitions.ToMermaid(), MarkerChangeStates.Transitions.ToMermaid(), BreachStates.Transitions.ToMermaid(),
            SuspensionStates.Transitions.ToMermaid(), SubjectRequestStates.Transitions.ToMermaid(), SourceQuestionStates.Transitions.ToMermaid(), LegalHoldStates.Transitions.ToMermaid(),
            SurfacedProblemStates.Transitions.ToMermaid(), PersonPairStates.Transitions.ToMermaid(),
        ];

        Assert.All(diagrams, diagram => Assert.Contains(diagram, document.ReplaceLineEndings("\n"), StringComparison.Ordinal));
    }

    private static void Same<TState>(TransitionTable<TState> table, string second)
        where TState : struct, Enum
    {
        var lines = second.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).ToArray();
        var columns = lines[0].Select(Enum.Parse<TState>).ToArray();
        Assert.Equal(Enum.GetValues<TState>().Order(), columns.Order());
        Assert.Equal(columns, lines[1..].Select(line => Enum.Parse<TState>(line[0])));
        Assert.Equal(columns[0], table.Initial);
        foreach (var (from, to) in columns.SelectMany(from => columns.Select(to => (from, to))))
        {
            Assert.True((lines[1 + Array.IndexOf(columns, from)][1 + Array.IndexOf(columns, to)] == "x") == table.Allows(from, to), $"{from} → {to}");
        }
    }
}
