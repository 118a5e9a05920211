using TfFlow.Programme.Extracts;
using TfFlow.Programme.Extracts.Validators;

namespace TfFlow.Programme.Tests.Extracts.Validators;

public sealed class SmallValidatorsTest
{
    [Theory]
    [InlineData("0", "0")]
    [InlineData("1", "1")]
    [InlineData("2", "2")]
    [InlineData("9", "9")]
    [InlineData("M", "1")]
    [InlineData("f", "2")]
    [InlineData("F", "2")]
    [InlineData("m", "1")]
    [InlineData("Male", "1")]
    [InlineData("FEMALE", "2")]
    [InlineData("Girl", "2")]
    [InlineData("boy", "1")]
    [InlineData("U", "0")]
    [InlineData("Not known", "0")]
    [InlineData("X", "9")]
    [InlineData("Prefer not to say", "9")]
    [InlineData("1 - Male", "1")]
    [InlineData("F (Female)", "2")]
    [InlineData("02", "2")]
    [InlineData("1.0", "1")]
    [InlineData("N/K", "0")]
    public void Sex_is_a_code_of_ISO_5218(string cell, string code) => Check.Accepts(new SexValidator(), cell, code);

    [Theory]
    [InlineData("3")]
    [InlineData("8")]
    [InlineData("11")]
    [InlineData("Mr")]
    [InlineData("2 - Male")]
    [InlineData("M/F")]
    [InlineData("Transgender")]
    public void Another_sex_is_refused(string cell) => Check.Refuses(new SexValidator(), cell, SexValidator.NotACode);

    [Theory]
    [InlineData("PERM", "PERM")]
    [InlineData("susp", "SUSP")]
    [InlineData("FIXD", "SUSP")]
    [InlineData("LNCH", "LNCH")]
    public void Exclusion_categories(string cell, string code) => Check.Accepts(new ExclusionCategoryValidator(), cell, code);

    [Theory]
    [InlineData("EXCL")]
    [InlineData("PERMA")]
    [InlineData("P")]
    public void Another_exclusion_category_is_refused(string cell) => Check.Refuses(new ExclusionCategoryValidator(), cell, ExclusionCategoryValidator.NotACode);

    [Theory]
    [InlineData("DB", "DB")]
    [InlineData("pp", "PP")]
    public void Exclusion_reasons(string cell, string code) => Check.Accepts(new ExclusionReasonValidator(), cell, code);

    [Fact]
    public void An_unknown_reason_is_kept_and_told() => Check.Warns(new ExclusionReasonValidator(), "QQ", "QQ", ExclusionReasonValidator.Unknown);

    [Theory]
    [InlineData("DBX")]
    [InlineData("D")]
    [InlineData("D1")]
    [InlineData("1D")]
    public void A_reason_has_two_letters(string cell) => Check.Refuses(new ExclusionReasonValidator(), cell, ExclusionReasonValidator.Format);

    [Theory]
    [InlineData("0116 496 0123", "01164960123")]
    [InlineData("+44 116 496 0123", "01164960123")]
    [InlineData("+44 (0)116 496-0123", "01164960123")]
    [InlineData("0044 7700 900123", "07700900123")]
    [InlineData("016977 3999", "0169773999")]
    public void Telephone_numbers_begin_with_zero(string cell, string number) => Check.Accepts(new PhoneValidator(), cell, number);

    [Theory]
    [InlineData("1164960123")]
    [InlineData("7700900123")]
    [InlineData("169773999")]
    public void A_lost_zero_is_called_that(string cell) => Check.Refuses(new PhoneValidator(), cell, PhoneValidator.ZeroLost);

    [Theory]
    [InlineData("0116")]
    [InlineData("01164960123456")]
    [InlineData("01164960123456789")]
    [InlineData("0116 496 O123")]
    [InlineData("0+164960123")]
    [InlineData("12345678")]
    [InlineData("+0164960123")]
    public void Anything_else_is_no_telephone_number(string cell) => Check.Refuses(new PhoneValidator(), cell, PhoneValidator.Format);

    [Theory]
    [InlineData("0", "0")]
    [InlineData("7", "7")]
    [InlineData("400", "400")]
    [InlineData("007", "7")]
    [InlineData("+7", "7")]
    [InlineData("3.00", "3")]
    [InlineData("00400", "400")]
    public void Whole_numbers(string cell, string value) => Check.Accepts(new WholeNumberValidator(0, 400), cell, value);

    [Theory]
    [InlineData("401")]
    [InlineData("-1")]
    [InlineData("12345")]
    public void Numbers_out_of_bounds(string cell) => Check.Refuses(new WholeNumberValidator(0, 400), cell, WholeNumberValidator.Range);

    [Fact]
    public void The_lower_bound_counts_too()
    {
        Check.Refuses(new WholeNumberValidator(3, 99), "2", WholeNumberValidator.Range);
        Check.Accepts(new WholeNumberValidator(3, 99), "3", "3");
        Check.Accepts(new WholeNumberValidator(3, 99), "99", "99");
        Check.Refuses(new WholeNumberValidator(30000, 99999), "00300", WholeNumberValidator.Range);
    }

    [Theory]
    [InlineData("1,030", "1030")]
    [InlineData("1,030.00", "1030")]
    [InlineData("12,345,678", "12345678")]
    [InlineData("1 030", "1030")]
    [InlineData("1'030", "1030")]
    [InlineData("12 345 678.0", "12345678")]
    public void Thousands_may_be_set_apart(string cell, string number) => Check.Accepts(new WholeNumberValidator(0, long.MaxValue), cell, number);

    [Theory]
    [InlineData("£130.00")]
    [InlineData("12%")]
    [InlineData("65 days")]
    [InlineData("12:00:00")]
    public void A_unit_is_called_that(string cell) => Check.Refuses(new WholeNumberValidator(0, 400), cell, WholeNumberValidator.Unit);

    [Theory]
    [InlineData("<5")]
    [InlineData("5*")]
    public void A_number_hidden_as_published_tables_do_is_called_that(string cell) => Check.Refuses(new WholeNumberValidator(0, 400), cell, WholeNumberValidator.Hidden);

    [Theory]
    [InlineData("1,00")]
    [InlineData("10,30")]
    [InlineData(",030")]
    [InlineData("10 30")]
    [InlineData("1 03")]
    [InlineData("1  030")]
    [InlineData("1 030,000")]
    [InlineData("1,030'000")]
    [InlineData("3.5")]
    [InlineData("three")]
    [InlineData("1e3")]
    [InlineData("99999999999999999999")]
    [InlineData("٣")]
    public void Anything_else_is_no_whole_number(string cell) => Check.Refuses(new WholeNumberValidator(0, 400), cell, WholeNumberValidator.Format);

    [Theory]
    [InlineData("0", "0")]
    [InlineData("17.5", "17.5")]
    [InlineData("100", "100")]
    [InlineData("85.25 %", "85.25")]
    [InlineData("9%", "9")]
    public void Percentages(string cell, string value) => Check.Accepts(new PercentageValidator(), cell, value);

    [Fact]
    public void A_percentage_counts_in_hundredths()
    {
        var writer = new ValueWriter();
        new PercentageValidator().Normalise("17.5"u8, writer);
        Assert.Equal(1750, writer.Number);
    }

    [Fact]
    public void A_percentage_ends_at_a_hundred() => Check.Refuses(new PercentageValidator(), "100.01", PercentageValidator.Range);

    [Theory]
    [InlineData("-5")]
    [InlineData("17.555")]
    [InlineData("%")]
    [InlineData("1.2.3")]
    [InlineData("many")]
    public void Anything_else_is_no_percentage(string cell) => Check.Refuses(new PercentageValidator(), cell, PercentageValidator.Format);

    [Theory]
    [InlineData("0F1E2D3C4B5A69788796A5B4C3D2E1F0", "0f1e2d3c4b5a69788796a5b4c3d2e1f0")]
    public void Pseudonyms_and_study_keys_are_hexadecimal(string cell, string value)
    {
        Check.Accepts(new HouseholdPseudonymValidator(), cell, value);
        Check.Accepts(new StudyKeyValidator(), cell, value);
    }

    [Theory]
    [InlineData("0f1e2d3c4b5a69788796a5b4c3d2e1f")]
    [InlineData("0f1e2d3c4b5a69788796a5b4c3d2e1f00")]
    [InlineData("0f1e2d3c4b5a69788796a5b4c3d2e1fg")]
    [InlineData("12 Wharf Street, Leicester LE1 1AA")]
    [InlineData("12 Wharf Street, LeicesterLE1 1A")]
    public void Anything_else_is_neither(string cell)
    {
        Check.Refuses(new HouseholdPseudonymValidator(), cell, HouseholdPseudonymValidator.Format);
        Check.Refuses(new StudyKeyValidator(), cell, StudyKeyValidator.Format);
    }
}
