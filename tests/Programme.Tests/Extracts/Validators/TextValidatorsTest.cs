using TfFlow.Programme.Extracts;
using TfFlow.Programme.Extracts.Validators;

namespace TfFlow.Programme.Tests.Extracts.Validators;

public sealed class TextValidatorsTest
{
    private static readonly NameValidator Name = new();
    private static readonly TextValidator Text = new(40);

    [Theory]
    [InlineData("Marlowe", "Marlowe")]
    [InlineData("O'Hara-Quince", "O'Hara-Quince")]
    [InlineData("Zoë  Mairéad", "Zoë Mairéad")]
    [InlineData("Åse\nMarie", "Åse Marie")]
    [InlineData("Edith\u00A0Anne", "Edith Anne")]
    [InlineData("Edith \t Anne\u00A0", "Edith Anne")]
    [InlineData("王", "王")]
    public void Names_keep_everything_but_white_space(string cell, string name) => Check.Accepts(Name, cell, name);

    [Theory]
    [InlineData("Null")]
    [InlineData("Unborn")]
    [InlineData("Baby Girl")]
    [InlineData("N/A")]
    public void What_is_no_name_is_kept_and_told(string cell) => Check.Warns(Name, cell, cell, NameValidator.Filler);

    [Theory]
    [InlineData("Ada\u200B", "Ada", "text.invisible")]
    [InlineData("Ada\u202E", "", "text.bidi")]
    [InlineData("Ad\uFFFD", "Ad\uFFFD", "text.replacement-character")]
    [InlineData("Zo?", "Zo?", "text.question-mark")]
    [InlineData("ZoÃ«", "ZoÃ«", "text.mojibake")]
    [InlineData("Oâ€™Keefe", "Oâ€™Keefe", "text.mojibake")]
    [InlineData("O&#39;Keefe", "O&#39;Keefe", "text.entity")]
    public void What_copying_and_wrong_encodings_leave_is_told_by_its_kind(string cell, string value, string code) => Assert.Equal((value, code), Check.With(Name, cell));

    [Theory]
    [InlineData("Ben (see note)")]
    [InlineData("DO NOT CONTACT")]
    [InlineData("Ben - do not contact")]
    [InlineData("Ben Deceased")]
    [InlineData("deceased")]
    [InlineData("Confidential")]
    [InlineData("Ben (dec'd)")]
    [InlineData("Ben [TWIN]")]
    [InlineData("Ben (moved to Derby in May)")]
    [InlineData("Ben*")]
    [InlineData("Ben !!")]
    [InlineData("Ben See Notes")]
    [InlineData("Ben Child Protection")]
    [InlineData("Zoë (No contact)")]
    [InlineData("Ben; living with grandmother")]
    public void A_remark_in_a_name_is_kept_and_told(string cell) => Check.Warns(Name, cell, cell, TextHygiene.Remark);

    [Theory]
    [InlineData("Ada (Addie)")]
    [InlineData("Ada (known as Addie)")]
    [InlineData("Vane (née Marlowe)")]
    [InlineData("Ada (formerly Ben)")]
    [InlineData("Do Nascimento")]
    [InlineData("See Wai")]
    [InlineData("No Eun")]
    [InlineData("Childs")]
    [InlineData("Alerta")]
    [InlineData("Inés At")]
    [InlineData("Restrick Warner")]
    public void A_second_name_or_one_that_begins_alike_is_no_remark(string cell) => Check.Accepts(Name, cell, cell);

    [Theory]
    [InlineData("Łukasz")]
    [InlineData("D’Arcy")]
    [InlineData("محمد")]
    [InlineData("X Æ A-B")]
    public void Letters_of_any_language_are_clean(string cell) => Check.Accepts(Name, cell, cell);

    [Theory]
    [InlineData("-")]
    [InlineData("?")]
    [InlineData("123")]
    public void A_name_has_a_letter(string cell) => Check.Refuses(Name, cell, NameValidator.NoLetter);

    [Fact]
    public void A_name_with_digits_is_kept_and_told() => Check.Warns(Name, "Marlowe 2", "Marlowe 2", NameValidator.Digits);

    [Fact]
    public void A_name_has_a_length()
    {
        Check.Accepts(Name, new string('a', NameValidator.MaxLength), new string('a', NameValidator.MaxLength));
        Check.Refuses(Name, new string('a', NameValidator.MaxLength + 1), NameValidator.TooLong);
    }

    [Theory]
    [InlineData("=HYPERLINK(\"x\")")]
    [InlineData("+cmd")]
    [InlineData("-cmd")]
    [InlineData("@SUM(A1)")]
    public void A_formula_is_kept_as_text_and_told(string cell)
    {
        Check.Warns(Name, cell, cell, CellRules.Formula);
        Check.Warns(Text, cell, cell, CellRules.Formula);
    }

    [Theory]
    [InlineData("a\u0001b")]
    [InlineData("a\u001Fb")]
    [InlineData("a\u007Fb")]
    [InlineData("a\u0080b")]
    [InlineData("a\u009Fb")]
    public void Control_characters_are_refused(string cell)
    {
        Check.Refuses(Name, cell, TextValidator.Control);
        Check.Refuses(Text, cell, TextValidator.Control);
    }

    [Theory]
    [InlineData("12 Wharf Street,\r\nLeicester", "12 Wharf Street, Leicester")]
    [InlineData("Under £5,000 ¡", "Under £5,000 ¡")]
    public void A_text_never_spans_lines(string cell, string text) => Check.Accepts(Text, cell, text);

    [Fact]
    public void A_text_has_the_length_its_specification_gives()
    {
        Check.Accepts(Text, new string('a', 40), new string('a', 40));
        Check.Refuses(Text, new string('a', 41), TextValidator.TooLong);
    }
}
