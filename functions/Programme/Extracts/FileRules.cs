namespace TfFlow.Programme.Extracts;

/// <summary>What a file is checked for before its rows, and what ends its reading at once.</summary>
public static class FileRules
{
    public static readonly Rule Empty = File("file.empty",
        "a file with a header and rows; this one holds nothing",
        "Export the file again and see that it holds a header and rows.");
    public static readonly Rule NoRows = File("file.no-rows",
        "at least one row under the header",
        "Look at the dates and filters of the export and run it again; if there is nothing to report, send no file.");
    public static readonly Rule Compressed = File("file.compressed",
        "a plain CSV file, not a compressed archive or an Excel workbook",
        "Run tfflow prepare on an .xlsx workbook, or save it as CSV UTF-8 (comma delimited); take a file out of its archive first.");
    public static readonly Rule NotText = File("file.not-text",
        "a plain CSV file; this is another kind of file",
        "Export the data as CSV UTF-8; a document, a PDF or a program cannot be read.");
    public static readonly Rule Utf16 = File("file.utf-16",
        "UTF-8; this is UTF-16",
        "Run tfflow prepare, which reads it; or save as CSV UTF-8 (comma delimited), not as Unicode text.");
    public static readonly Rule Encoding = File("file.encoding",
        "text in the encoding the specification declares",
        "Run tfflow prepare, which reads Windows-1252 too; or save as CSV UTF-8 (comma delimited), so that letters with accents survive.");
    public static readonly Rule Nul = File("file.nul",
        "text without NUL bytes",
        "The file is damaged, or was not saved as text: export it again as CSV UTF-8.");
    public static readonly Rule Separator = File("file.separator",
        "cells separated by commas",
        "Run tfflow prepare, which reads semicolons, tabs and bars too; or save as CSV (comma delimited).");
    public static readonly Rule Quote = File("file.quote",
        "a quoted cell that opens and closes at its ends, with quotes inside doubled (RFC 4180 §2)",
        "Look in this row for a quotation mark that stands alone: write it twice and put the cell in quotation marks, or take it out.");
    public static readonly Rule QuoteLater = File("file.quote-later",
        "a quotation mark that closes in the row it opens in; here it closes in a later row, and the rows between were read as one cell",
        "Look in this row for a quotation mark that stands alone: take it out, or write it twice and put the cell in quotation marks. "
            + "The rows after it come back then.");
    public static readonly Rule RecordTooLong = File("file.record-too-long",
        "a row within the size limit",
        "Look in this row for a quotation mark that opens a cell and is never closed.");
    public static readonly Rule TooManyRows = File("file.too-many-rows",
        "no more rows than the specification allows",
        "Send the file in parts.");
    public static readonly Rule OverCeiling = File("gate.over-ceiling",
        "no more rows than the agreement takes in a batch",
        "This is a list, not a judgement: send those alone who were judged to be shared, each batch within the ceiling.");
    public static readonly Rule ColumnMissing = File("file.column-missing",
        "a column with this header",
        "Add the column, or correct its header, or name your own column with tfflow prepare --map, or give every row one value with --set; "
            + "tfflow template writes a file with every header.");
    public static readonly Rule ColumnTwice = File("file.column-twice",
        "this column once",
        "Take out one of the two columns; or say which one is meant with tfflow prepare --map.");
    public static readonly Rule TooManyRefused = File("file.too-many-refused",
        "fewer refused rows than the specification tolerates",
        "Correct the refused rows first: until then nothing of the file is taken.");

    /// <summary>A file of so many rows, where the agreement takes so many.</summary>
    internal static string WithinCeiling(long ceiling, long rows) =>
        $"at most {ceiling} row{(ceiling == 1 ? "" : "s")} in a batch, by the agreement; here are {rows}";

    private static Rule File(string code, string expected, string remedy) => new(code, expected, remedy, "ours", Consequence.Quarantine);
}
