using System.CommandLine;
using System.Globalization;
using TfFlow.Linkage;

namespace TfFlow.Cli.Commands;

/// <summary><c>tfflow link sample PAIRS --size N --out FILE</c>.</summary>
internal static class LinkSampleCommand
{
    public static Command Create()
    {
        var pairs = new Argument<FileInfo>("PAIRS") { Description = "left_id,right_id,match_probability, best of a run with a low --threshold, so that what was missed can be found." };
        var size = new Option<int>("--size") { Description = "Pairs to label, about.", DefaultValueFactory = _ => 200 };
        var target = new Option<FileInfo>("--out") { Description = "Where to write them, with an empty decision column (same or different) for the reviewer.", Required = true };
        var command = new Command("sample", "Choose pairs for reviewers to label, as many from each band of probability; `evaluate --labels` reads what they decide.") { pairs, size, target };
        command.SetAction(result => LinkCommand.Guard(result, () =>
        {
            var wanted = result.GetValue(size) is > 0 and var given ? given : throw new UsageException("--size is 1 or more.");
            var chosen = ClericalEstimate.Sample(PairFiles.Pairs(result.GetValue(pairs)!), wanted);
            PairFiles.Write(result.GetValue(target)!, stream => PairFiles.WriteRows(stream, "left_id,right_id,decision", chosen.Select(p => new[] { p.Left, p.Right, "" })));
            result.InvocationConfiguration.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{chosen.Count:N0} pairs to label."));
            return 0;
        }));
        return command;
    }
}
