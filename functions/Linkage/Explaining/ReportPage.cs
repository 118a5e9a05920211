using System.Globalization;
using System.Net;
using System.Text;

namespace TfFlow.Linkage;

/// <summary>A linkage as one HTML page: no script, charts in SVG with the figures beside them.</summary>
/// <param name="result">What was found.</param>
/// <param name="scored">What was scored.</param>
/// <param name="reach">For each left record, ascending, the probability of a pair with a copy of itself: the most any link of it could have.</param>
/// <param name="held">Fields that both files hold, as the levels of <see cref="Levels"/> that a record has with itself.</param>
/// <param name="why">A pair's weights; null for none.</param>
internal sealed class ReportPage(LinkageResult result, ScoredPairs scored, double[] reach, ulong held, Explanation? why)
{
    private const int Width = 640;

    /// <summary>Share of pairs that a place must have to be shown.</summary>
    private const double LeastPlace = 0.005;

    private const double Bits = 0.69314718056;
    private readonly StringBuilder html = new();

    public void Write(Stream page)
    {
        Add($"<!DOCTYPE html><html lang=\"en\"><meta charset=\"utf-8\"><title>Linkage report</title><style>body{{font:16px/1.5 Arial,sans-serif;max-width:46em;margin:2em auto;padding:0 1em;color:#0b0c0c}}svg{{display:block;max-width:100%}}text{{font:13px Arial,sans-serif;fill:#0b0c0c;paint-order:stroke;stroke:#fff;stroke-width:3px}}table{{border-collapse:collapse}}th,td{{text-align:right;padding:.2em 1.2em .2em 0;border-bottom:1px solid #b1b4b6}}.axis{{stroke:#505a5f}}.for{{fill:#1d70b8}}.against{{fill:#d4351c}}</style><main><h1>Linkage report</h1>");
        Found();
        if (why is not null)
        {
            Waterfall(why);
        }

        Weights();
        Thresholds();
        Unlinkable();
        html.Append("</main></html>\n");
        page.Write(Encoding.UTF8.GetBytes(html.ToString()));
    }

    private void Found()
    {
        var report = result.Report;
        foreach (var file in report.Files)
        {
            Add($"<p><b>{Text(file.Name)}</b>: {file.Records:N0} records, named by {(file.IdColumn.Length == 0 ? "row number" : Text(file.IdColumn))}. Compared: {Text(string.Join(", ", file.Columns.Select(c => $"{c.Key} as {c.Value}")))}.");
            Add($"{(file.Unused.Count == 0 ? "" : $" Not compared: {Text(string.Join(", ", file.Unused))}.")}</p>");
            foreach (var note in file.Notes)
            {
                Add($"<p>{Text(note)}</p>");
            }
        }

        Add($"<p><b>{result.Pairs.Count:N0} links</b> of {report.PairsScored:N0} pairs scored, kept at probability {report.Threshold:F3} or more; {result.Doubts.Count:N0} more pairs are in doubt.</p>");
        if (result.Pairs.Count == 0)
        {
            html.Append("<p>Without a link there is no precision or recall to expect.</p>");
            return;
        }

        Add($"<p>Expected, not known: precision {report.ExpectedPrecision:P2} ({report.Precision.Low:P1} to {report.Precision.High:P1}), recall {report.ExpectedRecall:P2} ({report.Recall.Low:P1} to {report.Recall.High:P1}).</p>");
    }

    private void Waterfall(Explanation pair)
    {
        Add($"<h2>Weights of one pair</h2><p>From what any two records are to what these two are. A bar is a field's match weight in bits: one bit doubles the odds. By itself the pair has probability {1 / (1 + Math.Exp(-pair.LogOdds)):F4}; among its rivals {pair.Probability:F4}.</p>");
        var bars = new List<(string, double, double)> { ("any two records", 0, pair.Start / Bits) };
        var at = pair.Start;
        foreach (var step in pair.Steps)
        {
            bars.Add(($"{step.What}: {step.Words}", at / Bits, (at + step.Weight) / Bits));
            at += step.Weight;
        }

        bars.Add(("together", 0, pair.LogOdds / Bits));
        Bars(bars, "match weight, bits");
    }

    private void Weights()
    {
        html.Append("<h2>Weights by comparison level</h2><p>How much likelier a level is if two records are one person who stayed than if they are strangers, in bits. People of one home are weighed apart. Fields that one of the files does not hold are left out, and places that hardly any pair has.</p>");
        foreach (var field in Enum.GetValues<Field>().Where(f => f == Field.Household ? Levels.Of(held, Field.Place) != 0 : Levels.Of(held, f) != 0))
        {
            var bars = new List<(string, double, double)>();
            for (var level = 1; level < 1 << Levels.Bits[(int)field]; level++)
            {
                var (same, strangers) = (scored.Model.Probability(field, Relation.SameStaying, level), scored.Model.Probability(field, Relation.Strangers, level));
                if (same > 0 && strangers > 0 && (field != Field.Place || Math.Max(same, strangers) >= LeastPlace))
                {
                    bars.Add((Wording.Of(field, level), 0, Math.Log(same / strangers) / Bits));
                }
            }

            if (bars.Count > 0)
            {
                Add($"<h3>{Text(Wording.Of(field))}</h3>");
                Bars(bars, "bits");
            }
        }
    }

    private void Thresholds()
    {
        double[] sorted = [.. scored.Probabilities.OrderDescending()];
        var (right, points) = (0.0, new List<(double Recall, double Precision, double Threshold)>());
        for (var i = 0; i < sorted.Length; i++)
        {
            right += sorted[i];
            if (i + 1 == sorted.Length || sorted[i + 1] < sorted[i])
            {
                points.Add((Math.Min(1, right / Math.Max(right, Math.Max(scored.Matches, 1e-9))), right / (i + 1), sorted[i]));
            }
        }

        html.Append("<h2>Expected precision and recall over thresholds</h2><p>What the model expects; labels tell better. Blocking is not counted.</p>");
        if (points.Count == 0)
        {
            html.Append("<p>No pair is likely enough to be weighed.</p>");
            return;
        }

        Line([.. points.Where((_, i) => i % Math.Max(1, points.Count / 400) == 0).Select(p => (p.Recall, p.Precision))], "recall", "precision");
        html.Append("<table><tr><th>threshold<th>precision<th>recall</tr>");
        foreach (var threshold in (double[])[0.5, 0.8, 0.9, 0.95, 0.99, 0.999])
        {
            var point = points.LastOrDefault(p => p.Threshold >= threshold);
            Add($"<tr><td>{threshold}<td>{(point == default ? 1 : point.Precision):F4}<td>{point.Recall:F4}</tr>");
        }

        html.Append("</table>");
    }

    private void Unlinkable()
    {
        if (reach.Length == 0)
        {
            html.Append("<h2>Unlinkable records</h2><p>The left file has no records.</p>");
            return;
        }

        Add($"<h2>Unlinkable records</h2><p>A record compared with itself has the most a link of it could have. {Share(0.9):P1} of the left records cannot reach 0.9, and {Share(0.99):P1} cannot reach 0.99: they say too little.</p>");
        Line([.. Enumerable.Range(0, 101).Select(i => (i / 100.0, Share(i / 100.0)))], "threshold", "share of records");
    }

    private double Share(double threshold) => Array.FindIndex(reach, r => r >= threshold) is >= 0 and var at ? at / (double)reach.Length : 1;

    private void Bars(List<(string Label, double From, double To)> bars, string unit)
    {
        const int Row = 22, Spacing = 16, Left = 300;
        var (low, high) = (Math.Min(0, bars.Min(b => Math.Min(b.From, b.To))), Math.Max(1, bars.Max(b => Math.Max(b.From, b.To))));
        double X(double value) => Left + ((value - low) / (high - low) * (Width - Left - 60));
        var labels = bars.ConvertAll(b => Wrapped(b.Label));
        var height = labels.Sum(l => Height(l.Count));
        Add($"<svg viewBox=\"0 0 {Width} {height + 24}\" role=\"img\" aria-label=\"{Text(unit)}\"><line class=\"axis\" x1=\"{X(0):F1}\" x2=\"{X(0):F1}\" y1=\"0\" y2=\"{height}\"/>");
        var y = 0;
        for (var i = 0; i < bars.Count; i++)
        {
            var (label, from, to) = bars[i];
            var (start, end, weight) = (X(Math.Min(from, to)), X(Math.Max(from, to)), Math.Round(to - from, 1));
            for (var line = 0; line < labels[i].Count; line++)
            {
                Add($"<text x=\"0\" y=\"{y + 15 + (line * Spacing)}\">{Text(labels[i][line])}</text>");
            }

            Add($"<rect class=\"{(to >= from ? "for" : "against")}\" x=\"{start:F1}\" y=\"{y + 3}\" width=\"{Math.Max(1, end - start):F1}\" height=\"{Row - 6}\"><title>{Text(label)}: {to - from:F2}</title></rect><text x=\"{end + 4:F1}\" y=\"{y + 15}\">{weight:+0.0;−0.0;0.0}</text>");
            y += Height(labels[i].Count);
        }

        Add($"<text x=\"{Left}\" y=\"{height + 18}\">{Text(unit)}</text></svg>");
        static int Height(int lines) => Row + ((lines - 1) * Spacing);
    }

    /// <summary>A label in lines that fit beside the bars.</summary>
    private static List<string> Wrapped(string label)
    {
        const int Most = 44;
        var lines = new List<string> { "" };
        foreach (var word in label.Split(' '))
        {
            if (lines[^1].Length > 0 && lines[^1].Length + word.Length >= Most)
            {
                lines.Add("");
            }

            lines[^1] += lines[^1].Length == 0 ? word : $" {word}";
        }

        return lines;
    }

    private void Line(IReadOnlyList<(double X, double Y)> points, string across, string up)
    {
        const int Height = 300, Margin = 46;
        double X(double x) => Margin + (x * (Width - Margin - 20));
        double Y(double y) => Height - Margin - (y * (Height - Margin - 20));
        Add($"<svg viewBox=\"0 0 {Width} {Height}\" role=\"img\" aria-label=\"{Text(up)} by {Text(across)}\"><path class=\"axis\" fill=\"none\" d=\"M{X(0):F1} {Y(1):F1}V{Y(0):F1}H{X(1):F1}\"/>");
        for (var tick = 0; tick <= 10; tick += 2)
        {
            Add($"<text x=\"{X(tick / 10.0) - 8:F1}\" y=\"{Height - Margin + 18}\">{tick / 10.0:F1}</text><text x=\"{Margin - 30}\" y=\"{Y(tick / 10.0) + 4:F1}\">{tick / 10.0:F1}</text>");
        }

        Add($"<polyline fill=\"none\" stroke=\"#1d70b8\" stroke-width=\"2\" points=\"{string.Join(' ', points.Select(p => string.Create(CultureInfo.InvariantCulture, $"{X(p.X):F1},{Y(p.Y):F1}")))}\"/><text x=\"{Width / 2}\" y=\"{Height - 6}\">{Text(across)}</text><text x=\"4\" y=\"14\">{Text(up)}</text></svg>");
    }

    private static string Text(string text) => WebUtility.HtmlEncode(text);

    private void Add(FormattableString text) => html.Append(text.ToString(CultureInfo.InvariantCulture));
}
