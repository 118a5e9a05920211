using TfFlow.Programme.Extracts.Validators;

namespace TfFlow.Programme.Tests.Extracts.Validators;

public sealed class NinoValidatorTest
{
    private static readonly NinoValidator Validator = new(suffixOptional: false);

    [Theory]
    [InlineData("AB123456C", "AB123456C")]
    [InlineData("ab 12 34 56 c", "AB123456C")]
    [InlineData("JX987654A", "JX987654A")]
    [InlineData("ZY000000D", "ZY000000D")]
    public void Issued_forms_are_accepted(string cell, string nino) => Check.Accepts(Validator, cell, nino);

    [Theory]
    [InlineData("QQ123456A")]
    [InlineData("AO123456C")]
    [InlineData("BG123456C")]
    [InlineData("GB123456C")]
    [InlineData("KN123456C")]
    [InlineData("NK123456C")]
    [InlineData("NT123456C")]
    [InlineData("TN123456C")]
    [InlineData("ZZ123456C")]
    [InlineData("DA123456C")]
    [InlineData("AD123456C")]
    [InlineData("FA123456C")]
    [InlineData("AF123456C")]
    [InlineData("IA123456C")]
    [InlineData("AI123456C")]
    [InlineData("QA123456C")]
    [InlineData("AQ123456C")]
    [InlineData("UA123456C")]
    [InlineData("AU123456C")]
    [InlineData("VA123456C")]
    [InlineData("AV123456C")]
    public void Prefixes_that_are_not_issued_are_told(string nino) => Check.Refuses(Validator, nino, NinoValidator.Prefix);

    [Fact]
    public void O_may_stand_first() => Check.Accepts(Validator, "OA123456C", "OA123456C");

    [Theory]
    [InlineData("AB123456E")]
    [InlineData("AB123456@")]
    [InlineData("AB123456")]
    [InlineData("AB12345C")]
    [InlineData("A1123456C")]
    [InlineData("1B123456C")]
    [InlineData("AB1234567C")]
    [InlineData("AB12345XC")]
    public void Anything_else_is_no_number(string cell) => Check.Refuses(Validator, cell, NinoValidator.Format);

    [Fact]
    public void The_suffix_may_be_left_out_where_the_specification_says()
    {
        var lenient = new NinoValidator(suffixOptional: true);
        Check.Accepts(lenient, "AB123456", "AB123456");
        Check.Accepts(lenient, "AB123456C", "AB123456C");
        Check.Refuses(lenient, "AB12345", NinoValidator.Format);
        Check.Refuses(lenient, "AB123456E", NinoValidator.Format);
        Assert.NotEqual(Validator.Describes, lenient.Describes);
    }
}
