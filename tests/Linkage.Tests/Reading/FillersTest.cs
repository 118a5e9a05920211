using TfFlow.Linkage;

namespace TfFlow.Linkage.Tests.Reading;

public sealed class FillersTest
{
    [Theory]
    [InlineData("Unborn", true)]
    [InlineData("UNBORN BABY", true)]
    [InlineData("Baby Girl", true)]
    [InlineData("Unborn Smith", true)]
    [InlineData("N/A", true)]
    [InlineData("FNU", true)]
    [InlineData("not known", true)]
    [InlineData("-", true)]
    [InlineData("007", true)]
    [InlineData("", true)]
    [InlineData("Child 1", true)]
    [InlineData("Twin B", true)]
    [InlineData("Triplet 3", true)]
    [InlineData("Infant of Jane", true)]
    [InlineData("Bump", true)]
    [InlineData("U/B", true)]
    [InlineData("Bby", true)]
    [InlineData("Deceased", true)]
    [InlineData("Firstname", true)]
    [InlineData("Placeholder", true)]
    [InlineData("Ada", false)]
    [InlineData("Adam B", false)]
    [InlineData("Sonya", false)]
    [InlineData("Na", false)]
    [InlineData("محمد", false)]
    [InlineData("Łukasz", false)]
    [InlineData("Babyface", false)]
    public void A_name_is_one_or_a_filler(string text, bool filler) => Assert.Equal(filler, Fillers.IsName(text));

    [Theory]
    [InlineData("Ada", true)]
    [InlineData("Ada Mae", true)]
    [InlineData("Unborn", false)]
    [InlineData("unborn smith", false)]
    [InlineData("CHILD A", false)]
    [InlineData("Not yet named", false)]
    [InlineData("Zoë", false)]
    [InlineData("O'Hara", false)]
    [InlineData("Ada  Mae", false)]
    [InlineData("", false)]
    public void What_is_surely_a_name_is_told_without_folding_and_never_a_filler(string text, bool surely)
    {
        Assert.Equal(surely, Fillers.IsSurelyName(System.Text.Encoding.UTF8.GetBytes(text)));
        Assert.False(surely && Fillers.IsName(text));
    }

    /// <summary>A spreadsheet keeps some digits of a long number and writes zeros for the rest.</summary>
    [Theory]
    [InlineData("9434765919", false)]
    [InlineData("943 476 5919", false)]
    [InlineData("4010080000", false)] // its check digit is right
    [InlineData("4010000000", true)]
    [InlineData("9434760000", true)]
    [InlineData("4011000000", true)] // so is this one's, but five zeros are left of anything
    [InlineData("9.43E+09", true)]
    public void An_NHS_number_whose_last_digits_were_cut_is_blank(string text, bool blank) =>
        Assert.Equal(blank, Codes.Normalise(ColumnRole.NhsNumber, text, new()) == 0);

    [Theory]
    [InlineData("NFA", true)]
    [InlineData("No fixed abode", true)]
    [InlineData("Address withheld", true)]
    [InlineData("Protected - see manager", true)]
    [InlineData("Do not disclose", true)]
    [InlineData("4 Restricted Lane", false)]
    [InlineData("c/o HMP Leicester, Welford Road", true)]
    [InlineData("Moved from 12 High Street to 19 Low Street", true)]
    [InlineData("xxx", true)]
    [InlineData("12 High Street", false)]
    [InlineData("Homeless Lane Cottage", false)]
    public void An_address_tells_a_home_or_none(string text, bool filler) => Assert.Equal(filler, Fillers.IsAddress(text));

    [Theory]
    [InlineData("AB123456C", true)]
    [InlineData("ab 12 34 56 c", true)]
    [InlineData("1111111111", true)]
    [InlineData("9.43E+09", true)]
    [InlineData("1.00023E+11", true)]
    [InlineData("9434765919", false)]
    [InlineData("100023336956", false)]
    public void A_number_is_somebodys_or_nobodys(string text, bool filler) => Assert.Equal(filler, Fillers.IsNumber(text));

    [Theory]
    [InlineData(1900, 1, 1, true)]
    [InlineData(1899, 12, 30, true)]
    [InlineData(9999, 12, 31, true)]
    [InlineData(1980, 1, 1, false)]
    [InlineData(2012, 2, 14, false)]
    public void A_default_date_is_no_birth(int year, int month, int day, bool filler) => Assert.Equal(filler, Fillers.IsBirthDate(new DateOnly(year, month, day)));
}
