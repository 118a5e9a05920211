using TfFlow.Programme.Extracts;
using TfFlow.Programme.Research.Study;

namespace TfFlow.Programme.Tests.Research.Study;

public class StudyMeasureTest
{
    private static readonly DateOnly Started = new(2025, 5, 10);

    [Fact]
    public void Attendance_is_a_figure_and_not_a_yes()
    {
        var read = StudyMeasure.Find("attendance")!.Read(Started, [("2023", "84.9"), ("2024", "70"), ("2025", "91.5")]);

        // The school year in which the family started is neither before nor after.
        Assert.Equal((84.9, 91.5), read);
    }

    [Fact]
    public void A_progress_code_counts_by_what_it_says()
    {
        var maths = StudyMeasure.Find("maths_progress")!;
        Assert.Equal((0, 1), maths.Read(Started, [("2023", "below"), ("2025", "expected")]));
        Assert.Equal((1, 0), maths.Read(Started, [("2023", "above"), ("2025", "below")]));
    }

    [Fact]
    public void Half_a_year_before_is_held_against_half_a_year_after_in_whole_quarters()
    {
        (string, string)[] rows =
        [
            ("2024-07-01", "9"), ("2024-10-01", "2"), ("2025-01-01", "4"), ("2025-04-01", "9"), ("2025-07-01", "1"), ("2025-10-01", "0"), ("2026-01-01", "9"),
        ];
        Assert.Equal((3, 0.5), StudyMeasure.Find("proven_offences")!.Read(Started, rows));
    }

    [Theory]
    [InlineData("13", "13", 1)]
    [InlineData("0", "0", 0)]
    [InlineData("0", "4", 1)]
    public void A_spell_on_benefits_that_goes_on_is_one(string first, string second, int spells) => Assert.Equal(
        spells, StudyMeasure.Find("benefit_spells")!.Read(Started, [("2025-07-01", first), ("2025-10-01", second)]).After);

    [Fact]
    public void What_is_blank_or_was_not_returned_is_not_guessed()
    {
        Assert.Equal((null, null), StudyMeasure.Find("attendance")!.Read(Started, [("2023", ""), ("2024", "80")]));
        Assert.Null(StudyMeasure.Find("proven_offences")!.Read(Started, [("2025-07-01", "0")]).After);
    }

    [Theory]
    [InlineData("proven_offences", 2, 1, true)]
    [InlineData("proven_offences", 1, 1, false)]
    [InlineData("proven_offences", 0, 0, null)]
    [InlineData("attendance", 84.9, 85, true)]
    [InlineData("attendance", 91.5, 84.9, false)]
    [InlineData("maths_progress", 1, 1, null)]
    public void A_family_succeeds_by_becoming_better_where_it_could(string measure, double before, double after, bool? succeeded) =>
        Assert.Equal(succeeded, StudyMeasure.Find(measure)!.Succeeded(before, after));

    [Fact]
    public void Every_measure_is_a_column_of_its_return_and_every_return_has_one()
    {
        Assert.All(StudyMeasure.All, measure =>
        {
            var dataset = DatasetCatalogue.Find(measure.Dataset)!;
            Assert.True(dataset.Find(measure.Column) >= 0 && dataset.Find(measure.PeriodColumn) >= 0, measure.Name);
        });
        Assert.Equal(
            DatasetCatalogue.All.Keys.Where(id => id.StartsWith("return-", StringComparison.Ordinal)).Order(),
            StudyMeasure.All.Select(measure => measure.Dataset).Distinct().Order());
    }
}
