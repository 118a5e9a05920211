namespace TfFlow.Programme.Extracts.Preparation;

/// <summary>Turns an agency's own export into a conforming extract, on its own machine: what is not listed is left out, what is left is normalised.</summary>
public static class ExtractPreparation
{
    /// <param name="export">As the agency's system writes it, with any columns beside those of the dataset.</param>
    /// <param name="extract">Gets the header and the accepted rows; worth nothing when the outcome is quarantined.</param>
    public static async Task<ExtractOutcome> PrepareAsync(
        Stream export, DatasetSpecification specification, ExtractReadOptions options, Stream extract, CancellationToken cancellationToken)
    {
        await using var writer = CsvOutput.ForMachines(extract);
        var columns = Enumerable.Range(0, specification.Columns.Count).Where(column => !options.Withheld.Contains(specification.Columns[column].Name)).ToArray();
        foreach (var column in columns)
        {
            writer.WriteField(specification.Columns[column].Header);
        }

        await writer.EndRecordAsync(cancellationToken);
        return await ExtractReader.ReadAsync(export, specification, options with { DropUnlisted = true }, async (row, cancel) =>
        {
            foreach (var column in columns)
            {
                writer.WriteField(row[column]);
            }

            await writer.EndRecordAsync(cancel);
        }, cancellationToken);
    }
}
