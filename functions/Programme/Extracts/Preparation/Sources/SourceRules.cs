namespace TfFlow.Programme.Extracts.Preparation.Sources;

/// <summary>What is unlike an extract about an agency's own export. <c>tfflow prepare</c> makes each right; intake takes none of them.</summary>
public static class SourceRules
{
    /// <summary>What is to be done about most of them, once for the whole file.</summary>
    public const string Prepare = "Send what tfflow prepare writes, not this file.";

    public static readonly Rule Separator = Note("source.separator", "cells separated by commas; here are semicolons, tabs or bars");
    public static readonly Rule SeparatorLine = Note("source.sep-line", "the headers in the first line; here it is Excel's line about the separator, which a spreadsheet does not show or count");
    public static readonly Rule Windows1252 = Note("source.windows-1252", "UTF-8; this is Windows-1252, as Excel's CSV without UTF-8 is, and was read as such");
    public static readonly Rule Utf16 = Note("source.utf-16", "UTF-8; this is UTF-16, as Excel's Unicode text is, and was read as such");
    public static readonly Rule Workbook = Note("source.workbook", "a CSV file; this is an Excel workbook");
    public static readonly Rule TitleRows = Note("source.title-rows", "the headers in row 1; the rows above them are left out");
    public static readonly Rule HeaderAgain = Note("source.header-again", "the headers once; this row repeats them and is left out");
    public static readonly Rule Total = Note("source.total", "one record a row; this row is a total and is left out");
    public static readonly Rule Footer = Note("source.footer", "one record a row; this is a remark under the table and is left out");
    public static readonly Rule Remark = Note("source.remark", "one record a row; this row holds one cell alone, a heading or a remark inside the table, and is left out");
    public static readonly Rule TwoHeaderRows = Note("source.two-header-rows", "each header in one cell; here two rows make it together");
    public static readonly Rule OtherSheets = new("source.other-sheets",
        "all records on one sheet; other sheets have the same headers and were not read",
        "Put the records of all sheets on one, or name another sheet with --sheet and prepare each.", "ours", Consequence.Warning);
    public static readonly Rule ExcelText = Note("source.excel-text", "values alone; marks around them (Excel's apostrophe or equals sign for text, marks of quotation) were taken away");
    public static readonly Rule Joined = Note("source.joined", "the address in one column; the columns of its lines were joined");
    public static readonly Rule Mapped = Note("source.mapped", "the headers of the specification; columns were named, joined or filled as the mapping says");
    public static readonly Rule OtherColumn = new("source.other-column",
        "one column for each header of the specification; this one is another and is left out",
        "If this is the one that is meant, name it with tfflow prepare --map, by its letter.", "ours", Consequence.Warning);
    public static readonly Rule SetInstead = new("source.set-instead",
        "either a column of the file or --set; --set gives every row its value, and this column is left out",
        "If the file's own values are meant, leave --set out.", "ours", Consequence.Warning);
    public static readonly Rule Merged = Note("source.merged",
        "each value in its own cell; here cells are merged over several rows, and each row was read with their value");
    public static readonly Rule HiddenRow = new("source.hidden-row",
        "rows that can be seen; this one is hidden or filtered out in the workbook, and was read all the same",
        "If it is not meant, delete it, or copy what can be seen to a sheet of its own.", "ours", Consequence.Warning);
    public static readonly Rule OtherTable = new("source.other-table",
        "one table on a sheet; another seems to begin here, and its rows were read under the headers of the first",
        "Take the other table off the sheet, or save it as a file of its own.", "ours", Consequence.Warning);

    public static readonly Rule Outside = new("source.outside",
        "a record in each row; this one holds nothing in the columns of the specification, and is left out",
        "Look whether another table stands beside this one. If its rows are records too, put it on a sheet of its own; "
            + "otherwise nothing has to be done.",
        "ours", Consequence.Warning);
    public static readonly Rule Apart = new("source.apart",
        "one table without a gap; a column without a header stands before this one, which was read as part of the same table",
        "If another table begins here, put it on a sheet of its own and prepare the file again; otherwise nothing has to be done.",
        "ours", Consequence.Warning);

    /// <summary>Whose rows they are nothing tells.</summary>
    public static readonly Rule SideBySide = new("source.side-by-side",
        "one table on a sheet; here another stands beside it, with the same headers behind a column without one",
        "Put the rows of this table under those of the other, or each table on a sheet of its own. "
            + "If they are one table, name the columns that are meant with tfflow prepare --map, by their letters.",
        "ours", Consequence.Quarantine);

    /// <summary>Records under other headers would get into the wrong columns.</summary>
    public static readonly Rule OtherHeader = new("source.other-header",
        "one row of headers; in this row headers stand again, in other places",
        "Put all records under one row of headers, or save each table as a file of its own.", "ours", Consequence.Quarantine);

    /// <summary>Nothing of the file is known, so that to list every column as missing would say nothing.</summary>
    public static readonly Rule NoHeaders = new("source.no-headers",
        "a row with the headers of the specification among the first hundred; none is there",
        "Look whether this is the file or the sheet that is meant (--sheet names another), and whether its headers were exported; "
            + "where it has none, put a row with them on top (tfflow template writes a file with every header).",
        "ours", Consequence.Quarantine);

    public static readonly Rule Dates1904 = Note("source.dates-1904",
        "dates counted from 1900; this workbook counts from 1904, and its dates were read so");

    /// <summary>Not about the file as a whole, so that a file with nothing else is in order.</summary>
    public static readonly Rule Nearest = new("source.nearest-header",
        "a column with a header of the specification; the nearest header in this file stands here",
        "If this column is the one, name it: tfflow prepare --map \"its header=the column of the specification\".", "ours", Consequence.Warning);

    /// <summary>No header is told from another.</summary>
    public static readonly Rule OneCell = new("source.one-cell",
        "each value in a cell of its own; here a whole row stands in one cell",
        "In your spreadsheet, split the column (in Excel: Data, Text to Columns), or export again with commas between the values.", "ours", Consequence.Quarantine);

    private static Rule Note(string code, string expected) => new(code, expected, Prepare, "ours", Consequence.Warning);
}
