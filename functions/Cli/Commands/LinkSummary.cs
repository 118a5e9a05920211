using System.Globalization;
using TfFlow.Linkage;

namespace TfFlow.Cli.Commands;

/// <summary>Says on standard error what a linkage did and how far to trust it.</summary>
internal static class LinkSummary
{
    public static void Print(LinkageResult found, TextWriter error)
    {
        void Say(FormattableString line) => error.WriteLine(line.ToString(CultureInfo.InvariantCulture));
        var report = found.Report;
        foreach (var file in report.Files)
        {
            Say($"{file.Name}: {file.Records:N0} records, named by {(file.IdColumn.Length == 0 ? "row number" : file.IdColumn)}; {string.Join(", ", file.Columns.Select(c => $"{c.Key} is {c.Value}"))}{(file.Unused.Count == 0 ? "" : $"; not compared: {string.Join(", ", file.Unused)}")}");
            foreach (var note in file.Notes)
            {
                Say($"  {note}");
            }
        }

        Say($"{found.Pairs.Count:N0} links of {report.PairsScored:N0} pairs scored, kept at probability {report.Threshold:F3} or more.");
        if (found.Doubts.Count > 0)
        {
            Say($"{found.Doubts.Count:N0} more pairs are in doubt: --doubts FILE writes them for somebody to decide.");
        }

        if (found.Pairs.Count == 0)
        {
            Say($"Without a link there is no precision or recall to expect.");
        }
        else
        {
            Say($"Expected, not known: precision {report.ExpectedPrecision:P2} ({report.Precision.Low:P1} to {report.Precision.High:P1}), recall {report.ExpectedRecall:P2} ({report.Recall.Low:P1} to {report.Recall.High:P1}); blocking finds about {report.BlockingRecall:P2} of true pairs.");
        }

        foreach (var pass in report.Passes)
        {
            Say($"  {pass.Pass}: brings {pass.Pairs:N0} pairs, finds {pass.Links:N0} links, {pass.OnlyHere:N0} that no other pass finds{(pass.Dropped > 0 ? $"; {pass.Dropped:N0} pairs of too large blocks left out" : "")}");
        }
    }
}
