using System.Globalization;
using System.Text;

namespace TfFlow.Linkage;

/// <summary>A population after records were added to it.</summary>
/// <param name="Clusters">The cluster of every record, by id in ordinal order. A cluster there was keeps its name.</param>
/// <param name="Pairs">New records with the records they were found to be: left the new one; of two new ones the first by id.</param>
/// <param name="PairsScored">Pairs compared: those of new records alone.</param>
public sealed record LinkedPopulation(
    IReadOnlyDictionary<string, string> Clusters,
    IReadOnlyList<(string Left, string Right, double Probability)> Pairs,
    long PairsScored)
{
    /// <summary><c>left_id,right_id,match_probability</c>, sorted.</summary>
    public void WritePairs(Stream stream)
    {
        using var csv = new CsvBytes(stream);
        csv.Text("left_id,right_id,match_probability\n"u8);
        foreach (var (left, right, probability) in Pairs)
        {
            csv.Cell(Encoding.UTF8.GetBytes(left));
            csv.Text(","u8);
            csv.Cell(Encoding.UTF8.GetBytes(right));
            csv.Text(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $",{probability:0.##########}\n")));
        }
    }

    /// <summary><c>id,cluster_id</c>, sorted.</summary>
    public void WriteClusters(Stream stream) => WriteClusters(stream, Clusters);

    /// <summary><c>id,cluster_id</c>, in the order given.</summary>
    public static void WriteClusters(Stream stream, IEnumerable<KeyValuePair<string, string>> clusters)
    {
        using var csv = new CsvBytes(stream);
        csv.Text("id,cluster_id\n"u8);
        foreach (var (id, cluster) in clusters)
        {
            csv.Cell(Encoding.UTF8.GetBytes(id));
            csv.Text(","u8);
            csv.Cell(Encoding.UTF8.GetBytes(cluster));
            csv.Text("\n"u8);
        }
    }
}
