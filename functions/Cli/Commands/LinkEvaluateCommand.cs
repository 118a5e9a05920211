using System.CommandLine;
using System.Globalization;
using TfFlow.Linkage;

namespace TfFlow.Cli.Commands;

/// <summary><c>tfflow link evaluate PAIRS --truth RULE|FILE</c>.</summary>
internal static class LinkEvaluateCommand
{
    public static Command Create()
    {
        var pairs = new Argument<FileInfo>("PAIRS") { Description = "left_id,right_id,match_probability." };
        var truth = new Option<string?>("--truth")
        {
            Description = "What is true: a CSV of pairs (left_id,right_id) or of ids and people (two columns); or a rule on ids: "
                + "'same' (equal ids are one person), 'parts:N' (ids whose first N parts between hyphens are equal), 'regex:PATTERN' (ids whose first groups are equal).",
        };
        var labels = new Option<FileInfo?>("--labels") { Description = "Instead of the truth, what reviewers decided of a sample of the pairs: left_id,right_id,decision (same or different). Gives estimates with 95 % intervals." };
        var left = new Option<FileInfo?>("--left") { Description = "With a rule: the left file, to count what should have been found." };
        var right = new Option<FileInfo?>("--right") { Description = "The right file; none if one file was deduplicated." };
        var leftId = new Option<string?>("--left-id") { Description = "The id column of LEFT." };
        var rightId = new Option<string?>("--right-id") { Description = "The id column of RIGHT." };
        var command = new Command("evaluate", "Precision, recall and F1 of a pairs file, by threshold.") { pairs, truth, labels, left, right, leftId, rightId };
        command.SetAction(result => LinkCommand.Guard(result, () =>
        {
            var found = PairFiles.Pairs(result.GetValue(pairs)!);
            if (result.GetValue(labels) is { } sample)
            {
                Estimate(result.InvocationConfiguration.Output, found, PairFiles.Decisions(sample), sample.Name);
                return 0;
            }

            var rule = result.GetValue(truth) ?? throw new UsageException("Say what is true with --truth, or give reviewers' labels with --labels.");
            var known = TruthFile.Read(rule, result.GetValue(left), result.GetValue(right), result.GetValue(leftId), result.GetValue(rightId));
            result.InvocationConfiguration.Output.WriteLine("threshold,pairs,right,wrong,missed,precision,recall,f1");
            foreach (var row in PairQuality.ByThreshold(found, known.IsTrue, known.Total))
            {
                result.InvocationConfiguration.Output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{row.Threshold:0.####},{row.Right + row.Wrong},{row.Right},{row.Wrong},{row.Missed},{row.Precision:F5},{row.Recall:F5},{row.F1:F5}"));
            }

            return 0;
        }));
        return command;
    }

    private static void Estimate(TextWriter output, IReadOnlyList<(string Left, string Right, double Probability)> pairs, IReadOnlyCollection<ReviewDecision> decisions, string file)
    {
        var labels = new Dictionary<(string, string), bool>();
        foreach (var decision in decisions)
        {
            labels[(decision.Left, decision.Right)] = decision.Same;
        }

        if (!pairs.Any(p => labels.ContainsKey((p.Left, p.Right)) || labels.ContainsKey((p.Right, p.Left))))
        {
            throw new LinkageDataException(
                $"{file}: no decision in it is about a pair of the pairs file, so there is nothing to estimate from. 'tfflow link sample' draws pairs for a reviewer, who writes same or different.");
        }

        output.WriteLine("threshold,labelled,precision,precision_low,precision_high,recall,recall_low,recall_high");
        foreach (var row in ClericalEstimate.Of(pairs, labels))
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{row.Threshold:0.####},{row.Labelled},{row.Precision.Value:F4},{row.Precision.Low:F4},{row.Precision.High:F4},{row.Recall.Value:F4},{row.Recall.Low:F4},{row.Recall.High:F4}"));
        }
    }
}
