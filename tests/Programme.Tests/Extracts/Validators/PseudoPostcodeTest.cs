using TfFlow.Linkage;
using System.Text;
using TfFlow.Programme.Extracts;
using TfFlow.Programme.Extracts.Validators;

namespace TfFlow.Programme.Tests.Extracts.Validators;

public class PseudoPostcodeTest
{
    [Theory]
    [InlineData("ZZ99 3VZ")]
    [InlineData("zz993vz")]
    [InlineData("ZZ99 3WZ")]
    [InlineData("ZZ99 3CZ")]
    public void The_pseudo_postcodes_in_use_are_accepted(string postcode)
    {
        var into = new ValueWriter();

        Assert.Null(new PostcodeValidator().Normalise(Encoding.UTF8.GetBytes(postcode), into));
        Assert.True(Postcode.IsPseudo(into.Written));
        Assert.Equal((byte)' ', into.Written[4]);
    }

    [Theory]
    [InlineData("XX99 9XX", "ZZ99 3WZ")]
    [InlineData("ZZ1 1ZZ", "ZZ99 3WZ")]
    [InlineData("AA11 1AA", "ZZ99 3WZ")]
    [InlineData("XXX XXX", "ZZ99 3WZ")]
    [InlineData("Do not disclose", "ZZ99 3WZ")]
    [InlineData("No postcode", "ZZ99 3WZ")]
    [InlineData("Out of area", "ZZ99 3WZ")]
    [InlineData("Sofa surfing", "ZZ99 3VZ")]
    [InlineData("NFA NFA", "ZZ99 3VZ")]
    public void What_says_that_there_is_no_place_is_read_as_one_and_told(string cell, string postcode) => Check.Warns(new PostcodeValidator(), cell, postcode, PostcodeValidator.Pseudo);

    [Fact]
    public void A_district_of_two_figures_loses_its_zero() => Check.Accepts(new PostcodeValidator(), "LE01 1AA", "LE1 1AA");

    [Theory]
    [InlineData("ZZ99")]
    [InlineData("ZZ99 VZ3")]
    [InlineData("ZZ99 3V")]
    [InlineData("ZZ98 3VZ")]
    public void What_only_looks_like_one_is_refused(string postcode) =>
        Assert.Equal(PostcodeValidator.Format, new PostcodeValidator().Normalise(Encoding.UTF8.GetBytes(postcode), new ValueWriter()));
}
