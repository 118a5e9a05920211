using TfFlow.Programme.Research;
using TfFlow.Programme.Research.Release;

namespace TfFlow.Programme.Tests.Research.Release;

public class ReleaseFormTest
{
    private static readonly Dictionary<string, ReleaseForm> Forms = new()
    {
        ["coded"] = new ReleaseForm.Coded(new HashSet<string> { "met", "not met" }),
        ["composition"] = new ReleaseForm.Composition(new HashSet<string> { "one adult" }),
        ["size"] = new ReleaseForm.HouseholdSize(8),
        ["month"] = new ReleaseForm.Month(),
        ["quarter"] = new ReleaseForm.Quarter(),
        ["age"] = new ReleaseForm.AgeBand(5, new(2014, 5, 31)),
        ["area"] = new ReleaseForm.Area(),
        ["measure"] = new ReleaseForm.Measure(),
    };

    [Theory]
    [InlineData("coded", "met", "met")]
    [InlineData("coded", "met, says her aunt", null)]
    [InlineData("composition", "one adult", "one adult")]
    [InlineData("composition", "three generations", null)]
    [InlineData("size", "7", "7")]
    [InlineData("size", "8", "8+")]
    [InlineData("size", "11", "8+")]
    [InlineData("size", "many", null)]
    [InlineData("size", "-1", null)]
    [InlineData("month", "2014-05-31", "2014-05")]
    [InlineData("month", "31/05/2014", null)]
    [InlineData("month", "2014-02-30", null)]
    [InlineData("quarter", "2014-03-31", "2014-Q1")]
    [InlineData("quarter", "2014-04-01", "2014-Q2")]
    [InlineData("quarter", "2014-12-31", "2014-Q4")]
    [InlineData("age", "2004-05-31", "10-14")]
    [InlineData("age", "2004-06-01", "5-9")]
    [InlineData("age", "2014-05-31", "0-4")]
    [InlineData("age", "2014-06-01", null)]
    [InlineData("age", "2012-02-29", "0-4")]
    [InlineData("age", "10", null)]
    [InlineData("area", "E01012345", "E01012345")]
    [InlineData("area", "E02000001", "E02000001")]
    [InlineData("area", "E06000016", "E06000016")]
    [InlineData("area", "E00012345", null)]
    [InlineData("area", "LE1 6RN", null)]
    [InlineData("area", "E01012345\n", null)]
    [InlineData("measure", "-12.5", "-12.5")]
    [InlineData("measure", "12 weeks", null)]
    [InlineData("measure", "=1+1", null)]
    [InlineData("month", "", "")]
    public void A_cell_takes_its_form_or_does_not_fit(string form, string cell, string? released) => Assert.Equal(released, Forms[form].Apply(cell));

    [Theory]
    [InlineData("size")]
    [InlineData("composition")]
    [InlineData("age")]
    [InlineData("area")]
    public void What_helps_to_recognise_people_must_be_declared_a_quasi_identifier(string form)
    {
        Assert.Throws<ResearchDataException>(() => Specification(new ReleaseColumn("c", ColumnUse.Plain, Forms[form])).Check());
        Specification(new ReleaseColumn("c", ColumnUse.Quasi, Forms[form])).Check();
    }

    [Fact]
    public void A_column_without_a_form_is_refused() =>
        Assert.Throws<ResearchDataException>(() => Specification(new ReleaseColumn("notes", ColumnUse.Plain, null)).Check());

    [Fact]
    public void A_column_listed_twice_is_refused() => Assert.Throws<ResearchDataException>(() =>
        Specification(new ReleaseColumn("c", ColumnUse.Plain, Forms["coded"]), new ReleaseColumn("c", ColumnUse.Plain, Forms["coded"])).Check());

    private static ReleaseSpecification Specification(params ReleaseColumn[] columns) => new() { Name = "s", Version = "1", Columns = columns };
}
