using System.CommandLine;
using System.Globalization;
using TfFlow.Linkage;

namespace TfFlow.Cli.Commands;

/// <summary><c>tfflow link extend POPULATION NEW --known CLUSTERS --model MODEL --clusters OUT</c>.</summary>
internal static class LinkExtendCommand
{
    public static Command Create()
    {
        var population = new Argument<FileInfo>("POPULATION") { Description = "CSV of the records there are." };
        var additions = new Argument<FileInfo>("NEW") { Description = "CSV of the new records, with ids of their own." };
        var known = new Option<FileInfo>("--known") { Description = "The clusters there are: id,cluster_id, as an earlier run wrote them.", Required = true };
        var clusters = new Option<FileInfo>("--clusters") { Description = "Where to write the clusters of all records, id,cluster_id; may be the file of --known.", Required = true };
        var pairs = new Option<FileInfo?>("--out") { Description = "Where to write what the new records were linked to: left_id,right_id,match_probability." };
        var id = new Option<string?>("--id") { Description = "The column that names records of POPULATION. Default: inferred, else the row number." };
        var newId = new Option<string?>("--new-id") { Description = "The column that names records of NEW. Default: inferred." };
        var shared = new LinkOptions();
        var command = new Command("extend", "Add new records to a linked population. Only they are compared; clusters there are keep their ids, and meet or part by reviewers' decisions only.")
        {
            population, additions, known, clusters, pairs, id, newId,
        };
        shared.AddTo(command);
        command.SetAction(result => LinkCommand.Guard(result, () =>
        {
            var options = shared.Linkage(result, oneToOne: false);
            var before = PairFiles.Clusters(result.GetValue(known)!);
            using var old = PairFiles.Open(result.GetValue(population)!);
            using var added = PairFiles.Open(result.GetValue(additions)!);
            var found = LinkProgress.Run((progress, cancelled) => RecordLinkage.Extend(
                new(old, result.GetValue(population)!.Name, shared.Read(result, result.GetValue(id))),
                before,
                new(added, result.GetValue(additions)!.Name, shared.Read(result, result.GetValue(newId))),
                options,
                progress,
                cancelled));
            PairFiles.Write(result.GetValue(clusters)!, found.WriteClusters);
            if (result.GetValue(pairs) is { } target)
            {
                PairFiles.Write(target, found.WritePairs);
            }

            result.InvocationConfiguration.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{found.Pairs.Count:N0} links of {found.PairsScored:N0} pairs scored; {found.Clusters.Values.Distinct().Count():N0} clusters of {found.Clusters.Count:N0} records."));
            return 0;
        }));
        return command;
    }
}
