using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using TfFlow.Programme.Extracts.Validators;

namespace TfFlow.Programme.Tests.Extracts.Validators;

public sealed class NhsNumberValidatorTest
{
    private static readonly NhsNumberValidator Validator = new();

    [Theory]
    [InlineData("9434765919")]
    [InlineData("9434765870")]
    [InlineData("4010232137")]
    [InlineData("2213951837")]
    [InlineData("9876543210")]
    public void Issued_numbers_are_accepted(string number) => Check.Accepts(Validator, number, number);

    [Theory]
    [InlineData("943 476 5919", "9434765919")]
    [InlineData("943-476-5919", "9434765919")]
    public void Spaces_and_hyphens_are_taken_out(string cell, string number) => Check.Accepts(Validator, cell, number);

    [Theory]
    [InlineData("9434765871")]
    [InlineData("4010232138")]
    public void A_wrong_check_digit_is_told(string number) => Check.Refuses(Validator, number, NhsNumberValidator.CheckDigit);

    [Theory]
    [InlineData("943476591")]
    [InlineData("94347659190")]
    [InlineData("943476591X")]
    [InlineData("٩٤٣٤٧٦٥٩١٩")]
    public void Anything_but_ten_digits_is_refused(string cell) => Check.Refuses(Validator, cell, NhsNumberValidator.Format);

    [Fact]
    public void One_digit_ten_times_passes_the_sum_and_is_refused() =>
        Assert.All(Enumerable.Range(0, 10), digit => Check.Refuses(Validator, new string((char)('0' + digit), 10), NhsNumberValidator.Repeated));

    [Theory]
    [InlineData("9990000018")]
    [InlineData("9990548609")]
    public void Numbers_from_999_are_for_tests(string number) => Check.Refuses(Validator, number, NhsNumberValidator.TestOnly);

    [Fact]
    public void No_number_whose_check_would_be_ten_is_valid()
    {
        var none = Enumerable.Range(400_000_000, 2000).Select(body => body.ToString(CultureInfo.InvariantCulture))
            .Count(body => Enumerable.Range(0, 10).All(digit => Check.With(Validator, $"{body}{digit}").Code == NhsNumberValidator.CheckDigit.Code));
        Assert.InRange(none, 2000 / 11 - 5, 2000 / 11 + 5);
    }

    [Fact]
    public void Every_change_of_one_digit_is_caught() => Prop.ForAll(
        Gen.Choose(400_000_000, 799_999_999).Select(WithCheckDigit).Where(number => number.Length == 10).Zip(Gen.Choose(0, 9)).Zip(Gen.Choose(1, 9)).ToArbitrary(),
        sample =>
        {
            var ((number, at), by) = sample;
            var changed = number.ToCharArray();
            changed[at] = (char)('0' + ((changed[at] - '0' + by) % 10));
            return Check.With(Validator, number).Code is null && Check.With(Validator, new string(changed)).Code == NhsNumberValidator.CheckDigit.Code;
        }).QuickCheckThrowOnFailure();

    private static string WithCheckDigit(int body)
    {
        var digits = body.ToString(CultureInfo.InvariantCulture);
        var check = 11 - (digits.Select((digit, index) => (digit - '0') * (10 - index)).Sum() % 11);
        return check == 10 ? "" : $"{digits}{check % 11}";
    }
}
