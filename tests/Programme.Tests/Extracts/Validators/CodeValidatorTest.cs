using TfFlow.Programme.Extracts;
using TfFlow.Programme.Extracts.Validators;

namespace TfFlow.Programme.Tests.Extracts.Validators;

public sealed class CodeValidatorTest
{
    private static readonly CodeValidator Validator = new(
        new Dictionary<string, IReadOnlyList<string>> { ["youth-caution"] = ["YC", "Überwachung"], ["fine"] = [] },
        new Dictionary<string, Rule> { ["restorative justice"] = NeverAccepted.InformalDisposal });

    [Theory]
    [InlineData("youth-caution", "youth-caution")]
    [InlineData("YOUTH-CAUTION", "youth-caution")]
    [InlineData("Youth caution", "youth-caution")]
    [InlineData("Youth  Caution (6 months)", "youth-caution")]
    [InlineData("youth_caution", "youth-caution")]
    [InlineData("yc", "youth-caution")]
    [InlineData("überwachung", "youth-caution")]
    [InlineData("Fine", "fine")]
    [InlineData("YC - Youth caution", "youth-caution")]
    [InlineData("3 - Youth caution", "youth-caution")]
    [InlineData("Q: fine", "fine")]
    [InlineData("Fine £100", "fine")]
    [InlineData("Youth caution - 6 months", "youth-caution")]
    public void Codes_and_aliases_in_any_case_with_blanks_or_hyphens_become_the_code(string cell, string code) => Check.Accepts(Validator, cell, code);

    [Theory]
    [InlineData("Restorative Justice")]
    [InlineData("RESTORATIVE JUSTICE")]
    [InlineData("7 - Restorative justice")]
    [InlineData("Youth caution (restorative-justice)")]
    [InlineData("Restorative justice ordered")]
    public void What_is_never_accepted_has_its_own_refusal(string cell) => Check.Refuses(Validator, cell, NeverAccepted.InformalDisposal);

    [Theory]
    [InlineData("fines")]
    [InlineData("y")]
    [InlineData("YC - fine")]
    [InlineData("fine (not paid)")]
    [InlineData("fine - considered")]
    [InlineData("YC/X")]
    [InlineData("☺")]
    public void Anything_else_is_not_in_the_set(string cell) => Check.Refuses(Validator, cell, CodeValidator.NotInSet);

    [Fact]
    public void The_set_is_described() => Assert.Equal("one of: youth-caution, fine", Validator.Describes);
}
