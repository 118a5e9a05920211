using TfFlow.Programme.Documents;
using TfFlow.Programme.Extracts.Validators;

namespace TfFlow.Programme.Extracts;

/// <summary>The validator a column's <c>type</c> names.</summary>
internal static class ValidatorParser
{
    public static Validator Parse(DocumentMap node) => node.Text("type") switch
    {
        "text" => new TextValidator(node.WholeOrNull("max_length", least: 1, most: 10_000) ?? MaxLength),
        "name" => new NameValidator(),
        "date" => new DateValidator(),
        "whole-number" => ParseNumber(node),
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
        "" => Unknown,
        var other => OfNoType(node, other),
    };

    private static readonly string[] Types =
    [
        "text", "name", "date", "whole-number", "percentage", "postcode", "phone", "sex", "upn", "nhs-number", "nino", "uprn", "attendance-code", "exclusion-category",
        "exclusion-reason", "household-pseudonym", "study-key", "yes-no", "code",
    ];

    private const int MaxLength = 200;

    // What stands in for a type that is told as a fault.
    public static Validator Unknown { get; } = new TextValidator(MaxLength);

    // What goes with a type, as 'min' with a number, cannot be judged where it is not known which is meant.
    private static Validator OfNoType(DocumentMap node, string type)
    {
        node.Disregard("min", "max", "max_length", "codes", "never", "suffix_optional");
        return node.Fault($"'{type}' is no type of column: the types are {string.Join(", ", Types)}", "type", Unknown);
    }

    private static WholeNumberValidator ParseNumber(DocumentMap node)
    {
        var (min, max) = (node.WholeOrNull("min") ?? 0, node.WholeOrNull("max") ?? int.MaxValue);
        if (min > max)
        {
            node.Fault("'min' is more than 'max': no number is between them", "min");
        }

        return new(min, max);
    }

    private static CodeValidator YesNo() => new(
        new Dictionary<string, IReadOnlyList<string>> { ["yes"] = ["y", "true", "t", "1", "\u2713", "\u2714", "\u221A", "\u2611", "ticked"], ["no"] = ["n", "false", "f", "0", "\u2610"] },
        new Dictionary<string, Rule>());

    private static Validator ParseCodes(DocumentMap node)
    {
        if (node.MapOrNull("codes") is not { Children.Count: > 0 } codes)
        {
            return node.Fault("a column of type code lists its 'codes'", "codes", Unknown);
        }

        var twice = false;
        var never = new Dictionary<string, Rule>(StringComparer.OrdinalIgnoreCase);
        if (node.MapOrNull("never") is { } refused)
        {
            foreach (var code in refused.Children.Keys)
            {
                var rule = NeverAccepted.Find(code) ?? refused.Fault<Rule?>($"'{code}' is no rule of never-accepted content", code, null);
                foreach (var text in rule is null ? [] : refused.Texts(code))
                {
                    twice |= !never.TryAdd(text, rule!);
                }
            }
        }

        var listed = codes.Children.Keys.ToDictionary(code => code, codes.Texts);
        var written = listed.SelectMany(code => code.Value.Prepend(code.Key)).Concat(never.Keys).ToList();
        return twice || written.Distinct(StringComparer.OrdinalIgnoreCase).Count() < written.Count
            ? node.Fault("a code or alias is there twice", "codes", Unknown)
            : new CodeValidator(listed, never);
    }
}
