using System.CommandLine;
using System.Globalization;
using TfFlow.Programme.Linkage;

namespace TfFlow.Host.Local.Commands;

/// <summary><c>tfflow link evaluate PAIRS --truth RULE|FILE</c>.</summary>
internal static class LinkEvaluateCommand
{
    public static Command Create()
    {
        var pairs = new Argument<FileInfo>("PAIRS") { Description = "left_id,right_id,match_probability." };
        var truth = new Option<string>("--truth")
        {
            Description = "What is true: a CSV of pairs (left_id,right_id) or of ids and people (two columns); or a rule on ids: "
                + "'same' (equal ids are one person), 'parts:N' (ids whose first N parts between hyphens are equal), 'regex:PATTERN' (ids whose first groups are equal).",
            Required = true,
        };
        var left = new Option<FileInfo?>("--left") { Description = "With a rule: the left file, to count what should have been found." };
        var right = new Option<FileInfo?>("--right") { Description = "The right file; none if one file was deduplicated." };
        var leftId = new Option<string?>("--left-id") { Description = "The id column of LEFT." };
        var rightId = new Option<string?>("--right-id") { Description = "The id column of RIGHT." };
        var command = new Command("evaluate", "Precision, recall and F1 of a pairs file, by threshold.") { pairs, truth, left, right, leftId, rightId };
        command.SetAction(result => LinkCommand.Guard(() =>
        {
            var found = PairFiles.Pairs(result.GetValue(pairs)!);
            var known = TruthFile.Read(result.GetValue(truth)!, result.GetValue(left), result.GetValue(right), result.GetValue(leftId), result.GetValue(rightId));
            Console.WriteLine("threshold,pairs,right,wrong,missed,precision,recall,f1");
            foreach (var row in PairQuality.ByThreshold(found, known.IsTrue, known.Total))
            {
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{row.Threshold:0.####},{row.Right + row.Wrong},{row.Right},{row.Wrong},{row.Missed},{row.Precision:F5},{row.Recall:F5},{row.F1:F5}"));
            }

            return 0;
        }));
        return command;
    }
}
