using TfFlow.Lifecycle.Intake;
using TfFlow.Programme.Eligibility;
using TfFlow.Programme.Outcomes;

namespace TfFlow.Lifecycle.Outcomes;

/// <summary>A family's entry, as its case has it.</summary>
/// <param name="On">The day work with it began.</param>
/// <param name="Plan">The family outcome plan that was frozen then, or to which it was moved since, by its name; empty: there was
/// none.</param>
public sealed record CaseEntry(DateOnly On, string Plan);

/// <summary>That a family was measured, as its case has it. No personal data.</summary>
/// <param name="Plan">By its name; empty: none.</param>
/// <param name="Figures">The explanation, sealed.</param>
public sealed record CaseMeasurement(string Reference, DateOnly On, MeasuredAt At, string Plan, OutcomeResult Result, SealedBlob Figures);

/// <summary>What a measurement decided of a family, as its case has it.</summary>
/// <param name="Measurement">The reference of the measurement that did.</param>
public sealed record CaseOutcome(DateOnly On, OutcomeResult Result, string Plan, string Measurement);

/// <summary>A measurement as it is sealed and shown. It names nobody; personal data all the same.</summary>
/// <param name="AtEntry">What the same figures were when the family entered, a line each.</param>
/// <param name="Explanation">What the measurement came to, with figures, sources, dates, and what was missing, a line each.</param>
/// <param name="Sources">Every extract that a figure came from.</param>
public sealed record ShownMeasurement(
    string Reference,
    DateOnly On,
    MeasuredAt At,
    OutcomeResult Result,
    IReadOnlyList<string> AtEntry,
    IReadOnlyList<string> Explanation,
    IReadOnlyList<FactSource> Sources);
