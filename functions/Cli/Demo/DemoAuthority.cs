using System.Globalization;
using TfFlow.Programme.Agreements;
using TfFlow.Programme.Eligibility;
using TfFlow.Programme.Outcomes;

namespace TfFlow.Cli.Demo;

/// <summary>Northmere, an invented authority: its agreements, and what it matches by.</summary>
internal static class DemoAuthority
{
    public const string Id = "northmere";

    private const string Prefix = "Demo/";

    public static AgreementCatalogue Agreements { get; } = AgreementCatalogue.Load(Documents());

    /// <summary>The same, with identification agreed until a day: from then on no file is expected, taken, or asked for again.</summary>
    public static AgreementCatalogue AgreementsUntil(DateOnly day) => AgreementCatalogue.Load([.. Documents(), Ending("northmere", day), Ending("northmere-dwp", day)]);

    private static IEnumerable<(string File, TextReader Text)> Documents() =>
        typeof(DemoAuthority).Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .Select(name => (name[Prefix.Length..], (TextReader)new StreamReader(typeof(DemoAuthority).Assembly.GetManifestResourceStream(name)!)));

    private static (string File, TextReader Text) Ending(string agreement, DateOnly day) => ($"{agreement}-end.yaml", new StringReader(string.Create(CultureInfo.InvariantCulture, $"""
        amends: {agreement}@2025-09-01
        id: {agreement}
        dated: {day:yyyy-MM-dd}
        in_force_from: {day:yyyy-MM-dd}
        ends: {day:yyyy-MM-dd}
        source: ours
        changes: [Identification ends.]
        """)));

    /// <summary>What families' outcomes are measured by.</summary>
    public static FamilyOutcomePlan Outcomes { get; } = ReadOutcomes();

    /// <summary>Phase 2 of the programme, taken up again, with school terms around the day and in the years after it.</summary>
    public static MatchingPlan Plan(DateOnly today) => new()
    {
        Authority = Id,
        Programme = ProgrammeCatalogue.Shipped["phase-2-001@1"] with { InForce = (today.AddYears(-1), today.AddYears(5)) },
        Terms = new(TermStarts(today).Concat(TermsAfter(today)).Select(start => new Term(start, LastDayOf(start)))),
        Children = ["school-census", "school-attendance", "youth-offences"],
        Outcomes = Outcomes,
        OutcomePlans = new Dictionary<string, FamilyOutcomePlan> { [Outcomes.Name] = Outcomes },
    };

    /// <summary>The first days of the terms of three years that begin after a day, the earliest first.</summary>
    public static IReadOnlyList<DateOnly> TermsAfter(DateOnly day) =>
        [.. Enumerable.Range(day.Year, 4).SelectMany(StartsIn).Where(start => start > day && start <= day.AddYears(3))];

    public static DateOnly LastDayOf(DateOnly termStart) => termStart.AddDays(100);

    private static FamilyOutcomePlan ReadOutcomes()
    {
        const string Name = "northmere-outcomes.yaml";
        using var text = new StreamReader(typeof(DemoAuthority).Assembly.GetManifestResourceStream($"DemoOutcomes/{Name}")!);
        return OutcomePlanCatalogue.Read(Name, text);
    }

    private static DateOnly[] StartsIn(int year) => [new(year, 4, 1), new(year, 8, 1), new(year, 12, 1)];

    /// <summary>The first days of the last three terms, the running one included, the earliest first.</summary>
    public static IReadOnlyList<DateOnly> TermStarts(DateOnly today) =>
    [
        .. Enumerable.Range(today.Year - 2, 3)
            .SelectMany(StartsIn)
            .Where(start => start <= today)
            .TakeLast(3),
    ];
}
