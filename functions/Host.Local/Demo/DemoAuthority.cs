using TfFlow.Programme.Agreements;
using TfFlow.Programme.Eligibility;

namespace TfFlow.Host.Local.Demo;

/// <summary>Northmere, an invented authority: its agreements, and what it matches by.</summary>
internal static class DemoAuthority
{
    public const string Id = "northmere";

    private const string Prefix = "Demo/";

    public static AgreementCatalogue Agreements { get; } = AgreementCatalogue.Load(
        typeof(DemoAuthority).Assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .Select(name => (name[Prefix.Length..], (TextReader)new StreamReader(typeof(DemoAuthority).Assembly.GetManifestResourceStream(name)!))));

    /// <summary>Phase 2 of the programme, taken up again, with school terms around the day.</summary>
    public static MatchingPlan Plan(DateOnly today) => new()
    {
        Authority = Id,
        Programme = ProgrammeCatalogue.Shipped["phase-2-001@1"] with { InForce = (today.AddYears(-1), today.AddYears(5)) },
        Terms = new(TermStarts(today).Select(start => new Term(start, start.AddDays(100)))),
        Children = ["school-census", "school-attendance", "youth-offences"],
    };

    /// <summary>The first days of the last three terms, the running one included, the earliest first.</summary>
    public static IReadOnlyList<DateOnly> TermStarts(DateOnly today) =>
    [
        .. Enumerable.Range(today.Year - 2, 3)
            .SelectMany(year => (DateOnly[])[new(year, 4, 1), new(year, 8, 1), new(year, 12, 1)])
            .Where(start => start <= today)
            .TakeLast(3),
    ];
}
