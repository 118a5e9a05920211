using System.CommandLine;
using TfFlow.Linkage;

namespace TfFlow.Cli.Commands;

/// <summary><c>tfflow link report LEFT [RIGHT] --out PAGE</c>.</summary>
internal static class LinkReportCommand
{
    public static Command Create()
    {
        var left = new Argument<FileInfo>("LEFT") { Description = "CSV with a header row." };
        var right = new Argument<FileInfo?>("RIGHT") { Description = "The other file; none for the duplicates of one.", Arity = ArgumentArity.ZeroOrOne };
        var page = new Option<FileInfo>("--out") { Description = "Where to write the HTML page.", Required = true };
        var pair = new Option<string?>("--pair") { Description = "Ids of two records whose weights to show, with a comma between. The page then holds what they say: personal data." };
        var leftId = new Option<string?>("--left-id", "--id") { Description = "The column that names records of LEFT." };
        var rightId = new Option<string?>("--right-id") { Description = "The column that names records of RIGHT." };
        var shared = new LinkOptions();
        var command = new Command("report", "Show what a linkage rests on: weights by level, expected precision and recall, unlinkable records, a pair's weights.") { left, right, page, pair, leftId, rightId };
        shared.AddTo(command);
        command.SetAction(result => LinkCommand.Guard(result, () =>
        {
            var ids = result.GetValue(pair)?.Split(',', StringSplitOptions.TrimEntries);
            if (ids is not (null or { Length: 2 }))
            {
                throw new UsageException("--pair is two ids with a comma between.");
            }

            var other = result.GetValue(right);
            using var one = PairFiles.Open(result.GetValue(left)!);
            using var two = other is null ? null : PairFiles.Open(other);
            var options = shared.Linkage(result, oneToOne: false);
            using var written = new MemoryStream();
            LinkProgress.Run((progress, cancelled) =>
            {
                RecordLinkage.WriteReport(
                    written,
                    new(one, result.GetValue(left)!.Name, shared.Read(result, result.GetValue(leftId))),
                    two is null ? null : new LinkageInput(two, other!.Name, shared.Read(result, result.GetValue(rightId))),
                    ids is null ? null : (ids[0], ids[1]),
                    options,
                    progress,
                    cancelled);
                return true;
            });
            PairFiles.Write(result.GetValue(page)!, written.WriteTo);
            Console.Error.WriteLine($"The report is in {result.GetValue(page)!.Name}{(ids is null ? "" : ". It holds personal data of the two records")}.");
            return 0;
        }));
        return command;
    }
}
