using TfFlow.Programme.Agreements;

namespace TfFlow.Programme.Tests.Agreements;

public sealed class PartyTest
{
    [Theory]
    [InlineData("2013-01-01", "2013-01-01", true)]
    [InlineData("2013-01-02", "2013-01-01", false)]
    [InlineData("2013-01-01", "2013-01-02", false)]
    [InlineData("2013-01-01", null, false)]
    [InlineData(null, "2013-01-01", false)]
    public void A_party_has_signed_both_from_the_day_it_signs(string? agreement, string? above, bool has) =>
        Assert.Equal(has, new Party("school", "School", PartyKind.Controller, [], Day(agreement), Day(above), null, new Dictionary<string, string>(), "ours").HasSigned(new(2013, 1, 1)));

    private static DateOnly? Day(string? text) => text is null ? null : DateOnly.ParseExact(text, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}
