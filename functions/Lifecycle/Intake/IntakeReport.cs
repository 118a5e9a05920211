using TfFlow.Programme;
using TfFlow.Programme.Agreements;
using TfFlow.Programme.Extracts;
using TfFlow.Programme.Extracts.Quality;

namespace TfFlow.Lifecycle.Intake;

/// <summary>What an agency is told of its extract: rows, rules, cells; never a value.</summary>
/// <param name="Extract">The extract's reference.</param>
/// <param name="Result"><c>Accepted</c>, <c>AcceptedWithRefusedRows</c> or <c>Quarantined</c>.</param>
/// <param name="Code">Why it was quarantined; empty otherwise.</param>
/// <param name="Counts">How often each rule was broken: complete.</param>
/// <param name="Findings">The first of each, with row, column and cell.</param>
public sealed record IntakeReport(
    string Extract,
    string Agreement,
    string AgreementVersion,
    Id<Exchange> Exchange,
    string Dataset,
    string Result,
    string Code,
    string Meaning,
    long Rows,
    long RowsAccepted,
    long RowsRefused,
    IReadOnlyDictionary<string, long> Counts,
    IReadOnlyList<Finding> Findings) : IReadableDocument
{
    public IReadOnlyList<string> Sentences =>
    [
        Code.Length > 0 ? $"Your file for {Exchange} was refused, and nothing of it was kept [{Code}]. {Meaning}"
            : $"Your file for {Exchange} was taken in as extract {Extract}: {RowsAccepted} row{(RowsAccepted == 1 ? "" : "s")}"
                + $"{(RowsRefused > 0 ? $"; {RowsRefused} of {Rows} were refused" : "")}.",
        .. Replaces.Length > 0 ? [Replaces] : Array.Empty<string>(),
        .. Agreement.Length > 0 ? [$"It came under {Agreement}, version {AgreementVersion}."] : Array.Empty<string>(),
        .. Findings.GroupBy(finding => (finding.Code, finding.Column, finding.Expected)).Select(group =>
            $"{(group.Key.Column.Length > 0 ? $"{group.Key.Column}: expected" : "Expected")} {group.Key.Expected}: {Places([.. group])}. "
            + $"{group.First().Remedy} [{group.Key.Code}]"),
        .. SinceLast,
    ];

    private static string Places(IReadOnlyList<Finding> findings)
    {
        var rows = string.Join(", ", findings.Take(20).Select(finding => finding.Row));
        return findings[0].Row == 0 ? "the whole file" : $"row{(findings.Count == 1 ? "" : "s")} {rows}{(findings.Count > 20 ? " and more" : "")}";
    }

    /// <summary>How good the extract is; null for a file that was not read.</summary>
    public QualityProfile? Quality { get; init; }

    /// <summary>Which extract a correction takes the place of, as a sentence; empty for what is not a correction.</summary>
    public string Replaces { get; init; } = "";

    /// <summary>What is unlike the last extract of the exchange, each as a line.</summary>
    public IReadOnlyList<string> SinceLast { get; init; } = [];
}
