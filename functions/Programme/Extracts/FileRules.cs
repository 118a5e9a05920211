namespace TfFlow.Programme.Extracts;

/// <summary>What a file is checked for before its rows, and what ends its reading at once.</summary>
public static class FileRules
{
    public static readonly Rule Empty = File("file.empty", "a file with a header and rows; this one holds nothing");
    public static readonly Rule NoRows = File("file.no-rows", "at least one row under the header");
    public static readonly Rule Compressed = File("file.compressed", "a plain CSV file, not a compressed archive or an Excel workbook: save it as CSV UTF-8");
    public static readonly Rule NotText = File("file.not-text", "a plain CSV file; this is another kind of file");
    public static readonly Rule Utf16 = File("file.utf-16", "UTF-8; this is UTF-16: save it as CSV UTF-8");
    public static readonly Rule Encoding = File("file.encoding", "text in the encoding the specification declares: save it as CSV UTF-8");
    public static readonly Rule Nul = File("file.nul", "text without NUL bytes");
    public static readonly Rule Separator = File("file.separator", "cells separated by commas");
    public static readonly Rule Quote = File("file.quote", "a quoted cell that opens and closes at its ends, with quotes inside doubled (RFC 4180 §2)");
    public static readonly Rule RecordTooLong = File("file.record-too-long", "a row within the size limit; look for a quote that is never closed");
    public static readonly Rule TooManyRows = File("file.too-many-rows", "no more rows than the specification allows: send the file in parts");
    public static readonly Rule ColumnMissing = File("file.column-missing", "a column with this header");
    public static readonly Rule ColumnTwice = File("file.column-twice", "this column once");
    public static readonly Rule TooManyRefused = File("file.too-many-refused", "fewer refused rows than the specification tolerates: correct the export and send it again");

    public static IReadOnlyList<Rule> All { get; } =
    [
        Empty, NoRows, Compressed, NotText, Utf16, Encoding, Nul, Separator, Quote, RecordTooLong, TooManyRows, ColumnMissing, ColumnTwice, TooManyRefused,
    ];

    private static Rule File(string code, string expected) => new(code, expected, "ours", Consequence.Quarantine);
}
