using TfFlow.Programme;
using TfFlow.Programme.Extracts;
using TfFlow.Programme.Research.Release;
using TfFlow.Programme.Research.Statistics;
using TfFlow.Programme.Research.Study;

namespace TfFlow.Programme.Tests.Extracts;

/// <summary>Each state machine against a second table, written apart from the first: every pair, allowed and forbidden.</summary>
public class StatesTest
{
    [Fact]
    public void An_extract_moves_only_as_its_second_table_says() => Same(ExtractStages.Transitions, """
                    Claimed Sealed Kept Refused Quarantined Erasing Erased
        Claimed     .       x      .    x       .           .       .
        Sealed      .       .      x    .       .           .       .
        Kept        .       .      .    .       .           x       .
        Refused     .       .      .    .       x           .       .
        Quarantined .       .      .    .       .           .       .
        Erasing     .       .      .    .       .           .       x
        Erased      .       .      .    .       .           .       .
        """);

    [Fact]
    public void An_upload_grant_moves_only_as_its_second_table_says() => Same(GrantStates.Transitions, """
                Issued Claimed Closed Expired
        Issued  .      x       .      x
        Claimed .      .       x      .
        Closed  .      .       .      .
        Expired .      .       .      .
        """);

    [Fact]
    public void An_anonymous_extract_moves_only_as_its_second_table_says() => Same(ResearchExtractStates.Transitions, """
                   Requested Justified Approved Built Released Refused Destroying Destroyed
        Requested  .         x         .        .     .        x       .          .
        Justified  .         .         x        .     .        x       .          .
        Approved   .         .         .        x     .        x       .          .
        Built      .         .         .        .     x        .       x          .
        Released   .         .         .        .     .        .       x          .
        Refused    .         .         .        .     .        .       .          .
        Destroying .         .         .        .     .        .       .          x
        Destroyed  .         .         .        .     .        .       .          .
        """);

    [Fact]
    public void A_table_of_statistics_moves_only_as_its_second_table_says() => Same(StatisticsStates.Transitions, """
                  Built Releasing Released Discarded
        Built     .     x         .        x
        Releasing x     .         x        .
        Released  .     .         .        .
        Discarded .     .         .        .
        """);

    [Fact]
    public void A_round_of_a_study_moves_only_as_its_second_table_says() => Same(StudyRoundStates.Transitions, """
                   Open Linking Reported Released Destroying Destroyed
        Open       .    x       .        .        x          .
        Linking    .    .       x        .        x          .
        Reported   .    .       .        x        x          .
        Released   .    .       .        .        x          .
        Destroying .    .       .        .        .          x
        Destroyed  .    .       .        .        .          .
        """);

    [Fact]
    public void A_submission_moves_only_as_its_second_table_says() => Same(StudySubmissionStates.Transitions, """
                 Ordered Sealed Received
        Ordered  .       x      .
        Sealed   .       .      x
        Received .       .      .
        """);

    [Fact]
    public void An_extract_ends_only_quarantined_or_erased() => Assert.Equal(
        [ExtractStage.Quarantined, ExtractStage.Erased],
        Enum.GetValues<ExtractStage>().Where(ExtractStages.Transitions.IsFinal));

    private static void Same<TState>(TransitionTable<TState> table, string second) where TState : struct, Enum
    {
        var lines = second.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var columns = Words(lines[0]).Select(Enum.Parse<TState>).ToList();
        Assert.Equal(Enum.GetValues<TState>().Order(), columns.Order());
        Assert.Equal(columns.Count, lines.Length - 1);
        foreach (var line in lines[1..])
        {
            var words = Words(line);
            var from = Enum.Parse<TState>(words[0]);
            foreach (var (to, mark) in columns.Zip(words[1..]))
            {
                Assert.True((mark == "x") == table.Allows(from, to), $"{from} → {to}");
            }
        }
    }

    private static string[] Words(string line) => line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
