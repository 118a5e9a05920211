using System.Globalization;
using System.Net;
using System.Text;

namespace TfFlow.Linkage;

/// <summary>A linkage as one HTML page: no script, charts in SVG with the figures beside them.</summary>
/// <param name="scored">What was scored.</param>
/// <param name="reach">For each left record, ascending, the probability of a pair with a copy of itself: the most any link of it could have.</param>
/// <param name="why">A pair's weights; null for none.</param>
internal sealed class ReportPage(ScoredPairs scored, double[] reach, Explanation? why)
{
    private const int Width = 640;
    private const double Bits = 0.69314718056;
    private readonly StringBuilder html = new();

    public void Write(Stream page)
    {
        Add($"<!DOCTYPE html><html lang=\"en\"><meta charset=\"utf-8\"><title>Linkage report</title><style>body{{font:16px/1.5 Arial,sans-serif;max-width:46em;margin:2em auto;padding:0 1em;color:#0b0c0c}}svg{{display:block;max-width:100%}}text{{font:13px Arial,sans-serif;fill:#0b0c0c}}.axis{{stroke:#505a5f}}.for{{fill:#1d70b8}}.against{{fill:#d4351c}}</style><main><h1>Linkage report</h1>");
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
        html.Append("<h2>Weights by comparison level</h2><p>How much likelier a level is if two records are one person who stayed than if they are strangers, in bits. People of one home are weighed apart.</p>");
        foreach (var field in Enum.GetValues<Field>().Where(f => f != Field.Place))
        {
            var bars = new List<(string, double, double)>();
            for (var level = 1; level < 1 << Levels.Bits[(int)field]; level++)
            {
                var (same, strangers) = (scored.Model.Probability(field, Relation.SameStaying, level), scored.Model.Probability(field, Relation.Strangers, level));
                if (same > 0 && strangers > 0)
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
        Add($"<h2>Unlinkable records</h2><p>A record compared with itself has the most a link of it could have. {Share(0.9):P1} of the left records cannot reach 0.9, and {Share(0.99):P1} cannot reach 0.99: they say too little.</p>");
        Line([.. Enumerable.Range(0, 101).Select(i => (i / 100.0, Share(i / 100.0)))], "threshold", "share of records");
    }

    private double Share(double threshold) => reach.Length == 0 ? 0 : Array.FindIndex(reach, r => r >= threshold) is >= 0 and var at ? at / (double)reach.Length : 1;

    private void Bars(List<(string Label, double From, double To)> bars, string unit)
    {
        const int Row = 22, Left = 300;
        var (low, high) = (Math.Min(0, bars.Min(b => Math.Min(b.From, b.To))), Math.Max(1, bars.Max(b => Math.Max(b.From, b.To))));
        double X(double value) => Left + ((value - low) / (high - low) * (Width - Left - 60));
        Add($"<svg viewBox=\"0 0 {Width} {(bars.Count * Row) + 24}\" role=\"img\" aria-label=\"{Text(unit)}\"><line class=\"axis\" x1=\"{X(0):F1}\" x2=\"{X(0):F1}\" y1=\"0\" y2=\"{bars.Count * Row}\"/>");
        for (var i = 0; i < bars.Count; i++)
        {
            var (label, from, to) = bars[i];
            var (start, end) = (X(Math.Min(from, to)), X(Math.Max(from, to)));
            Add($"<text x=\"0\" y=\"{(i * Row) + 15}\">{Text(label.Length > 46 ? label[..45] + "…" : label)}</text><rect class=\"{(to >= from ? "for" : "against")}\" x=\"{start:F1}\" y=\"{(i * Row) + 3}\" width=\"{Math.Max(1, end - start):F1}\" height=\"{Row - 6}\"><title>{Text(label)}: {to - from:F2}</title></rect><text x=\"{end + 4:F1}\" y=\"{(i * Row) + 15}\">{to - from:+0.0;−0.0}</text>");
        }

        Add($"<text x=\"{Left}\" y=\"{(bars.Count * Row) + 18}\">{Text(unit)}</text></svg>");
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
