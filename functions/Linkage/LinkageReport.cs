namespace TfFlow.Linkage;

/// <summary>What a blocking pass brought.</summary>
/// <param name="Pass">What had to agree.</param>
/// <param name="Pairs">Pairs it brought that no pass before it had.</param>
/// <param name="Links">Links it finds.</param>
/// <param name="OnlyHere">Links no other pass finds: what would be lost without it.</param>
/// <param name="Dropped">Pairs of blocks too large to compare even when refined.</param>
public sealed record PassReport(string Pass, long Pairs, int Links, int OnlyHere, long Dropped);

/// <summary>How a file's columns were read.</summary>
/// <param name="Name">What messages call the file.</param>
/// <param name="Records">Its records, blank rows and remarks not counted.</param>
/// <param name="IdColumn">The header of the column that names records; empty if the row number does.</param>
/// <param name="Columns">The headers of the columns that are compared, and what they mean.</param>
public sealed record FileReport(string Name, int Records, string IdColumn, IReadOnlyList<KeyValuePair<string, ColumnRole>> Columns)
{
    /// <summary>Headers of columns that are not compared.</summary>
    public IReadOnlyList<string> Unused { get; init; } = [];

    /// <summary>What a reader of the figures should know: columns named like names or dates that are not compared, two columns of one meaning, rows that are no records.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
}

/// <summary>Figures of a linkage. None of them is known: they are what the model expects.</summary>
public sealed record LinkageReport
{
    /// <summary>What was read.</summary>
    public required IReadOnlyList<FileReport> Files { get; init; }

    /// <summary>How pairs were found.</summary>
    public required IReadOnlyList<PassReport> Passes { get; init; }

    /// <summary>Pairs compared.</summary>
    public required long PairsScored { get; init; }

    /// <summary>Least probability of a link.</summary>
    public required double Threshold { get; init; }

    /// <summary>Share of the kept pairs expected to be right.</summary>
    public required double ExpectedPrecision { get; init; }

    /// <summary>Share of the people held by both files expected to be found, blocking included.</summary>
    public required double ExpectedRecall { get; init; }

    /// <summary>The expected precision with the range in which it lies in nineteen cases of twenty: few links tell little.</summary>
    /// <remarks>Wilson 1927, with half as many wrong again as the model expects at the lower end.</remarks>
    public required EstimatedShare Precision { get; init; }

    /// <summary>The expected recall with the same range.</summary>
    public required EstimatedShare Recall { get; init; }

    /// <summary>Share of true pairs some pass finds: Chao's lower bound on what all passes miss, from how many links only one or two passes find.</summary>
    /// <remarks>Chao 1987, as for animals caught once or twice: an estimate, and no more than the passes are unlike each other.</remarks>
    public required double BlockingRecall { get; init; }
}
