namespace TfFlow.Programme.Extracts;

/// <summary>What a row and any cell of it is checked for, whatever the column.</summary>
public static class CellRules
{
    public static readonly Rule Ragged = new("row.cells",
        "as many cells as the header has",
        "Look for a row cut short or broken in two, for a comma inside a cell (such a cell stands in quotation marks), "
            + "or for something beside the table.", "RFC 4180 §2");
    public static readonly Rule TrailingCells = new("row.trailing-cells",
        "as many cells as the header has; missing ones at the end are read as blank",
        "Nothing has to be done if the cells at the end of the row are blank; otherwise fill them.", "ours", Consequence.Warning);
    public static readonly Rule Dropped = new("column.dropped",
        "only the columns of the specification; this one is left out",
        "Nothing has to be done.", "seeds/002 §1", Consequence.Warning);
    public static readonly Rule Blank = new("cell.blank",
        "a value: this column may not be blank",
        "Fill the cell from your records; if you do not hold the value, take the row out.", "ours");
    public static readonly Rule Error = new("cell.error",
        "a value; this cell holds a spreadsheet's error, such as the one of a look-up that found nothing, "
            + "or a formula that was never worked out",
        "Correct the formula or the cell it looks at, and save again; if there is no value and the column may be blank, clear the cell.",
        "ours");
    public static readonly Rule ExcelText = new("cell.excel-text",
        "the value alone, without the apostrophe or the equals sign and quotation marks that tell Excel to keep it as text",
        "Run tfflow prepare, which takes them away; or take them away at the source.", "ours");
    public static readonly Rule Rounded = new("cell.rounded",
        "all digits; this is how a spreadsheet writes a long number, and some of its digits are gone",
        "Export again from your system with the column as text, or as a number without decimals; the digits are not in this file.", "ours");
    public static readonly Rule Alike = new("row.alike",
        "rows that differ, unless they are several counts of one offence; all of them are kept",
        "If they are one record exported twice, take one out; otherwise nothing has to be done.", "ours", Consequence.Warning);
    public static readonly Rule Formula = new("cell.formula",
        "text that does not begin with =, +, - or @, which a spreadsheet would run as a formula; the row is kept and the cell kept as text",
        "Take the sign away if it is a slip; otherwise nothing has to be done.", "ours", Consequence.Warning);
    public static readonly Rule Duplicate = new("row.duplicate",
        "each record once",
        "Take one of the two rows out; if they are two records, correct what should tell them apart.", "ours");
}
