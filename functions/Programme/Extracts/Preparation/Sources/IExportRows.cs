namespace TfFlow.Programme.Extracts.Preparation.Sources;

/// <summary>The rows of an agency's own export, whatever kind of file it is: once, forwards, blank rows passed over.</summary>
public interface IExportRows : IDisposable
{
    /// <summary>The present row, as a spreadsheet numbers it, blank rows counted.</summary>
    long Number { get; }

    int FieldCount { get; }

    /// <summary>A cell of the present row as UTF-8; valid until the next <see cref="Read"/>.</summary>
    ReadOnlySpan<byte> this[int field] { get; }

    /// <summary>What intake would not take about the file itself: its encoding, its separators, that it is a workbook.</summary>
    IReadOnlyList<(Rule Rule, string Expected)> Unusual { get; }

    /// <summary>What is to be told of the present row, if it is a record.</summary>
    IReadOnlyList<Rule> Remarks => [];

    /// <summary>The row in which a quotation mark opens and never closes: the file ends there. 0 while none was met.</summary>
    long BrokenAt => 0;

    bool Read();
}
