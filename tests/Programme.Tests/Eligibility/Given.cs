using System.Globalization;
using TfFlow.Programme.Agreements;
using TfFlow.Programme.Eligibility;

namespace TfFlow.Programme.Tests.Eligibility;

/// <summary>Households, looked at on 10 February 2014, in the fifth of five terms.</summary>
internal static class Given
{
    public static readonly DateOnly On = new(2014, 2, 10);

    public static readonly TermCalendar Terms = new(
    [
        new(Day("2012-09-03"), Day("2012-12-21")),
        new(Day("2013-01-07"), Day("2013-03-28")),
        new(Day("2013-04-15"), Day("2013-07-24")),
        new(Day("2013-09-02"), Day("2013-12-20")),
        new(Day("2014-01-06"), Day("2014-04-04")),
    ]);

    public static EligibilityProgramme National => ProgrammeCatalogue.Shipped["phase-1-000@1"];

    public static EligibilityProgramme Leicestershire => ProgrammeCatalogue.Shipped["phase-1-002@1"];

    public static EligibilityProgramme Phase2 => ProgrammeCatalogue.Shipped["phase-2-001@1"];

    public static EligibilityProgramme Programme(string id) => ProgrammeCatalogue.Shipped[id + "@1"];

    public static EligibilityRun Run(params string[] awaited) => new() { On = On, Terms = Terms, Received = [], Awaited = awaited };

    /// <param name="fields"><c>name=value, name=value</c></param>
    public static Fact Row(string dataset, string fields, string? person = "p1", string? born = null, Use use = Use.Identification, string asAt = "2014-01-31", long row = 1) => new(
        new("x-" + dataset, dataset, "leicestershire@2013-10-14", "leicestershire-0", [use], "an-agency", Day(asAt)),
        row,
        person,
        born is null ? null : Day(born),
        fields.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(field => field.Split('=')).ToDictionary(field => field[0], field => field[1]));

    public static Outcome Look(EligibilityProgramme programme, params Fact[] facts) => EligibilityRules.Evaluate(programme, new("h1", facts), Run());

    public static IndicatorResult Indicator(this Outcome outcome, string indicator) =>
        outcome.Criteria.SelectMany(criterion => criterion.Indicators).Single(result => result.Indicator == indicator);

    public static Met Criterion(this Outcome outcome, string criterion) => outcome.Criteria.Single(result => result.Criterion == criterion).Met;

    /// <summary>One row that shows a criterion of phase 1.</summary>
    public static Fact Showing(string criterion) => criterion switch
    {
        "crime" => Row("youth-offences", "outcome=fine, outcome_date=2013-11-02, offence_date=2013-10-01"),
        "education" => Row("school-attendance", "permanent_exclusion=yes, term_starts=2013-09-02"),
        "work" => Row("benefits", "benefit=jsa, started=2013-01-01", born: "1980-01-01"),
        "local-discretion" => Row("local-concerns", "concern=mental-health, high_cost=yes"),
        "cause-for-concern" => Row("local-concerns", "concern=mental-health, high_cost=no"),
        "high-cost" => Row("local-concerns", "concern=other, high_cost=yes"),
        "attendance" => Row("school-attendance", "provision=pru, term_starts=2014-01-06"),
        "children-needing-help" => Row("local-concerns", "concern=child-in-need, noted_on=2013-12-01"),
        "domestic-abuse" => Row("local-concerns", "concern=domestic-abuse, noted_on=2013-12-01"),
        "health" => Row("local-concerns", "concern=drugs-alcohol, noted_on=2013-12-01"),
        _ => throw new ArgumentOutOfRangeException(nameof(criterion)),
    };

    public static DateOnly Day(string day) => DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
