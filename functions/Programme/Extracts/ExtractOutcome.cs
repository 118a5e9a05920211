using System.Text.Json.Serialization;

namespace TfFlow.Programme.Extracts;

public enum ExtractState
{
    /// <summary>Every row was accepted.</summary>
    Accepted = 1,

    /// <summary>The rows that were handed over are accepted; the refused ones are listed.</summary>
    AcceptedWithRefusedRows,

    /// <summary>Nothing is accepted: whatever was handed over must be abandoned.</summary>
    Quarantined,
}

/// <summary>How the reading of an extract ended. Carries no value of any cell.</summary>
/// <param name="Rows">Rows read, the header not counted.</param>
/// <param name="Refused">Rows refused.</param>
/// <param name="Counts">How often each rule was broken, by its code: complete, also where <paramref name="Findings"/> is capped.</param>
/// <param name="Findings">The first findings of each rule, in the order they were met.</param>
public sealed record ExtractOutcome(
    ExtractState State,
    string Dataset,
    int DatasetVersion,
    DateOnly AsOf,
    long Rows,
    long Refused,
    IReadOnlyDictionary<string, long> Counts,
    IReadOnlyList<Finding> Findings)
{
    /// <summary>The number of the last row read, as a spreadsheet numbers it: blank rows count, the header is row 1. 0 for none.</summary>
    [JsonIgnore]
    public long LastRow { get; init; }

    /// <summary>Rows accepted: none when the file is quarantined.</summary>
    public long Accepted => State == ExtractState.Quarantined ? 0 : Rows - Refused;
}

/// <summary>One thing that is wrong, where, and what was expected; never what was there.</summary>
/// <param name="Row">As a spreadsheet numbers it: the header is row 1. 0 when the whole file is meant.</param>
/// <param name="Column">The specification's header for the column; empty when the whole row or a column it does not know is meant.</param>
/// <param name="Cell">As a spreadsheet names it: <c>C7</c>; a row alone as <c>7</c>, a column alone as <c>C</c>; empty for the whole file.</param>
/// <param name="Remedy">What the sender can do about it.</param>
public sealed record Finding(string Code, Consequence Consequence, long Row, string Column, string Cell, string Expected, string Remedy);
