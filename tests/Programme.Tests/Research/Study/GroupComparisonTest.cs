using TfFlow.Programme.Research.Study;

namespace TfFlow.Programme.Tests.Research.Study;

public class GroupComparisonTest
{
    private static readonly StudyMeasure Offences = StudyMeasure.Find("proven_offences")!;

    [Theory]
    [InlineData(0, 0, 3)]
    [InlineData(40, 60, 3)]
    [InlineData(1, 2, 2)]
    public void The_few_who_were_not_matched_are_left_out_where_nothing_hides_them(int tookPart, int assessed, int columns)
    {
        var table = GroupComparison.Of(
        [
            .. Families("took-part", yes: 120, no: 90, unmatched: tookPart),
            .. Families("assessed-only", yes: 60, no: 70, unmatched: assessed),
        ]);

        Assert.Empty(table.Exposed);
        Assert.Equal(2 * columns, table.Source.Cells.Count());
    }

    /// <summary>In the form of seeds/003. Each holds whatever the rounding took: of 52 and 48 it may have been 48 and 52.</summary>
    [Theory]
    [InlineData(60, 40, "Over 50% of families on the programme were successful in reducing their offending behaviour for 6 months after they started.")]
    [InlineData(52, 48, "Over 40% of families on the programme were successful in reducing their offending behaviour for 6 months after they started.")]
    [InlineData(0, 90, "Fewer than 10% of families on the programme were successful in reducing their offending behaviour for 6 months after they started.")]
    [InlineData(10, 90, "Fewer than 20% of families on the programme were successful in reducing their offending behaviour for 6 months after they started.")]
    [InlineData(3, 90, "Too few families are known to say how many families on the programme were successful in reducing their offending behaviour for 6 months after they started.")]
    public void A_group_is_told_of_in_tens_of_per_cent(int yes, int no, string sentence) => Assert.Equal(
        sentence,
        GroupComparison.Statement(
            GroupComparison.Of([.. Families("took-part", yes, no, unmatched: 0), .. Families("assessed-only", 60, 70, unmatched: 0)]), group: 0, Offences));

    [Fact]
    public void The_comparison_group_is_told_of_as_what_it_is() => Assert.Equal(
        "Over 40% of families that were assessed and did not take part were successful in improving their children's school attendance for one school year after they started.",
        GroupComparison.Statement(
            GroupComparison.Of([.. Families("took-part", 50, 50, unmatched: 0), .. Families("assessed-only", 60, 70, unmatched: 0)]), group: 1, StudyMeasure.Find("attendance")!));

    private static IEnumerable<StudyFamily> Families(string group, int yes, int no, int unmatched) =>
    [
        .. Enumerable.Repeat(new StudyFamily(group, true), yes),
        .. Enumerable.Repeat(new StudyFamily(group, false), no),
        .. Enumerable.Repeat(new StudyFamily(group, null), unmatched),
    ];
}
