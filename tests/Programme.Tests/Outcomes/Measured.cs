using System.Globalization;
using TfFlow.Programme.Agreements;
using TfFlow.Programme.Eligibility;
using TfFlow.Programme.Outcomes;

namespace TfFlow.Programme.Tests.Outcomes;

/// <summary>A family of one child that entered on 1 July 2025, measured on 15 August 2026, after the academic year of three
/// terms.</summary>
internal static class Measured
{
    public const string Child = "child";
    public static readonly DateOnly Entered = new(2025, 7, 1);
    public static readonly DateOnly On = new(2026, 8, 15);
    public static readonly string[] Starts = ["2025-09-01", "2026-01-05", "2026-04-13"];

    public static readonly TermCalendar Terms = new(
    [
        new(Day("2024-09-02"), Day("2024-12-20")),
        new(Day("2025-01-06"), Day("2025-04-04")),
        new(Day("2025-04-22"), Day("2025-07-18")),
        new(Day("2025-09-01"), Day("2025-12-19")),
        new(Day("2026-01-05"), Day("2026-03-27")),
        new(Day("2026-04-13"), Day("2026-07-17")),
    ]);

    public static readonly FamilyOutcomePlan Plan = OutcomePlanCatalogue.Shipped["phase-1-002@1"];

    public static EligibilityProgramme Phase1 => ProgrammeCatalogue.Shipped["phase-1-002@1"];

    public static OutcomeRun Run(params FactSource[] received) => new()
    {
        On = On,
        EnteredOn = Entered,
        Terms = Terms,
        Received = received,
        Senders = new[] { ("proven-offences-by-month", "police"), ("asb-perpetrators", "police"), ("benefits", "dwp"),
            ("youth-offences", "yos") }
            .ToLookup(pair => pair.Item1, pair => new Id<Party>(pair.Item2)),
    };

    public static FactSource Source(string dataset, string asAt, string originator = "school", string? extract = null) => new(
        extract ?? $"{dataset}-{originator}-{asAt}", dataset, "trial@2025-01-01", "trial-1", [Use.Baseline], originator, Day(asAt));

    public static Fact Row(FactSource source, string fields, string? person = Child, string? born = "2016-03-01") => new(
        source,
        1,
        person,
        born is null ? null : Day(born),
        fields.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(field => field.Split('='))
            .ToDictionary(field => field[0], field => field[1]));

    /// <summary>A child's term at a school.</summary>
    public static Fact Term(int term, int possible, int missed, string person = Child, string school = "school", string? asAt = null) =>
        Row(
        Source("school-attendance", asAt ?? Day(Starts[term]).AddDays(115).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), school),
        $"term_starts={Starts[term]}, possible_sessions={possible}, unauthorised_sessions={missed}, authorised_sessions=0",
        person);

    public static OutcomeFinding Attendance(params Fact[] facts) => Find("attends", facts, Run());

    public static OutcomeFinding Find(string outcome, IReadOnlyList<Fact> facts, OutcomeRun run)
    {
        var planned = Plan.Outcomes.Single(one => one.Id == outcome);
        return planned.Measure.Measure(planned, facts, run);
    }

    public static DateOnly Day(string day) => DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
