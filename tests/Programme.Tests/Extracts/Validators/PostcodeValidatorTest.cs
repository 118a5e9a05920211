using TfFlow.Linkage;
using System.Text;
using TfFlow.Programme.Extracts.Validators;

namespace TfFlow.Programme.Tests.Extracts.Validators;

public sealed class PostcodeValidatorTest
{
    private static readonly PostcodeValidator Validator = new();

    [Theory]
    [InlineData("M1 1AA")]
    [InlineData("M60 1NW")]
    [InlineData("W1A 1HQ")]
    [InlineData("CR2 6XH")]
    [InlineData("DN55 1PT")]
    [InlineData("EC1A 1BB")]
    [InlineData("GIR 0AA")]
    [InlineData("N1P 1AA")]
    [InlineData("ZZ99 3VZ")]
    [InlineData("SW1W 9YW")]
    public void Each_shape_is_accepted(string postcode) => Check.Accepts(Validator, postcode, postcode);

    [Theory]
    [InlineData("m11aa", "M1 1AA")]
    [InlineData("ec1a1bb", "EC1A 1BB")]
    [InlineData("CR2  6XH", "CR2 6XH")]
    [InlineData("d n 5 5 1 p t", "DN55 1PT")]
    public void It_is_written_in_capitals_with_one_space(string cell, string postcode) => Check.Accepts(Validator, cell, postcode);

    [Theory]
    [InlineData("QA1 1AA")] // Q, V, X never first
    [InlineData("VA1 1AA")]
    [InlineData("XA1 1AA")]
    [InlineData("AI1 1AA")] // I, J, Z never second
    [InlineData("AJ1 1AA")]
    [InlineData("AZ1 1AA")]
    [InlineData("A1I 1AA")] // third
    [InlineData("AA1C 1AA")] // fourth
    [InlineData("M1 1CA")] // C, I, K, M, O, V never in the inward part
    [InlineData("M1 1AI")]
    [InlineData("M1 1KA")]
    [InlineData("M1 1AM")]
    [InlineData("M1 1OA")]
    [InlineData("M1 1AV")]
    [InlineData("M1 AAA")]
    [InlineData("GIR 1AA")]
    [InlineData("GIR 0AB")]
    [InlineData("ZZ98 3VZ")]
    [InlineData("ZZ9 3VZ")]
    [InlineData("ZZ99 VVZ")]
    [InlineData("ZZ99 33Z")]
    [InlineData("ZZ99 3VV")]
    [InlineData("ZZ99")]
    [InlineData("ZZ99 3")]
    [InlineData("M 1AA")]
    [InlineData("MM 1AA")]
    [InlineData("M123 1AA")]
    [InlineData("1M1 1AA")]
    [InlineData("M1 1A")]
    [InlineData("M1 1AA\n1")]
    [InlineData("EC1A 1BBB")]
    [InlineData("LEICESTER")]
    [InlineData("M١ 1AA")]
    public void Anything_else_is_no_postcode(string cell) => Check.Refuses(Validator, cell, PostcodeValidator.Format);

    [Theory]
    [InlineData("ZZ99 3VZ", true)]
    [InlineData("LE1 1AA", false)]
    public void Pseudo_postcodes_are_known(string postcode, bool pseudo) =>
        Assert.Equal(pseudo, Postcode.IsPseudo(Encoding.UTF8.GetBytes(postcode)));

    [Theory]
    [InlineData("M1")]
    [InlineData("LE1")]
    [InlineData("LE1 1")]
    public void A_part_of_one_is_called_that(string cell) => Check.Refuses(new PostcodeValidator(), cell, PostcodeValidator.Partial);

    [Theory]
    [InlineData("D02 X285")]
    [InlineData("10115")]
    [InlineData("AI-2640")]
    public void One_of_another_country_is_called_that(string cell) => Check.Refuses(new PostcodeValidator(), cell, PostcodeValidator.Abroad);

    [Theory]
    [InlineData("NFA", "ZZ99 3VZ")]
    [InlineData("No fixed abode", "ZZ99 3VZ")]
    [InlineData("UNKNOWN", "ZZ99 3WZ")]
    [InlineData("ZZZSECUR", "ZZ99 3WZ")]
    [InlineData("Address withheld", "ZZ99 3WZ")]
    [InlineData("BFPO 61", "ZZ99 3CZ")]
    public void What_says_that_there_is_none_becomes_a_pseudo_postcode(string cell, string postcode) => Check.Warns(new PostcodeValidator(), cell, postcode, PostcodeValidator.Pseudo);

    [Theory]
    [InlineData("LE1-1AA")]
    [InlineData("LE1 1AA.")]
    public void Hyphens_and_full_stops_are_no_part_of_one(string cell) => Check.Accepts(new PostcodeValidator(), cell, "LE1 1AA");
}
