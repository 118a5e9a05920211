namespace TfFlow.Programme.Agreements;

/// <summary>What a partner relies on to disclose: a gateway is a power, so the conditions stand beside it.</summary>
/// <remarks>seeds/002 §3.1, §3.2, App A: a Schedule 2 condition; for sensitive data a Schedule 3 condition, both before processing; an Article 8
/// ground for any disclosure. Ours: an agreement in force from 25 May 2018 needs the conditions of today's law instead.</remarks>
/// <param name="Schedule2">Data Protection Act 1998, for versions before today's law.</param>
/// <param name="Schedule3">The same, for sensitive data.</param>
/// <param name="Article8">Of the Human Rights Act 1998: asked for under either law.</param>
/// <param name="UkGdpr6">The lawful basis.</param>
/// <param name="UkGdpr9Or10">For special categories of data and for criminal offences.</param>
/// <param name="Dpa2018">The condition of the Data Protection Act 2018 (Schedule 1) that goes with it.</param>
public sealed record LegalBasis(
    string Id,
    IReadOnlyList<string> Gateways,
    string? Schedule2,
    string? Schedule3,
    string? Article8,
    string? UkGdpr6,
    string? UkGdpr9Or10,
    string? Dpa2018,
    string Source)
{
    private const string ExplicitConsent = "9(2)(a)";

    /// <summary>In one line, for decisions and the ledger: the gateways and the conditions of the law that applies.</summary>
    public string Words(bool today) =>
        string.Join("; ", Gateways.Concat((today ? [UkGdpr6, UkGdpr9Or10, Dpa2018, Article8] : new[] { Schedule2, Schedule3, Article8 }).OfType<string>()));

    /// <returns>All that it lacks to carry a disclosure.</returns>
    public IReadOnlyList<string> Missing(bool today, bool sensitive) =>
    [
        .. Lacks(Gateways.Count == 0, "a gateway (gateways)"),
        .. today ? MissingToday(sensitive) : MissingBefore(sensitive),
        .. Lacks(Article8 is null, "an Article 8 ground (article_8)"),
    ];

    /// <returns>The lines that count for nothing, because the law that they are of does not apply.</returns>
    public IReadOnlyList<string> Idle(bool today) => today
        ? [.. Lacks(Schedule2 is not null, "schedule_2"), .. Lacks(Schedule3 is not null, "schedule_3")]
        : [.. Lacks(UkGdpr6 is not null, "uk_gdpr_6"), .. Lacks(UkGdpr9Or10 is not null, "uk_gdpr_9_or_10"), .. Lacks(Dpa2018 is not null, "dpa_2018")];

    private IEnumerable<string> MissingBefore(bool sensitive) =>
    [
        .. Lacks(Schedule2 is null, "a Schedule 2 condition (schedule_2)"),
        .. Lacks(Schedule3 is null && sensitive, "a Schedule 3 condition for sensitive data (schedule_3)"),
    ];

    // Explicit consent needs no Schedule condition beside it; every other ground does.
    private IEnumerable<string> MissingToday(bool sensitive) =>
    [
        .. Lacks(UkGdpr6 is null, "a UK GDPR Article 6 basis (uk_gdpr_6)"),
        .. Lacks(sensitive && UkGdpr9Or10 is null, "a UK GDPR Article 9 or 10 condition for sensitive data (uk_gdpr_9_or_10)"),
        .. Lacks(
            sensitive && Dpa2018 is null && UkGdpr9Or10?.Contains(ExplicitConsent, StringComparison.Ordinal) != true,
            "a Data Protection Act 2018 Schedule 1 condition for sensitive data (dpa_2018)"),
    ];

    private static string[] Lacks(bool lacks, string what) => lacks ? [what] : [];
}
