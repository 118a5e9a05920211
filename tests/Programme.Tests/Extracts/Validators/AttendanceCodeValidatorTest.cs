using System.Text;
using TfFlow.Programme.Extracts.Validators;

namespace TfFlow.Programme.Tests.Extracts.Validators;

public sealed class AttendanceCodeValidatorTest
{
    private static readonly AttendanceCodeValidator Validator = new();

    private static readonly string[] All = @"/ \ L K V P W B D C1 M J1 S X C2 C T R I E Q Y1 Y2 Y3 Y4 Y5 Y6 Y7 G N O U Z #".Split(' ');

    public static TheoryData<string> Codes => [.. All];

    [Theory]
    [MemberData(nameof(Codes))]
    public void Codes_of_2024_are_accepted(string code)
    {
        Check.Accepts(Validator, code, code);
        Check.Accepts(Validator, code.ToLowerInvariant(), code);
        Assert.True(AttendanceCodeValidator.IsCurrent(Encoding.UTF8.GetBytes(code)));
        Assert.False(AttendanceCodeValidator.IsFormer(Encoding.UTF8.GetBytes(code)));
    }

    [Theory]
    [InlineData("H")]
    [InlineData("J")]
    [InlineData("Y")]
    public void Former_codes_are_codes_and_not_current(string code)
    {
        Check.Accepts(Validator, code, code);
        Assert.True(AttendanceCodeValidator.IsFormer(Encoding.UTF8.GetBytes(code)));
        Assert.False(AttendanceCodeValidator.IsCurrent(Encoding.UTF8.GetBytes(code)));
    }

    [Theory]
    [InlineData("A")]
    [InlineData("F")]
    [InlineData("Y8")]
    [InlineData("Y0")]
    [InlineData("C3")]
    [InlineData("J2")]
    [InlineData("//")]
    [InlineData("present")]
    public void Anything_else_is_no_code(string cell) => Check.Refuses(Validator, cell, AttendanceCodeValidator.NotACode);

    [Fact]
    public void Three_codes_are_present_and_four_unauthorised()
    {
        Assert.Equal(["/", "\\", "L"], All.Where(code => AttendanceCodeValidator.IsPresent(Encoding.UTF8.GetBytes(code))));
        Assert.Equal(["G", "N", "O", "U"], All.Where(code => AttendanceCodeValidator.IsUnauthorised(Encoding.UTF8.GetBytes(code))));
    }
}
