using TfFlow.Programme.Extracts.Validators;

namespace TfFlow.Programme.Tests.Extracts.Validators;

public sealed class UpnValidatorTest
{
    private static readonly UpnValidator Validator = new();

    [Theory]
    [InlineData("B801200005001")]
    [InlineData("A950000178301")]
    [InlineData("H243278544154")]
    [InlineData("X845212818005")]
    [InlineData("H801200001001")]
    [InlineData("P207000016049")]
    [InlineData("M80120000500A")] // temporary
    public void Issued_numbers_are_accepted(string upn) => Check.Accepts(Validator, upn, upn);

    [Theory]
    [InlineData("b 801 2000 05 001", "B801200005001")]
    [InlineData("m80120000500a", "M80120000500A")]
    public void Case_and_spaces_are_normalised(string cell, string upn) => Check.Accepts(Validator, cell, upn);

    [Theory]
    [InlineData("A801200005001")]
    [InlineData("R247962919251")] // Q
    [InlineData("X428558133462")] // W
    [InlineData("A80120000500A")] // M
    public void A_wrong_check_letter_is_told(string upn) => Check.Refuses(Validator, upn, UpnValidator.CheckLetter);

    [Theory]
    [InlineData("I801200005001")] // I, O and S are no check letters
    [InlineData("O801200005001")]
    [InlineData("S801200005001")]
    [InlineData("M80120000500I")]
    [InlineData("M80120000500-")]
    [InlineData("B80120000500")]
    [InlineData("B8012000050011")]
    [InlineData("8801200005001")]
    [InlineData("B80120000X001")]
    [InlineData("B80120000٥001")]
    public void Anything_else_is_no_pupil_number(string cell) => Check.Refuses(Validator, cell, UpnValidator.Format);

    [Fact]
    public void An_unknown_authority_is_kept_with_a_warning()
    {
        // 100: digits 1 0 0 0… give 2×1 = 2, which is C.
        Check.Warns(Validator, "C100000000000", "C100000000000", UpnValidator.UnknownAuthority);
        Check.Warns(Validator, "A000000000000", "A000000000000", UpnValidator.UnknownAuthority);
    }

    [Fact]
    public void Every_change_of_one_digit_is_caught()
    {
        // Weights 2 to 13 and differences up to 9 are never a multiple of 23.
        foreach (var upn in new[] { "B801200005001", "A950000178301", "H243278544154" })
        {
            for (var at = 1; at < upn.Length; at++)
            {
                foreach (var digit in "0123456789".Where(digit => digit != upn[at]))
                {
                    Check.Refuses(Validator, string.Concat(upn.AsSpan(0, at), [digit], upn.AsSpan(at + 1)), UpnValidator.CheckLetter);
                }
            }
        }
    }

    [Theory]
    [InlineData("UN1")]
    [InlineData("un10")]
    [InlineData("UN 2")]
    [InlineData("UN1 - under school age")]
    [InlineData("Awaiting UPN")]
    [InlineData("0")]
    public void A_code_that_says_there_is_none_yet_is_a_blank(string cell) => Check.Warns(new UpnValidator(), cell, "", UpnValidator.NoneYet);
}
