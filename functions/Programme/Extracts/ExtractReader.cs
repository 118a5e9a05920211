using System.Text;
using System.Text.Unicode;
using CsvHelper;

namespace TfFlow.Programme.Extracts;

/// <summary>Reads a CSV extract once, forwards, in bounded memory: checks it against its specification and hands on what is accepted.</summary>
/// <remarks>RFC 4180, strictly. File first, then rows, then across rows. Rows are handed over while the file is read; what they
/// amount to is known only by the outcome, so the caller commits or abandons by it.</remarks>
public static class ExtractReader
{
    /// <param name="csv">Read to its end unless the file is quarantined before; left open.</param>
    /// <param name="accept">Called with every accepted row, in order; the row is valid during the call. Not called again once the file is quarantined.</param>
    /// <returns>The outcome. No exception and no finding carries a value.</returns>
    public static async Task<ExtractOutcome> ReadAsync(
        Stream csv,
        DatasetSpecification specification,
        ExtractReadOptions options,
        Func<ExtractRow, CancellationToken, ValueTask> accept,
        CancellationToken cancellationToken)
    {
        var log = new FindingLog(specification, options);
        var (broken, rest, markedUtf8) = await FileProbe.ReadAsync(csv, cancellationToken);
        await using var text = rest;
        if (broken is not null)
        {
            log.Add(broken, 0);
            return log.Close(0, 0);
        }

        var (malformed, row) = (false, (long)options.HeaderRow);
        await using var reader = CsvReader.Create(text, ReaderOptions(specification, options, markedUtf8, record =>
        {
            malformed = true;
            row = record.RecordNumber + options.HeaderRow - 1;
        }), leaveOpen: true);

        var (rows, refused, last) = (0L, 0L, 0L);
        RowChecker? checker = null;
        try
        {
            while (await reader.ReadAsync(cancellationToken) && !malformed)
            {
                row = reader.RowNumber + options.HeaderRow - 1;
                if (BreaksText(reader, options) is { } rule)
                {
                    log.Add(rule, row, cell: BadCell(reader, rule));
                    break;
                }

                if (checker is null)
                {
                    if (HeaderReader.Read(reader, specification, options, log) is not { } header)
                    {
                        break;
                    }

                    checker = new RowChecker(specification, options, log, header.Cells, header.Width);
                    continue;
                }

                if (RowChecker.IsBlank(reader))
                {
                    continue;
                }

                last = row;
                if (++rows > specification.MaxRows)
                {
                    log.Add(FileRules.TooManyRows, row);
                    break;
                }

                if (!checker.Check(reader, row))
                {
                    refused++;
                }
                else if (!log.Quarantined)
                {
                    await accept(checker.Row, cancellationToken);
                }
            }
        }
        catch (CsvFormatException)
        {
            log.Add(FileRules.RecordTooLong, row + 1);
        }
        finally
        {
            checker?.Clear();
        }

        if (malformed)
        {
            log.Add(FileRules.Quote, row);
        }

        if (rows == 0 && !log.Quarantined && !specification.NilReturn)
        {
            log.Add(FileRules.NoRows, 0);
        }

        if (rows > options.BatchCeiling)
        {
            log.Add(FileRules.OverCeiling, 0, expected: FileRules.WithinCeiling(options.BatchCeiling.Value, rows));
        }

        return log.Close(rows, refused) with { LastRow = last };
    }

    private static CsvReaderOptions ReaderOptions(
        DatasetSpecification specification, ExtractReadOptions options, bool markedUtf8, Action<CsvMalformedRecord> malformed) => new()
        {
            Separator = ',',
            HasHeader = false,
            SkipEmptyLines = false,
            IncludeValuesInExceptions = false,
            MaxRecordSize = options.MaxRecordBytes,
            OnMalformedRecord = malformed,
            Encoding = specification.Encoding == ExtractEncoding.Windows1252 && !markedUtf8
            ? CodePagesEncodingProvider.Instance.GetEncoding(1252)
            : Encoding.UTF8,
        };

    private static Rule? BreaksText(CsvReader reader, ExtractReadOptions options)
    {
        var record = reader.RawRecord;
        return record.Length > options.MaxRecordBytes ? FileRules.RecordTooLong
            : !record.ContainsAnyExceptInRange((byte)1, (byte)0x7F) ? null
            : record.Contains((byte)0) ? FileRules.Nul
            : !Utf8.IsValid(record) ? FileRules.Encoding
            : null;
    }

    private static int BadCell(CsvReader reader, Rule rule)
    {
        for (var cell = 0; cell < reader.FieldCount; cell++)
        {
            var raw = reader.GetRawSpan(cell);
            if ((rule == FileRules.Nul && raw.Contains((byte)0)) || (rule == FileRules.Encoding && !Utf8.IsValid(raw)))
            {
                return cell;
            }
        }

        return -1;
    }
}
