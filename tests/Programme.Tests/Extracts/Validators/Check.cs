using System.Text;
using TfFlow.Programme.Extracts;
using TfFlow.Programme.Extracts.Validators;

namespace TfFlow.Programme.Tests.Extracts.Validators;

internal static class Check
{
    /// <summary>What a validator makes of a cell: <c>(value, null)</c>, <c>("", code)</c> or, for a warning, both.</summary>
    public static (string Value, string? Code) With(Validator validator, string cell)
    {
        var writer = new ValueWriter();
        var rule = validator.Normalise(Encoding.UTF8.GetBytes(cell), writer);
        Assert.True(rule is null || validator.Rules.Contains(rule), $"{rule} is not among the rules {validator.Name} says it has");
        return (rule is null || rule.Consequence == Consequence.Warning ? Encoding.UTF8.GetString(writer.Written) : "", rule?.Code);
    }

    public static void Accepts(Validator validator, string cell, string value)
    {
        Assert.Equal((value, null), With(validator, cell));
        Assert.Equal((value, null), With(validator, value)); // normalising again changes nothing
    }

    public static void Refuses(Validator validator, string cell, Rule rule) => Assert.Equal(("", rule.Code), With(validator, cell));

    public static void Warns(Validator validator, string cell, string value, Rule rule) => Assert.Equal((value, rule.Code), With(validator, cell));
}
