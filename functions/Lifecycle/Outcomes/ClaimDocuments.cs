using System.Globalization;
using TfFlow.Programme;
using TfFlow.Programme.Cases;
using TfFlow.Programme.Eligibility;
using TfFlow.Programme.Outcomes;

namespace TfFlow.Lifecycle.Outcomes;

/// <summary>The evidence of a claim, for the authority's own files. It names nobody.</summary>
public sealed record ClaimDocument(
    string Claim, string Case, DateOnly MadeOn, DateOnly MeasuredOn, OutcomeResult Result, string Plan, string Measurement,
        IReadOnlyList<FactSource> Evidence) : IReadableDocument
{
    public IReadOnlyList<string> Sentences =>
    [
        $"Claim {Claim} for payment by results was made on {MadeOn.InWords()} for the family of case {Case}.",
        $"Its outcome was decided on {MeasuredOn.InWords()} by measurement {Measurement}, by the plan {Plan}: {(Result is OutcomeResult.Employment ? "continuous employment" : "significant and sustained progress")}.",
        .. Evidence.Select(source => $"The figures rest on {source.Dataset} from {source.Originator}, extract {source.Extract}, as at {source.AsAt.InWords()}, under {source.Agreement}, {source.Exchange}."),
    ];
}

/// <summary>A count of a return; null: suppressed, since it is small or would give a small one away.</summary>
public sealed record ReturnCount(string Result, string Quarter, long? Families);

/// <summary>The anonymous return to the Department.</summary>
/// <param name="Agreed">How many families were agreed; null: no number was.</param>
/// <param name="Engaged">Families that are worked with or were, to the nearest five.</param>
/// <param name="Audited">Claims that the internal audit looked at, to the nearest five.</param>
public sealed record ClaimReturn(string Return, DateOnly On, int? Agreed, long Engaged, long Audited, IReadOnlyList<ReturnCount> Claims)
    : IReadableDocument
{
    public IReadOnlyList<string> Sentences =>
    [
        $"Return {Return} of {On.InWords()}: {(Agreed is { } agreed ? string.Create(CultureInfo.InvariantCulture, $"{agreed:N0} families were agreed, ") : "")}about {Engaged.ToString("N0", CultureInfo.InvariantCulture)} are or were worked with.",
        .. Claims.Select(count => $"{count.Quarter}, {(count.Result == nameof(OutcomeResult.Employment) ? "continuous employment" : "significant and sustained progress")}: {(count.Families is { } families ? $"about {families.ToString("N0", CultureInfo.InvariantCulture)} families" : "suppressed")}."),
    ];
}

/// <summary>A sample for the internal audit, and by what it can be drawn again.</summary>
/// <param name="Of">Claims that could be drawn.</param>
public sealed record ClaimSample(int Seed, int Percent, int Of, IReadOnlyList<string> Drawn);
