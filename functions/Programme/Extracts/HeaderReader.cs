using CsvHelper;

namespace TfFlow.Programme.Extracts;

/// <summary>Reads the header: which cell holds which column, and what is missing, twice or not listed.</summary>
internal static class HeaderReader
{
    /// <returns>For each column its cell (-1 when left out) and the header's width without trailing blanks; <c>null</c> when the file is quarantined.</returns>
    public static (int[] Cells, int Width)? Read(CsvReader reader, DatasetSpecification specification, ExtractReadOptions options, FindingLog log)
    {
        var headers = new HeaderMap(specification);
        var cells = new int[specification.Columns.Count];
        Array.Fill(cells, -1);
        var width = reader.FieldCount;
        while (width > 0 && RowChecker.Trim(reader.GetSpan(width - 1)).IsEmpty)
        {
            width--;
        }

        if (width == 1 && reader.GetSpan(0).ContainsAny(";\t|"u8))
        {
            log.Add(FileRules.Separator, options.HeaderRow);
            return null;
        }

        for (var cell = 0; cell < width; cell++)
        {
            // What it swallowed are headers too: that they are missing follows from it.
            if (RowChecker.HoldsRows(reader.GetSpan(cell), width: 0))
            {
                log.Add(FileRules.QuoteLater, options.HeaderRow, cell: cell);
                return null;
            }
        }

        for (var cell = 0; cell < width; cell++)
        {
            switch (headers.Find(reader.GetSpan(cell)))
            {
                case var column when options.DropUnlisted && (column < 0 || options.Withheld.Contains(specification.Columns[column].Name)):
                    log.Add(CellRules.Dropped, options.HeaderRow, cell: cell);
                    break;

                // Not named: a file without a header has a person in this place.
                case -1:
                    log.Add(NeverAccepted.ByHeader(HeaderMap.Fold(reader.GetString(cell))) ?? NeverAccepted.ColumnNotListed, options.HeaderRow, cell: cell);
                    break;
                case var column when options.Withheld.Contains(specification.Columns[column].Name):
                    log.Add(NeverAccepted.WithheldField, options.HeaderRow, column, cell);
                    break;
                case var column when cells[column] >= 0:
                    log.Add(FileRules.ColumnTwice, options.HeaderRow, column, cell);
                    break;
                case var column:
                    cells[column] = cell;
                    break;
            }
        }

        for (var column = 0; column < cells.Length; column++)
        {
            if (cells[column] < 0 && !specification.Columns[column].Optional && !options.Withheld.Contains(specification.Columns[column].Name))
            {
                log.Add(FileRules.ColumnMissing, options.HeaderRow, column);
            }
        }

        return log.Quarantined ? null : (cells, width);
    }
}
