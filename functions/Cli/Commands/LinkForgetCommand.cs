using System.CommandLine;
using System.Globalization;
using TfFlow.Linkage;

namespace TfFlow.Cli.Commands;

/// <summary><c>tfflow link forget IDS [--pairs FILE] [--clusters FILE] [--decisions FILE]</c>.</summary>
internal static class LinkForgetCommand
{
    public static Command Create()
    {
        var ids = new Argument<FileInfo>("IDS") { Description = "CSV whose first column holds the ids of erased records." };
        var pairs = new Option<FileInfo?>("--pairs") { Description = "A pairs file to let them go from." };
        var clusters = new Option<FileInfo?>("--clusters") { Description = "A clusters file; a cluster named after an erased record is named after the first that is left." };
        var decisions = new Option<FileInfo?>("--decisions") { Description = "A decisions file." };
        var command = new Command("forget", "Rewrite link files without erased records: a link, its id and a reviewer's decision die with the records they are about.") { ids, pairs, clusters, decisions };
        command.SetAction(result => LinkCommand.Guard(result, () =>
        {
            var forgotten = PairFiles.Rows(result.GetValue(ids)!).Rows.Select(r => r[0]).ToHashSet(StringComparer.Ordinal);
            if (result.GetValue(pairs) is { } pairFile)
            {
                var left = Forgetting.Pairs(PairFiles.Pairs(pairFile), forgotten).ToList();
                PairFiles.Write(pairFile, stream => new LinkedPopulation(new Dictionary<string, string>(), left, 0).WritePairs(stream));
            }

            if (result.GetValue(clusters) is { } clusterFile)
            {
                var left = Forgetting.Clusters(PairFiles.Clusters(clusterFile), forgotten);
                PairFiles.Write(clusterFile, stream => LinkedPopulation.WriteClusters(stream, left));
            }

            if (result.GetValue(decisions) is { } decisionFile)
            {
                var left = Forgetting.Decisions(PairFiles.Decisions(decisionFile), forgotten).ToList();
                PairFiles.Write(decisionFile, stream => PairFiles.WriteDecisions(stream, left));
            }

            result.InvocationConfiguration.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{forgotten.Count:N0} records forgotten. Copies and backups of these files are not reached by this."));
            return 0;
        }));
        return command;
    }
}
