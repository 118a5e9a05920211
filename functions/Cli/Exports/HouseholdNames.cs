using System.Globalization;
using System.Text;
using TfFlow.Linkage;
using TfFlow.Programme.Extracts;
using TfFlow.Programme.Extracts.Preparation;
using TfFlow.Programme.Extracts.Preparation.Sources;

namespace TfFlow.Cli.Exports;

/// <summary>The households that a file names by their pseudonyms, such as those known to have children.</summary>
internal static class HouseholdNames
{
    /// <param name="list">The dataset of household lists: its column of pseudonyms is read, and no other.</param>
    /// <exception cref="ExportException">The file is no table, has no such column, or has something else in it.</exception>
    public static HashSet<HouseholdPseudonym> Read(FileInfo file, DatasetSpecification list)
    {
        using var stream = file.OpenRead();
        using var rows = ExportFile.Open(stream, list, ExportMapping.None);
        var header = list.Columns.First(HouseholdListPreparation.IsPseudonym).Header;
        var column = -1;
        while (column < 0)
        {
            if (!rows.Read())
            {
                throw new ExportException($"The file of --with-children has no column {header}.");
            }

            column = Enumerable.Range(0, rows.FieldCount)
                .FirstOrDefault(field => Text(rows, field).Equals(header, StringComparison.OrdinalIgnoreCase), -1);
        }

        var households = new HashSet<HouseholdPseudonym>();
        while (rows.Read())
        {
            households.Add(HouseholdPseudonym.TryParse(Text(rows, column).ToLowerInvariant(), out var household)
                ? household
                : throw new ExportException(string.Create(
                    CultureInfo.InvariantCulture,
                    $"Row {rows.Number} of the file of --with-children names no household: its column {header} holds 32 hexadecimal digits.")));
        }

        return rows.BrokenAt == 0 ? households : throw new ExportException(string.Create(
            CultureInfo.InvariantCulture,
            $"In row {rows.BrokenAt} of the file of --with-children a quotation mark opens that never closes."));
    }

    private static string Text(IExportRows rows, int field) => field < rows.FieldCount ? Encoding.UTF8.GetString(rows[field]) : "";
}
