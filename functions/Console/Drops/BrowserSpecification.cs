using TfFlow.Programme.Extracts;
using TfFlow.Programme.Extracts.Validators;

namespace TfFlow.WebConsole.Drops;

/// <param name="Headers">By which of them the column is known.</param>
/// <param name="Blank">The code of the rule that a blank cell breaks; empty where it breaks none.</param>
internal sealed record BrowserColumn(string Header, IReadOnlyList<string> Headers, bool Optional, bool Withheld, bool Date, string Blank);

/// <param name="Consequence"><c>Warning</c>, <c>Refusal</c> or <c>Quarantine</c>.</param>
internal sealed record BrowserRule(string Expected, string Remedy, string Consequence);

/// <summary>The part of a dataset's specification that a browser checks a file by before it is sent: headers, blanks, dates, and what is no CSV at all.
/// The words are those of the rules themselves; whether a file is taken is decided at its intake.</summary>
/// <param name="Encoding">As browsers name it.</param>
internal sealed record BrowserSpecification(
    string Title, string Encoding, long MaxRows, bool NilReturn, IReadOnlyList<BrowserColumn> Columns, IReadOnlyDictionary<string, BrowserRule> Rules)
{
    private static readonly Rule[] OfFiles =
    [
        FileRules.Empty, FileRules.NoRows, FileRules.Compressed, FileRules.NotText, FileRules.Utf16, FileRules.Encoding, FileRules.Nul, FileRules.Separator,
        FileRules.Quote, FileRules.TooManyRows, FileRules.ColumnMissing, FileRules.ColumnTwice, NeverAccepted.ColumnNotListed, NeverAccepted.WithheldField, CellRules.Ragged,
        DateValidator.NotADay, DateValidator.TwoDigitYear, DateValidator.Serial,
    ];

    public static BrowserSpecification Of(DatasetSpecification specification, IReadOnlyList<string> withheld) => new(
        specification.Title,
        specification.Encoding is ExtractEncoding.Windows1252 ? "windows-1252" : "utf-8",
        specification.MaxRows,
        specification.NilReturn,
        [.. specification.Columns.Select(column => new BrowserColumn(
            column.Header,
            [column.Header, .. column.Aliases],
            column.Optional,
            withheld.Contains(column.Name),
            column.Validator is DateValidator,
            column.Required ? column.Validator.Blank.Code : ""))],
        OfFiles.Concat(specification.Columns.Where(column => column.Required).Select(column => column.Validator.Blank)).DistinctBy(rule => rule.Code)
            .ToDictionary(rule => rule.Code, rule => new BrowserRule(
                rule.Expected, rule.Remedy, (specification.Refusals.QuarantineOn.Contains(rule.Code) ? Consequence.Quarantine : rule.Consequence).ToString())));
}
