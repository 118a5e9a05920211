using TfFlow.Programme.Extracts.Validators;

namespace TfFlow.Programme.Tests.Extracts.Validators;

public sealed class UprnValidatorTest
{
    private static readonly UprnValidator Validator = new();

    [Theory]
    [InlineData("100023336956", "100023336956")]
    [InlineData("000000199356", "000000199356")]
    [InlineData("199356", "000000199356")]
    [InlineData("1", "000000000001")]
    public void It_is_padded_to_twelve_digits(string cell, string uprn) => Check.Accepts(Validator, cell, uprn);

    [Theory]
    [InlineData("1000233369560")]
    [InlineData("10002333695A")]
    [InlineData("1000 2333")]
    [InlineData("-1")]
    public void Anything_else_is_no_reference(string cell) => Check.Refuses(Validator, cell, UprnValidator.Format);

    [Theory]
    [InlineData("0")]
    [InlineData("000000000000")]
    public void Zeros_alone_are_none(string cell) => Check.Refuses(Validator, cell, UprnValidator.Zeros);
}
