using TfFlow.Programme.Cases;
using TfFlow.Programme.Documents;
using TfFlow.Programme.Extracts.Rules;
using TfFlow.Programme.Extracts.Validators;

namespace TfFlow.Programme.Extracts;

/// <summary>The rules over several cells that a specification lists, and those that follow from its columns.</summary>
internal sealed class RowRuleParser(IReadOnlyList<ColumnSpecification> columns)
{
    public int Column(DocumentMap map, string key, string name) => Find(name) is var index and >= 0
        ? index
        : map.Fault($"'{key}' names the column '{name}', which is not there", key, -1);

    public IEnumerable<RowRule> Parse(DocumentMap map)
    {
        var kind = map.Text("rule");
        IReadOnlyList<RowRule> rules = kind switch
        {
            "sum" => [new SumRule(Column(map, "total"), [.. Repeated(map, "of")])],
            "parts" => [new PartsRule(Column(map, "whole"), [.. Repeated(map, "of")])],
            "order" => [new OrderRule(Dated(map, "earlier"), Dated(map, "later"))],
            "window" => [new WindowRule(Dated(map, "column"), map.Whole("months", least: 1, most: 1200))],
            "terms" => [new TermsRule(Dated(map, "column"))],
            "attendance-code" => [new AttendanceCodeRule(Column(map, "code"), Column(map, "session"))],
            "marking" => [new MarkingRule(Column(map, "column"))],
            "not-future" => [new NotFutureRule(Dated(map, "column"))],
            "under-age" => [new AgeRule(Dated(map, "born"), Dated(map, "at"), map.Whole("years", least: 1, most: 150))],
            "required-when" => [new RequiredWhenRule(Column(map, "column"), Column(map, "when"), map.Texts("is"))],
            "subject" => Subject(map, Column(map, "subject"), Column(map, "consent")),
            "source-schedule" => [new ScheduleRule(Dated(map, "keep_until"))],
            "" => [],
            _ => map.Fault<IReadOnlyList<RowRule>>($"'{kind}' is no rule", "rule", []),
        };
        if (rules.Count > 0)
        {
            map.Done();
        }

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

    // What is kept says who is a victim: it is read later, with that person's own consent alone.
    private IReadOnlyList<RowRule> Subject(DocumentMap map, int subject, int consent) =>
        subject >= 0 && columns[subject] is not { Name: SubjectRoles.Column, Role: ColumnRole.Indicator }
        ? map.Fault<IReadOnlyList<RowRule>>(
            $"'subject' names the column '{columns[subject].Name}': it is read later, so it is expected to be called '{SubjectRoles.Column}' and to have the role indicator", "subject", [])
        : [new SubjectRule(subject, consent, asked: false), new SubjectRule(subject, consent, asked: true)];

    private int Column(DocumentMap map, string key) => map.Text(key) is { Length: > 0 } name ? Column(map, key, name) : -1;

    private int Dated(DocumentMap map, string key)
    {
        var column = Column(map, key);
        return column < 0 || columns[column].Validator is DateValidator || columns[column].Validator == ValidatorParser.Unknown ? column : map.Fault($"'{key}' names the column '{columns[column].Name}', which is no date", key, column);
    }

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
