using System.CommandLine;
using TfFlow.Linkage;

namespace TfFlow.Cli.Commands;

/// <summary><c>tfflow link run LEFT RIGHT --out PAIRS</c>.</summary>
internal static class LinkRunCommand
{
    public static Command Create()
    {
        var left = new Argument<FileInfo>("LEFT") { Description = "CSV with a header row." };
        var right = new Argument<FileInfo>("RIGHT") { Description = "CSV with a header row; its columns may be named and formatted otherwise." };
        var leftId = new Option<string?>("--left-id") { Description = "The column that names records of LEFT. Default: inferred, else the row number." };
        var rightId = new Option<string?>("--right-id") { Description = "The column that names records of RIGHT." };
        var pairs = new Option<FileInfo>("--out") { Description = "Where to write left_id,right_id,match_probability.", Required = true };
        var oneToOne = new Option<bool>("--one-to-one") { Description = "Link each record to one at most, even where a file plainly holds the person twice." };
        var doubts = new Option<FileInfo?>("--doubts") { Description = "Where to write pairs that are not linked but may be one person, in the same form." };
        var shared = new LinkOptions();
        var command = new Command("run", "Link two files.") { left, right, leftId, rightId, pairs, oneToOne, doubts };
        shared.AddTo(command);
        command.SetAction(result => LinkCommand.Guard(result, () =>
        {
            var options = shared.Linkage(result, result.GetValue(oneToOne));
            using var one = PairFiles.Open(result.GetValue(left)!);
            using var other = PairFiles.Open(result.GetValue(right)!);
            var inputs = (Left: new LinkageInput(one, result.GetValue(left)!.Name, shared.Read(result, result.GetValue(leftId))),
                Right: new LinkageInput(other, result.GetValue(right)!.Name, shared.Read(result, result.GetValue(rightId))));
            var found = LinkProgress.Run((progress, cancelled) => RecordLinkage.Link(inputs.Left, inputs.Right, options, progress, cancelled));
            PairFiles.Write(result.GetValue(pairs)!, found.WritePairs);
            if (result.GetValue(doubts) is { } doubtful)
            {
                PairFiles.Write(doubtful, found.WriteDoubts);
            }

            ModelFile.SaveIfNew(result.GetValue(shared.Model), found.Model);
            LinkSummary.Print(found, result.InvocationConfiguration.Error);
            return 0;
        }));
        return command;
    }
}
