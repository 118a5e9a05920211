using TfFlow.Programme.Documents;
using TfFlow.Programme.Extracts.Rules;

namespace TfFlow.Programme.Extracts;

/// <summary>The rules over several cells that a specification lists, and those that follow from its columns.</summary>
internal sealed class RowRuleParser(IReadOnlyList<ColumnSpecification> columns)
{
    public int Column(DocumentMap map, string key, string name) => Find(name) is var index and >= 0
        ? index
        : throw map.Error($"'{key}' names the column '{name}', which is not there", key);

    public IEnumerable<RowRule> Parse(DocumentMap map)
    {
        var kind = map.Text("rule");
        IReadOnlyList<RowRule> rules = kind switch
        {
            "sum" => [new SumRule(Column(map, "total"), [.. Repeated(map, "of")])],
            "parts" => [new PartsRule(Column(map, "whole"), [.. Repeated(map, "of")])],
            "order" => [new OrderRule(Column(map, "earlier"), Column(map, "later"))],
            "window" => [new WindowRule(Column(map, "column"), map.WholeOrNull("months") ?? throw map.Error("'months' is missing"))],
            "terms" => [new TermsRule(Column(map, "column"))],
            "attendance-code" => [new AttendanceCodeRule(Column(map, "code"), Column(map, "session"))],
            "marking" => [new MarkingRule(Column(map, "column"))],
            "not-future" => [new NotFutureRule(Column(map, "column"))],
            "under-age" => [new AgeRule(Column(map, "born"), Column(map, "at"), map.WholeOrNull("years") ?? throw map.Error("'years' is missing"))],
            "required-when" => [new RequiredWhenRule(Column(map, "column"), Column(map, "when"), map.Texts("is"))],
            "subject" => Subject(Column(map, "subject"), Column(map, "consent")),
            "source-schedule" => [new ScheduleRule(Column(map, "keep_until"))],
            _ => throw map.Error($"'{kind}' is no rule", "rule"),
        };
        map.Done();
        return rules;
    }

    /// <param name="unborn">The dataset is about children in need, who are known to social care before they are born.</param>
    public IEnumerable<RowRule> Implied(bool unborn)
    {
        if (Find(IdentityColumns.DateOfBirth) is var born and >= 0)
        {
            yield return new LifespanRule(born, unborn ? LifespanRule.MonthsToBirth : 0);
            yield return new FillerBirthRule(born);
        }

        if (Find(IdentityColumns.Forenames) is var forenames and >= 0 && !columns[forenames].Required)
        {
            yield return new ForenameRule(forenames);
        }

        if (Find(IdentityColumns.Address) is var address and >= 0 && Find(IdentityColumns.Postcode) is var postcode and >= 0 && !columns[postcode].Required)
        {
            yield return new PostcodeRule(postcode, address);
        }
    }

    private static IReadOnlyList<RowRule> Subject(int subject, int consent) =>
        [new SubjectRule(subject, consent, asked: false), new SubjectRule(subject, consent, asked: true)];

    private int Column(DocumentMap map, string key) => Column(map, key, map.Text(key));

    // "incidents_month_<n>" stands for every column of that shape.
    private IEnumerable<int> Repeated(DocumentMap map, string key) => map.Texts(key).SelectMany(name =>
        name.EndsWith("<n>", StringComparison.Ordinal)
            ? Enumerable.Range(0, columns.Count).Where(index => IsNumbered(columns[index].Name, name[..^3]))
            : [Column(map, key, name)]);

    private static bool IsNumbered(string name, string prefix) =>
        name.StartsWith(prefix, StringComparison.Ordinal) && name.Length > prefix.Length && name[prefix.Length..].All(char.IsAsciiDigit);

    private int Find(string name)
    {
        for (var index = 0; index < columns.Count; index++)
        {
            if (columns[index].Name == name)
            {
                return index;
            }
        }

        return -1;
    }
}
