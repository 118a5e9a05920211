using System.CommandLine;
using TfFlow.Linkage;

namespace TfFlow.Cli.Commands;

/// <summary><c>tfflow link dedupe FILE --id COL --out PAIRS</c>.</summary>
internal static class LinkDedupeCommand
{
    public static Command Create()
    {
        var file = new Argument<FileInfo>("FILE") { Description = "CSV with a header row." };
        var id = new Option<string?>("--id") { Description = "The column that names records. Default: inferred, else the row number." };
        var pairs = new Option<FileInfo>("--out") { Description = "Where to write left_id,right_id,match_probability.", Required = true };
        var clusters = new Option<FileInfo?>("--clusters") { Description = "Where to write id,cluster_id." };
        var doubts = new Option<FileInfo?>("--doubts") { Description = "Where to write pairs that are not linked but may be one person, in the same form." };
        var shared = new LinkOptions();
        var command = new Command("dedupe", "Find the duplicates in a file.") { file, id, pairs, clusters, doubts };
        shared.AddTo(command);
        command.SetAction(result => LinkCommand.Guard(result, () =>
        {
            var options = shared.Linkage(result, oneToOne: false);
            var read = shared.Read(result, result.GetValue(id));
            using var stream = PairFiles.Open(result.GetValue(file)!);
            var found = LinkProgress.Run((progress, cancelled) => RecordLinkage.Dedupe(new(stream, result.GetValue(file)!.Name, read), options, progress, cancelled));
            PairFiles.Write(result.GetValue(pairs)!, found.WritePairs);
            if (result.GetValue(clusters) is { } target)
            {
                PairFiles.Write(target, found.WriteClusters);
            }

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
