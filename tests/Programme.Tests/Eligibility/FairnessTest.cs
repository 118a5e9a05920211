using TfFlow.Programme.Eligibility;

namespace TfFlow.Programme.Tests.Eligibility;

public class FairnessTest
{
    private static readonly DateOnly On = new(2014, 3, 10);

    [Theory]
    [InlineData("1", "2014-03-01", "LE3 1AB", "male", "0 to 4", "LE3")]
    [InlineData("2", "1996-03-10", "BS16 2CD", "female", "18 to 24", "BS16")]
    [InlineData("2", "1996-03-11", "BS162CD", "female", "16 to 17", "BS16")]
    [InlineData("0", "1940-01-01", "ZZ99 3WZ", "not known", "65 and over", "not known")]
    [InlineData("9", null, "", "not known", "not known", "not known")]
    public void A_person_is_counted_by_sex_age_and_postcode_district(string sex, string? born, string postcode, string ofSex, string ofAge, string ofArea)
    {
        var groups = PersonGroups.Of(sex, born is null ? null : DateOnly.ParseExact(born, "yyyy-MM-dd"), postcode, On);
        Assert.True(PersonGroups.TryParse(groups.ToString(), out var read));
        Assert.Equal((ofSex, ofAge, ofArea), (read[FairnessBy.Sex], read[FairnessBy.Age], read[FairnessBy.Area]));
    }

    [Fact]
    public void Rows_about_one_person_say_together_what_each_leaves_out()
    {
        var (census, benefits) = (PersonGroups.Of("2", null, "LE3 1AB", On), PersonGroups.Of("", new(1996, 3, 10), "LE4 1AB", On));
        Assert.Equal(PersonGroups.Of("2", new(1996, 3, 10), "LE3 1AB", On), census.Or(benefits));
        Assert.False(PersonGroups.TryParse("", out _));
    }

    [Fact]
    public void Shares_of_the_households_add_up()
    {
        var half = GroupCount.Of(People("LE1", 10, 30));
        var whole = GroupCount.Add([.. half, .. half]);
        Assert.Equal(new GroupCount(FairnessBy.Area, "LE1", 80, 20), whole.Single(count => count.By is FairnessBy.Area));
        Assert.Equal(["0 to 4", "5 to 10", "16 to 17", "not known"], GroupCount.Add(((string[])["not known", "16 to 17", "5 to 10", "0 to 4"]).Select(age => new GroupCount(FairnessBy.Age, age, 1, 0))).Select(count => count.Group));
    }

    [Fact]
    public void Areas_that_mistyped_postcodes_make_are_counted_together()
    {
        var counts = GroupCount.Add(Enumerable.Range(1, 900).Select(area => new GroupCount(FairnessBy.Area, $"LE{area}", area, 1)));
        Assert.Equal(151, counts.Count);
        Assert.Equal(new GroupCount(FairnessBy.Area, GroupCount.OtherAreas, Enumerable.Range(1, 750).Sum(), 750), counts.Single(count => count.Group == GroupCount.OtherAreas));
    }

    [Fact]
    public void A_line_says_the_share_of_a_group_that_is_in_the_cohort()
    {
        var lines = Fairness.Table(GroupCount.Of([.. People("LE1", 100, 900), .. People("LE2", 300, 700)]));
        Assert.Equal([("LE1", 100, 900, 10), ("LE2", 300, 700, 30)], Areas(lines));
    }

    [Fact]
    public void Small_numbers_are_suppressed_and_cannot_be_worked_out()
    {
        // What is published is rounded so that no total gives the small number away: 4 of 904 could as well be 1, or 7.
        Assert.Equal([("LE1", null, 900, null), ("LE2", 300, 700, 30), ("LE3", 200, 800, 20)], Areas(Fairness.Table(GroupCount.Of([.. People("LE1", 4, 901), .. People("LE2", 300, 700), .. People("LE3", 200, 800)]))));

        // Of two groups both are suppressed, where the one would be known by the other.
        var pair = Fairness.Table(GroupCount.Of([.. People("LE1", 3, 900), .. People("LE2", 8, 700)]));
        Assert.All(pair.Where(line => line.By is FairnessBy.Area && line.Group == "LE1"), line => Assert.Null(line.Share));
    }

    [Fact]
    public void Small_areas_are_told_together()
    {
        var lines = Fairness.Table(GroupCount.Of([.. People("LE1", 100, 900), .. People("LE2", 50, 150), .. People("LE3", 40, 60), .. People("", 20, 30)]));
        Assert.Equal([("LE1", 100, 900, 10), ("not known", 20, 30, 40), (GroupCount.OtherAreas, 90, 210, 30)], Areas(lines).Order());
    }

    private static IEnumerable<(PersonGroups Groups, bool InCohort)> People(string area, int cohort, int others) =>
        Enumerable.Range(0, cohort + others).Select(number => (new PersonGroups("1", "0 to 4", area), number < cohort));

    private static IEnumerable<(string, long?, long?, int?)> Areas(IReadOnlyList<FairnessLine> lines) =>
        lines.Where(line => line.By is FairnessBy.Area).Select(line => (line.Group, line.InCohort, line.NotInCohort, line.Share));
}
