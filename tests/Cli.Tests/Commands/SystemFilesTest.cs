using System.Text;
using TfFlow.Programme;
using TfFlow.Programme.Agreements;
using TfFlow.Programme.Extracts;
using TfFlow.TestKit;

namespace TfFlow.Cli.Tests.Commands;

/// <summary>Each system outside is a file: docs/systems.md names it, a sample lies beside it, and the sample is read and written again without a change. TFFLOW_WRITE_DOCS=1 writes the samples anew.</summary>
public sealed class SystemFilesTest
{
    private static readonly DateOnly Day = new(2026, 1, 31);

    private static readonly ExamplePerson[] People = [new("Marlowe", "Edith Anne", "14/02/2009", "12 Wharf Street, Leicester", "LE1 1AA"), new("Marlowe", "John", "03/07/1981", "12 Wharf Street, Leicester", "LE1 1AA")];

    // The sample; its dataset; the exchange that carries it, or nothing where no shipped agreement names one.
    public static TheoryData<string, string, string> Samples => new()
    {
        { "sentinel.csv", "asb-disposals", "leicestershire-8" },
        { "police-information.csv", "key-worker-information", "leicestershire-6" },
        { "police-families.csv", "families", "leicestershire-7" },
        { "police-markers.csv", "markers", "bristol-markers" },
        { "dwp.csv", "employment-programmes", "dwp-programmes" },
        { "dwp-families.csv", "families", "leicestershire-13" },
        { "first-response.csv", "families", "" },
        { "cost-calculator.csv", "cost-calculator", "" },
        { "secure-email.csv", "police-nominals", "leicestershire-1a" },
        { "csps-children.csv", "csps-children", "csps-children" },
        { "csps-scores.csv", "csps-scores", "csps-scores" },
    };

    [Theory]
    [MemberData(nameof(Samples))]
    public async Task A_sample_is_read_whole_and_written_again_as_it_was(string file, string id, string exchange)
    {
        var dataset = Find(id);
        Assert.True(exchange.Length == 0 || AgreementCatalogue.Shipped.WithExchange(exchange, Day)!.Exchange(exchange)!.Dataset == id, exchange);
        var path = Path.Combine(Root(), "docs", "systems", file);
        if (Environment.GetEnvironmentVariable("TFFLOW_WRITE_DOCS") == "1")
        {
            await File.WriteAllBytesAsync(path, ExampleFile.Of(dataset, [], Day, People));
        }

        var (outcome, rows) = await ReadAsync(dataset, await File.ReadAllBytesAsync(path));
        Assert.True(outcome.State is ExtractState.Accepted && rows.Count > 0, string.Join("; ", outcome.Findings.Select(finding => $"{finding.Cell} {finding.Code}")));

        using var again = new MemoryStream();
        using (var csv = CsvOutput.ForMachines(again))
        {
            foreach (var row in rows.Prepend([.. dataset.Columns.Select(column => column.Header)]))
            {
                Array.ForEach(row, cell => csv.WriteField(cell));
                csv.EndRecord();
            }
        }

        Assert.Equal(rows, (await ReadAsync(dataset, again.ToArray())).Rows);
    }

    [Fact]
    public void The_page_names_every_sample_and_no_other_lies_there()
    {
        var page = File.ReadAllText(Path.Combine(Root(), "docs", "systems.md"));
        var samples = Samples.Select(row => (string)row[0]!).Order(StringComparer.Ordinal).ToList();
        Assert.All(samples, file => Assert.Contains($"(systems/{file})", page, StringComparison.Ordinal));
        Assert.Equal(samples, Directory.EnumerateFiles(Path.Combine(Root(), "docs", "systems"), "*.csv").Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Nothing_that_is_typed_into_the_cost_calculator_names_anybody() => Assert.Empty(Find("cost-calculator").IdentityColumns);

    /// <summary>One that ships, or one that no exchange carries and that is documented beside its sample.</summary>
    private static DatasetSpecification Find(string id) =>
        DatasetCatalogue.Find(id) ?? Library.Read([(id, new StreamReader(Path.Combine(Root(), "docs", "systems", $"{id}.yaml")))]).Datasets[id];

    private static async Task<(ExtractOutcome Outcome, List<string[]> Rows)> ReadAsync(DatasetSpecification dataset, byte[] content)
    {
        var rows = new List<string[]>();
        var outcome = await ExtractReader.ReadAsync(new MemoryStream(content), dataset, new() { AsOf = Day }, (row, _) =>
        {
            rows.Add([.. Enumerable.Range(0, dataset.Columns.Count).Select(column => Encoding.UTF8.GetString(row[column]))]);
            return ValueTask.CompletedTask;
        }, CancellationToken.None);
        return (outcome, rows);
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "TfFlow.sln")))
        {
            folder = folder.Parent ?? throw new DirectoryNotFoundException("TfFlow.sln is in no folder above the tests.");
        }

        return folder.FullName;
    }
}
