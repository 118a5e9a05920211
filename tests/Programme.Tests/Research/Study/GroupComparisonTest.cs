using TfFlow.Programme.Research.Study;

namespace TfFlow.Programme.Tests.Research.Study;

public class GroupComparisonTest
{
    [Theory]
    [InlineData(0, 0, 3)]
    [InlineData(40, 60, 3)]
    [InlineData(1, 2, 2)]
    public void The_few_who_were_not_matched_are_left_out_where_nothing_hides_them(int tookPart, int assessed, int columns)
    {
        var table = GroupComparison.Of(
        [
            .. People("took-part", yes: 120, no: 90, unmatched: tookPart),
            .. People("assessed-only", yes: 60, no: 70, unmatched: assessed),
        ]);

        Assert.Empty(table.Exposed);
        Assert.Equal(2 * columns, table.Source.Cells.Count());
        Assert.NotNull(GroupComparison.Share(table, 0));
        Assert.NotNull(GroupComparison.Share(table, 1));
    }

    private static IEnumerable<StudyPerson> People(string group, int yes, int no, int unmatched) =>
    [
        .. Enumerable.Repeat(new StudyPerson(group, true), yes),
        .. Enumerable.Repeat(new StudyPerson(group, false), no),
        .. Enumerable.Repeat(new StudyPerson(group, null), unmatched),
    ];
}
