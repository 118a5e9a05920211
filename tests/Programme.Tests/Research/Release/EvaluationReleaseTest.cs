using TfFlow.Programme.Cases;
using TfFlow.Programme.Research.Release;

namespace TfFlow.Programme.Tests.Research.Release;

public class EvaluationReleaseTest
{
    [Fact]
    public void Counts_tell_where_each_family_stands_when_enough_stand_there()
    {
        var counts = EvaluationRelease.Counts(Families((FamilyCaseState.Supported, 40), (FamilyCaseState.DidNotTakePart, 30)));
        Assert.Empty(counts.Exposed);
        Assert.Equal(["DidNotTakePart", "Supported"], counts.Source.Rows);
    }

    [Fact]
    public void A_few_families_that_withdrew_are_told_with_all_that_took_part()
    {
        var counts = EvaluationRelease.Counts(Families((FamilyCaseState.Supported, 40), (FamilyCaseState.Withdrawn, 4), (FamilyCaseState.DidNotTakePart, 30)));
        Assert.Empty(counts.Exposed);
        Assert.Equal(["DidNotTakePart", "TookPart"], counts.Source.Rows);
    }

    [Fact]
    public void Where_no_telling_hides_them_the_exposed_counts_are_named()
    {
        var counts = EvaluationRelease.Counts(Families((FamilyCaseState.Supported, 3)));
        Assert.NotEmpty(counts.Exposed);
    }

    private static List<FamilyProgress> Families(params (FamilyCaseState State, int Count)[] groups) =>
    [
        .. from @group in groups
           from i in Enumerable.Range(0, @group.Count)
           select new FamilyProgress($"{@group.State}-{i}", i % 2 == 0 ? 3 : 5, new(2015, 1, 1), new(2026, 1, 1), 2, @group.State),
    ];
}
