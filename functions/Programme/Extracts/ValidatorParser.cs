using TfFlow.Programme.Documents;
using TfFlow.Programme.Extracts.Validators;

namespace TfFlow.Programme.Extracts;

/// <summary>The validator a column's <c>type</c> names.</summary>
internal static class ValidatorParser
{
    public static Validator Parse(DocumentMap node) => node.Text("type") switch
    {
        "text" => new TextValidator(node.WholeOrNull("max_length") ?? 200),
        "name" => new NameValidator(),
        "date" => new DateValidator(),
        "whole-number" => new WholeNumberValidator(node.WholeOrNull("min") ?? 0, node.WholeOrNull("max") ?? int.MaxValue),
        "percentage" => new PercentageValidator(),
        "postcode" => new PostcodeValidator(),
        "phone" => new PhoneValidator(),
        "sex" => new SexValidator(),
        "upn" => new UpnValidator(),
        "nhs-number" => new NhsNumberValidator(),
        "nino" => new NinoValidator(node.Flag("suffix_optional")),
        "uprn" => new UprnValidator(),
        "attendance-code" => new AttendanceCodeValidator(),
        "exclusion-category" => new ExclusionCategoryValidator(),
        "exclusion-reason" => new ExclusionReasonValidator(),
        "household-pseudonym" => new HouseholdPseudonymValidator(),
        "study-key" => new StudyKeyValidator(),
        "yes-no" => YesNo(),
        "code" => ParseCodes(node),
        var other => throw node.Error($"'{other}' is no type of column", "type"),
    };

    private static CodeValidator YesNo() => new(
        new Dictionary<string, IReadOnlyList<string>> { ["yes"] = ["y", "true", "t", "1", "\u2713", "\u2714", "\u221A", "\u2611", "ticked"], ["no"] = ["n", "false", "f", "0", "\u2610"] },
        new Dictionary<string, Rule>());

    private static CodeValidator ParseCodes(DocumentMap node)
    {
        var codes = node.MapOrNull("codes") ?? throw node.Error("a column of type code lists its 'codes'");
        var never = new Dictionary<string, Rule>(StringComparer.OrdinalIgnoreCase);
        if (node.MapOrNull("never") is { } refused)
        {
            foreach (var code in refused.Children.Keys)
            {
                var rule = NeverAccepted.Find(code) ?? throw refused.Error($"'{code}' is no rule of never-accepted content", code);
                foreach (var text in refused.Texts(code))
                {
                    never.Add(text, rule);
                }
            }
        }

        try
        {
            return new CodeValidator(codes.Children.Keys.ToDictionary(code => code, codes.Texts), never);
        }
        catch (ArgumentException)
        {
            throw node.Error("a code or alias is there twice", "codes");
        }
    }
}
