using CsvHelper;

namespace TfFlow.Programme.Extracts;

/// <summary>How CSV is written (RFC 4180, UTF-8, CRLF).</summary>
public static class CsvOutput
{
    /// <summary>For a machine: cells exactly as they are.</summary>
    public static CsvWriter ForMachines(Stream output) => CsvWriter.Create(output, new CsvWriterOptions { Separator = ',' }, leaveOpen: true);

    /// <summary>For people with spreadsheets: marked as UTF-8, and a cell that begins with = + - @, tab or CR gets an apostrophe before it, so that none is run.</summary>
    public static CsvWriter ForPeople(Stream output) => CsvWriter.Create(
        output, new CsvWriterOptions { Separator = ',', WriteByteOrderMark = true, Injection = CsvInjection.Escape }, leaveOpen: true);
}
