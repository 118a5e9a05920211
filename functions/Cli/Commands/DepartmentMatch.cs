using System.Security.Cryptography;
using CsvHelper;
using TfFlow.Programme.Extracts;
using TfFlow.Linkage;

namespace TfFlow.Cli.Commands;

/// <param name="Return">The file to send: the study key and the columns of the dataset, nothing else.</param>
/// <param name="Asked">People in the linkage file.</param>
/// <param name="People">Those that were found.</param>
internal sealed record MatchedReturn(byte[] Return, int Asked, int People, int Rows);

/// <summary>Joins a study's linkage file to a department's own data and keeps only what the return may hold.</summary>
internal static class DepartmentMatch
{
    private const string StudyKey = "Study key";

    /// <param name="linkage">The opened linkage file; zeroed here.</param>
    /// <exception cref="CommandException">A column is missing, or the return does not pass its dataset's rules.</exception>
    public static async Task<MatchedReturn> RunAsync(
        byte[] linkage, FileInfo people, string id, FileInfo outcomes, string dataset, DateOnly today, CancellationToken cancellationToken)
    {
        var specification = DatasetCatalogue.Find(dataset) is { } found && dataset.StartsWith("return-", StringComparison.Ordinal)
            ? found
            : throw new CommandException(
                ExitCode.Usage,
                $"'{dataset}' is no dataset of a return. There are: "
                + $"{string.Join(", ", DatasetCatalogue.All.Keys.Where(id => id.StartsWith("return-", StringComparison.Ordinal)))}.");
        try
        {
            var (keys, asked) = Link(linkage, people, id);
            var (content, rows) = Write(specification, keys, outcomes, id);
            var outcome = await ExtractReader.ReadAsync(
                new MemoryStream(content), specification, new ExtractReadOptions { AsOf = today }, static (_, _) => ValueTask.CompletedTask, cancellationToken);
            return outcome.State is ExtractState.Accepted
                ? new(content, asked, keys.Count, rows)
                : throw new CommandException(ExitCode.Refused, $"The return does not pass the rules of {dataset}: {string.Join("; ", outcome.Findings.Take(5).Select(finding => $"{finding.Code}, row {finding.Row}: {finding.Expected}"))}. Correct it at the source; nothing was written.");
        }
        catch (LinkageDataException e)
        {
            throw new CommandException(ExitCode.Refused, e.Message);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(linkage);
        }
    }

    /// <returns>The study key of each of the department's people who was found; and how many were asked about.</returns>
    private static (Dictionary<string, string> Keys, int Asked) Link(byte[] linkage, FileInfo people, string id)
    {
        using var own = people.OpenRead();
        var linked = RecordLinkage.Link(
            new LinkageInput(new MemoryStream(linkage, writable: false), "linkage file", new ReadOptions { Id = StudyKey }),
            new LinkageInput(own, people.Name, new ReadOptions { Id = id }),
            new LinkageOptions { OneToOne = true });
        var keys = linked.Pairs.ToDictionary(linked.RightId, linked.LeftId, StringComparer.Ordinal);
        return (keys, Count(linkage));
    }

    private static int Count(byte[] linkage)
    {
        using var reader = CsvReader.Create(new MemoryStream(linkage, writable: false), new CsvReaderOptions { HasHeader = true, IncludeValuesInExceptions = false }, leaveOpen: false);
        reader.ReadHeader();
        var rows = 0;
        while (reader.Read())
        {
            rows++;
        }

        return rows;
    }

    private static (byte[] Content, int Rows) Write(DatasetSpecification specification, Dictionary<string, string> keys, FileInfo outcomes, string id)
    {
        using var input = outcomes.OpenRead();
        using var reader = CsvReader.Create(input, new CsvReaderOptions { HasHeader = true, TrimWhitespace = true, IncludeValuesInExceptions = false }, leaveOpen: true);
        reader.ReadHeader();
        string[] headers = [.. reader.Headers];
        var idAt = Find(headers, [id], outcomes.Name);

        // The allow-list is the dataset's: a column it does not name is never read.
        var columns = specification.Columns.Where(column => column.Header != StudyKey).ToList();
        var places = columns.ConvertAll(column => Find(headers, [column.Header, column.Name, .. column.Aliases], outcomes.Name));
        using var output = new MemoryStream();
        var rows = 0;
        using (var csv = CsvOutput.ForMachines(output))
        {
            csv.WriteField(StudyKey);
            columns.ForEach(column => csv.WriteField(column.Header));
            csv.EndRecord();
            while (reader.Read())
            {
                if (!keys.TryGetValue(reader.GetString(idAt), out var studyKey))
                {
                    continue;
                }

                csv.WriteField(studyKey);
                places.ForEach(place => csv.WriteField(reader.GetString(place)));
                csv.EndRecord();
                rows++;
            }
        }

        return (output.ToArray(), rows);
    }

    private static int Find(string[] headers, IReadOnlyList<string> names, string file) =>
        Array.FindIndex(headers, header => names.Contains(header.Trim(), StringComparer.OrdinalIgnoreCase)) is var place and >= 0
            ? place
            : throw new CommandException(ExitCode.Refused, $"{file} has no column '{names[0]}'.");
}
